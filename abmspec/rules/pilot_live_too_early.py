"""A region goes live when it has shown what its pilot had to show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for region in subject.spec.regions.values():
        if region.stage != "live" or region.pilot is None or not region.in_use:
            continue
        for id, criterion in region.pilot.exit_criteria.items():
            if criterion.met and date.fromisoformat(criterion.met) <= subject.today:
                continue
            when = f"is met only on {criterion.met}" if criterion.met else "was never met"
            yield Finding(
                region.address,
                region.at("pilot", "exit_criteria", id, "met")
                if criterion.met
                else region.key("pilot", "exit_criteria", id),
                f"{region.id} is live, and `{id}` ({criterion.label}) {when}.",
                "Add `met:` with the day on which it was met, or set `stage: pilot` until it is.",
                ((region.at("stage") if subject.spec.says(region.at("stage")) else region.key(), "live"),),
            )


RULE = SpecRule(
    Rule(
        "pilot-live-too-early",
        Severity.ERROR,
        "A region goes live when it has shown what its pilot had to show.",
    ),
    check,
)
