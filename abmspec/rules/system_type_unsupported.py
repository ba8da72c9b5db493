"""A field is bound only where the system has its type."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for holdings in subject.holdings.values():
        for held in holdings.fields:
            if not held.type:
                known = ", ".join(sorted(holdings.kind.types))
                yield Finding(
                    held.address,
                    held.field.at("systems", holdings.instance, on_key=True),
                    f"{holdings.title} has no field of the type `{held.field.type}`.",
                    f"Take the binding out, or use one of {known}.",
                )


RULE = SpecRule(
    Rule("system-type-unsupported", Severity.ERROR, "A field is bound only to systems that have its type."),
    check,
)
