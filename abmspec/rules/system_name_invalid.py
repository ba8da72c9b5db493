"""Names in a system are spelt as the system wants."""

from __future__ import annotations

import re
from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.holdings import Holdings
from abmspec.rules.rule import SpecRule, Subject

# Objects and record types become parts of paths and of addresses, whatever the system.
OBJECT = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")


def check(subject: Subject) -> Iterator[Finding]:
    for holdings in subject.holdings.values():
        yield from _fields(holdings)
        yield from _lists(holdings)
        yield from _record_types(subject, holdings)


def _fields(holdings: Holdings) -> Iterator[Finding]:
    for held in holdings.fields:
        fault = holdings.kind.field_name.fault(held.name)
        if fault:
            yield Finding(
                held.address,
                held.name_at,
                f"In {holdings.title} the field would be called `{held.name}`, which is {fault}.",
                "State a `name` in its binding, or mend the one that is stated.",
            )
        if not OBJECT.fullmatch(held.object):
            yield Finding(
                held.address,
                held.name_at,
                f"In {holdings.title} the field would stand on `{held.object}`, which is no object's name.",
                "State the `object` in its binding.",
            )


def _lists(holdings: Holdings) -> Iterator[Finding]:
    naming = holdings.kind.list_name
    for held in holdings.lists:
        fault = naming.fault(held.name) if naming and held.name and not held.standard else ""
        if fault:
            yield Finding(
                held.address,
                held.name_at,
                f"In {holdings.title} the list would be called `{held.name}`, which is {fault}.",
                f"State a name: `systems: {{{holdings.instance}: {{name: <name>}}}}`.",
            )


def _record_types(subject: Subject, holdings: Holdings) -> Iterator[Finding]:
    for record_type in holdings.record_types:
        for name in (record_type.object, record_type.name):
            if not OBJECT.fullmatch(name):
                region = subject.spec.regions[record_type.regions[0]]
                yield Finding(
                    region.address,
                    region.at("systems", holdings.instance, "record_types"),
                    f"`{name}` cannot be the name of an object or of a record type in {holdings.title}.",
                    "Use its API name: a letter first, then letters, digits and underscores.",
                )


RULE = SpecRule(
    Rule(
        "system-name-invalid",
        Severity.ERROR,
        "Every name in a system, stated or made from an id, is spelt as the system wants and not too long.",
        waivable=False,
    ),
    check,
)
