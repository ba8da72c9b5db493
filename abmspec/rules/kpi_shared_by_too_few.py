"""Two functions or more answer for every key figure together."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for kpi in subject.spec.kpis.values():
        if kpi.status == "retired" or len(kpi.shared_by) >= 2:
            continue
        who = f"{kpi.shared_by[0]} alone answers" if kpi.shared_by else "nobody is said to answer"
        yield Finding(
            kpi.address,
            kpi.at("shared_by") if kpi.shared_by else kpi.key(),
            f"`{kpi.id}` is to be shared, and {who} for it.",
            "Name two functions or more under `shared_by`, as `[marketing, sales]`.",
        )


RULE = SpecRule(
    Rule(
        "kpi-shared-by-too-few", Severity.ERROR, "Two functions or more answer for every key figure together."
    ),
    check,
)
