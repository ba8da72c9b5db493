"""What a change does to what systems store: keys, lists and fields of their instances, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from abmspec.holdings import HeldField, HeldList, Holdings, Option, all_holdings
from abmspec.model.taxonomy import Field, qualified
from abmspec.resolve import Resolved, View


class Effect(NamedTuple):
    """What happens in one instance: whether stored data breaks, in a sentence, and to which attribute it belongs."""

    system: str
    title: str
    is_breaking: bool
    why: str
    attribute: str


@dataclass(frozen=True)
class Scope:
    """Which picklists and fields are looked at. `everything` where a change may touch any of them."""

    picklists: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    everything: bool = False


class Stored:
    """What the instances of two specs hold, of what changed."""

    def __init__(self, base: Resolved, head: Resolved, scope: Scope) -> None:
        self._resolved = (base, head)
        self._scope = scope

    @cached_property
    def _held(self) -> tuple[dict[str, Holdings], dict[str, Holdings]]:
        base, head = (all_holdings(_restricted(each, self._scope)) for each in self._resolved)
        return base, head

    @cached_property
    def instances(self) -> tuple[tuple[str, Holdings, Holdings], ...]:
        """Each instance that is there before and after."""
        base, head = self._held
        return tuple((id, before, head[id]) for id, before in base.items() if id in head)

    @cached_property
    def _lists(
        self,
    ) -> tuple[Mapping[tuple[str, str], list[HeldList]], Mapping[tuple[str, str], list[HeldList]]]:
        """By instance and picklist, the lists, before and after."""
        both: list[dict[tuple[str, str], list[HeldList]]] = []
        for side in self._held:
            found: dict[tuple[str, str], list[HeldList]] = {}
            for id, held in side.items():
                for each in held.lists:
                    found.setdefault((id, each.picklist.id), []).append(each)
            both.append(found)
        return both[0], both[1]

    def of_value(self, picklist: str, before: str, after: str) -> Iterator[Effect]:
        """What happens to a value (its id before and after; empty: there is none)."""
        base, head = self._lists
        for id, was, _ in self.instances:
            title = _title(was)
            old = _option(base.get((id, picklist), ()), before)
            new = _option(head.get((id, picklist), ()), after)
            yield from _of_option(id, title, old, new)

    def of_picklist(self, before: str, after: str) -> Iterator[Effect]:
        """What happens to a list itself, its values aside."""
        base, head = self._lists
        for id, was, _ in self.instances:
            names = {each.name for each in base.get((id, before), ())}
            now = {each.name for each in head.get((id, after), ())}
            gone = sorted(names - now)
            if gone and now:
                yield Effect(
                    id, _title(was), True,
                    f"the list `{gone[0]}` is replaced by `{', '.join(sorted(now - names)) or min(now)}`: "
                    "its fields have to be pointed at the other list",
                    f"systems.{id}",
                )  # fmt: skip

    def of_field(self, before: str, after: str) -> Iterator[Effect]:
        """What happens to a field (its full name before and after; empty: there is none)."""
        for id, was, now in self.instances:
            old = {(each.object, each.name): each for each in was.of_field(before)} if before else {}
            new = {(each.object, each.name): each for each in now.of_field(after)} if after else {}
            yield from _of_bindings(id, _title(was), old, new)

    def of_everything(self) -> Iterator[Effect]:
        """Whatever breaks in any instance: one effect an instance, for changes that no single thing is to blame for."""
        for id, was, now in self.instances:
            keys = _keys(now)
            lost = [place for place, key in _keys(was).items() if keys.get(place) != key]
            if lost:
                yield Effect(
                    id, _title(was), True,
                    f"{len(lost)} stored {'name goes or changes' if len(lost) == 1 else 'names go or change'}, "
                    f"as that of {_called(lost[0])}",
                    "",
                )  # fmt: skip
            elif keys.keys() - _keys(was).keys():
                yield Effect(id, _title(was), False, "what it holds grows; nothing goes", "")


def _title(held: Holdings) -> str:
    return f"{held.kind.title} `{held.instance}`"


def _called(place: tuple[str, str, str]) -> str:
    what, holder, id = place
    return f"`{holder}.{id}`" if what == "option" else f"the field `{id}`"


def _keys(held: Holdings) -> dict[tuple[str, str, str], str]:
    """Everything that is stored by name: options of lists, and fields of objects."""
    options = {
        (
            "option",
            f"{each.picklist.id}{'' if each.part == 'all' else f' ({each.part})'}",
            option.id,
        ): option.key
        for each in held.lists
        for option in each.options
    }
    return options | {("field", each.object, each.field.name): each.name for each in held.fields}


def _option(lists: list[HeldList] | tuple[()], id: str) -> dict[str, Option]:
    """By the list's part, the value's option."""
    return {each.part: option for each in lists for option in each.options if id and option.id == id}


def _of_option(
    system: str, title: str, before: Mapping[str, Option], after: Mapping[str, Option]
) -> Iterator[Effect]:
    attribute = f"systems.{system}"
    for part, old in before.items():
        new = after.get(part)
        if new is None:
            where = "moves to another list" if after else "leaves the list"
            yield Effect(
                system,
                title,
                True,
                f"`{old.key}` {where}: records that carry it need a data migration",
                attribute,
            )
        elif new.key != old.key:
            yield Effect(
                system, title, True,
                f"the stored key changes from `{old.key}` to `{new.key}`: records keep the old one until a data "
                "migration",
                attribute,
            )  # fmt: skip
        elif old.active and not new.active:
            yield Effect(system, title, False, f"`{old.key}` is switched off; records keep it", "")
        elif new.active and not old.active:
            yield Effect(system, title, False, f"`{new.key}` is switched on", "")
        elif new.label != old.label or new.texts != old.texts:
            yield Effect(
                system, title, False, f"only the label changes; `{new.key}` is still what is stored", ""
            )
    if after and not before:
        yield Effect(system, title, False, f"`{next(iter(after.values())).key}` is added", "")


def _of_bindings(
    system: str,
    title: str,
    before: Mapping[tuple[str, str], HeldField],
    after: Mapping[tuple[str, str], HeldField],
) -> Iterator[Effect]:
    attribute = f"systems.{system}"
    for place, old in before.items():
        object_, name = place
        new = after.get(place)
        if new is None:
            there = [other for on, other in after if on == object_ and (on, other) not in before]
            becomes = f"becomes `{there[0]}`" if there else "is not kept any more"
            yield Effect(
                system, title, True, f"`{object_}.{name}` {becomes}: its data needs a migration", attribute
            )
        elif new.type != old.type:
            yield Effect(
                system, title, True,
                f"`{object_}.{name}` turns from {old.type or 'no type'} into {new.type or 'no type'}", "type",
            )  # fmt: skip
        elif new.required and not old.required:
            yield Effect(
                system, title, True, f"`{object_}.{name}` is required of everybody who writes it", "required"
            )
        elif (new.label, new.texts, new.active) != (old.label, old.texts, old.active):
            yield Effect(system, title, False, f"`{object_}.{name}` is only called or offered otherwise", "")
    for object_, name in after:
        if (object_, name) not in before and not any(on == object_ for on, _ in before):
            yield Effect(system, title, False, f"`{object_}.{name}` is added", "")


# ------------------------------------------------------------------ restricting


def _restricted(resolved: Resolved, scope: Scope) -> Resolved:
    """The spec with only those fields that have to do with what is looked at."""
    if scope.everything:
        return resolved
    wanted: set[str] = set(scope.fields)
    for view in resolved.views:
        wanted |= {name for name, field in view.fields.items() if field.picklist in scope.picklists}
    for view in resolved.views:
        wanted |= {name for name, field in view.fields.items() if _beside(field) in wanted}
        wanted |= {_beside(field) for name, field in view.fields.items() if name in wanted and _beside(field)}
        wanted |= {
            f"{field.object}.{field.renamed_from}"
            for name, field in view.fields.items()
            if name in wanted and field.renamed_from
        }
    return replace(
        resolved,
        backbone=_only(resolved.backbone, wanted),
        regions={id: _only(view, wanted) for id, view in resolved.regions.items()},
    )


def _only(view: View, wanted: set[str]) -> View:
    return replace(view, fields={name: field for name, field in view.fields.items() if name in wanted})


def _beside(field: Field) -> str:
    """The field that a detail field stands beside, or that a field's values depend on."""
    return qualified(field.detail_of, field.object) if field.detail_of else ""
