"""An emergency is reviewed by the day that was promised."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    today = subject.today.isoformat()
    for emergency in subject.spec.governance.emergencies.values():
        if not emergency.reviewed and emergency.review_by < today:
            yield Finding(
                emergency.address,
                emergency.at("review_by"),
                f"The emergency was to be reviewed by {emergency.review_by}, and no review is on record.",
                f'Review what was changed, then add `reviewed: "{today}"`.',
            )


RULE = SpecRule(
    Rule("emergency-unreviewed", Severity.ERROR, "Every emergency is reviewed in time."),
    check,
)
