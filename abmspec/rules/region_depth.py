"""Regions nest three deep: regional, national, local."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject

DEEPEST = 3


def check(subject: Subject) -> Iterator[Finding]:
    for region in subject.spec.regions.values():
        chain = subject.spec.ancestors(region.id)
        if len(chain) == DEEPEST + 1 and region.in_use:
            yield Finding(
                region.address,
                region.key(),
                f"`{region.id}` stands {len(chain)} levels below headquarters: {' in '.join(chain)}.",
                "Put it one level up, or make it a segment of its region.",
            )


RULE = SpecRule(
    Rule("region-depth", Severity.WARNING, "Regions nest three deep: regional, national, local."), check
)
