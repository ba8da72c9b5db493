"""What a Marketo instance holds: fields to make, allow-lists, smart lists.

Shapes follow Adobe's REST reference ("Leads": Create Lead Fields, Update Lead Field; "Companies": Get Company Fields).
Marketo has no picklist type: a closed list is a string field with an allow-list beside it. A field is never deleted,
and its name, type and length cannot change. No endpoint is documented that makes fields of companies or opportunities,
so these are listed for whoever makes them in Field Management, not given as a body.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from abmspec.condition import Condition, expand
from abmspec.holdings import HeldField, HeldList, Holdings
from abmspec.jsontext import json_bytes
from abmspec.model.entity import GLOBAL
from abmspec.model.taxonomy import Segment
from abmspec.names import ScopeNames, sentence
from abmspec.resolve import Resolved, View
from abmspec.systems.marketo_fields import STANDARD_FIELDS
from abmspec.targets.marketo.smart_list import Builder, SmartList
from abmspec.targets.target import Files
from abmspec.templating import csv_cell
from abmspec.templating import render as fill

VERSION = 1
LEAD_FIELDS = "/rest/v1/leads/schema/fields.json"
LEAD_FIELD = "/rest/v1/leads/schema/fields/{name}.json"
# Adobe's reference: no more custom fields than this are made through the API.
MOST_FIELDS = 100
# Classes of data that forms must not fill in beforehand.
SENSITIVE = frozenset({"special-category"})
COLUMNS = ("key", "label", "status", "active", "parents", "value", "scope")
NOT_DOCUMENTED = (
    "No endpoint is documented that makes these fields. Make them in Admin, Field Management, or let the native sync "
    "with the CRM bring them."
)


def render(resolved: Resolved, holdings: Holdings) -> Files:
    """The bodies, lists and descriptions, `deploy-order.json` and a README."""
    return _Instance(resolved, holdings).files()


class _Instance:
    """Gathers the files of one instance. Lives for one call."""

    def __init__(self, resolved: Resolved, holdings: Holdings) -> None:
        self.resolved = resolved
        self.spec = resolved.spec
        self.holdings = holdings
        self.made: Files = {}
        self.by_name = {held.field.name: held for held in reversed(holdings.fields) if held.active}

    def files(self) -> Files:
        fields = [held for held in self.holdings.fields if held.name not in STANDARD_FIELDS]
        leads = [held for held in fields if held.object == "lead"]
        calls = self._lead_fields([held for held in leads if held.active])
        retired = self._retired([held for held in leads if not held.active])
        by_hand = self._other_fields([held for held in fields if held.object != "lead" and held.active])
        allow_lists = [self._allow_list(held) for held in self.holdings.lists if held.options]
        smart_lists = [summary for segment in self._segments() for summary in self._smart_lists(segment)]
        self.made["deploy-order.json"] = json_bytes(
            {
                "version": VERSION,
                "lead_fields": calls,
                "retired_lead_fields": retired,
                "fields_by_hand": by_hand,
                "allow_lists": allow_lists,
                "smart_lists": smart_lists,
            }
        )
        self.made["README.md"] = fill(
            "abmspec.targets.marketo",
            "readme.md.jinja",
            "markdown",
            {
                "label": self.holdings.system.label or self.holdings.instance,
                "count": sum(held.active for held in leads),
                "batches": calls,
                "by_hand": by_hand,
                "retired": retired,
                "most": MOST_FIELDS,
                "incomplete": [each for each in smart_lists if not each["complete"]],
            },
        )
        return dict(sorted(self.made.items()))

    # -------------------------------------------------------------- fields

    def _lead_fields(self, fields: Sequence[HeldField]) -> list[dict[str, Any]]:
        """One body for every hundred fields: the call that makes them."""
        calls = []
        for start in range(0, len(fields), MOST_FIELDS):
            batch = fields[start : start + MOST_FIELDS]
            path = f"lead-fields/fields-{start // MOST_FIELDS + 1}.json"
            self.made[path] = json_bytes({"input": [_field(held) for held in batch]})
            calls.append(
                {
                    "method": "POST",
                    "path": LEAD_FIELDS,
                    "body": path,
                    "fields": len(batch),
                    "before": f"GET {LEAD_FIELDS}: take out what is there already",
                    "cannot_be_undone": "a field is never deleted; its name, type and length cannot change",
                }
            )
        return calls

    def _retired(self, fields: Sequence[HeldField]) -> list[dict[str, Any]]:
        calls = []
        for held in fields:
            path = f"retired-lead-fields/{held.name}.json"
            self.made[path] = json_bytes({"input": [{"isHidden": True}]})
            calls.append(
                {
                    "address": held.address,
                    "method": "POST",
                    "path": LEAD_FIELD.format(name=held.name),
                    "body": path,
                    "if_missing": "leave it",
                    "undo": "the same call with `isHidden` false",
                }
            )
        return calls

    def _other_fields(self, fields: Sequence[HeldField]) -> list[dict[str, Any]]:
        """Fields of companies and other objects, one file an object: what to make, no body of a call."""
        listed: dict[str, list[dict[str, Any]]] = {}
        for held in fields:
            listed.setdefault(held.object, []).append(_field(held))
        files = []
        for object, described in sorted(listed.items()):
            path = f"fields-by-hand/{object}.json"
            self.made[path] = json_bytes({"object": object, "endpoint": NOT_DOCUMENTED, "fields": described})
            files.append({"object": object, "file": path, "fields": len(described)})
        return files

    # -------------------------------------------------------------- allow-lists

    def _allow_list(self, held: HeldList) -> dict[str, Any]:
        users = [field for field in self.holdings.fields if field.options is held and field.active]
        parents = _parents(held, users)
        values = [
            {
                "key": option.key,
                "label": option.label,
                "status": option.value.status,
                "active": option.active,
                "parents": parents[option.id],
                "value": option.id,
                "scope": option.scope,
            }
            for option in held.options
        ]
        data = f"allow-lists/{held.name}.json"
        self.made[data] = json_bytes(
            {
                "name": held.name,
                "label": held.label,
                "picklist": held.address,
                "fields": [{"object": field.object, "name": field.name} for field in users],
                "values": values,
            }
        )
        table = f"allow-lists/{held.name}.csv"
        lines = [
            ",".join(COLUMNS),
            *(",".join(_cell(value[column]) for column in COLUMNS) for value in values),
        ]
        self.made[table] = "".join(f"{line}\r\n" for line in lines).encode()
        return {"name": held.name, "csv": table, "json": data}

    # -------------------------------------------------------------- smart lists

    def _segments(self) -> Iterator[Segment]:
        """Segments in use: the global ones, then those of the instance's live regions."""
        found: dict[str, Segment] = {}
        for scope in (GLOBAL, *self._live_regions()):
            for id, segment in self.resolved.view(scope).segments.items():
                if segment.in_use and segment.when is not None:
                    found.setdefault(id, segment)
        yield from found.values()

    def _live_regions(self) -> list[str]:
        return [id for id in self.holdings.regions if not self.resolved.is_suspended(id)]

    def _smart_lists(self, segment: Segment) -> Iterator[dict[str, Any]]:
        """One list for each way in which the segment's scopes put it: most often one."""
        versions: dict[Condition, list[str]] = {}
        holders = [] if segment.scope != GLOBAL else [GLOBAL]
        for scope in (*holders, *self._live_regions()):
            view = self.resolved.view(scope)
            known = view.segments.get(segment.id)
            if known is not None and known.when is not None:
                versions.setdefault(expand(known.when, view.definitions), []).append(scope)
        for when, scopes in versions.items():
            home = GLOBAL if GLOBAL in scopes else scopes[0]
            path = f"smart-lists/{segment.id}"
            if home not in (GLOBAL, segment.scope):
                path += f".{home}"
            yield self._smart_list(path, self.resolved.view(home), segment.id, when, scopes)

    def _smart_list(
        self, path: str, view: View, id: str, when: Condition, scopes: list[str]
    ) -> dict[str, Any]:
        segment = view.segments[id]
        assert segment.when is not None
        names = ScopeNames(self.resolved, view.scope)
        icp = self.spec.icp.when if self.spec.icp else None
        builder = Builder(
            self.by_name,
            lambda part: sentence(part, names).rstrip("."),
            expand(icp, view.definitions) if icp is not None else None,
        )
        made = builder.smart_list(when)
        label = segment.label or id
        regional = view.scope not in (GLOBAL, segment.scope)
        described = {
            "segment": segment.address,
            "name": f"{label} ({names.region(view.scope)})" if regional else label,
            "scopes": scopes,
            "status": segment.status,
            "words": sentence(segment.when, names),
            "complete": made.complete,
            "match": made.match,
            "expression": made.expression,
            "filters": [
                {"number": number, **each.data()} for number, each in enumerate(made.filters, start=1)
            ],
        }
        self.made[f"{path}.json"] = json_bytes(described)
        self.made[f"{path}.md"] = self._page(described, segment, made)
        return {
            "segment": segment.address,
            "scopes": scopes,
            "json": f"{path}.json",
            "complete": made.complete,
        }

    def _page(self, described: dict[str, Any], segment: Segment, made: SmartList) -> bytes:
        return fill(
            "abmspec.targets.marketo",
            "smart_list.md.jinja",
            "markdown",
            {
                **described,
                "description": segment.description,
                "reason": segment.reason,
                "holds_for": self._holds_for(described["scopes"]),
                "regional": GLOBAL not in described["scopes"],
                "lines": [each.words() for each in made.filters],
                "notes": [each["note"] for each in described["filters"] if "note" in each],
            },
        )

    def _holds_for(self, scopes: Sequence[str]) -> str:
        """`Every region but Japan`, where the list is the global one; else the regions' labels."""

        def labels(ids: Iterable[str]) -> str:
            return ", ".join(self.spec.regions[id].label or id for id in ids)

        if GLOBAL not in scopes:
            return labels(scopes)
        others = [id for id in self._live_regions() if id not in scopes]
        return f"every region but {labels(others)}" if others else "every region"


def _field(held: HeldField) -> dict[str, Any]:
    """One field as the API takes it. Closed lists are strings; whole numbers are integers."""
    field = held.field
    body: dict[str, Any] = {
        "displayName": held.label,
        "name": held.name,
        "dataType": "integer" if held.type == "float" and field.scale == 0 else held.type,
    }
    if held.description:
        body["description"] = held.description
    body["isHidden"] = False
    body["isSensitive"] = field.privacy is not None and field.privacy.class_ in SENSITIVE
    return body


def _parents(held: HeldList, users: Sequence[HeldField]) -> dict[str, list[str]]:
    """By value, the keys of what it belongs under: what offers it in the field beside it, else what it maps to."""
    user = next((field for field in users if field.controller is not None), None)
    if user is None or user.controller is None:
        keys = {option.id: option.key for option in held.options}
        return {option.id: _keys((option.value.maps_to,), keys) for option in held.options}
    offered = {option.id: [parent.key for parent in parents] for option, parents in user.settings()}
    keys = {option.id: option.key for option in user.controller.options}
    return {
        option.id: offered[option.id] if option.id in offered else _keys(option.parents, keys)
        for option in held.options
    }


def _keys(ids: Iterable[str], keys: Mapping[str, str]) -> list[str]:
    return [keys[id] for id in ids if id in keys]


def _cell(value: object) -> str:
    return csv_cell(";".join(map(str, value)) if isinstance(value, list) else value)
