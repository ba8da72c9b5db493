"""An account's tier and its owner are each set by hand once."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.account import AccountOverride
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    first: dict[tuple[str, str], AccountOverride] = {}
    for override in subject.spec.account_overrides.values():
        for name, value in (("tier", override.tier), ("account_owner", override.account_owner)):
            if not value:
                continue
            other = first.setdefault((override.account, name), override)
            if other is not override:
                yield Finding(
                    override.address,
                    override.at(name),
                    f"`{other.id}` sets the `{name}` of this account already"
                    f"{'' if value == getattr(other, name) else f', to `{getattr(other, name)}`'}.",
                    "Keep one of the two files.",
                    ((other.at(name), "set here too"),),
                )


RULE = SpecRule(
    Rule(
        "override-conflict",
        Severity.ERROR,
        "No two files set the same account's tier, or its owner, by hand.",
    ),
    check,
)
