"""A condition asks a field only what a field of its type can answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from abmspec.condition import Compare, walk
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Field
from abmspec.resolve import Predicate
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor
from abmspec.words import quoted

NUMBERS = ("is", "in", "at_least", "at_most", "above", "below", "known")
TEXTS = ("is", "in", "known")
DATES = ("within", "is", "in", "known")
SEVERAL = ("has_any", "has_all", "in", "is", "known")
# By type: what may be asked, and what the field holds, in words.
ASKED: dict[str, tuple[tuple[str, ...], str]] = {
    "number": (NUMBERS, "a number"),
    "currency": (NUMBERS, "an amount"),
    "percent": (NUMBERS, "a percentage"),
    "date": (DATES, "a date"),
    "datetime": (DATES, "a date and time"),
    "boolean": (("is", "known"), "true or false"),
    "picklist": (TEXTS, "one value of a list"),
    "multipicklist": (SEVERAL, "several values of a list"),
    "reference": (("known",), "a link to another record"),
}


def check(subject: Subject) -> Iterator[Finding]:
    for predicate in subject.conditions:
        fields = subject.resolved.view(predicate.scope).fields
        for route, part in walk(predicate.when):
            if isinstance(part, Compare) and part.field in fields:
                at = predicate.at.child(*route)
                yield from _compared(subject, predicate, fields[part.field], part, at)


def _compared(
    subject: Subject, predicate: Predicate, field: Field, part: Compare, at: Anchor
) -> Iterator[Finding]:
    allowed, holds = ASKED.get(field.type, (TEXTS, "a text"))
    if part.operator not in allowed:
        yield Finding(
            predicate.address,
            at.child(part.operator, on_key=True),
            f"`{field.name}` holds {holds}, of which `{part.operator}` cannot be asked.",
            _mend(subject, predicate, field, allowed),
            ((field.at("type"), f"its type is {field.type}"),),
        )
        return
    if part.operator == "within":
        if "business" in str(part.operand):
            yield Finding(
                predicate.address,
                at.child("within"),
                f"`within: {part.operand}` counts business time, which a condition knows nothing of.",
                "Write minutes, hours, days, weeks, months or years.",
            )
        return
    if part.operator == "known":
        return
    several = isinstance(part.operand, tuple)
    for index, operand in enumerate(part.operands):
        wanted = _wanted(field, operand)
        if wanted:
            yield Finding(
                predicate.address,
                at.child(part.operator, index) if several else at.child(part.operator),
                f"`{field.name}` holds {holds} and is compared with `{_shown(operand)}`, which is none.",
                wanted,
                ((field.at("type"), f"its type is {field.type}"),),
            )


def _mend(subject: Subject, predicate: Predicate, field: Field, allowed: tuple[str, ...]) -> str:
    picklist = subject.resolved.view(predicate.scope).picklist_of(field.name)
    if picklist is not None and picklist.bands_of:
        return f"Ask `{picklist.bands_of}`, or name bands with `in`."
    return f"It may be asked with {quoted(allowed)}."


def _wanted(field: Field, operand: object) -> str:
    """How to write the operand; empty where it is of the field's type."""
    is_number = isinstance(operand, int | float) and not isinstance(operand, bool)
    match field.type:
        case "number" | "currency" | "percent":
            return "" if is_number else "Write a number, without quotes."
        case "boolean":
            return "" if isinstance(operand, bool) else "Write `true` or `false`, without quotes."
        case "date" | "datetime":
            return "" if _is_date(operand) else 'Write a day, as `"2026-03-01"`.'
    return "" if isinstance(operand, str) else f'Write a text, in quotes: `"{_shown(operand)}"`.'


def _is_date(operand: object) -> bool:
    try:
        date.fromisoformat(str(operand)[:10])
    except ValueError:
        return False
    return isinstance(operand, str)


def _shown(operand: object) -> str:
    return str(operand).lower() if isinstance(operand, bool) else str(operand)


RULE = SpecRule(
    Rule(
        "condition-type", Severity.ERROR, "A condition asks a field only what a field of its type can answer."
    ),
    check,
)
