"""The resolved spec as one JSON document, for whoever wants to read it without abmspec (`spec.schema.json`).

`global` holds every thing in full, `regions` what differs from the region's parent, also in full, and `systems` what
each instance stores. Things are keyed by id, fields by `object.id`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from abmspec import lookup
from abmspec.holdings import HeldField, HeldList, Holdings
from abmspec.model.entity import Entity
from abmspec.model.region import Region
from abmspec.resolve import Resolved, View

VERSION = 1
PATH = "spec.json"
# What a view merges, and under which name the document has it.
MERGED = ("picklists", "fields", "segments", "privacy", "plays", "content", "ctas")


def spec_document(resolved: Resolved, holdings: Iterable[Holdings]) -> bytes:
    """The document, as UTF-8 JSON that ends with a line break. The same spec gives the same bytes."""
    spec = resolved.spec
    governance = spec.governance
    document = {
        "version": VERSION,
        "project": lookup.plain(spec.project),
        "global": {
            **{name: _things(getattr(resolved.backbone, name).values()) for name in MERGED},
            "kpis": _things(spec.kpis.values()),
            "experiments": _things(spec.own.experiments.values()),
            "learnings": _things(spec.own.learnings.values()),
            **{
                name: _thing(single)
                for name, single in (
                    ("charter", spec.charter),
                    ("icp", spec.icp),
                    ("tiers", spec.tiers),
                    ("lifecycle", spec.lifecycle),
                    ("buying_groups", spec.buying_groups),
                    ("routing", spec.routing),
                    ("jurisdictions", spec.jurisdictions),
                )
                if single is not None
            },
        },
        "regions": {id: _region(resolved, region) for id, region in spec.regions.items()},
        "governance": {
            "roles": _things(governance.roles.values()),
            "council": _thing(governance.council) if governance.council else None,
            "raci": _things(governance.activities.values()),
            "change_policy": _thing(governance.policy) if governance.policy else None,
            "waivers": _things(governance.waivers.values()),
        },
        "systems": {held.instance: _system(held) for held in holdings},
    }
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def _thing(entity: Entity) -> dict[str, Any]:
    """A thing in full: its address and owner, and what it says. Where it is written is nobody's business here."""
    data = {key: value for key, value in lookup.plain(entity).items() if key not in lookup.LAYOUT}
    for value in data.get("values", {}).values() if entity.noun == "picklist" else ():
        value.pop("path", None)
    return {"address": lookup.entity_address(entity), "owner": entity.owner, **data}


def _things(entities: Iterable[Entity]) -> dict[str, Any]:
    return {entity.name: _thing(entity) for entity in entities}


def _region(resolved: Resolved, region: Region) -> dict[str, Any]:
    """A region: what it is, and each thing that it adds or sees otherwise than its parent."""
    view = resolved.regions[region.id]
    parent = resolved.regions[region.parent] if region.parent else resolved.backbone
    own = resolved.spec.overlays[region.id].own
    differs: dict[str, Any] = {
        name: _things(_changed(getattr(view, name), getattr(parent, name))) for name in MERGED
    }
    differs |= {
        "experiments": _things(own.experiments.values()),
        "learnings": _things(own.learnings.values()),
    }
    for name in ("tiers", "routing"):
        mine = getattr(view, name)
        if mine is not None and mine is not getattr(parent, name):
            differs[name] = _thing(mine)
    return {
        **_thing(region),
        "parent": region.parent or None,
        "deployed": any(each.id == region.id for each in resolved.deployed_regions()),
        "hidden_values": _hidden(view),
        "hidden_fields": sorted(view.hidden_fields),
        "differs": {name: things for name, things in differs.items() if things},
    }


def _changed(mine: Mapping[str, Entity], above: Mapping[str, Entity]) -> list[Entity]:
    return [entity for id, entity in mine.items() if above.get(id) is not entity]


def _hidden(view: View) -> dict[str, list[str]]:
    return {picklist: sorted(values) for picklist, values in sorted(view.hidden_values.items()) if values}


def _system(held: Holdings) -> dict[str, Any]:
    """What an instance stores: its lists with the stored keys, its fields with their names there."""
    return {
        **lookup.plain(held.system),
        "holds": list(held.regions),
        "lists": [_list(each) for each in held.lists],
        "fields": [_field(each) for each in held.fields],
    }


def _list(held: HeldList) -> dict[str, Any]:
    return {
        "name": held.name,
        "picklist": held.picklist.id,
        "part": held.part,
        "standard": held.standard,
        "options": [
            {
                "id": option.id,
                "scope": option.scope,
                "key": option.key,
                "label": option.label,
                "labels": dict(option.texts),
                "active": option.active,
            }
            for option in held.options
        ],
    }


def _field(held: HeldField) -> dict[str, Any]:
    return {
        "field": held.field.name,
        "object": held.object,
        "name": held.name,
        "type": held.type,
        "required": held.required,
        "active": held.active,
        "list": held.options.name if held.options else None,
        "controlled_by": held.controlled_by or None,
    }
