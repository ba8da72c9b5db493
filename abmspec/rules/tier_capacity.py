"""The regions' shares of a tier do not exceed its capacity."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    tiers = subject.spec.tiers
    if tiers is None:
        return
    for id, tier in tiers.tiers.items():
        if tier.capacity is None or not tier.in_use:
            continue
        shares = {
            region: overlay.tiers.capacity[id]
            for region, overlay in subject.spec.overlays.items()
            if overlay.tiers is not None and id in overlay.tiers.capacity
        }
        total = sum(shares.values())
        if total <= tier.capacity:
            continue
        changes = {region: subject.spec.overlays[region].tiers for region in shares}
        listed = ", ".join(f"{region} {count:,}" for region, count in shares.items())
        yield Finding(
            f"tier.{id}",
            tiers.at("tiers", id, "capacity"),
            f"The regions take {total:,} of `{id}` ({listed}), and it holds {tier.capacity:,}.",
            f"Take {total - tier.capacity:,} away from a region, or raise the capacity.",
            tuple(
                (change.at("capacity", id), f"{region}: {shares[region]:,}")
                for region, change in changes.items()
                if change is not None
            ),
        )


RULE = SpecRule(
    Rule("tier-capacity", Severity.ERROR, "The regions' shares of a tier do not exceed its capacity."), check
)
