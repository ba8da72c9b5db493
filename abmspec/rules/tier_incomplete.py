"""Every tier says what its accounts have in common, how they are worked, and gives examples."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject

NEEDED = {
    "characteristics": ("what its accounts have in common", "characteristics: [Known by name]"),
    "engagement": ("how its accounts are worked", "engagement: {motion: …, team: …, content: …}"),
    "examples": ("which made-up accounts belong to it", "examples: {bank: {record: {account.…: …}}}"),
}


def check(subject: Subject) -> Iterator[Finding]:
    tiers = subject.spec.tiers
    for id, tier in tiers.tiers.items() if tiers is not None else ():
        if tiers is None or not tier.in_use:
            continue
        for name, (what, mend) in NEEDED.items():
            if not getattr(tier, name):
                yield Finding(
                    f"tier.{id}", tiers.key("tiers", id), f"`{id}` does not say {what}.", f"Add `{mend}`."
                )


RULE = SpecRule(
    Rule(
        "tier-incomplete",
        Severity.ERROR,
        "Every tier says what its accounts have in common, how they are worked, and gives examples.",
    ),
    check,
)
