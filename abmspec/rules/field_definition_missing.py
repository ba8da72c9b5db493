"""Every field has a definition and a place in a system."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import fields_in_use


def check(subject: Subject) -> Iterator[Finding]:
    for field in fields_in_use(subject.spec):
        if not field.description:
            yield Finding(
                field.address,
                field.key(),
                f"Nobody says what `{field.name}` means.",
                "Add `description:` with a sentence that a seller and an analyst read the same way.",
            )
        if not any(field.bindings(system) for system in field.systems):
            yield Finding(
                field.address,
                field.at("systems") if field.systems else field.key(),
                f"`{field.name}` stands in no system, so nobody can fill it.",
                "Bind it under `systems:` where it is kept, or set `status: proposed` until it is."
                if field.status != "proposed"
                else "Say under `systems:` where it is going to be kept.",
            )


RULE = SpecRule(
    Rule("field-definition-missing", Severity.ERROR, "Every field has a definition and a place in a system."),
    check,
)
