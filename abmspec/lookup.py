"""From an address to the thing it names, as it holds in a region, and where each of its parts comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import msgspec

from abmspec import condition
from abmspec.address import address_of, in_region, split_region
from abmspec.model.entity import GLOBAL, Entity, Part
from abmspec.model.spec import Spec
from abmspec.model.taxonomy import Field, Picklist, Value
from abmspec.names import ScopeNames, sentence
from abmspec.references.finder import Finder
from abmspec.resolve import Resolved, View
from abmspec.source import Anchor, Route
from abmspec.words import did_you_mean, quoted

# What the layout gives, and what is no part of what was written.
LAYOUT = frozenset({"id", "path", "scope", "route", "defaulted", "object", "folder", "parent"})


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with an address, as it holds in `scope`.

    `at` is where it is defined; `part` is the struct itself; `written` the entity that it stands in (itself, or the
    picklist of a value); `name` is its address without the region, as `View.origins` spells it.
    """

    address: str
    scope: str
    name: str
    at: Anchor
    part: Part
    written: Entity


def describe(resolved: Resolved, thing: Thing) -> dict[str, Any]:
    """What a thing says in its scope, as plain data in the order of the format, without what is at its default.

    A value or a field that its region hides has `hidden: true`.
    """
    data = {key: value for key, value in plain(thing.part).items() if key not in LAYOUT}
    if isinstance(thing.part, Value):
        data.pop("path", None)
    if _is_hidden(resolved.view(thing.scope), thing):
        data["hidden"] = True
    if isinstance(thing.part, Picklist):
        hidden = resolved.view(thing.scope).hidden_values.get(thing.part.id, frozenset())
        for id, value in data["values"].items():
            value.pop("path", None)
            if id in hidden:
                value["hidden"] = True
    return data


def _is_hidden(view: View, thing: Thing) -> bool:
    match thing.part:
        case Value():
            return thing.at.route[-1] in view.hidden_values.get(thing.written.id, ())
        case Field(name=name):
            return name in view.hidden_fields
    return False


def plain(part: Part) -> dict[str, Any]:
    """A struct as plain data under the names of the format, conditions as they are written."""
    data = {}
    for name, said, default in _attributes(type(part)):
        value = getattr(part, name)
        if default is msgspec.NODEFAULT or value != default:
            data[said] = _as_data(value)
    return data


@cache
def _attributes(kind: type[Part]) -> tuple[tuple[str, str, Any], ...]:
    """Of each attribute its name, the format's name for it, and its default."""
    return tuple((field.name, field.encode_name, _default(field)) for field in msgspec.structs.fields(kind))


def _default(field: msgspec.structs.FieldInfo) -> Any:
    if field.default is msgspec.NODEFAULT and callable(field.default_factory):
        return field.default_factory()
    return field.default


def _as_data(value: Any) -> Any:
    # Not `msgspec.to_builtins`: conditions are dataclasses, which it takes apart without asking.
    if isinstance(value, condition.Node):
        return condition.to_data(cast(condition.Condition, value))
    if isinstance(value, Part):
        return plain(value)
    if isinstance(value, dict):
        return {key: _as_data(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_as_data(item) for item in value]
    return value


def things(resolved: Resolved, scope: str = GLOBAL) -> Iterator[Thing]:
    """Everything that has an address and holds in the scope: global things first, as the region sees them."""
    spec, view = resolved.spec, resolved.view(scope)
    for entity in _entities(spec, view):
        name = entity.local_address
        yield Thing(entity.address, scope, name, entity.at(), entity, entity)
        for part_name, route, part in _parts(entity):
            holder, at = _where(entity, route, part)
            yield Thing(in_region(part_name, holder), scope, part_name, at, part, entity)


def find(resolved: Resolved, address: str, scope: str = "") -> Thing | None:
    """The thing at an address in a scope (default: the scope of the address itself). None where there is none.

    A region's address of a thing that it only overlays gives the thing as the region sees it.
    """
    region, name = split_region(address, resolved.spec.regions)
    home = region or GLOBAL
    scope = scope or home
    for thing in things(resolved, scope):
        if thing.address == address or (thing.name == name and home in (GLOBAL, scope)):
            return thing
    return None


def addresses(resolved: Resolved) -> tuple[str, ...]:
    """Every address of the spec, sorted."""
    return tuple(sorted({thing.address for view in resolved.views for thing in things(resolved, view.scope)}))


def hint(address: str, known: Iterable[str]) -> str:
    """What may have been meant by an address that is none, as a sentence; what an address is, where nothing is near."""
    names = list(known)
    same_id = [name for name in names if name.rpartition(".")[2] == address][:3]
    if same_id:
        return f"Did you mean {quoted(same_id, 'or')}?"
    near = did_you_mean(address, names, most=3)
    return near or "An address is a kind and an id, as `picklist.industry` or `field.account.industry`."


def origins(resolved: Resolved, thing: Thing) -> dict[str, tuple[Anchor, ...]]:
    """By attribute (`labels.fr`), what set it in the thing's scope: the anchor that holds, then what it overrode.

    An attribute that nothing states (an owner that is nobody's) is left out.
    """
    prefix = f"{thing.name}."
    found: dict[str, tuple[Anchor, ...]] = {}
    for key in describe(resolved, thing):
        at = _stated(resolved, thing, key)
        if at is not None:
            found[key] = (at,)
    for key, anchors in resolved.view(thing.scope).origins.items():
        if key.startswith(prefix):
            attribute = key.removeprefix(prefix)
            # A value's address says `value`, the attribute that holds it is `values`.
            found[f"values{attribute[5:]}" if attribute.startswith("value.") else attribute] = anchors
    return found


def _stated(resolved: Resolved, thing: Thing, key: str) -> Anchor | None:
    """Where the thing's own file says the attribute, its defaults do, or, of an owner, its region or the project."""
    finder = Finder(resolved, {})
    if thing.part is thing.written:
        return finder.owner(thing.written) if key == "owner" else finder.stated(thing.written, key)
    document = resolved.spec.documents[thing.at.path]
    return thing.at.child(key) if (*thing.at.route, key) in document.spans else None


def in_words(resolved: Resolved, thing: Thing) -> str:
    """The thing's condition as a sentence; empty where it has none."""
    when = getattr(thing.part, "when", None)
    return sentence(when, ScopeNames(resolved, thing.scope)) if isinstance(when, condition.Condition) else ""


def _entities(spec: Spec, view: View) -> Iterator[Entity]:
    for mapping in (
        view.picklists,
        view.fields,
        view.segments,
        view.privacy,
        view.plays,
        view.content,
        view.ctas,
    ):
        yield from mapping.values()
    for single in (
        spec.charter, spec.icp, view.tiers, spec.lifecycle, spec.buying_groups, view.routing, spec.jurisdictions,
        spec.systems, spec.governance.council, spec.governance.policy,
    ):  # fmt: skip
        if single is not None:
            yield single
    governance = spec.governance
    for records in (
        spec.kpis, spec.regions, governance.roles, governance.activities, governance.waivers, governance.decisions,
        governance.emergencies, spec.own.experiments, spec.own.learnings, spec.account_overrides, spec.account_plans,
    ):  # fmt: skip
        yield from records.values()
    if view.scope != GLOBAL:
        own = spec.overlays[view.scope].own
        yield from own.experiments.values()
        yield from own.learnings.values()


# The mappings of an entity whose entries have addresses.
_ADDRESSED: Mapping[str, tuple[str, ...]] = {
    "picklist": ("values",),
    "tiers": ("tiers", "factors"),
    "systems": ("systems",),
    "jurisdictions": ("jurisdictions",),
    "charter": ("outcomes", "objectives", "decisions"),
    "lifecycle": ("stages",),
    "council": ("seats",),
    "play": ("steps",),
    "change-policy": ("rules",),
}


def _parts(entity: Entity) -> Iterator[tuple[str, Route, Part]]:
    for mapping in _ADDRESSED.get(entity.noun, ()):
        for id, part in getattr(entity, mapping).items():
            named = address_of(entity.noun, entity.id, "", (mapping, id))
            # A step belongs to its play, but has an address of its own to be referred to by.
            yield f"{named}.step.{id}" if mapping == "steps" else named, (mapping, id), part


def _where(entity: Entity, route: Route, part: Part) -> tuple[str, Anchor]:
    """The scope that a part belongs to, and its place: a region's value stands in the region's overlay."""
    if isinstance(part, Value) and part.path:
        return part.scope, Anchor(part.path, route)
    return entity.scope, entity.at(*route)
