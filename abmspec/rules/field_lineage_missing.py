"""Every field says what writes it, in order of precedence."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import fields_in_use


def check(subject: Subject) -> Iterator[Finding]:
    for field in fields_in_use(subject.spec):
        if not field.written_by and field.derived is None:
            yield Finding(
                field.address,
                field.key(),
                f"Nothing is said to write `{field.name}`, so nobody knows whose value wins.",
                "Add `written_by:`, the strongest first, out of `user`, `form`, `enrichment`, `upload` and "
                "`integration`, or say how it is `derived`.",
            )


RULE = SpecRule(
    Rule("field-lineage-missing", Severity.ERROR, "Every field says what writes it, in order of precedence."),
    check,
)
