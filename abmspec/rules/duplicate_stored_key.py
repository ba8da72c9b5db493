"""Stored keys, as they are stated, tell values apart in every system."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import System, Value
from abmspec.rules.listed import Listed
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    systems = subject.spec.systems.systems if subject.spec.systems is not None else {}
    for whole in subject.lists:
        for system in sorted({system for listed in whole.values for system in listed.value.systems}):
            yield from _duplicates(whole.values, system, systems)


def _duplicates(values: tuple[Listed, ...], system: str, systems: Mapping[str, System]) -> Iterator[Finding]:
    seen: dict[str, Listed] = {}
    renamed = {listed.value.renamed_from for listed in values}
    for listed in values:
        if listed.value.status == "retired" and listed.id in renamed:
            continue  # No system gets the tombstone of what goes on under another id.
        key = stored_key(listed, system, systems)
        other = seen.setdefault(key.casefold(), listed) if key else listed
        if other is not listed:
            yield Finding(
                listed.address,
                _at(listed, system),
                f'`{system}` would store "{key}" for `{other.id}` and for `{listed.id}`.',
                f"Give one of them another key: `systems: {{{system}: …}}`.",
                ((_at(other, system), f"`{other.id}` has it here."),),
            )


def _at(listed: Listed, system: str) -> Anchor:
    stated = system in listed.value.systems
    return listed.at.child("systems", system) if stated else listed.at.key()


def stored_key(listed: Listed, system: str, systems: Mapping[str, System]) -> str:
    """What a system stores: the value's own key, that of the system it follows, or the id.

    Empty where it stores nothing, and where it takes over the key of the value that it was renamed from.
    """
    followed: set[str] = set()
    value: Value = listed.value
    while system and system not in followed:
        followed.add(system)
        stated = value.systems.get(system)
        if isinstance(stated, str):
            return stated
        if stated is not None and not stated.offered:
            return ""
        if stated is not None and stated.key:
            return stated.key
        known = systems.get(system)
        system = known.keys_from if known is not None else ""
    return "" if value.renamed_from else listed.id


RULE = SpecRule(
    Rule(
        "duplicate-stored-key",
        Severity.ERROR,
        "No two values of a picklist state the same key for a system, whatever its case.",
    ),
    check,
)
