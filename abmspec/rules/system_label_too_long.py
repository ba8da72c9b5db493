"""Labels fit into the system."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.holdings import HeldField, Holdings, Option
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    for holdings in subject.holdings.values():
        for address, at, label, longest in _too_long(holdings):
            yield Finding(
                address,
                at,
                f"{holdings.title} takes labels of {longest} characters here; this one has {len(label)}.",
                "Shorten it, and say the rest in the description.",
            )


def _too_long(holdings: Holdings) -> Iterator[tuple[str, Anchor, str, int]]:
    """Every label and text that is, with how long it may be."""
    lists, fields = holdings.kind.lists, holdings.kind.fields
    for held in holdings.lists:
        longest = lists.list_label if lists and not held.standard and held.part != "regional" else None
        if longest is not None and len(held.label) > longest:
            yield held.address, held.picklist.at("label"), held.label, longest
        longest = lists.label if lists else None
        for option in held.options if longest is not None else ():
            yield from _texts(option, longest or 0)
    for field in holdings.fields if fields.label is not None else ():
        if not field.standard:
            yield from _texts(field, fields.label or 0)


def _texts(thing: Option | HeldField, longest: int) -> Iterator[tuple[str, Anchor, str, int]]:
    if len(thing.label) > longest:
        at = thing.place("label") if isinstance(thing, Option) else thing.field.at("label")
        yield thing.address, at, thing.label, longest
    for language, text in thing.texts.items():
        if len(text) > longest:
            yield thing.address, thing.text_at(language), text, longest


RULE = SpecRule(
    Rule("system-label-too-long", Severity.ERROR, "A label, in whatever language, fits into the system."),
    check,
)
