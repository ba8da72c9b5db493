"""A field has the attributes that its type needs, and no others."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import LIST_TYPES, NUMBER_TYPES, Field
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import fields_in_use
from abmspec.words import quoted

TEXTS = ("text", "long-text", "email", "url", "phone")
# By attribute, the types that it belongs to.
BELONGS = {
    "picklist": LIST_TYPES,
    "restricted": LIST_TYPES,
    "detail_of": LIST_TYPES,
    "depends_on": LIST_TYPES,
    "to": ("reference",),
    "length": TEXTS,
    "scale": NUMBER_TYPES,
    "unique": (*TEXTS, "number", "date", "datetime", "reference"),
}


def check(subject: Subject) -> Iterator[Finding]:
    for field in fields_in_use(subject.spec):
        if field.type in LIST_TYPES and not field.picklist and not field.detail_of:
            yield Finding(
                field.address,
                field.at("type"),
                f"`{field.name}` is a {field.type} without a list of values.",
                "Add `picklist:` with the id of a list.",
            )
        if field.type == "reference" and not field.to:
            yield Finding(
                field.address,
                field.at("type"),
                f"`{field.name}` is a reference that leads nowhere.",
                "Add `to:` with an object, as `account`.",
            )
        yield from _misplaced(field)


def _misplaced(field: Field) -> Iterator[Finding]:
    for name, types in BELONGS.items():
        held = getattr(field, name)
        if held not in ("", None) and held is not False and field.type not in types:
            yield Finding(
                field.address,
                field.at(name),
                f"`{name}` means nothing for `{field.name}`, which is of type {field.type}.",
                f"Take it out, or make the type {quoted(types, 'or')}.",
                ((field.at("type"), "its type"),),
            )


RULE = SpecRule(
    Rule("field-type", Severity.ERROR, "A field has the attributes that its type needs, and no others."),
    check,
)
