"""A tier is judged only by figures that are for it."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    tiers, kpis = subject.spec.tiers, subject.spec.kpis
    for id, tier in tiers.tiers.items() if tiers is not None else ():
        if tiers is None or not tier.in_use:
            continue
        for index, name in enumerate(tier.kpis):
            kpi = kpis.get(name)
            if kpi is not None and kpi.tiers and id not in kpi.tiers:
                yield Finding(
                    f"tier.{id}",
                    tiers.at("tiers", id, "kpis", index),
                    f"`{id}` is judged by `{name}`, which is for {' and '.join(kpi.tiers)} alone.",
                    f"Take it out, or add `{id}` to the figure's `tiers`.",
                    ((kpi.at("tiers"), "what it is for"),),
                )


RULE = SpecRule(
    Rule("tier-kpi-inapplicable", Severity.ERROR, "A tier is judged only by figures that are for it."), check
)
