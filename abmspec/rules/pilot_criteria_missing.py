"""A pilot says what it must show, and by when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.region import Region
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
        yield from _criteria(subject.today, region)


def _criteria(today: date, region: Region) -> Iterator[Finding]:
    """Criteria of which nobody could say whether they are met."""
    for id, criterion in region.pilot.exit_criteria.items() if region.pilot is not None else ():
        if criterion.kpi and criterion.at_least is None and criterion.at_most is None:
            yield Finding(
                region.address,
                region.key("pilot", "exit_criteria", id),
                f"`{id}` names `{criterion.kpi}`, and not what it must reach.",
                "Add `at_least:` or `at_most:`.",
            )
        if criterion.met and date.fromisoformat(criterion.met) > today:
            yield Finding(
                region.address,
                region.at("pilot", "exit_criteria", id, "met"),
                f"`{id}` is said to have been met on {criterion.met}, which is yet to come.",
                "Record it when it has happened.",
            )


RULE = SpecRule(
    Rule("pilot-criteria-missing", Severity.ERROR, "A pilot says what it must show, and by when."), check
)
