"""A derived field is computed from what can be computed, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import DATE_TYPES, NUMBER_TYPES, Field, qualified
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import fields_in_use


def check(subject: Subject) -> Iterator[Finding]:
    for field in fields_in_use(subject.spec):
        if field.derived is None:
            continue
        for writer in field.written_by:
            if writer != "derived" and "written_by" not in field.defaulted:
                yield Finding(
                    field.address,
                    field.at("written_by", field.written_by.index(writer)),
                    f"`{field.name}` is derived, and `{writer}` is said to write it as well.",
                    "Say `written_by: [derived]`, or take `derived` out.",
                    ((field.key("derived"), "derived here"),),
                )
        yield from _computed(subject, field)


def _computed(subject: Subject, field: Field) -> Iterator[Finding]:
    derived = field.derived
    assert derived is not None
    view = subject.resolved.view(field.scope)
    if derived.band_of:
        yield from _band(subject, field, qualified(derived.band_of, field.object))
    if derived.count or derived.count_distinct:
        how = "count" if derived.count else "count_distinct"
        if field.type != "number":
            yield _wrong_type(field, how, "number", "number")
    for how, types, what in (("sum", NUMBER_TYPES, "number"), ("latest", DATE_TYPES, "date")):
        name = getattr(derived, how)
        source = view.fields.get(qualified(name, field.object)) if name else None
        if source is None:
            continue
        if source.type not in types:
            yield Finding(
                field.address,
                field.at("derived", how),
                f"`{source.name}` is of type {source.type}; `{how}` needs a {what}.",
                f"Name a field that is a {what}.",
                ((source.at("type"), "its type"),),
            )
        elif field.type not in types:
            yield _wrong_type(field, how, what, source.type)


def _band(subject: Subject, field: Field, number: str) -> Iterator[Finding]:
    view = subject.resolved.view(field.scope)
    if field.type != "picklist":
        yield _wrong_type(field, "band_of", "picklist of bands", "picklist")
        return
    picklist = view.picklist_of(field.name)
    if picklist is not None and number in view.fields and picklist.bands_of != number:
        has = f"bands of `{picklist.bands_of}`" if picklist.bands_of else "values that are no bands"
        yield Finding(
            field.address,
            field.at("derived", "band_of"),
            f"`{field.name}` is to be the band of `{number}`, but its list `{picklist.id}` has {has}.",
            f"Say `bands_of: {number}` in the list, or derive the field from what the list is made for.",
            (
                (
                    picklist.at("bands_of") if picklist.bands_of else picklist.key(),
                    f"the list `{picklist.id}`",
                ),
            ),
        )


def _wrong_type(field: Field, how: str, what: str, type: str) -> Finding:
    return Finding(
        field.address,
        field.at("type"),
        f"`{field.name}` is derived by `{how}`, which gives a {what}, and is of type {field.type}.",
        f"Make it `type: {type}`.",
        ((field.at("derived", how), "derived here"),),
    )


RULE = SpecRule(
    Rule(
        "field-derived",
        Severity.ERROR,
        "A derived field is computed from what can be computed, and by nothing else.",
    ),
    check,
)
