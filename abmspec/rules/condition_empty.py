"""A condition holds for some record at least."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for predicate, problem in subject.problems:
        if problem.kind in ("never", "no-items") and "no record" in problem.message:
            part = "The condition" if not problem.route else "This part of the condition"
            yield Finding(
                predicate.address,
                predicate.at.child(*problem.route),
                f"{part} holds for no record at all, although each comparison in it could.",
                "Look for bounds that cross and for values that are asked for and excluded at once.",
            )


RULE = SpecRule(Rule("condition-empty", Severity.ERROR, "A condition holds for some record at least."), check)
