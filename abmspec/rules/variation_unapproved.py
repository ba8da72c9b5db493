"""Texts that are finished have somebody's approval, for a term."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.playbook import Approval
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.variations import contents, variations
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    today = subject.today.isoformat()
    for content in contents(subject.resolved):
        if content.state == "approved":
            for id, approval in content.approvals.items():
                at = content.at("approvals", id)
                yield from _approval(content.address, approval, at, f"approval for `{id}`", today)
    for each in variations(subject.resolved):
        if not each.is_finished:
            continue
        given = each.text.approval
        if given is None:
            yield Finding(
                each.address,
                each.at.key(),
                f"Nobody has approved the {each.locale} text, so it is not published.",
                'Add `approval: {by: <role>, date: "YYYY-MM-DD", until: "YYYY-MM-DD"}`.',
            )
        else:
            at = each.at.child("approval")
            yield from _approval(each.address, given, at, f"approval of the {each.locale} text", today)


def _approval(address: str, approval: Approval, at: Anchor, what: str, today: str) -> Iterator[Finding]:
    if not approval.until:
        yield Finding(
            address,
            at.key(),
            f"The {what} has no term, so it is not published.",
            'Add `until: "YYYY-MM-DD"`, the last day on which it may be used.',
        )
    if approval.date > today:
        yield Finding(
            address,
            at.child("date"),
            f"The {what} is dated {approval.date}, a day that has not come: it is not published before.",
            "Write the day on which it was approved.",
        )


RULE = SpecRule(
    Rule(
        "variation-unapproved",
        Severity.WARNING,
        "Every finished text says who approved it, when, and until when.",
    ),
    check,
)
