"""A pilot says what it must show, and by when."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for region in subject.spec.regions.values():
        if region.stage != "pilot" or not region.in_use:
            continue
        if region.pilot is None or not region.pilot.exit_criteria:
            yield Finding(
                region.address,
                region.key("pilot") if region.pilot is not None else region.at("stage"),
                f"{region.id} is a pilot, and nothing says what it must show before it goes live.",
                "Add `pilot: {exit_criteria: {coverage: {label: …, kpi: tier-coverage, at_least: 90}}}`.",
            )
        elif not region.pilot.review_by:
            yield Finding(
                region.address,
                region.key("pilot"),
                f"{region.id} is a pilot without an end.",
                'Add `review_by: "2027-01-31"` to `pilot`.',
            )


RULE = SpecRule(
    Rule("pilot-criteria-missing", Severity.ERROR, "A pilot says what it must show, and by when."), check
)
