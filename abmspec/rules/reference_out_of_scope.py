"""Nothing refers to what only another region has."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.entity import GLOBAL
from abmspec.references import noun
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.usage import JUDGED_APART

# Records about what happened somewhere, and about single accounts, speak of regions' own things from outside.
RECORDS = ("account-", "decision.", "experiment.", "learning.", "waiver.")


def check(subject: Subject) -> Iterator[Finding]:
    index = subject.references
    for reference in index.all:
        if reference.how in JUDGED_APART or reference.kind == "address" or index.is_visible(reference):
            continue
        if reference.source.startswith(RECORDS):
            continue
        target = index.things[reference.target]
        who = "What is global" if reference.scope == GLOBAL else f"The region `{reference.scope}`"
        yield Finding(
            reference.source,
            reference.at,
            f"{who} cannot use the {noun(reference.kind)} `{reference.id}`, which only `{target.scope}` has.",
            f"Name one that stands above, or promote `{reference.id}` to global.",
            ((target.at, "It is defined here."),),
        )


RULE = SpecRule(
    Rule(
        "reference-out-of-scope",
        Severity.ERROR,
        "What is global names global things; a region names its own and those above it.",
    ),
    check,
)
