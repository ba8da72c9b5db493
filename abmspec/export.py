"""The resolved spec as one JSON document, for whoever wants to read it without abmspec.

Its shape is `schemas/outputs/spec-document.schema.json`. `global` holds every thing in full, `regions` what differs
from the region's parent, also in full, `systems` what each instance stores, `conditions` every condition as it was
written, with its words. Things are keyed by id, fields by `object.id`. What is at its default is left out. Records
about single accounts are not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from abmspec import condition, lookup
from abmspec.holdings import HeldField, HeldList, Holdings, Option, RecordType
from abmspec.jsontext import json_bytes
from abmspec.model.entity import GLOBAL, Entity
from abmspec.model.governance import Waiver
from abmspec.model.region import Region
from abmspec.model.taxonomy import Icp, Segment
from abmspec.names import ScopeNames, sentence
from abmspec.resolve import Predicate, Resolved, View

VERSION = 1
PATH = "spec.json"
# What a view merges, and under which name the document has it.
MERGED = ("picklists", "fields", "segments", "privacy", "plays", "content", "ctas")


def spec_document(resolved: Resolved, holdings: Iterable[Holdings]) -> bytes:
    """The document, as UTF-8 JSON that ends with a line break. The same spec gives the same bytes."""
    document = _Document(resolved).data(holdings)
    return json_bytes(_tidy(document), indent=1)


class _Document:
    """Gathers the document of one spec. Lives for one call."""

    def __init__(self, resolved: Resolved) -> None:
        self.resolved = resolved
        self.spec = resolved.spec
        self.names = {view.scope: ScopeNames(resolved, view.scope) for view in resolved.views}

    def data(self, holdings: Iterable[Holdings]) -> dict[str, Any]:
        spec = self.spec
        return {
            "version": VERSION,
            "project": lookup.plain(spec.project),
            "global": self._global(),
            "regions": {id: self._region(region) for id, region in spec.regions.items()},
            "governance": self._governance(),
            "systems": {held.instance: _system(held) for held in holdings},
            "conditions": [self._condition(each) for each in self.resolved.conditions()],
        }

    def _global(self) -> dict[str, Any]:
        spec = self.spec
        singles = {
            "charter": spec.charter,
            "icp": spec.icp,
            "tiers": spec.tiers,
            "lifecycle": spec.lifecycle,
            "buying_groups": spec.buying_groups,
            "routing": spec.routing,
            "jurisdictions": spec.jurisdictions,
        }
        return {
            **{name: self._things(getattr(self.resolved.backbone, name).values()) for name in MERGED},
            "kpis": self._things(spec.kpis.values()),
            "experiments": self._things(spec.own.experiments.values()),
            "learnings": self._things(spec.own.learnings.values()),
            **{name: self._thing(single) for name, single in singles.items() if single is not None},
        }

    def _region(self, region: Region) -> dict[str, Any]:
        """A region: what it is, and each thing that it adds or sees otherwise than its parent."""
        view = self.resolved.regions[region.id]
        parent = self.resolved.regions[region.parent] if region.parent else self.resolved.backbone
        own = self.spec.overlays[region.id].own
        differs: dict[str, Any] = {
            name: self._things(_changed(getattr(view, name), getattr(parent, name)), region.id)
            for name in MERGED
        }
        differs |= {
            "experiments": self._things(own.experiments.values(), region.id),
            "learnings": self._things(own.learnings.values(), region.id),
        }
        for name in ("tiers", "routing"):
            mine = getattr(view, name)
            if mine is not None and mine is not getattr(parent, name):
                differs[name] = self._thing(mine, region.id)
        return {
            **self._thing(region),
            "parent": region.parent or None,
            "deployed": any(each.id == region.id for each in self.resolved.deployed_regions()),
            "hidden_values": _hidden(view),
            "hidden_fields": sorted(view.hidden_fields),
            "differs": {name: things for name, things in differs.items() if things},
        }

    def _governance(self) -> dict[str, Any]:
        governance = self.spec.governance
        return {
            "roles": self._things(governance.roles.values()),
            "council": self._thing(governance.council) if governance.council else None,
            "raci": self._things(governance.activities.values()),
            "change_policy": self._thing(governance.policy) if governance.policy else None,
            "waivers": self._things(governance.waivers.values()),
            "decisions": self._things(governance.decisions.values()),
            "emergencies": self._things(governance.emergencies.values()),
        }

    def _condition(self, each: Predicate) -> dict[str, Any]:
        return {
            "address": each.address,
            "scope": each.scope,
            "path": each.at.path,
            "route": list(each.at.route),
            "object": each.object,
            "when": condition.to_data(each.when),
            "words": sentence(each.when, self.names[each.scope]),
        }

    def _thing(self, entity: Entity, scope: str = GLOBAL) -> dict[str, Any]:
        """A thing in full: its address and owner, and what it says. Where it is written is nobody's business here."""
        layout = lookup.LAYOUT - ({"object"} if entity.noun == "field" else set())
        data = {key: value for key, value in lookup.plain(entity).items() if key not in layout}
        for value in data.get("values", {}).values() if entity.noun == "picklist" else ():
            value.pop("path", None)
        if isinstance(entity, Segment | Icp) and entity.when is not None:
            data["when_in_words"] = sentence(entity.when, self.names[scope])
        if isinstance(entity, Waiver):
            data["excuses"] = data.pop("address")
        return {"address": entity.address, "owner": entity.owner or None, **data}

    def _things(self, entities: Iterable[Entity], scope: str = GLOBAL) -> dict[str, Any]:
        return {entity.name: self._thing(entity, scope) for entity in entities}


def _changed(mine: Mapping[str, Entity], above: Mapping[str, Entity]) -> list[Entity]:
    return [entity for id, entity in mine.items() if above.get(id) is not entity]


def _hidden(view: View) -> dict[str, list[str]]:
    return {picklist: sorted(values) for picklist, values in sorted(view.hidden_values.items()) if values}


def _tidy(data: Any) -> Any:
    """The data with whole numbers as such: `2001`, not `2001.0`."""
    if isinstance(data, dict):
        return {key: _tidy(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_tidy(item) for item in data]
    return int(data) if isinstance(data, float) and data.is_integer() else data


# ------------------------------------------------------------------ systems


def _system(held: Holdings) -> dict[str, Any]:
    """What an instance stores: its lists with the stored keys, its fields with their names there."""
    return {
        **lookup.plain(held.system),
        "holds": list(held.regions),
        "lists": [_list(each) for each in held.lists],
        "fields": [_field(each) for each in held.fields],
        "record_types": [_record_type(each) for each in held.record_types],
    }


def _list(held: HeldList) -> dict[str, Any]:
    return {
        "name": held.name,
        "picklist": held.picklist.id,
        "part": held.part,
        "standard": held.standard,
        "options": [_option(option) for option in held.options],
    }


def _option(option: Option) -> dict[str, Any]:
    return {
        "id": option.id,
        "scope": option.scope,
        "key": option.key,
        "label": option.label,
        "labels": dict(option.texts),
        "description": option.description,
        "status": option.value.status,
        "active": option.active,
        "maps_to": option.value.maps_to or None,
        "offered_by": list(option.parents),
    }


def _field(held: HeldField) -> dict[str, Any]:
    return {
        "field": held.field.name,
        "object": held.object,
        "name": held.name,
        "label": held.label,
        "labels": dict(held.texts),
        "description": held.description,
        "type": held.type,
        "required": held.required,
        "active": held.active,
        "list": (held.options.name or None) if held.options else None,
        "part": held.options.part if held.options else None,
        "controlled_by": held.controlled_by or None,
    }


def _record_type(held: RecordType) -> dict[str, Any]:
    return {
        "object": held.object,
        "name": held.name,
        "regions": list(held.regions),
        "offers": {field: [option.key for option in options] for field, options in held.offers.items()},
    }
