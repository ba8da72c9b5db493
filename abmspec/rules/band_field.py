"""Bands are of a number."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import NUMBER_TYPES, Picklist
from abmspec.rules.listed import Listed
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import fields_in_use


def check(subject: Subject) -> Iterator[Finding]:
    # Of a list that a derived field is the band of, more is known there.
    derived = {
        field.picklist
        for field in fields_in_use(subject.spec)
        if field.derived is not None and field.derived.band_of
    }
    for whole in subject.lists:
        picklist = whole.picklist
        if picklist.rolls_up_to or picklist.status == "retired":
            continue
        values = [listed for listed in whole.base if listed.value.status == "active"]
        if picklist.bands_of:
            yield from _number(subject, picklist, picklist.id in derived)
            yield from (_boundless(listed) for listed in values if not _is_band(listed))
        elif picklist.id not in derived:
            yield from (_of_nothing(listed) for listed in [each for each in values if _is_band(each)][:1])


def _number(subject: Subject, picklist: Picklist, is_told: bool) -> Iterator[Finding]:
    field = subject.resolved.view(picklist.scope).fields.get(picklist.bands_of)
    if field is not None and field.type not in NUMBER_TYPES and not is_told:
        yield Finding(
            picklist.address,
            picklist.at("bands_of"),
            f"`{picklist.bands_of}` is of type {field.type}, and only numbers fall into bands.",
            "Name a field of type `number`, `currency` or `percent`.",
            ((field.at("type"), "its type"),),
        )


def _is_band(listed: Listed) -> bool:
    return listed.value.from_ is not None or listed.value.to is not None


def _boundless(listed: Listed) -> Finding:
    return Finding(
        listed.address,
        listed.at.key(),
        f"`{listed.id}` is in a list of bands, and neither begins nor ends anywhere.",
        "Add `from:`, `to:` or both.",
    )


def _of_nothing(listed: Listed) -> Finding:
    return Finding(
        listed.address,
        listed.at.child("from" if listed.value.from_ is not None else "to"),
        f"`{listed.id}` has bounds, and its list does not say of which number.",
        "Add `bands_of: account.<field>` to the list, or take `from` and `to` out.",
    )


RULE = SpecRule(Rule("band-field", Severity.ERROR, "A list of bands says of which number they are."), check)
