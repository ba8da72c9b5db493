"""A list has no more values than its system takes."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.holdings import HeldList, Holdings, Option
from abmspec.rules.rule import SpecRule, Subject
from abmspec.systems.kind import Kind


def check(subject: Subject) -> Iterator[Finding]:
    for holdings in subject.holdings.values():
        for held in holdings.lists:
            limit = limit_of(held, holdings.kind)
            if limit is None or len(held.options) <= limit:
                continue
            inactive = sum(not option.active for option in held.options)
            yield _finding(
                held,
                held.options[limit],
                f"{holdings.title} would hold {len(held.options)} values in `{held.name}`, {inactive} inactive ones "
                f"included; it takes {limit}.",
            )
        yield from _by_use(holdings)


def _by_use(holdings: Holdings) -> Iterator[Finding]:
    """Lists that are short enough, but not for what a field does with them."""
    limits = holdings.kind.lists
    if limits is None:
        return
    controlling = {held.controller.name for held in holdings.fields if held.controller is not None}
    several = {
        held.options.name for held in holdings.fields if held.options and held.field.type == "multipicklist"
    }
    for held in holdings.lists:
        for names, limit, use in (
            (several, limits.several, "a field that takes several values"),
            (controlling, limits.controlling, "a field that others depend on"),
        ):
            active = [option for option in held.options if option.active]
            if limit is not None and held.name in names and len(active) > limit:
                has = f"`{held.name}` has {len(active)} active ones"
                yield _finding(
                    held, active[limit], f"{holdings.title} takes {limit} values in {use}, and {has}."
                )


def _finding(held: HeldList, beyond: Option, message: str) -> Finding:
    return Finding(
        held.picklist.address,
        held.picklist.key("values"),
        message,
        "Split the list, or bring fine distinctions into a field of their own.",
        ((beyond.at, "The first value beyond the limit."),),
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
