"""Conditions in plain business English. Nothing is escaped here: whoever prints it does that for its format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from abmspec.condition.syntax import (
    OPPOSITE,
    All,
    AnyOf,
    Compare,
    Condition,
    Exists,
    FitsIcp,
    InRegion,
    InSegment,
    InTier,
    Not,
    Scalar,
)
from abmspec.words import listing, with_article

_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


class Names(Protocol):
    """How things are called where the sentence is read. What it does not know it answers with the id."""

    def field(self, field: str) -> str:
        """A field (`account.industry`): `industry`, as it stands inside a sentence."""

    def value(self, field: str, value: str) -> str:
        """The label of a value of the field."""

    def unit(self, field: str) -> str:
        """What the field's numbers count: an ISO 4217 code, `%`, a plural noun (`days`), or nothing."""

    def segment(self, segment: str) -> str:
        """The segment's label."""

    def tier(self, tier: str) -> str:
        """The tier's label."""

    def region(self, region: str) -> str:
        """The region's label."""

    def object(self, object: str, count: int) -> str:
        """So many of an object: `opportunity` for 1, else `opportunities`."""


def prose(condition: Condition, names: Names) -> str:
    """The condition as one phrase without a full stop: `industry is A or B, employees at least 2,001, and …`."""
    return _phrase(condition, names, negated=False)


def outline(condition: Condition, names: Names) -> list[tuple[int, str]]:
    """The condition as lines with their depth from 0: a line that ends in `:` is about the deeper ones after it."""
    return _outline(condition, names, 0, negated=False)


def _outline(condition: Condition, names: Names, depth: int, *, negated: bool) -> list[tuple[int, str]]:
    match condition:
        case Not(item):
            return _outline(item, names, depth, negated=not negated)
        case All(items) | AnyOf(items) if len(items) > 1:
            if isinstance(condition, All):
                head = "not all of:" if negated else "all of:"
            else:
                head = "none of:" if negated else "any of:"
            return [(depth, head), *(line for item in items for line in _inner(item, names, depth + 1))]
        case All((item,)) | AnyOf((item,)):
            return _outline(item, names, depth, negated=negated)
        case Exists(object_, where, at_least) if isinstance(where, All | AnyOf) and len(where.items) > 1:
            head = f"{_count(object_, at_least, names, negated=negated)} where:"
            return [(depth, head), *_inner(where, names, depth + 1)]
    return [(depth, _phrase(condition, names, negated=negated))]


def _inner(condition: Condition, names: Names, depth: int) -> list[tuple[int, str]]:
    return _outline(condition, names, depth, negated=False)


def _phrase(condition: Condition, names: Names, *, negated: bool) -> str:
    match condition:
        case Not(item):
            return _phrase(item, names, negated=not negated)
        case All(items) | AnyOf(items):
            return _group(condition, items, names, negated=negated)
        case InSegment(segment):
            return f"{'not ' * negated}in segment {names.segment(segment)}"
        case InTier(tiers):
            return f"tier is {_choice([names.tier(tier) for tier in tiers], negated=negated)}"
        case InRegion(regions):
            return f"region is {_choice([names.region(region) for region in regions], negated=negated)}"
        case FitsIcp(expected):
            fits = "fits" if expected is not negated else "does not fit"
            return f"{fits} the ideal customer profile"
        case Exists(object_, where, at_least):
            head = _count(object_, at_least, names, negated=negated)
            return head if where is None else f"{head} where {_item(where, names)}"
        case Compare():
            return _comparison(condition, names, negated=negated)


def _group(group: All | AnyOf, items: Sequence[Condition], names: Names, *, negated: bool) -> str:
    if not items:
        return "always" if isinstance(group, All) is not negated else "never"
    if len(items) == 1:
        return _phrase(items[0], names, negated=negated)
    if negated:
        return f"not ({_group(group, items, names, negated=False)})"
    return _list([_item(item, names) for item in items], "and" if isinstance(group, All) else "or")


def _item(condition: Condition, names: Names) -> str:
    """A part of a longer phrase: in parentheses where it is a list itself."""
    text = _phrase(condition, names, negated=False)
    while isinstance(condition, All | AnyOf) and len(condition.items) == 1:
        condition = condition.items[0]
    several = isinstance(condition, All | AnyOf) and len(condition.items) > 1
    with_condition = isinstance(condition, Exists) and isinstance(condition.where, All | AnyOf)
    return f"({text})" if several and not with_condition else text


def _list(parts: Sequence[str], word: str) -> str:
    """A, B, and C; two parts without a comma only where both are plain."""
    if len(parts) == 1:
        return parts[0]
    plain = not any(mark in part for part in parts for mark in (",", " or ", " and "))
    if len(parts) == 2 and plain:
        return f"{parts[0]} {word} {parts[1]}"
    return f"{', '.join(parts[:-1])}, {word} {parts[-1]}"


def _choice(values: Sequence[str], *, negated: bool) -> str:
    """`A, B or C`; negated `not A`, `none of A, B or C`."""
    if not values:
        return "anything" if negated else "one of nothing"
    if not negated:
        return listing(values, "or")
    return f"not {values[0]}" if len(values) == 1 else f"none of {listing(values, 'or')}"


def _count(object_: str, at_least: int, names: Names, *, negated: bool) -> str:
    one = names.object(object_, 1)
    if at_least == 1:
        return f"has no {one}" if negated else f"has {with_article(one)}"
    amount = "fewer than" if negated else "at least"
    return f"has {amount} {number(at_least)} {names.object(object_, at_least)}"


def _comparison(condition: Compare, names: Names, *, negated: bool) -> str:
    field, operand = names.field(condition.field), condition.operand
    values = [_value(condition.field, item, names) for item in condition.operands]
    match condition.operator:
        case "known":
            return f"{field} is {'known' if bool(operand) is not negated else 'unknown'}"
        case "is" | "in":
            return f"{field} is {_choice(values, negated=negated)}"
        case "within":
            return f"{field} {'not ' * negated}within the last {operand}"
        case "has_any":
            return f"{field} {'does not include' if negated else 'includes'} {listing(values, 'or')}"
        case "has_all":
            every = "all of " if negated and len(values) > 1 else ""
            return f"{field} {'does not include' if negated else 'includes'} {every}{listing(values, 'and')}"
    words = _DATE_ORDER if isinstance(operand, str) else _ORDER
    if negated:
        return f"{field} {words[OPPOSITE[condition.operator]]} {values[0]} or unknown"
    return f"{field} {words[condition.operator]} {values[0]}"


_ORDER = {"at_least": "at least", "at_most": "at most", "above": "above", "below": "below"}
_DATE_ORDER = {"at_least": "on or after", "at_most": "on or before", "above": "after", "below": "before"}


def _value(field: str, value: Scalar, names: Names) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return names.value(field, value)
    unit, text = names.unit(field), number(value)
    if not unit:
        return text
    if unit == "%":
        return f"{text}%"
    currency = _CURRENCY.fullmatch(unit)
    return f"{unit} {text}" if currency else f"{text} {unit}"


def number(value: float) -> str:
    """A number as it is read in English: `2,001`, `0.5`, `50,000,000`."""
    if value % 1 == 0:
        return f"{int(value):,}"
    return f"{value:,}"
