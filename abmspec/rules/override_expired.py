"""What was set by hand for a time goes when the time is over."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    today = subject.today.isoformat()
    for override in subject.spec.account_overrides.values():
        if override.until < today:
            what = " and ".join(
                name for name, value in (("tier", override.tier), ("owner", override.account_owner)) if value
            )
            yield Finding(
                override.address,
                override.at("until"),
                f"The account's {what} was set by hand until {override.until}, which has passed.",
                "Delete the file, so that the computed one holds; or have a new term approved.",
            )


RULE = SpecRule(
    Rule("override-expired", Severity.ERROR, "No tier or owner that was set by hand is past its term."),
    check,
)
