"""Every field has somebody who answers for its quality, and a way to have it changed."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import fields_in_use


def check(subject: Subject) -> Iterator[Finding]:
    for field in fields_in_use(subject.spec):
        if not field.quality_owner:
            yield Finding(
                field.address,
                field.key(),
                f"Nobody answers for the quality of `{field.name}`.",
                "Add `quality_owner:` with a role, for the field or in the file's `defaults`.",
            )
        if not field.change_route:
            yield Finding(
                field.address,
                field.key(),
                f"Nothing says how a change of `{field.name}` is asked for.",
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
