"""What is deprecated loses its users before its sunset."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.references import Thing, noun
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.usage import HISTORY, JUDGED_APART, Use, instead, uses

PASSED_OVER = JUDGED_APART - {"maps_to"} | HISTORY


def check(subject: Subject) -> Iterator[Finding]:
    index, today = subject.references, subject.today.isoformat()

    def counts(use: Use) -> bool:
        source, sunset = index.things.get(use.reference.source), _sunset(use.target)
        has_passed = bool(sunset) and sunset < today
        return not use.is_inner and (source is None or source.status == "active") and not has_passed

    for reference, target in uses(index, "deprecated", but=PASSED_OVER, counts=counts):
        sunset = _sunset(target)
        until = f" and goes on {sunset}" if sunset else ""
        yield Finding(
            reference.source,
            reference.at,
            f"The {noun(reference.kind)} `{reference.id}` is deprecated{until}.",
            instead(reference, target),
            ((target.at, "It is deprecated here."),),
        )


def _sunset(target: Thing) -> str:
    return target.deprecated.sunset if target.deprecated is not None else ""


RULE = SpecRule(
    Rule(
        "deprecated-in-use", Severity.WARNING, "What is deprecated loses its users before its sunset comes."
    ),
    check,
)
