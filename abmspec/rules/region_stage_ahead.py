"""No region is further than the one above it."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject

WHY = {
    "pilot": "a pilot: nothing of `{id}` would be deployed",
    "suspended": "suspended: what `{id}` adds stays in the systems, inactive",
}


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    for region in spec.regions.values():
        above = spec.regions.get(region.parent)
        if above is None or region.stage != "live" or above.stage not in WHY:
            continue
        yield Finding(
            region.address,
            region.at("stage") if spec.says(region.at("stage")) else region.key(),
            f"`{region.id}` is live, and `{above.id}` above it is {WHY[above.stage].format(id=region.id)}.",
            f"Write `stage: {above.stage}` here too, or take `{above.id}` live first.",
            ((above.at("stage"), f"the stage of `{above.id}`"),),
        )


RULE = SpecRule(
    Rule("region-stage-ahead", Severity.ERROR, "No region is live under one that is a pilot or suspended."),
    check,
)
