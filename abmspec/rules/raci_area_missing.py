"""The RACI is about everything that people have to agree on."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.governance import Activity
from abmspec.rules.raci_accountable import CHANGES
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor
from abmspec.words import quoted

RACI_PATH = "taxonomy/governance/raci.yaml"
AREAS = {
    "content": "content",
    "account-list": "the account list",
    "channel": "channels",
    "play": "sales plays",
}


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    if spec.is_broken(RACI_PATH):
        return
    activities = [each for each in spec.governance.activities.values() if each.in_use]
    at = Anchor(RACI_PATH, ("activities",), on_key=True)
    for kind, words in AREAS.items():
        if not _covered(activities, kind):
            yield Finding(
                f"raci-area.{kind}",
                at,
                f"No activity says who does and who answers for {words}.",
                f"Add an activity with `covers: {{kind: {kind}}}`.",
            )
    missing = tuple(change for change in CHANGES if change not in _covered(activities, "segment"))
    if missing:
        yield Finding(
            "raci-area.segment",
            at,
            f"No activity says who does and who answers for it when segments meet {quoted(missing)}.",
            f"Add an activity with `covers: {{kind: segment, change: [{', '.join(missing)}]}}`.",
        )


def _covered(activities: list[Activity], kind: str) -> set[str]:
    """What is done to global things of this kind that some activity is about."""
    return {
        change
        for activity in activities
        if kind in activity.covers.kinds and activity.covers.scope != "region"
        for change in activity.covers.change or CHANGES
    }


RULE = SpecRule(
    Rule(
        "raci-area-missing",
        Severity.ERROR,
        "The RACI covers content, the account list, channels, sales plays and the life of segments.",
    ),
    check,
)
