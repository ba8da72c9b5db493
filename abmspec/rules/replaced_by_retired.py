"""What takes over is there to take over."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.references import noun
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    index = subject.references
    for reference in index.all:
        if reference.how != "replaced_by":
            continue
        target = index.target(reference)
        if target is None or target.status != "retired":
            continue
        if target.deprecated is not None and target.deprecated.successors:
            continue
        yield Finding(
            reference.source,
            reference.at,
            f"The {noun(reference.kind)} `{reference.id}` is retired without a successor, so it cannot take over.",
            f"Name one that is in use, or say in `{reference.id}` what replaced it.",
            ((target.at, "It is retired here."),),
        )


RULE = SpecRule(
    Rule("replaced-by-retired", Severity.ERROR, "What takes over is in use, or says what took over from it."),
    check,
)
