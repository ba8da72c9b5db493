"""No two parts of a condition exclude each other."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.words import capitalized


def check(subject: Subject) -> Iterator[Finding]:
    for predicate, problem in subject.problems:
        if problem.kind == "contradiction" and problem.other is not None:
            yield Finding(
                predicate.address,
                predicate.at.child(*problem.route),
                f"{capitalized(problem.message)}, so no record satisfies both.",
                "Take one of the two out, or put both under `any`.",
                ((predicate.at.child(*problem.other), "excluded by this"),),
            )


RULE = SpecRule(
    Rule("condition-contradiction", Severity.ERROR, "No two parts of a condition exclude each other."), check
)
