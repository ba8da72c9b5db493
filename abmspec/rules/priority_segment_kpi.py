"""A priority segment's share of pipeline or revenue is a key figure."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.condition import InSegment, walk
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import segments_in_use


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    if spec.is_broken("taxonomy/kpis.yaml"):
        return
    sums = {
        id: kpi
        for id, kpi in spec.kpis.items()
        if kpi.status != "retired" and kpi.numerator and kpi.numerator.sum
    }
    named = {
        part.segment
        for kpi in sums.values()
        if kpi.numerator is not None and kpi.numerator.when is not None
        for _, part in walk(kpi.numerator.when)
        if isinstance(part, InSegment)
    }
    for segment in segments_in_use(spec):
        if segment.priority and segment.id not in named and not sums.keys() & set(segment.kpis):
            known = ", ".join(f"`{id}`" for id in sums)
            yield Finding(
                segment.address,
                segment.at("priority"),
                f"`{segment.id}` is a priority, and no figure sums pipeline or revenue for it.",
                f"Name one under `kpis` ({known})." if known else "Add a KPI whose numerator sums an amount.",
            )


RULE = SpecRule(
    Rule(
        "priority-segment-kpi",
        Severity.ERROR,
        "A priority segment's share of pipeline or revenue is a key figure.",
    ),
    check,
)
