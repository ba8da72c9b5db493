"""A list has no more values than its system takes."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.holdings import HeldList
from abmspec.rules.rule import SpecRule, Subject
from abmspec.systems.kind import Kind


def check(subject: Subject) -> Iterator[Finding]:
    for holdings in subject.holdings.values():
        for held in holdings.lists:
            limit = limit_of(held, holdings.kind)
            if limit is None or len(held.options) <= limit:
                continue
            inactive = sum(not option.active for option in held.options)
            yield Finding(
                held.picklist.address,
                held.picklist.key("values"),
                f"{holdings.title} would hold {len(held.options)} values in `{held.name}`, {inactive} of them "
                f"inactive; it takes {limit}, inactive ones included.",
                "Split the list, or bring fine distinctions into a field of their own.",
                ((held.options[limit].at, "The first value beyond the limit."),),
            )


def limit_of(held: HeldList, kind: Kind) -> int | None:
    """How many values the list may have: as one of the system's own sets, or as any other."""
    standard = kind.standard_sets.get(held.name) if held.standard else None
    if standard is not None and standard.values is not None:
        return standard.values
    return kind.lists.values if kind.lists else None


RULE = SpecRule(
    Rule(
        "system-list-too-long",
        Severity.ERROR,
        "A list has no more values in a system than the system takes, inactive ones included.",
    ),
    check,
)
