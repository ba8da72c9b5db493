"""Every field has somebody who answers for its quality, and a way to have it changed."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import lacking


def check(subject: Subject) -> Iterator[Finding]:
    for address, at, name in lacking(subject.spec, lambda field: not field.quality_owner):
        yield Finding(
            address,
            at,
            f"Nobody answers for the quality of {name}.",
            "Add `quality_owner:` with a role, for the field or in the file's `defaults`.",
        )
    for address, at, name in lacking(subject.spec, lambda field: not field.change_route):
        yield Finding(
            address,
            at,
            f"Nothing says how a change of {name} is asked for.",
            "Add `change_route:` with an activity of the RACI, for the field or in the file's `defaults`.",
        )


RULE = SpecRule(
    Rule(
        "field-stewardship-missing",
        Severity.ERROR,
        "Every field has somebody who answers for its quality, and a way to have it changed.",
    ),
    check,
)
