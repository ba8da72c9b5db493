"""What was renamed, and what only follows: it names, under the new id, what it named before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from abmspec import condition
from abmspec.condition import Condition
from abmspec.diff.difference import Difference, as_data
from abmspec.diff.inventory import Item
from abmspec.model.taxonomy import qualified
from abmspec.references import Reference, ReferenceIndex
from abmspec.source import Route


class Id(NamedTuple):
    """An id: of what noun, and within what it is one (a value's list, a field's object)."""

    noun: str
    family: str
    id: str


def id_of(item: Item) -> Id:
    """The id of a thing; an overlay has that of the thing that it is about."""
    if item.noun == "field":
        return Id(item.noun, str(getattr(item.part, "object", "")), item.id)
    holder = item.holder
    return Id(item.noun, holder.id if holder is not None and item.part is not holder else "", item.id)


class Renames:
    """The renames between two specs: the new id of each old one, and the new address of each old one."""

    def __init__(self, ids: Mapping[Id, Id], addresses: Mapping[str, str], at_base: ReferenceIndex) -> None:
        self._ids = ids
        self._addresses = addresses
        self._at_base = at_base

    # -------------------------------------------------------------- attributes

    def without_followers(
        self, before: Item, found: Iterable[Difference]
    ) -> tuple[list[Difference], list[str]]:
        """The differences but for those in which `before` only follows; and what it follows, as addresses before."""
        if not self._ids:
            return list(found), []
        left: list[Difference] = []
        followed: dict[str, None] = {}
        keys: dict[tuple[str, ...], tuple[Difference, list[Reference]]] = {}
        for each in found:
            named = self._named(before, each.route)
            words = self._words(named)
            if named and each.after is None:
                keys[(*each.route[:-1], _spelt(each.route[-1], words))] = each, named
            elif named and _renamed(as_data(each.before), words) == as_data(each.after):
                followed.update(dict.fromkeys(reference.target for reference in named))
            else:
                left.append(each)
        kept = []
        for each in left:
            was, named = keys.get(each.route, (each, []))
            if named and _renamed(as_data(was.before), self._words(named)) == as_data(each.after):
                followed.update(dict.fromkeys(reference.target for reference in named))
                del keys[each.route]
            else:
                kept.append(each)
        return [*kept, *(each for each, _ in keys.values())], list(followed)

    def in_order(self, noun: str, family: str, ids: Iterable[str], *, at_head: bool) -> dict[str, None]:
        """Ids in their order, those before by the new ones; without the tombstones that renames have left."""
        if at_head:
            return {id: None for id in ids if Id(noun, family, id) not in self._ids}
        return {self._new(noun, family, id): None for id in ids}

    def _named(self, item: Item, route: tuple[str, ...]) -> list[Reference]:
        """What the attribute named at the base that has another id now."""
        start = (*item.at.route, *route)
        return [each for each in self._by_path.get(item.at.path, ()) if each.at.route[: len(start)] == start]

    @cached_property
    def _by_path(self) -> Mapping[str, list[Reference]]:
        found: dict[str, list[Reference]] = {}
        for each in self._at_base.all:
            if each.target in self._addresses:
                found.setdefault(each.at.path, []).append(each)
        return found

    def _words(self, named: Iterable[Reference]) -> dict[str, str]:
        """How what is named is written before and now: by its full name, and by the last part of it."""
        words = {}
        for each in named:
            new = self._addresses[each.target].rpartition(".")[2]
            stem, dot, last = each.id.rpartition(".")
            words[last] = new
            words[each.id] = f"{stem}{dot}{new}"
        return words

    # -------------------------------------------------------------- conditions

    def followed(self, when: Condition) -> Condition:
        """A condition of the base by the new ids."""
        return condition.rewritten(when, self._follow) if self._ids else when

    def _follow(self, part: Condition, _: Route) -> Condition:
        match part:
            case condition.InSegment(segment):
                return condition.InSegment(self._new("segment", "", segment))
            case condition.Compare(field, operator, operand):
                object_, name = field.split(".", 1)
                values = self._values.get(field, {})
                return condition.Compare(
                    qualified(self._new("field", object_, name), object_),
                    operator,
                    tuple(values.get(str(each), each) for each in operand)
                    if isinstance(operand, tuple)
                    else values.get(str(operand), operand),
                )
        return part

    def _new(self, noun: str, family: str, id: str) -> str:
        found = self._ids.get(Id(noun, family, id))
        return found.id if found is not None else id

    @cached_property
    def _values(self) -> Mapping[str, Mapping[str, str]]:
        """By the field at the base, the new ids of its values."""
        lists: dict[str, dict[str, str]] = {}
        for old, new in self._ids.items():
            if old.noun == "value":
                lists.setdefault(old.family, {})[old.id] = new.id
        return {
            name: lists[field.picklist]
            for view in self._at_base.resolved.views
            for name, field in view.fields.items()
            if field.picklist in lists
        }


def _renamed(data: Any, words: Mapping[str, str]) -> Any:
    """A name, or a list of names, by the new ids. What holds names of several kinds is left as it is."""
    if isinstance(data, list) and all(isinstance(item, str) for item in data):
        return [_spelt(item, words) for item in data]
    return _spelt(data, words) if isinstance(data, str) else data


def _spelt(text: str, words: Mapping[str, str]) -> str:
    """A name by the new id; of content with the version that it may have."""
    name, at, version = text.partition("@")
    return f"{words.get(name, name)}{at}{version}"
