"""What a change does to what systems store: keys, lists and fields of their instances, before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from abmspec.holdings import HeldField, HeldList, Holdings, Option, all_holdings
from abmspec.model.taxonomy import Field, qualified
from abmspec.resolve import Resolved, View
from abmspec.words import counted, quoted


class Effect(NamedTuple):
    """What happens in one instance: whether stored data breaks, in a phrase, and which attribute of the thing does it.

    `kind` is what the system is called (`Salesforce`). What is not compiled for has to be changed by hand.
    """

    system: str
    kind: str
    is_compiled: bool
    is_breaking: bool
    why: str
    attribute: str = ""

    @property
    def title(self) -> str:
        """``Salesforce `sf-core` ``."""
        return f"{self.kind} `{self.system}`"


@dataclass(frozen=True)
class Scope:
    """Which picklists and fields are looked at, and the values that changed. `everything`: any may be touched."""

    picklists: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    values: frozenset[tuple[str, str]] = frozenset()
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

    def of_value(self, before: tuple[str, str] | None, after: tuple[str, str] | None) -> Iterator[Effect]:
        """What happens to a value, given as its picklist and its id; None where there is none."""
        base, head = self._lists
        for id, was, _ in self.instances:
            old = _options(base.get((id, before[0]), ()), before[1]) if before else {}
            new = _options(head.get((id, after[0]), ()), after[1]) if after else {}
            yield from _effects(was, _of_options(old, new))

    def of_picklist(self, before: str, after: str) -> Iterator[Effect]:
        """What happens to a list itself, its values aside."""
        base, head = self._lists
        for id, was, _ in self.instances:
            names = {each.name for each in base.get((id, before), ())}
            now = {each.name for each in head.get((id, after), ())}
            yield from _effects(was, _of_names(names, now))

    def of_field(self, before: str, after: str) -> Iterator[Effect]:
        """What happens to a field, by its full name; empty where there is none."""
        for _, was, now in self.instances:
            old = {(each.object, each.name): each for each in was.of_field(before)} if before else {}
            new = {(each.object, each.name): each for each in now.of_field(after)} if after else {}
            yield from _effects(was, _of_bindings(old, new))

    def of_choices(self, name: str) -> Iterator[Effect]:
        """Which values a field cannot store any more, by its full name: they may have moved to one beside it."""
        for _, was, now in self.instances:
            yield from _effects(was, _of_choices(_choices(was, name), _choices(now, name)))

    def of_everything(self) -> Iterator[Effect]:
        """What happens in any instance, in sum, that no change of a value or field itself accounts for."""
        for _, was, now in self.instances:
            yield from _effects(was, _of_keys(self._keys(was), self._keys(now)))

    def _keys(self, held: Holdings) -> _Keys:
        options = {
            (each.picklist.id, each.part, option.id): (option.key, option.active)
            for each in held.lists
            for option in each.options
            if (each.picklist.id, option.id) not in self._scope.values
        }
        fields = {
            ("", each.object, each.field.name): (each.name, each.active)
            for each in held.fields
            if each.field.name not in self._scope.fields
        }
        return options | fields


class _Remark(NamedTuple):
    """What happens in some instance: how bad it is, a phrase, and whether the stored names are to blame."""

    is_breaking: bool
    why: str
    attribute: str = ""


# The attribute that states what an instance stores.
STATED = "systems"


def _effects(held: Holdings, remarks: Iterable[_Remark]) -> Iterator[Effect]:
    for remark in remarks:
        attribute = f"{STATED}.{held.instance}" if remark.attribute == STATED else remark.attribute
        yield Effect(
            held.instance, held.kind.title, held.kind.compiled, remark.is_breaking, remark.why, attribute
        )


def _options(lists: Iterable[HeldList], id: str) -> dict[tuple[str, bool], Option]:
    """The value's option in each list that has it."""
    return {
        (each.part, each.standard): option for each in lists for option in each.options if option.id == id
    }


def _of_options(
    before: Mapping[tuple[str, bool], Option], after: Mapping[tuple[str, bool], Option]
) -> Iterator[_Remark]:
    for place, old in before.items():
        new = after.get(place)
        if new is None:
            where = "moves to another list" if after else "leaves the list"
            yield _Remark(True, f"`{old.key}` {where}: records that carry it need a data migration", STATED)
        elif new.key != old.key:
            yield _Remark(
                True,
                f"the stored key changes from `{old.key}` to `{new.key}`: records keep the old one until a data "
                "migration",
                STATED,
            )
        elif old.active != new.active:
            yield _Remark(False, f"`{old.key}` is switched {'on' if new.active else 'off; records keep it'}")
        elif (new.label, new.texts) != (old.label, old.texts):
            yield _Remark(False, f"only what is shown changes; `{new.key}` is still what is stored")
    if after and not before:
        yield _Remark(False, f"`{next(iter(after.values())).key}` is added")


def _of_names(before: set[str], after: set[str]) -> Iterator[_Remark]:
    if after and not before <= after:
        yield _Remark(
            True,
            f"the list {quoted(sorted(before - after))} is replaced by {quoted(sorted(after - before or after))}: "
            "its fields have to be pointed at it",
            STATED,
        )


def _of_bindings(
    before: Mapping[tuple[str, str], HeldField], after: Mapping[tuple[str, str], HeldField]
) -> Iterator[_Remark]:
    for (object_, name), old in before.items():
        new = after.get((object_, name))
        if new is None:
            others = [other for on, other in after if on == object_ and (on, other) not in before]
            becomes = f"becomes `{others[0]}`" if others else "is not kept any more"
            yield _Remark(True, f"`{object_}.{name}` {becomes}: its data needs a migration", STATED)
        elif new.type != old.type:
            was, now = (each.type or "no type" for each in (old, new))
            yield _Remark(True, f"`{object_}.{name}` turns from {was} into {now}", "type")
        elif new.required and not old.required:
            yield _Remark(True, f"`{object_}.{name}` is required of everybody who writes it", "required")
        elif (new.label, new.texts, new.active) != (old.label, old.texts, old.active):
            yield _Remark(False, f"`{object_}.{name}` is only called or offered otherwise")
    for object_, name in after:
        if not any(on == object_ for on, _ in before):
            yield _Remark(False, f"`{object_}.{name}` is added")


def _choices(held: Holdings, name: str) -> dict[str, frozenset[str]]:
    """By binding of a field, the ids of the values that it stores."""
    return {
        f"{each.object}.{each.name}": frozenset(option.id for option in each.options.options)
        for each in held.of_field(name)
        if each.options is not None
    }


def _of_choices(
    before: Mapping[str, frozenset[str]], after: Mapping[str, frozenset[str]]
) -> Iterator[_Remark]:
    for place, ids in before.items():
        lost = sorted(ids - after.get(place, ids))
        if lost:
            yield _Remark(
                True, f"`{place}` cannot hold {quoted(lost)} any more: records need a data migration", STATED
            )


def _of_keys(before: _Keys, after: _Keys) -> Iterator[_Remark]:
    lost = [place for place, (key, _) in before.items() if place not in after or after[place][0] != key]
    off = [place for place, (_, on) in before.items() if on and place in after and not after[place][1]]
    new = after.keys() - before.keys()
    if lost:
        go = "goes or changes" if len(lost) == 1 else "go or change"
        yield _Remark(True, f"{counted(len(lost), 'stored name')} {go}, as that of {_called(lost[0])}")
    if off:
        yield _Remark(False, f"{counted(len(off), 'value')} {'is' if len(off) == 1 else 'are'} switched off")
    if new:
        yield _Remark(False, f"{counted(len(new), 'stored name')} {'is' if len(new) == 1 else 'are'} added")


# What is stored by name, and whether it is in use: options of lists, fields of objects.
_Keys = Mapping[tuple[str, str, str], tuple[str, bool]]


def _called(place: tuple[str, str, str]) -> str:
    picklist, _, id = place
    return f"`{picklist}.{id}`" if picklist else f"the field `{id}`"


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
