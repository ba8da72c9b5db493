"""Replacements lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.references import Reference
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    index = subject.references
    replaced: dict[str, list[Reference]] = {}
    for reference in index.all:
        if reference.how == "replaced_by":
            replaced.setdefault(reference.source, []).append(reference)
    for start, references in replaced.items():
        for reference in references:
            circle = _circle(start, reference, replaced)
            if circle and start == min(circle):
                way = " → ".join(f"`{index.things[address].id}`" for address in (*circle, start))
                yield Finding(
                    start,
                    reference.at,
                    f"The replacements run in a circle: {way}.",
                    "Name something that stays as the last replacement.",
                    tuple((index.things[address].at, "It is part of the circle.") for address in circle[1:]),
                )
                break


def _circle(start: str, first: Reference, replaced: dict[str, list[Reference]]) -> tuple[str, ...]:
    """The addresses on a way from `start` through `first` back to it; empty if there is none."""
    seen = {start}
    ways: list[tuple[str, ...]] = [(start, first.target)]
    while ways:
        way = ways.pop()
        if way[-1] == start:
            return way[:-1]
        if way[-1] in seen:
            continue
        seen.add(way[-1])
        ways += [(*way, reference.target) for reference in replaced.get(way[-1], ())]
    return ()


RULE = SpecRule(
    Rule("replacement-cycle", Severity.ERROR, "Replacements never run in a circle."),
    check,
)
