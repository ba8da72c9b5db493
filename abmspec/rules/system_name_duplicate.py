"""Two things do not get the same name in a system.

Names as they are stated are compared by `duplicate_api_name`; here are those that are made from ids, and those of
lists.
"""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.holdings import HeldField, HeldList, Holdings
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for holdings in subject.holdings.values():
        yield from _fields(holdings)
        yield from _lists(holdings)


def _fields(holdings: Holdings) -> Iterator[Finding]:
    seen: dict[tuple[str, str], HeldField] = {}
    for held in holdings.fields:
        first = seen.setdefault((held.object.casefold(), held.name.casefold()), held)
        stated = held.name_at != held.at and first.name_at != first.at and held.field is not first.field
        if first is not held and not stated:
            yield Finding(
                held.address,
                held.name_at,
                f"In {holdings.title} `{held.object}.{held.name}` would be two fields at once.",
                "State another `name` in one of the bindings.",
                ((first.name_at, f"`{first.field.name}` is called so too."),),
            )


def _lists(holdings: Holdings) -> Iterator[Finding]:
    seen: dict[tuple[bool, str], HeldList] = {}
    for held in holdings.lists:
        if not held.name:
            continue
        first = seen.setdefault((held.standard, held.name.casefold()), held)
        if first is not held:
            yield Finding(
                held.address,
                held.name_at,
                f"In {holdings.title} the list `{held.name}` would be two lists at once.",
                f"State another name: `systems: {{{holdings.instance}: {{name: <name>}}}}`.",
                ((first.name_at, f"`{first.address}` is called so too."),),
            )


RULE = SpecRule(
    Rule(
        "system-name-duplicate",
        Severity.ERROR,
        "A name that is made from an id, of a field or a list, is no other one's in the same system.",
        waivable=False,
    ),
    check,
)
