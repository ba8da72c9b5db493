"""A text is no longer, and no shorter, than the system makes it."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for holdings in subject.holdings.values():
        for held in holdings.fields:
            bounds = holdings.kind.fields.lengths.get(held.field.type)
            length = held.field.length
            if bounds is None or length is None or held.standard or bounds[0] <= length <= bounds[1]:
                continue
            longer = "Use `long-text` for more." if held.field.type == "text" else ""
            yield Finding(
                held.address,
                held.field.at("length"),
                f"{holdings.title} makes fields of this type with {bounds[0]} to {bounds[1]} characters, "
                f"not with {length}.",
                longer,
            )


RULE = SpecRule(
    Rule("system-length-invalid", Severity.ERROR, "A text field's length is one that the system can make."),
    check,
)
