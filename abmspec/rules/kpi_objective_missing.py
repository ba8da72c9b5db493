"""Every key figure serves an objective of the charter."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    charter = subject.spec.charter
    known = ", ".join(f"`{id}`" for id in charter.objectives) if charter is not None else ""
    for kpi in subject.spec.kpis.values():
        if kpi.status != "retired" and not kpi.objective:
            yield Finding(
                kpi.address,
                kpi.key(),
                f"`{kpi.id}` measures no objective, so nobody knows what a good figure is good for.",
                f"Add `objective:` with one of {known}."
                if known
                else "Add `objective:` with one of the charter's.",
            )


RULE = SpecRule(
    Rule("kpi-objective-missing", Severity.ERROR, "Every key figure serves an objective of the charter."),
    check,
)
