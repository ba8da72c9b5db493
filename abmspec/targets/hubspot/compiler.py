"""What an account holds, as bodies of HubSpot's CRM properties API v3, one file a property.

Shapes follow HubSpot's API reference ("Properties", `/crm/v3/properties/{objectType}`). Options are always whole,
because an update replaces them all: what is retired stays in the file as `hidden`. There is one label an option, so
labels are in the account's main language. A property that comes with HubSpot is never made; its options are a file of
their own, for somebody to send who has looked at what is there. The API has no say on what is required, on which
options depend on another property or on how a number is shown: the account's README says what to set by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from abmspec.holdings import HeldField, Holdings, Option
from abmspec.jsontext import json_bytes
from abmspec.resolve import Resolved
from abmspec.systems.hubspot_properties import DEFAULT_GROUPS, PIPELINE_PROPERTIES, is_default
from abmspec.targets.target import Files
from abmspec.templating import render as fill

VERSION = 1
BASE = "https://api.hubapi.com"
API = "/crm/v3/properties"
# Keys of a new property that an update does not take: `PropertyUpdate` of the API reference.
ONLY_WHEN_NEW = ("name", "hasUniqueValue", "externalOptions", "referencedObjectType")
# A `bool` property is a list of two.
YES_OR_NO = (("true", "Yes"), ("false", "No"))
# Types of ours that HubSpot can keep unique.
UNIQUE_TYPES = frozenset({"text", "number", "email", "url", "phone"})


def render(resolved: Resolved, holdings: Holdings) -> Files:
    """The bodies, `deploy-order.json` and a README."""
    return _Account(resolved, holdings).files()


def main_language(resolved: Resolved, holdings: Holdings) -> str:
    """The language of the account's labels: the first locale of the regions that it is for, if they agree on it.

    The project's own where they do not, or where the account is for every region.
    """
    regions = resolved.spec.regions
    first = {
        regions[id].locales[0]
        for id in holdings.system.regions
        if id in holdings.regions and regions[id].locales
    }
    if len(first) == 1:
        return first.pop()
    languages = {tag.partition("-")[0] for tag in first}
    return languages.pop() if len(languages) == 1 else resolved.spec.project.locale


def text_in(language: str, texts: Mapping[str, str], label: str) -> str:
    """The text in a language (`pt-BR`, else `pt`), or the label."""
    return texts.get(language) or texts.get(language.partition("-")[0]) or label


class _Account:
    """Gathers the files of one account. Lives for one call."""

    def __init__(self, resolved: Resolved, holdings: Holdings) -> None:
        project = resolved.spec.project
        self.holdings = holdings
        self.project = project.label or project.name
        self.language = main_language(resolved, holdings)
        self.group = holdings.system.prefix.lower() or "abm"
        self.made: Files = {}
        self.groups: list[dict[str, Any]] = []
        self.properties: list[dict[str, Any]] = []
        self.review: list[dict[str, Any]] = []
        self.retired: list[dict[str, Any]] = []
        self.untouched: list[dict[str, str]] = []

    def files(self) -> Files:
        for held in self.holdings.fields:
            if is_default(held.object, held.name):
                self._default(held)
            elif held.options is not None and not held.options.options:
                self._untouched(held, "none of its regions has a value for it yet")
            elif held.active:
                self._property(held)
            else:
                self._retired(held)
        self.made["deploy-order.json"] = json_bytes(
            {
                "version": VERSION,
                "base_url": BASE,
                "groups": self.groups,
                "properties": self.properties,
                "options_of_default_properties": self.review,
                "retired": self.retired,
                "untouched": self.untouched,
            }
        )
        self.made["README.md"] = self._readme()
        return dict(sorted(self.made.items()))

    def _write(self, path: str, body: dict[str, Any]) -> str:
        self.made[path] = json_bytes(body)
        return path

    # -------------------------------------------------------------- groups

    def _group(self, object: str, name: str) -> None:
        """A group's body, once. HubSpot's own groups are there already."""
        path = f"property-groups/{object}/{name}.json"
        if name in DEFAULT_GROUPS or path in self.made:
            return
        label = self.project if name == self.group else name.replace("_", " ").capitalize()
        self._write(path, {"name": name, "label": label, "displayOrder": -1})
        self.groups.append(
            {"method": "POST", "path": f"{API}/{object}/groups", "body": path, "if_there": "leave it"}
        )

    # -------------------------------------------------------------- properties

    def _property(self, held: HeldField) -> None:
        body = self._body(held)
        self._group(held.object, body["groupName"])
        path = self._write(f"properties/{held.object}/{held.name}.json", body)
        fixed = ["its name", "its values must be unique"] if "hasUniqueValue" in body else ["its name"]
        leave_out = [key for key in ONLY_WHEN_NEW if key in body]
        update = {
            "method": "PATCH",
            "path": f"{API}/{held.object}/{held.name}",
            "leave_out": [*leave_out, "options"] if "externalOptions" in body else leave_out,
        }
        if held.options is not None:
            update["loses"] = "options that were added in HubSpot and are not in the body"
        self.properties.append(
            {
                "address": held.address,
                "method": "POST",
                "path": f"{API}/{held.object}",
                "body": path,
                "if_there": update,
                "cannot_be_changed": fixed,
            }
        )

    def _body(self, held: HeldField) -> dict[str, Any]:
        field = held.field
        type, _, field_type = held.type.partition("/")
        body: dict[str, Any] = {
            "name": held.name,
            "label": text_in(self.language, held.texts, held.label),
            "type": type,
            "fieldType": field_type,
            "groupName": held.group or self.group,
            "description": held.description,
            "formField": "form" in field.written_by,
            "hidden": False,
        }
        if field.unique and field.type in UNIQUE_TYPES:
            body["hasUniqueValue"] = True
        if field.type == "reference" and field.to == "user":
            # HubSpot's users, kept by HubSpot.
            body |= {
                "type": "enumeration",
                "fieldType": "select",
                "referencedObjectType": "OWNER",
                "externalOptions": True,
                "options": [],
            }
        elif held.options is not None:
            body["options"] = options(held.options.options, self.language)
        elif type == "bool":
            body["options"] = [
                {"label": label, "value": value, "hidden": False, "displayOrder": place, "description": ""}
                for place, (value, label) in enumerate(YES_OR_NO)
            ]
        return body

    def _retired(self, held: HeldField) -> None:
        """A retired field's property is hidden and keeps its data."""
        path = self._write(f"retired/{held.object}/{held.name}.json", {"hidden": True})
        self.retired.append(
            {
                "address": held.address,
                "method": "PATCH",
                "path": f"{API}/{held.object}/{held.name}",
                "body": path,
                "if_missing": "leave it",
                "undo": "the same call with `hidden` false",
            }
        )

    def _default(self, held: HeldField) -> None:
        """A property that HubSpot brings: at most its options are ours."""
        of_pipelines = held.name in PIPELINE_PROPERTIES.get(held.object, ())
        if held.options is None or of_pipelines or not held.active:
            why = (
                "its options are stages of pipelines, made in HubSpot"
                if of_pipelines
                else "comes with HubSpot"
            )
            self._untouched(held, why)
            return
        body = {"options": options(held.options.options, self.language)}
        path = self._write(f"options-of-default-properties/{held.object}/{held.name}.json", body)
        self.review.append(
            {
                "address": held.address,
                "method": "PATCH",
                "path": f"{API}/{held.object}/{held.name}",
                "body": path,
                "only_where": {"modificationMetadata.readOnlyOptions": False},
                "loses": "HubSpot's own options that are not in the body; add them to it, hidden, to keep them",
            }
        )

    def _untouched(self, held: HeldField, why: str) -> None:
        self.untouched.append({"address": held.address, "property": f"{held.object}.{held.name}", "why": why})

    # -------------------------------------------------------------- readme

    def _readme(self) -> bytes:
        own = [held for held in self.holdings.fields if held.active]
        made = [held for held in own if f"properties/{held.object}/{held.name}.json" in self.made]
        return fill(
            "abmspec.targets.hubspot",
            "readme.md.jinja",
            "markdown",
            {
                "label": self.holdings.system.label or self.holdings.instance,
                "language": self.language,
                "review": self.review,
                "retired": self.retired,
                "unique": [
                    f"{held.object}.{held.name}"
                    for held in made
                    if held.field.unique and held.field.type in UNIQUE_TYPES
                ],
                "required": [f"{held.object}.{held.name}" for held in own if held.required],
                "dependent": [
                    (f"{held.object}.{held.name}", held.controlled_by) for held in own if held.settings()
                ],
                "numbers": [
                    (f"{held.object}.{held.name}", held.field.type)
                    for held in made
                    if held.field.type in ("currency", "percent")
                ],
            },
        )


def options(held: Iterable[Option], language: str) -> list[dict[str, Any]]:
    """Every option in order, what is not in use as `hidden`."""
    whole = tuple(held)
    labels = _labels(whole, language)
    return [
        {
            "label": labels[option.id],
            "value": option.key,
            "hidden": not option.active,
            "displayOrder": place,
            "description": option.description,
        }
        for place, option in enumerate(whole)
    ]


def _labels(held: tuple[Option, ...], language: str) -> dict[str, str]:
    """Labels in a language. Those that two options would share stay as they are written, for they must differ."""
    labels = {option.id: text_in(language, option.texts, option.label) for option in held}
    while True:
        taken: dict[str, list[Option]] = {}
        for option in held:
            taken.setdefault(labels[option.id].casefold(), []).append(option)
        shared = [
            option
            for same in taken.values()
            if len(same) > 1
            for option in same
            if labels[option.id] != option.label
        ]
        if not shared:
            return labels
        labels.update((option.id, option.label) for option in shared)
