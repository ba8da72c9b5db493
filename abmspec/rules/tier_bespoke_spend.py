"""No money is spent on single accounts of the last tier."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    tiers = subject.spec.tiers
    used = [id for id, tier in tiers.tiers.items() if tier.in_use] if tiers is not None else []
    if tiers is None or len(used) < 2:
        return
    id = used[-1]
    engagement = tiers.tiers[id].engagement
    if engagement is None or not (engagement.bespoke_spend or engagement.content == "bespoke"):
        return
    name, instead = ("bespoke_spend", "false") if engagement.bespoke_spend else ("content", "nurture")
    yield Finding(
        f"tier.{id}",
        tiers.at("tiers", id, "engagement", name),
        f"`{id}` is the last tier, worked one to many, and allows spending on a single account.",
        f"Write `{name}: {instead}`, or move such accounts into a better tier.",
    )


RULE = SpecRule(
    Rule("tier-bespoke-spend", Severity.WARNING, "No money is spent on single accounts of the last tier."),
    check,
)
