"""No approval has run out."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.variations import contents, variations


def check(subject: Subject) -> Iterator[Finding]:
    today = subject.today.isoformat()
    mend = "Have the text looked at and approved anew, with a later `until`, or take it out."
    for content in contents(subject.resolved):
        for id, approval in content.approvals.items():
            if approval.until and approval.until < today:
                yield Finding(
                    content.address,
                    content.at("approvals", id, "until"),
                    f"The approval for `{id}` ended on {approval.until}: nothing made of it may be shown.",
                    mend.replace("text", "content").replace("take it out", "set `state: review`"),
                )
    for each in variations(subject.resolved):
        given = each.text.approval
        if given is not None and given.until and given.until < today:
            yield Finding(
                each.address,
                each.at.child("approval", "until"),
                f"The approval of the {each.locale} text ended on {given.until}: it may not be shown any more.",
                mend,
                ((each.at.child("text"), "the text"),),
            )


RULE = SpecRule(
    Rule("variation-expired", Severity.ERROR, "No approved text is past the term of its approval."),
    check,
)
