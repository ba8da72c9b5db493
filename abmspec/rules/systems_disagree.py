"""No system stores a value under the name of another."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.region import PicklistOverlay
from abmspec.model.taxonomy import Picklist, StoredKey, Value
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor

Named = tuple[str, Anchor]


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    for own in (spec.own, *(overlay.own for overlay in spec.overlays.values())):
        for picklist in own.picklists.values():
            if picklist.status != "retired":
                changes = (overlay.picklists.get(picklist.id) for overlay in spec.overlays.values())
                yield from _list((picklist, *(change for change in changes if change is not None)))


def _list(holders: tuple[Picklist | PicklistOverlay, ...]) -> Iterator[Finding]:
    values = [
        (holder, id, value)
        for holder in holders
        for id, value in holder.values.items()
        if value.in_use and (value.maps_to or isinstance(holder, Picklist))
    ]
    names: dict[str, dict[str, Anchor]] = {}
    for holder, id, value in values:
        names.setdefault(id.casefold(), {}).setdefault(id, holder.key("values", id))
        if value.label:
            names.setdefault(value.label.casefold(), {}).setdefault(id, holder.at("values", id, "label"))
    for holder, id, value in values:
        for system, key in _keys(value):
            spelt = key.casefold()
            called = names.get(spelt, {})
            # Two values under one key in one system are a duplicate, which has a rule of its own.
            others = {other: at for other, at in called.items() if stored(by_id[other], system, other) != spelt}
            if not others or id in called:
                continue
            other, at = next(iter(others.items()))
            yield Finding(
                f"{holder.address}.value.{id}",
                holder.at("values", id, "systems", system),
                f"`{system}` says `{key}` for `{id}`; everywhere else that is what `{other}` is called.",
                f"Store `{id}` under a name of its own there, or declare it with `offered: false`.",
                ((at, f"`{other}`"),),
            )


def _keys(value: Value) -> Iterator[tuple[str, str]]:
    """The keys that a value states, by system."""
    for system, stored in value.systems.items():
        if not isinstance(stored, StoredKey):
            yield system, stored
        elif stored.key and stored.offered:
            yield system, stored.key


RULE = SpecRule(
    Rule("systems-disagree", Severity.ERROR, "No system stores a value under the name of another."), check
)
