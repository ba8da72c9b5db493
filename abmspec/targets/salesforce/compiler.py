"""What an org holds, as metadata in source format.

Shapes follow the Metadata API Developer Guide and what `sf project retrieve` writes: `fullName` first, then elements in
alphabetical order, four spaces. Value sets are always whole, because a deployed set deactivates what it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from abmspec.holdings import HeldField, HeldList, Holdings, RecordType
from abmspec.jsontext import json_bytes
from abmspec.model.taxonomy import Field
from abmspec.resolve import Resolved
from abmspec.systems.salesforce import PROCESS_FIELDS, SALESFORCE
from abmspec.targets.target import Files
from abmspec.templating import render as fill
from abmspec.words import plural

ROOT = "force-app/main/default"
API_VERSION = "62.0"
# Most digits that a number may have, before and behind the point together: CustomField.precision.
PRECISION = 18
SCALE = {"currency": 2, "percent": 2}
LONG_TEXT_LENGTH = 32768


def render(resolved: Resolved, holdings: Holdings) -> Files:
    """The org's metadata, its manifest and its project file."""
    return _Project(resolved, holdings).files()


def percent_encoded(key: str) -> str:
    """A value as a record type names it: all but letters, digits, blanks, `-` and `_` percent-encoded in UTF-8."""
    return "".join(
        mark if mark.isalnum() or mark in " -_" else "".join(f"%{byte:02X}" for byte in mark.encode())
        for mark in key
    )


class _Project:
    """Gathers the files of one org. Lives for one call."""

    def __init__(self, resolved: Resolved, holdings: Holdings) -> None:
        self.holdings = holdings
        self.base = resolved.spec.project.locale
        self.name = resolved.spec.project.name
        self.version = holdings.system.api_version or API_VERSION
        self.made: Files = {}
        self.members: dict[str, set[str]] = {}
        self.languages: set[str] = set()
        self.empty: list[str] = []

    def files(self) -> Files:
        for held in self.holdings.lists:
            if held.name and held.options:
                self._value_set(held)
        for field in self.holdings.fields:
            self._field(field)
        by_hand = []
        for record_type in self.holdings.record_types:
            if record_type.object in PROCESS_FIELDS:
                by_hand.append(
                    (f"{record_type.object}: {record_type.name}", list(self._left_out(record_type)))
                )
            else:
                self._record_type(record_type)
        types = [(name, sorted(members)) for name, members in sorted(self.members.items())]
        self._write("manifest/package.xml", "package.xml", types=types, version=self.version)
        self.made["sfdx-project.json"] = self._project_file()
        self.made["README.md"] = fill(
            "abmspec.targets.salesforce",
            "readme.md.jinja",
            "markdown",
            {
                "label": self.holdings.system.label or self.holdings.instance,
                "languages": sorted(self.languages),
                "record_types": "RecordType" in self.members,
                "empty": self.empty,
                "by_hand": by_hand,
            },
        )
        return dict(sorted(self.made.items()))

    def _write(self, path: str, template: str, **values: Any) -> None:
        self.made[path] = fill("abmspec.targets.salesforce", f"{template}.jinja", "xml", values)

    def _add(self, type: str, member: str, path: str, template: str, **values: Any) -> None:
        """A file of metadata and its line in the manifest."""
        self.members.setdefault(type, set()).add(member)
        self._write(f"{ROOT}/{path}", template, **values)

    def _project_file(self) -> bytes:
        project = {
            "name": f"{self.name}-{self.holdings.instance}",
            "namespace": "",
            "packageDirectories": [{"default": True, "path": "force-app"}],
            "sfdcLoginUrl": "https://login.salesforce.com",
            "sourceApiVersion": self.version,
        }
        return json_bytes(project, indent=4)

    # -------------------------------------------------------------- value sets

    def _value_set(self, held: HeldList) -> None:
        if held.standard:
            known = SALESFORCE.standard_sets.get(held.name)
            self._add(
                "StandardValueSet",
                held.name,
                f"standardValueSets/{held.name}.standardValueSet-meta.xml",
                "standard_value_set.xml",
                attributes=known.attributes if known else (),
                sorted=held.picklist.sorted,
                values=held.options,
            )
        else:
            self._add(
                "GlobalValueSet",
                held.name,
                f"globalValueSets/{held.name}.globalValueSet-meta.xml",
                "global_value_set.xml",
                description=held.description,
                label=held.label,
                sorted=held.picklist.sorted,
                values=held.options,
            )
        self._value_set_translations(held)

    def _value_set_translations(self, held: HeldList) -> None:
        """One file a language, keyed by label as the platform has it. Only what is in use has to be read by anybody."""
        kind = "StandardValueSet" if held.standard else "GlobalValueSet"
        folder = f"{kind[0].lower()}{kind[1:]}Translations"
        ending = f"{kind[0].lower()}{kind[1:]}Translation-meta.xml"
        by_language: dict[str, dict[str, str]] = {}
        for option in held.options:
            for language, text in self._languages(option.texts) if option.active else ():
                by_language.setdefault(language, {}).setdefault(option.label, text)
        for language, texts in by_language.items():
            self._add(
                f"{kind}Translation",
                f"{held.name}-{language}",
                f"{folder}/{held.name}-{language}.{ending}",
                "value_set_translation.xml",
                root=f"{kind}Translation",
                translations=list(texts.items()),
            )

    def _languages(self, texts: Any) -> Iterator[tuple[str, str]]:
        """Texts by the org's language codes; the spec's own language is what labels are written in already."""
        for tag, text in texts.items():
            language = SALESFORCE.language(tag)
            if language and tag != self.base:
                self.languages.add(language)
                yield language, text

    # -------------------------------------------------------------- fields

    def _field(self, held: HeldField) -> None:
        """A custom field (a picklist only with values); a standard one only where its values depend on another's."""
        settings = held.settings()
        options = held.options
        if held.standard and not settings:
            return
        if options is not None and not options.options:
            self.empty.append(f"{held.object}.{held.name}")
            return
        value_set = None
        if options is not None:
            value_set = {
                "name": "" if held.standard else options.name,
                "controlled_by": held.controlled_by if settings else "",
                "settings": settings,
            }
        elements = [("type", held.type)] if held.standard else sorted(_elements(held))
        self._add(
            "CustomField",
            f"{held.object}.{held.name}",
            f"objects/{held.object}/fields/{held.name}.field-meta.xml",
            "custom_field.xml",
            name=held.name,
            before=[each for each in elements if each[0] < "valueSet"],
            set=value_set,
            after=[each for each in elements if each[0] > "valueSet"],
        )
        if held.standard or not held.active:
            return
        for language, text in self._languages(held.texts):
            translation = f"{held.object}-{language}"
            folder = f"objectTranslations/{translation}"
            self._add(
                "CustomObjectTranslation",
                translation,
                f"{folder}/{translation}.objectTranslation-meta.xml",
                "object_translation.xml",
            )
            self._write(
                f"{ROOT}/{folder}/{held.name}.fieldTranslation-meta.xml",
                "field_translation.xml",
                label=text,
                name=held.name,
            )

    # -------------------------------------------------------------- record types

    def _record_type(self, record_type: RecordType) -> None:
        """The values that one record type offers. Picklists that are not named stay as they are in the org."""
        picklists = [
            (name, sorted(percent_encoded(option.key) for option in options))
            for name, options in sorted(record_type.offers.items())
            if options
        ]
        if picklists:
            self._add(
                "RecordType",
                f"{record_type.object}.{record_type.name}",
                f"objects/{record_type.object}/recordTypes/{record_type.name}.recordType-meta.xml",
                "record_type.xml",
                name=record_type.name,
                label=record_type.name.replace("_", " "),
                picklists=picklists,
            )

    def _left_out(self, record_type: RecordType) -> Iterator[tuple[str, str]]:
        """Picklists of which the record type does not offer all values, with the labels of those that it does not."""
        for held in sorted(self.holdings.fields, key=lambda held: held.name):
            if (
                held.object != record_type.object
                or held.name not in record_type.offers
                or held.options is None
            ):
                continue
            offered = {option.id for option in record_type.offers[held.name]}
            others = [
                option.label for option in held.options.options if option.active and option.id not in offered
            ]
            if others and held.name != PROCESS_FIELDS[held.object]:
                yield held.name, ", ".join(others)


def _elements(held: HeldField) -> Iterator[tuple[str, object]]:
    """The elements of a custom field but for its name and its values."""
    field = held.field
    yield "label", held.label
    yield "type", held.type
    if held.description or not held.active:
        retired = "" if held.active else "Retired. "
        yield "description", (retired + held.description).strip()
    if field.type not in ("boolean", "long-text"):
        yield "required", held.required and held.active
    if field.type in ("text", "number", "email"):
        yield "externalId", False
        yield "unique", field.unique
        if field.unique and field.type == "text":
            yield "caseSensitive", False
    yield from _of_type(held, field)


def _of_type(held: HeldField, field: Field) -> Iterable[tuple[str, object]]:
    match field.type:
        case "text":
            return [("length", field.length or SALESFORCE.fields.lengths["text"][1])]
        case "long-text":
            return [("length", field.length or LONG_TEXT_LENGTH), ("visibleLines", 3)]
        case "number" | "currency" | "percent":
            scale = field.scale if field.scale is not None else SCALE.get(field.type, 0)
            return [("precision", PRECISION), ("scale", scale)]
        case "boolean":
            return [("defaultValue", False)]
        case "multipicklist":
            return [("visibleLines", 4)]
        case "reference":
            return [
                ("deleteConstraint", "Restrict" if held.required else "SetNull"),
                ("referenceTo", SALESFORCE.object_name(field.to)),
                ("relationshipName", relationship_name(held)),
            ]
        case _:
            return []


def relationship_name(held: HeldField) -> str:
    """What the other object calls the records that refer to it, unlike for any other field: `ABM_Parent_Accounts`."""
    name = held.name.removesuffix("__c")
    object = held.object.removesuffix("__c")
    ending = f"_{plural(object)}"
    return name[: SALESFORCE.field_name.max_length - len(ending)].rstrip("_") + ending
