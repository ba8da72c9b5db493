"""Descriptions fit into the system."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.holdings import Holdings
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    for holdings in subject.holdings.values():
        for address, at, length, longest in _descriptions(holdings):
            if longest is not None and length > longest:
                yield Finding(
                    address,
                    at,
                    f"{holdings.title} takes descriptions of {longest} characters here; this one has {length}.",
                    "Shorten it; what only the site's readers need can stand in a decision record.",
                )
        yield from _together(holdings)


def _descriptions(holdings: Holdings) -> Iterator[tuple[str, Anchor, int, int | None]]:
    lists, fields = holdings.kind.lists, holdings.kind.fields
    for held in holdings.lists if lists else ():
        if lists is None:
            continue
        if not held.standard and held.part != "regional":
            at = held.picklist.at("description")
            yield held.address, at, len(held.description), lists.list_description
        for option in held.options:
            yield option.address, option.place("description"), len(option.description), lists.description
    for field in holdings.fields:
        if not field.standard:
            at = field.field.at("description")
            yield field.address, at, len(field.description), fields.description
            if field.options is not None and field.options.part == "regional" and lists is not None:
                yield field.address, at, len(field.description), lists.list_description


def _together(holdings: Holdings) -> Iterator[Finding]:
    """Systems that count an option's label, key and description as one."""
    longest = holdings.kind.lists.text if holdings.kind.lists else None
    for held in holdings.lists if longest is not None else ():
        for option in held.options:
            length = len(option.label) + len(option.key) + len(option.description)
            if longest is not None and length > longest:
                yield Finding(
                    option.address,
                    option.place("description"),
                    f"{holdings.title} takes {longest} characters for an option's label, key and description "
                    f"together; these have {length}.",
                    "Shorten the description.",
                )


RULE = SpecRule(
    Rule("system-description-too-long", Severity.ERROR, "A description fits into the system."),
    check,
)
