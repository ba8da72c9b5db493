"""What every field of a spec can hold, as conditions reason about it."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.condition import REGION, TIER, Domain, Domains, Kind
from abmspec.model.spec import carries_prefix
from abmspec.model.taxonomy import Field, FieldType, Value, qualified
from abmspec.resolve import Resolved

KINDS: dict[FieldType, Kind] = {
    "text": "text",
    "long-text": "text",
    "number": "number",
    "currency": "number",
    "percent": "number",
    "date": "date",
    "datetime": "date",
    "boolean": "boolean",
    "picklist": "choice",
    "multipicklist": "choices",
    "email": "text",
    "url": "text",
    "phone": "text",
    "reference": "text",
}


def domains(resolved: Resolved) -> Domains:
    """The domain of every field by name, and of a record's tier and region.

    One for all scopes: a list holds the values of every region, for a global value stands for its regional children
    wherever it is asked for. Values count whatever their status, for records keep what they had.
    """
    spec = resolved.spec
    lists = {id: dict(_values(resolved, id)) for id in _lists(resolved)}
    closed = {id: Domain("choice", tuple(values), children=_children(values)) for id, values in lists.items()}
    fields = {name: field for view in resolved.views for name, field in view.fields.items()}
    found = {name: _domain(field, fields, closed) for name, field in fields.items()}
    if spec.tiers is not None:
        found[TIER] = Domain("choice", tuple(spec.tiers.tiers))
    nested = {
        id: tuple(child.id for child in spec.regions.values() if child.parent == id) for id in spec.regions
    }
    found[REGION] = Domain("choice", tuple(spec.regions), children=nested)
    return found


def _domain(field: Field, fields: dict[str, Field], closed: dict[str, Domain]) -> Domain:
    kind = KINDS[field.type]
    if kind in ("choice", "choices"):
        holder = field
        if field.detail_of and not field.picklist:
            holder = fields.get(qualified(field.detail_of, field.object), field)
        list_ = closed.get(holder.picklist)
        return Domain(kind, list_.values, list_.children) if list_ else Domain(kind)
    return Domain(kind, whole=field.type == "date" or (kind == "number" and field.scale == 0))


def _lists(resolved: Resolved) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for view in resolved.views for id in view.picklists))


def _values(resolved: Resolved, picklist: str) -> Iterator[tuple[str, Value]]:
    """A list's values, those that any region adds included."""
    found = resolved.find_picklist(picklist)
    if found is not None:
        yield from found[1].values.items()
    for region, overlay in resolved.spec.overlays.items():
        change = overlay.picklists.get(picklist)
        for id, value in change.values.items() if change else ():
            if carries_prefix(id, region):
                yield id, value


def _children(values: dict[str, Value]) -> dict[str, tuple[str, ...]]:
    gathered: dict[str, list[str]] = {}
    for id, value in values.items():
        if value.maps_to in values:
            gathered.setdefault(value.maps_to, []).append(id)
    return {parent: tuple(below) for parent, below in gathered.items()}
