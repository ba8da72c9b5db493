"""No part of a condition says what another part says already."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.words import capitalized


def check(subject: Subject) -> Iterator[Finding]:
    for predicate, problem in subject.problems:
        if problem.kind in ("redundant", "duplicate", "repeated-value") and problem.other is not None:
            message = problem.message
            if problem.kind == "duplicate":
                message = f"this part {message}"
            yield Finding(
                predicate.address,
                predicate.at.child(*problem.route),
                f"{capitalized(message)}.",
                "Take it out.",
                ((predicate.at.child(*problem.other), "this one suffices"),),
            )


RULE = SpecRule(
    Rule(
        "condition-redundant", Severity.WARNING, "No part of a condition says what another part says already."
    ),
    check,
)
