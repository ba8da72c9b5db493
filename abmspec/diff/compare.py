"""Two resolved specs to changes: what differs, at the place where it was made, and how grave it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal

import msgspec

from abmspec import lookup
from abmspec.address import GLOBAL
from abmspec.condition import Condition
from abmspec.diff.attributes import of_attribute
from abmspec.diff.both import Both, Pair
from abmspec.diff.change import Change, Reason, gravest
from abmspec.diff.conditions import said
from abmspec.diff.difference import ORDERED_MAPPINGS, Difference, as_data, differences, reordering
from abmspec.diff.impact import Impacts
from abmspec.diff.inventory import (
    ACCOUNTS,
    GOVERNANCE,
    PARTS,
    Item,
    entities,
    kinds_of,
    of_entity,
    of_project,
    parts_of,
)
from abmspec.diff.life import of_life
from abmspec.diff.moving import of_moving
from abmspec.diff.presence import of_arrival, of_departure, of_renaming
from abmspec.diff.renames import Id, Renames, id_of
from abmspec.diff.stored import Effect, Scope
from abmspec.model.entity import Entity
from abmspec.model.region import FieldOverlay, FieldsOverlay, PicklistOverlay, Region
from abmspec.model.spec import INHERITED, Spec
from abmspec.model.taxonomy import Field, Picklist, RoutedRole, Segment, Value, qualified
from abmspec.names import inside
from abmspec.resolve import Resolved
from abmspec.words import listing, quoted

# What the layout gives.
APART = frozenset({"id", "path", "scope", "route", "defaulted", "object", "folder", "own", "tightened"})


def compare(
    base: Resolved, head: Resolved, today: date, carried: Mapping[str, int] | None = None
) -> tuple[Change, ...]:
    """Every change from base to head, by address.

    `today` decides whether what is retired had its time; `carried` is how many accounts carry a value, by address.
    What stands in a file that either side could not read is left out: nothing can be said of it.
    """
    both = Both(base, head, today, carried)
    pairs = tuple(_pairs(base.spec, head.spec))
    both.renames = _renames(both, pairs)
    both.scope = _scope(pairs)
    impacts = Impacts(both)
    changes = filter(None, (_change(both, impacts, pair) for pair in pairs))
    return tuple(sorted(changes, key=lambda change: change.address))


# ------------------------------------------------------------------ what belongs together


def _pairs(base: Spec, head: Spec) -> Iterator[Pair]:
    """Whatever may have changed, before and after."""
    yield Pair(of_project(base), of_project(head))
    before = {entity.address: entity for entity in entities(base) if not _is_unread(entity, head)}
    after = {entity.address: entity for entity in entities(head) if not _is_unread(entity, base)}
    whole: list[Pair] = []
    for address in dict.fromkeys((*after, *before)):
        was, now = before.get(address), after.get(address)
        if was is None or now is None or not _is_same(was, now):
            whole.append(Pair(of_entity(was) if was else None, of_entity(now) if now else None))
    loose: list[Pair] = []
    entire = tuple(_with_renames(whole, head))
    for pair in _with_overlays(entire, _ids(entire)):
        yield pair
        if not _is_whole(pair):
            loose += _pairs_of_parts(pair)
    parts = tuple(_with_renames(loose, head))
    yield from _with_overlays(parts, _ids(parts))


def _is_whole(pair: Pair) -> bool:
    """Whether the parts come or go with the thing: not those of an overlay, nor of a file that has no life itself."""
    if (pair.before is not None and pair.after is not None) or pair.item.is_overlay:
        return False
    return pair.before is None or pair.before.life is not None


def _pairs_of_parts(pair: Pair) -> Iterator[Pair]:
    before = _parts(pair.before)
    after = _parts(pair.after)
    for key in dict.fromkeys((*after, *before)):
        was, now = before.get(key), after.get(key)
        if was is None or now is None or was.part is not now.part:
            yield Pair(was, now)


def _parts(item: Item | None) -> dict[tuple[str, str], Item]:
    holder = item.holder if item else None
    return {(part.noun, part.id): part for part in parts_of(holder)} if holder is not None else {}


def _with_renames(pairs: Iterable[Pair], head: Spec) -> Iterator[Pair]:
    """The pairs; what is new and was renamed together with what it was, whose tombstone belongs to it."""
    everything = list(pairs)
    gone = {
        (pair.before.noun, _family(pair.before), pair.before.id, pair.before.scope): pair
        for pair in everything
        if pair.before is not None and _is_tombstone(pair.after) and not _is_tombstone(pair.before)
    }
    renamed: dict[int, Pair] = {}
    taken: set[int] = set()
    for index, pair in enumerate(everything):
        old = _what_it_was(pair, gone, head)
        if old is not None and old.before is not None and id(old) not in taken:
            renamed[index] = Pair(old.before, pair.after, old.before.address)
            taken.add(id(old))
    for index, pair in enumerate(everything):
        if id(pair) not in taken:
            yield renamed.get(index, pair)


def _ids(pairs: Iterable[Pair]) -> dict[Id, Id]:
    """By each id that was renamed, the new one."""
    return {
        id_of(pair.before): id_of(pair.after)
        for pair in pairs
        if pair.renamed_from and pair.before is not None and pair.after is not None
    }


def _with_overlays(pairs: Iterable[Pair], ids: Mapping[Id, Id]) -> Iterator[Pair]:
    """The pairs; an overlay of what was renamed together with the one that was there by the old id."""
    everything = list(pairs)
    gone: dict[tuple[Id, str], Pair] = {}
    new: dict[tuple[Id, str], Pair] = {}
    for pair in everything:
        if pair.after is None and pair.item.is_overlay and id_of(pair.item) in ids:
            gone[ids[id_of(pair.item)], pair.item.scope] = pair
        elif pair.before is None and pair.item.is_overlay:
            new[id_of(pair.item), pair.item.scope] = pair
    joined = {id(new[key]): gone[key] for key in gone if key in new}
    followed = {id(pair) for pair in joined.values()}
    for pair in everything:
        if id(pair) not in followed:
            old = joined.get(id(pair))
            yield pair if old is None else Pair(old.before, pair.after)


def _what_it_was(pair: Pair, gone: Mapping[tuple[str, str, str, str], Pair], head: Spec) -> Pair | None:
    """What a new thing was renamed from: in its own scope, or in one below it, from where it was promoted."""
    if pair.before is not None or pair.after is None or pair.after.life is None:
        return None
    item, life = pair.after, pair.after.life
    if not life.renamed_from:
        return None
    below = head.regions if item.scope == GLOBAL else head.descendants(item.scope)
    for scope in (item.scope, *below):
        old = gone.get((item.noun, _family(item), life.renamed_from, scope))
        if old is not None and old.after is not None and _leads_to(old.after, item.id):
            return old
    return None


def _family(item: Item) -> str:
    """Within what an id is one: a value's within its list, a field's within its object."""
    if isinstance(item.part, Field):
        return item.part.object
    return item.holder.id if item.holder is not None and item.part is not item.holder else ""


def _is_tombstone(item: Item | None) -> bool:
    return item is not None and item.life is not None and item.life.status == "retired"


def _leads_to(item: Item, id: str) -> bool:
    terms = item.life.deprecated if item.life else None
    return terms is not None and terms.successors == (id,)


def _is_same(was: Entity, now: Entity) -> bool:
    """Whether nothing at all differs: cheap, and never wrong where it says yes."""
    if was is now:
        return True
    if was != now:
        return False
    # Equality of mappings takes no notice of their order.
    if isinstance(was, Picklist) and isinstance(now, Picklist):
        return list(was.values) == list(now.values)
    return type(was) not in PARTS and not hasattr(was, "steps")


def _is_unread(entity: Entity, other: Spec) -> bool:
    """Whether the other side has the entity's file, or its region's, and could not use it."""
    if entity.path in other.broken:
        return True
    folder = entity.path.rpartition("/")[0]
    while folder.startswith("regions/"):
        if f"{folder}/region.yaml" in other.broken:
            return True
        folder = folder.rpartition("/")[0]
    return False


def _renames(both: Both, pairs: Iterable[Pair]) -> Renames:
    """What was renamed, and where it is now."""
    renamed = [pair for pair in pairs if pair.renamed_from]
    return Renames(_ids(renamed), {pair.renamed_from: pair.item.address for pair in renamed}, both.at_base)


def _scope(pairs: Iterable[Pair]) -> Scope:
    """What has to be looked at in the systems."""
    picklists: set[str] = set()
    fields: set[str] = set()
    values: set[tuple[str, str]] = set()
    everything = False
    for item in (each for pair in pairs for each in (pair.before, pair.after)):
        if item is None or item.holder is None:
            continue
        if item.noun in ("picklist", "value"):
            picklists.add(item.holder.id)
        if item.noun == "value":
            values.add((item.holder.id, item.id))
        elif item.noun == "field":
            fields.add(item.holder.name)
        everything = everything or item.noun in ("system", "region")
    return Scope(frozenset(picklists), frozenset(fields), frozenset(values), everything)


# ------------------------------------------------------------------ one change


def _change(both: Both, impacts: Impacts, pair: Pair) -> Change | None:
    item = pair.item
    reasons = list(_reasons(both, pair))
    if not reasons:
        return None
    effects = tuple(_effects(both, pair))
    reasons += _of_effects(effects)
    ranked = gravest(reasons)
    kinds = kinds_of(item.noun)
    return Change(
        address=item.address,
        kind=kinds[0],
        kinds=kinds,
        # A region's own file is the region's, though others name the region from everywhere.
        scope=item.id if item.noun == "region" else item.scope,
        action=_action(pair),
        change_class=ranked[0].change_class,
        path=_path(item),
        label=item.label,
        before=_data(pair.before, whole=pair.after is None),
        after=_data(pair.after, whole=pair.before is None),
        renamed_from=pair.renamed_from,
        reasons=ranked,
        impact=impacts.of(pair, ranked[0].change_class, effects),
    )


def _reasons(both: Both, pair: Pair) -> Iterator[Reason]:
    before, after = pair.before, pair.after
    if pair.item.is_overlay:
        before, after = before or _blank(after), after or _blank(before)
        pair = Pair(before, after, pair.renamed_from)
    if before is not None and after is not None and type(before.part) is not type(after.part):
        yield from (*of_departure(before), *of_arrival(both, after))
    elif before is None and after is not None:
        yield from of_arrival(both, after)
    elif after is None and before is not None:
        yield from of_departure(before)
    elif before is not None and after is not None:
        if pair.renamed_from:
            yield from of_renaming(both, pair)
        yield from of_life(both, pair)
        found, followed = both.renames.without_followers(before, _differences(both, pair, before, after))
        for each in found:
            yield from of_attribute(both, pair, each)
        if followed:
            yield _of_following(pair, followed)
        yield from _of_driven(both, pair)
        if isinstance(before.part, Region) and isinstance(after.part, Region):
            yield from of_moving(both, before.part, after.part)


def _blank(item: Item | None) -> Item | None:
    """What says nothing, in the place of an overlay that is not there."""
    if item is None:
        return None
    part = item.part
    if isinstance(part, Value):
        return _with(item, Value())
    if isinstance(part, RoutedRole):
        return _with(item, RoutedRole())
    assert isinstance(part, Entity)
    identity = {"id": part.id, "path": part.path, "scope": part.scope, "owner": part.owner}
    if isinstance(part, FieldOverlay | FieldsOverlay):
        identity["object"] = part.object
    return _with(item, msgspec.convert(identity, type(part)))


def _with(item: Item, part: Any) -> Item:
    return Item(item.address, item.noun, item.id, item.scope, part, item.at, item.holder)


def _differences(both: Both, pair: Pair, before: Item, after: Item) -> Iterator[Difference]:
    but = set(APART) | set(PARTS.get(type(before.part), ()))
    if isinstance(before.part, Value):
        but |= {"scope", "path"}
    if before.life is not None and after.life is not None:
        but |= {"status", "deprecated"}
    if pair.renamed_from:
        but.add("renamed_from")
    if isinstance(before.part, Region) and isinstance(after.part, Region):
        but |= set(INHERITED)
        yield from _of_inherited(both, before.part, after.part)
    elif isinstance(before.part, Entity) and isinstance(after.part, Entity):
        but.add("owner")
        yield from _of_owner(both, before.part, after.part)
    yield from differences(before.part, after.part, but)
    for mapping, noun in PARTS.get(type(before.part), {}).items():
        if (type(before.part), mapping) in ORDERED_MAPPINGS:
            was, now = (
                both.renames.in_order(noun, before.id, getattr(item.part, mapping), at_head=item is after)
                for item in (before, after)
            )
            yield from reordering(was, now, mapping)


def _of_following(pair: Pair, addresses: list[str]) -> Reason:
    """The reason of naming the same things as before, by the ids that they have now."""
    noun = pair.item.noun
    return Reason(
        change_class="governance" if noun in GOVERNANCE else "accounts" if noun in ACCOUNTS else "cosmetic",
        why=f"It names the same as before: {quoted(sorted(addresses))} {'has' if len(addresses) == 1 else 'have'} "
        "another id now.",
    )


def _of_owner(both: Both, before: Entity, after: Entity) -> Iterator[Difference]:
    """An owner that the thing itself states; one by default is a change of what gives the default."""
    if before.owner != after.owner and (
        both.base.spec.says(before.at("owner")) or both.head.spec.says(after.at("owner"))
    ):
        yield Difference(("owner",), ("owner",), before.owner, after.owner)


def _of_inherited(both: Both, before: Region, after: Region) -> Iterator[Difference]:
    """What a region states of that which it would inherit, and what comes of inheriting from another."""
    moved = before.parent != after.parent
    base, head = both.base.spec, both.head.spec
    for each in differences(before, after, frozenset(before.__struct_fields__) - set(INHERITED)):
        at = each.route[:2] if each.route[0] == "gtm" else each.route[:1]
        if moved or base.says(before.at(*at)) or head.says(after.at(*at)):
            yield each


def _of_driven(both: Both, pair: Pair) -> Iterator[Reason]:
    """What a segment comes to in regions where other fields drive it; of nested ones, in the topmost alike."""
    item = pair.item
    if item.noun != "segment":
        return
    said_of: dict[str, tuple[Segment, Segment]] = {}
    for id, view in both.head.regions.items():
        old = both.base.regions[id].segments.get(item.id) if id in both.base.regions else None
        new = view.segments.get(item.id)
        if old is None or new is None or not _is_about(item, id, both.head):
            continue
        if (old.use_instead or new.use_instead) and old.when is not None and new.when is not None:
            said_of[id] = (old, new)
            above = said_of.get(both.head.spec.regions[id].parent)
            if above is None or (above[0].when, above[1].when) != (old.when, new.when):
                yield from _of_driven_in(both, id, old.when, new.when)


def _of_driven_in(both: Both, region: str, old: Condition, new: Condition) -> Iterator[Reason]:
    if old == new:
        return
    kind, _ = both.conditions.compare(old, new, region)
    yield Reason(
        change_class="meaning" if kind != "same" else "cosmetic",
        attribute="when",
        why=f"In `{region}`, where another field drives it: {inside(said(kind))}.",
        before=as_data(old),
        after=as_data(new),
        was=both.conditions.words(old, region, at_head=False),
        now=both.conditions.words(new, region, at_head=True),
        comparison=kind,
        region=region,
    )


def _is_about(item: Item, region: str, resolved: Resolved) -> bool:
    """Whether a change at the item reaches the region."""
    return item.scope in (GLOBAL, *resolved.spec.ancestors(region))


def _action(pair: Pair) -> Literal["create", "change", "retire"]:
    if pair.item.is_overlay or pair.renamed_from:
        return "change"
    if pair.after is None or (_is_tombstone(pair.after) and not _is_tombstone(pair.before)):
        return "retire"
    return "create" if pair.before is None else "change"


def _path(item: Item) -> str:
    return item.part.path if isinstance(item.part, Value) and item.part.path else item.at.path


def _data(item: Item | None, *, whole: bool) -> Any:
    """The thing as data, without its parts that have an address; with them where it comes or goes as a whole."""
    if item is None:
        return None
    data = {key: value for key, value in lookup.plain(item.part).items() if key not in lookup.LAYOUT}
    if isinstance(item.part, Value):
        data.pop("path", None)
    for mapping in PARTS.get(type(item.part), ()):
        if not whole:
            data.pop(mapping, None)
        elif isinstance(item.part, Picklist) or mapping == "values":
            for value in data.get(mapping, {}).values():
                value.pop("path", None)
                value.pop("scope", None)
    return as_data(data)


# ------------------------------------------------------------------ systems


def _effects(both: Both, pair: Pair) -> Iterator[Effect]:
    """What the change does to the systems' stored data."""
    before, after = pair.before, pair.after
    item = pair.item
    holder = item.holder
    if holder is None:
        return
    if item.noun == "value":
        yield from both.stored.of_value(_value(before), _value(after))
    elif item.noun == "picklist":
        yield from both.stored.of_picklist(_id(before) or item.id, _id(after) or item.id)
        for id in sorted(_hidden(before) ^ _hidden(after)):
            yield from both.stored.of_value((item.id, id), (item.id, id))
    elif item.noun == "field":
        was, now = _name(before), _name(after)
        if item.is_overlay:
            was, now = was or now, now or was
        yield from both.stored.of_field(was, now)
        for name in sorted({_beside(before), _beside(after)} - {""}):
            yield from both.stored.of_choices(name)
    elif item.noun in ("system", "region"):
        for effect in both.stored.of_everything():
            if item.noun == "region" or effect.system == item.id:
                yield effect


def _value(item: Item | None) -> tuple[str, str] | None:
    return (item.holder.id, item.id) if item is not None and item.holder is not None else None


def _hidden(item: Item | None) -> frozenset[str]:
    return (
        frozenset(item.part.hide)
        if item is not None and isinstance(item.part, PicklistOverlay)
        else frozenset()
    )


def _id(item: Item | None) -> str:
    return item.id if item is not None else ""


def _beside(item: Item | None) -> str:
    """The full name of the field that a detail field takes values from; empty where it is none."""
    if item is None or not isinstance(item.part, Field) or not item.part.detail_of:
        return ""
    return qualified(item.part.detail_of, item.part.object)


def _name(item: Item | None) -> str:
    return item.holder.name if item is not None and item.holder is not None else ""


def _of_effects(effects: Iterable[Effect]) -> Iterator[Reason]:
    """What breaks, and where: systems in which the same happens are named together."""
    grouped: dict[str, list[Effect]] = {}
    for effect in effects:
        if effect.is_breaking:
            grouped.setdefault(effect.why, []).append(effect)
    for why, alike in grouped.items():
        where = listing([effect.title for effect in alike], "and")
        yield Reason(change_class="breaking", attribute=alike[0].attribute, why=f"In {where}: {why}.")
