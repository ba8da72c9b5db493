"""Every field has one system of record, and stands there."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import fields_in_use, lacking


def check(subject: Subject) -> Iterator[Finding]:
    systems = subject.spec.systems
    for address, at, name in lacking(subject.spec, lambda field: not field.system_of_record):
        yield Finding(
            address,
            at,
            f"No system is named whose value of {name} is right.",
            "Add `system_of_record:` with an instance, for the field or in the file's `defaults`.",
        )
    for field in fields_in_use(subject.spec):
        record = field.system_of_record
        if systems is not None and record in systems.systems and not field.bindings(record):
            at = field.key() if "system_of_record" in field.defaulted else field.at("system_of_record")
            yield Finding(
                field.address,
                at,
                f"`{record}` is to be right about `{field.name}`, and does not have it.",
                f"Bind the field in `{record}`, or name a system that has it.",
                ((field.at("system_of_record"), "named here"),) if at.on_key else (),
            )


RULE = SpecRule(
    Rule("system-of-record", Severity.ERROR, "Every field has one system of record, and stands there."), check
)
