"""Descriptions fit into the system."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.holdings import Holdings
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    for holdings in subject.holdings.values():
        for address, at, length, longest in _too_long(holdings):
            yield Finding(
                address,
                at,
                f"{holdings.title} takes descriptions of {longest} characters here; this one has {length}.",
                "Shorten it; what only the site's readers need can stand in a decision record.",
            )
        yield from _together(holdings)


def _too_long(holdings: Holdings) -> Iterator[tuple[str, Anchor, int, int]]:
    """Every description that is, with how long it may be."""
    lists, fields = holdings.kind.lists, holdings.kind.fields
    of_list = lists.list_description if lists else None
    of_value = lists.description if lists else None
    for held in holdings.lists:
        length = len(held.description)
        if of_list is not None and length > of_list and not held.standard:
            at = held.at.child("description") if held.part == "regional" else held.picklist.at("description")
            yield held.address, at, length, of_list
        for option in held.options if of_value is not None else ():
            if of_value is not None and len(option.description) > of_value:
                yield option.address, option.place("description"), len(option.description), of_value
    for field in holdings.fields:
        length = len(field.description)
        if fields.description is not None and length > fields.description and not field.standard:
            yield field.address, field.field.at("description"), length, fields.description


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
