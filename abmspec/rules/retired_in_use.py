"""What is retired is used by nothing."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.references import noun
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.usage import HISTORY, JUDGED_APART, instead, uses


def check(subject: Subject) -> Iterator[Finding]:
    for reference, target in uses(subject.references, "retired", but=JUDGED_APART | HISTORY):
        yield Finding(
            reference.source,
            reference.at,
            f"The {noun(reference.kind)} `{reference.id}` is retired: nothing may use it any more.",
            instead(reference, target),
            ((target.at, "It is retired here."),),
        )


RULE = SpecRule(
    Rule("retired-in-use", Severity.ERROR, "Nothing uses what is retired."),
    check,
)
