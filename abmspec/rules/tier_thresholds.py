"""The tiers' thresholds fall from the best to the last, which begins at 0."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    tiers = subject.spec.tiers
    if tiers is None:
        return
    used = [(id, tier) for id, tier in tiers.tiers.items() if tier.in_use]
    for (above, better), (id, tier) in pairwise(used):
        if tier.at_least >= better.at_least:
            yield Finding(
                f"tier.{id}",
                tiers.at("tiers", id, "at_least"),
                f"`{id}` begins at {tier.at_least:g}, which is not below `{above}` at {better.at_least:g}, "
                "so no account can be in it.",
                "Tiers stand best first, each with a lower threshold than the one before.",
                ((tiers.at("tiers", above, "at_least"), f"`{above}`"),),
            )
    if used and used[-1][1].at_least > 0:
        id, tier = used[-1]
        yield Finding(
            f"tier.{id}",
            tiers.at("tiers", id, "at_least"),
            f"The last tier, `{id}`, begins at {tier.at_least:g}, so accounts that score less are in none.",
            "Write `at_least: 0`; who fits the profile at all is for the ICP to say.",
        )


RULE = SpecRule(
    Rule(
        "tier-thresholds",
        Severity.ERROR,
        "The tiers' thresholds fall from the best to the last, which begins at 0.",
    ),
    check,
)
