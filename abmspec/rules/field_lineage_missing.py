"""Every field says what writes it, in order of precedence."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import lacking


def check(subject: Subject) -> Iterator[Finding]:
    missing = lacking(subject.spec, lambda field: not field.written_by and field.derived is None)
    for address, at, name in missing:
        yield Finding(
            address,
            at,
            f"Nothing is said to write {name}, so nobody knows whose value wins.",
            "Add `written_by:`, the strongest first, out of `user`, `form`, `enrichment`, `upload` and "
            "`integration`, or say how it is `derived`.",
        )


RULE = SpecRule(
    Rule("field-lineage-missing", Severity.ERROR, "Every field says what writes it, in order of precedence."),
    check,
)
