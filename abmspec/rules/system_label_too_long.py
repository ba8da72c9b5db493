"""Labels fit into the system."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.holdings import Holdings
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    for holdings in subject.holdings.values():
        for address, at, label, longest in _labels(holdings):
            if longest is not None and len(label) > longest:
                yield Finding(
                    address,
                    at,
                    f"{holdings.title} takes labels of {longest} characters here; this one has {len(label)}.",
                    "Shorten it, and say the rest in the description.",
                )


def _labels(holdings: Holdings) -> Iterator[tuple[str, Anchor, str, int | None]]:
    """Every label and text with how long it may be."""
    lists, fields = holdings.kind.lists, holdings.kind.fields
    for held in holdings.lists if lists else ():
        if lists is None:
            continue
        if not held.standard and held.part != "regional":
            yield held.address, held.picklist.at("label"), held.label, lists.list_label
        for option in held.options:
            yield option.address, option.place("label"), option.label, lists.label
            for language, text in option.texts.items():
                yield option.address, option.text_at(language), text, lists.label
    for field in holdings.fields:
        if not field.standard:
            yield field.address, field.field.at("label"), field.label, fields.label
            for language, text in field.texts.items():
                yield field.address, field.text_at(language), text, fields.label


RULE = SpecRule(
    Rule("system-label-too-long", Severity.ERROR, "A label, in whatever language, fits into the system."),
    check,
)
