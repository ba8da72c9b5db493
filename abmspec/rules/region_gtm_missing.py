"""Every region says how it sells."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.words import quoted

SAYS = ("route", "coverage", "focus", "maturity", "partner_coverage")


def check(subject: Subject) -> Iterator[Finding]:
    for region in subject.spec.regions.values():
        # What a region takes over is said, or reported, where it comes from.
        if region.parent or not region.in_use:
            continue
        missing = tuple(name for name in SAYS if not getattr(region.gtm, name))
        if missing:
            yield Finding(
                region.address,
                region.key("gtm"),
                f"{region.id} does not say how it sells: its `gtm` lacks {quoted(missing)}.",
                "Add `gtm: {route: …, coverage: …, focus: …, maturity: …, partner_coverage: …}`.",
            )


RULE = SpecRule(Rule("region-gtm-missing", Severity.ERROR, "Every region says how it sells."), check)
