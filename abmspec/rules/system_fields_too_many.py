"""No more fields are made in a system than it lets be made."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    registry = subject.spec.systems
    for instance, holdings in subject.holdings.items():
        limit = holdings.kind.fields.made
        made = [held for held in holdings.fields if not held.standard]
        if registry is None or limit is None or len(made) <= limit:
            continue
        yield Finding(
            f"system.{instance}",
            registry.key("systems", instance),
            f"{holdings.title} lets {limit} fields be made; {len(made)} are bound to it.",
            "Declare those that it can do without `{offered: false}` there.",
            ((made[limit].at, "The first field beyond the limit."),),
        )


RULE = SpecRule(
    Rule(
        "system-fields-too-many",
        Severity.ERROR,
        "No more fields are bound to a system than can be made there.",
    ),
    check,
)
