"""The one predicate language: parse it, walk it, reason about it, say it in prose.

A condition is one of `all`, `any`, `not`, `segment`, `tier`, `region`, `icp`, `exists`, or a comparison of one
field by one operator. It is two-valued: a missing value satisfies no comparison, and `not` negates that.
This module knows no spec: what a field is, which values it has, comes in from outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from abmspec.source import Route

Scalar = str | int | float | bool
OPERATORS = (
    "is", "in", "at_least", "at_most", "above", "below", "known", "within", "has_any", "has_all",
)  # fmt: skip
LIST_OPERATORS = frozenset({"in", "has_any", "has_all"})
NUMBER_OPERATORS = frozenset({"at_least", "at_most", "above", "below"})


class Node:
    """Any condition, as one class: what converters of plain data into structs see."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class All(Node):
    """True where every item is."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf(Node):
    """True where at least one item is."""

    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """True where the item is not, a missing value included."""

    item: Condition


@dataclass(frozen=True, slots=True)
class InSegment(Node):
    """True for members of the segment."""

    segment: str


@dataclass(frozen=True, slots=True)
class InTier(Node):
    """True for accounts in one of the tiers."""

    tiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InRegion(Node):
    """True for records of one of the regions, those nested in them included."""

    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FitsIcp(Node):
    """True (or, with `expected` False, false) for accounts that fit the ideal customer profile."""

    expected: bool


@dataclass(frozen=True, slots=True)
class Exists(Node):
    """True where at least `at_least` related records of `object` satisfy `where`."""

    object: str
    where: Condition | None
    at_least: int


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """One field (`account.industry`) by one operator. List operators hold a tuple, in the order written."""

    field: str
    operator: str
    operand: Scalar | tuple[Scalar, ...]


if TYPE_CHECKING:
    Condition = All | AnyOf | Not | InSegment | InTier | InRegion | FitsIcp | Exists | Compare
else:
    # A union of several classes is more than msgspec can convert to; it needs one class and a hook.
    Condition = Node


def parse(data: Any) -> Condition:
    """A condition from its YAML data. ValueError where it is none (the schema says so first, with a place)."""
    if not isinstance(data, dict):
        raise ValueError(f"a condition is a mapping, not {data!r}")
    match data:
        case {"all": list(items)}:
            return All(tuple(parse(item) for item in items))
        case {"any": list(items)}:
            return AnyOf(tuple(parse(item) for item in items))
        case {"not": item}:
            return Not(parse(item))
        case {"segment": str(segment)}:
            return InSegment(segment)
        case {"tier": list(tiers)}:
            return InTier(tuple(tiers))
        case {"region": list(regions)}:
            return InRegion(tuple(regions))
        case {"icp": bool(expected)}:
            return FitsIcp(expected)
        case {"exists": str(object_)}:
            where = data.get("where")
            return Exists(object_, None if where is None else parse(where), data.get("at_least", 1))
        case {"field": str(field)}:
            for operator in OPERATORS:
                if operator in data:
                    operand = data[operator]
                    return Compare(field, operator, tuple(operand) if isinstance(operand, list) else operand)
    raise ValueError(f"not a condition: {data!r}")


def to_data(condition: Condition) -> dict[str, Any]:
    """The YAML data of a condition: `parse(to_data(c)) == c`."""
    match condition:
        case All(items):
            return {"all": [to_data(item) for item in items]}
        case AnyOf(items):
            return {"any": [to_data(item) for item in items]}
        case Not(item):
            return {"not": to_data(item)}
        case InSegment(segment):
            return {"segment": segment}
        case InTier(tiers):
            return {"tier": list(tiers)}
        case InRegion(regions):
            return {"region": list(regions)}
        case FitsIcp(expected):
            return {"icp": expected}
        case Exists(object_, where, at_least):
            data: dict[str, Any] = {"exists": object_}
            if where is not None:
                data["where"] = to_data(where)
            if at_least != 1:
                data["at_least"] = at_least
            return data
        case Compare(field, operator, operand):
            return {"field": field, operator: list(operand) if isinstance(operand, tuple) else operand}


def walk(condition: Condition, route: Route = ()) -> Iterator[tuple[Route, Condition]]:
    """Every condition inside this one, itself first, with its route in the YAML data."""
    yield route, condition
    match condition:
        case All(items):
            for index, item in enumerate(items):
                yield from walk(item, (*route, "all", index))
        case AnyOf(items):
            for index, item in enumerate(items):
                yield from walk(item, (*route, "any", index))
        case Not(item):
            yield from walk(item, (*route, "not"))
        case Exists(_, where, _) if where is not None:
            yield from walk(where, (*route, "where"))
