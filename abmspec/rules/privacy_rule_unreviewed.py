"""Counsel has looked at every privacy rule within a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.duration import parse_duration
from abmspec.rules.rule import SpecRule, Subject

TERM = parse_duration("1 year")


def check(subject: Subject) -> Iterator[Finding]:
    for own in subject.spec.owns:
        for rule in own.privacy.values():
            if rule.status == "retired":
                continue
            reviewed = date.fromisoformat(rule.reviewed)
            if reviewed > subject.today:
                yield Finding(
                    rule.address,
                    rule.at("reviewed"),
                    f"`{rule.id}` is said to have been looked at on {rule.reviewed}, which is yet to come.",
                    "Record it when it has happened.",
                )
            elif reviewed < TERM.before(subject.today):
                yield Finding(
                    rule.address,
                    rule.at("reviewed"),
                    f"Counsel last looked at `{rule.id}` on {rule.reviewed}, more than a year ago.",
                    f"Have `{rule.counsel_owner}` look at it again, and record the day.",
                )


RULE = SpecRule(
    Rule(
        "privacy-rule-unreviewed", Severity.WARNING, "Counsel has looked at every privacy rule within a year."
    ),
    check,
)
