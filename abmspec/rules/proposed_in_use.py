"""What is in use does not lean on what is only proposed."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.references import noun
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.usage import HISTORY, JUDGED_APART, Use, uses

PASSED_OVER = JUDGED_APART - {"maps_to"} | HISTORY - {"replaced_by"}


def check(subject: Subject) -> Iterator[Finding]:
    index = subject.references

    def counts(use: Use) -> bool:
        source = index.things.get(use.reference.source)
        return not use.is_inner and (source is None or source.status != "proposed")

    for reference, target in uses(index, "proposed", but=PASSED_OVER, counts=counts):
        yield Finding(
            reference.source,
            reference.at,
            f"The {noun(reference.kind)} `{reference.id}` is only proposed, so no system has it yet.",
            "Set its status to `active`, or propose what uses it too.",
            ((target.at, "It is proposed here."),),
        )


RULE = SpecRule(
    Rule("proposed-in-use", Severity.ERROR, "What is in use does not lean on what is only proposed."),
    check,
)
