"""A condition leaves some record out."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.words import capitalized


def check(subject: Subject) -> Iterator[Finding]:
    for predicate, problem in subject.problems:
        whole = not problem.route
        if problem.kind != "always" or (whole and ".territory." in predicate.address):
            continue
        if problem.other is not None:
            message = f"{capitalized(problem.message)}, so it asks nothing."
        else:
            message = (
                f"{'The condition' if whole else 'This part'} holds for every record, so it asks nothing."
            )
        yield Finding(
            predicate.address,
            predicate.at.child(*problem.route),
            message,
            "Take it out, or ask what was meant.",
            ((predicate.at.child(*problem.other), "with this"),) if problem.other is not None else (),
        )


RULE = SpecRule(Rule("condition-always-true", Severity.WARNING, "A condition leaves some record out."), check)
