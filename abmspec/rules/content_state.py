"""Approved content has content, and everybody's approval."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.variations import contents
from abmspec.words import quoted

APPROVERS = ("content", "creative", "account-team")


def check(subject: Subject) -> Iterator[Finding]:
    for content in contents(subject.resolved):
        if content.state != "approved":
            continue
        missing = tuple(name for name in APPROVERS if name not in content.approvals)
        if missing:
            yield Finding(
                content.address,
                content.at("state"),
                f"It is approved, and no approval for {quoted(missing)} is on record.",
                f"Add it under `approvals`, as `{missing[0]}: {{by: <role>, date: …, until: …}}`, "
                "or write `state: review`.",
                ((content.key("approvals"), "the approvals"),) if content.approvals else (),
            )
        if not content.locales and not content.url:
            yield Finding(
                content.address,
                content.at("state"),
                "It is approved, and there is neither a text nor a place where it is.",
                "Add `locales` or `url`, or write `state: draft`.",
            )


RULE = SpecRule(
    Rule(
        "content-state",
        Severity.ERROR,
        "Approved content is there, and content, creative and account team have approved it.",
    ),
    check,
)
