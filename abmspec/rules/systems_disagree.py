"""No system stores a value under the name of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.holdings import key_sources
from abmspec.model.region import PicklistOverlay
from abmspec.model.taxonomy import Picklist, StoredKey, System, Value
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    instances = spec.systems.systems if spec.systems is not None else {}
    for own in spec.owns:
        for picklist in own.picklists.values():
            if picklist.status != "retired":
                changes = (overlay.picklists.get(picklist.id) for overlay in spec.overlays.values())
                yield from _list(instances, [picklist, *(change for change in changes if change is not None)])


def _list(
    instances: Mapping[str, System], holders: Sequence[Picklist | PicklistOverlay]
) -> Iterator[Finding]:
    values = {
        id: (holder, value)
        for holder in holders
        for id, value in holder.values.items()
        if value.in_use and (value.maps_to or isinstance(holder, Picklist))
    }
    names: dict[str, dict[str, Anchor]] = {}
    for id, (holder, value) in values.items():
        names.setdefault(id.casefold(), {}).setdefault(id, holder.key("values", id))
        if value.label:
            names.setdefault(value.label.casefold(), {}).setdefault(id, holder.at("values", id, "label"))
    for id, (holder, value) in values.items():
        for system in value.systems:
            key = _stored(instances, value, id, system)
            followed = instances[system].keys_from if system in instances else ""
            there = _stored(instances, value, id, followed) if followed else key
            if key and there and key != there and key.casefold() == there.casefold():
                yield Finding(
                    f"{holder.address}.value.{id}",
                    holder.at("values", id, "systems", system),
                    f"`{system}` stores `{key}` where `{followed}`, whose keys it takes, stores `{there}`: "
                    "records that differ in case alone stop in the synchronisation.",
                    f"Write `{there}`, or leave it out.",
                )
                continue
            called = names.get(key.casefold(), {})
            if not key or id in called:
                continue
            # Two values under one key in one system are a duplicate, which has a rule of its own.
            apart = (other for other in called if _stored(instances, values[other][1], other, system) != key)
            for other in tuple(apart)[:1]:
                yield Finding(
                    f"{holder.address}.value.{id}",
                    holder.at("values", id, "systems", system),
                    f"`{system}` says `{key}` for `{id}`; everywhere else that is what `{other}` is called.",
                    f"Store `{id}` under a name of its own there, or declare it with `offered: false`.",
                    ((called[other], f"`{other}`"),),
                )


def _stored(instances: Mapping[str, System], value: Value, id: str, system: str) -> str:
    """The key that a system has for a value: stated for it or for one whose keys it takes, or the id. Empty: none."""
    for instance in key_sources(instances, system) or (system,):
        stated = value.systems.get(instance)
        if isinstance(stated, StoredKey):
            if not stated.offered:
                return ""
            stated = stated.key
        if stated:
            return stated
    return id


RULE = SpecRule(
    Rule("systems-disagree", Severity.ERROR, "No system stores a value under the name of another."), check
)
