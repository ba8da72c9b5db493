"""What is deprecated loses its users before its sunset."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.references import noun
from abmspec.rules.retired_in_use import ELSEWHERE, instead
from abmspec.rules.rule import SpecRule, Subject

PASSED_OVER = ELSEWHERE - {"maps_to"}


def check(subject: Subject) -> Iterator[Finding]:
    index, today = subject.references, subject.today.isoformat()
    seen = set()
    for reference in index.all:
        if reference.how in PASSED_OVER or reference.at in seen:
            continue
        target = index.target(reference)
        if target is None or target.status != "deprecated" or reference.source.startswith(target.address):
            continue
        source = index.things.get(reference.source)
        sunset = target.deprecated.sunset if target.deprecated is not None else ""
        if (source is not None and source.status != "active") or (sunset and sunset < today):
            continue
        seen.add(reference.at)
        until = f" and goes on {sunset}" if sunset else ""
        yield Finding(
            reference.source,
            reference.at,
            f"The {noun(reference.kind)} `{reference.id}` is deprecated{until}.",
            instead(reference, target),
            ((target.at, "It is deprecated here."),),
        )


RULE = SpecRule(
    Rule(
        "deprecated-in-use", Severity.WARNING, "What is deprecated loses its users before its sunset comes."
    ),
    check,
)
