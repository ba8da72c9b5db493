"""The council meets again, and how we govern is looked at again."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    council, today = subject.spec.governance.council, subject.today.isoformat()
    if council is None:
        return
    if not council.review_by:
        yield Finding(
            council.address,
            council.key(),
            "No day is set by which the governance model is reviewed.",
            'Add `review_by: "YYYY-MM-DD"`, within a year.',
        )
    elif council.review_by < today:
        yield Finding(
            council.address,
            council.at("review_by"),
            f"The governance model was to be reviewed by {council.review_by}.",
            "Review it, and write the day of the next review.",
        )
    if council.next_meeting and council.next_meeting < today:
        yield Finding(
            council.address,
            council.at("next_meeting"),
            f"The next meeting was to be on {council.next_meeting}, which has passed.",
            f"Write the day of the next one; it meets {council.cadence}.",
        )


RULE = SpecRule(
    Rule(
        "council-review-overdue",
        Severity.WARNING,
        "The council's next meeting and the next review of how we govern lie ahead.",
    ),
    check,
)
