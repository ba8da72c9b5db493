"""What a condition is made of: its parts, its YAML data, what it refers to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from abmspec.source import Route

Scalar = str | int | float | bool
OPERATORS = (
    "is", "in", "at_least", "at_most", "above", "below", "known", "within", "has_any", "has_all",
)  # fmt: skip
LIST_OPERATORS = frozenset({"in", "has_any", "has_all"})
NUMBER_OPERATORS = frozenset({"at_least", "at_most", "above", "below"})
# What holds where one of these does not; a missing value satisfies neither.
OPPOSITE = {"at_least": "below", "below": "at_least", "at_most": "above", "above": "at_most"}


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

    @property
    def operands(self) -> tuple[Scalar, ...]:
        """What it compares with, one by one."""
        return self.operand if isinstance(self.operand, tuple) else (self.operand,)


if TYPE_CHECKING:
    Condition = All | AnyOf | Not | InSegment | InTier | InRegion | FitsIcp | Exists | Compare

else:
    # A union of several classes is more than msgspec can convert to; it needs one class and a hook.
    Condition = Node

ALWAYS: Condition = All(())
NEVER: Condition = AnyOf(())


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
            return _parse_compare(field, data)
    raise ValueError(f"not a condition: {data!r}")


def _parse_compare(field: str, data: dict[str, Any]) -> Compare:
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


def rewritten(
    condition: Condition, change: Callable[[Condition, Route], Condition], route: Route = ()
) -> Condition:
    """The condition with each test in it, related records' too, as `change` makes it of the test and its route."""
    match condition:
        case All(items):
            return All(tuple(rewritten(item, change, (*route, "all", at)) for at, item in enumerate(items)))
        case AnyOf(items):
            return AnyOf(tuple(rewritten(item, change, (*route, "any", at)) for at, item in enumerate(items)))
        case Not(item):
            return Not(rewritten(item, change, (*route, "not")))
        case Exists(object_, where, at_least) if where is not None:
            return Exists(object_, rewritten(where, change, (*route, "where")), at_least)
    return change(condition, route)


def negated(condition: Condition) -> Condition:
    """The condition that holds where this one does not, without a `Not` where there is another way to say it."""
    match condition:
        case Not(item):
            return item
        case FitsIcp(expected):
            return FitsIcp(not expected)
        case Compare(field, "known", bool(operand)):
            return Compare(field, "known", not operand)
        case All(()):
            return NEVER
        case AnyOf(()):
            return ALWAYS
    return Not(condition)


@dataclass(frozen=True, slots=True)
class Reference:
    """One mention of something outside: `route` is where its name stands in the YAML data.

    `id` is the name as written: a field (`account.industry`), a value, a segment, tier or region id, an object.
    A value's `field` is the field that it is compared with.
    """

    kind: Literal["field", "value", "segment", "tier", "region", "object"]
    id: str
    route: Route
    field: str = ""


def references(condition: Condition, route: Route = ()) -> Iterator[Reference]:
    """Everything that the condition names, in the order of `walk`.

    Values are the texts that `is`, `in`, `has_any` and `has_all` compare with; whether the field has a list of
    values at all, the caller knows.
    """
    for place, part in walk(condition, route):
        match part:
            case InSegment(segment):
                yield Reference("segment", segment, (*place, "segment"))
            case InTier(tiers):
                for index, tier in enumerate(tiers):
                    yield Reference("tier", tier, (*place, "tier", index))
            case InRegion(regions):
                for index, region in enumerate(regions):
                    yield Reference("region", region, (*place, "region", index))
            case Exists(object_, _, _):
                yield Reference("object", object_, (*place, "exists"))
            case Compare():
                yield from _compared(part, place)


def _compared(condition: Compare, route: Route) -> Iterator[Reference]:
    field, operator, operand = condition.field, condition.operator, condition.operand
    yield Reference("field", field, (*route, "field"))
    if operator == "is" and isinstance(operand, str):
        yield Reference("value", operand, (*route, "is"), field)
    elif operator in LIST_OPERATORS and isinstance(operand, tuple):
        for index, value in enumerate(operand):
            if isinstance(value, str):
                yield Reference("value", value, (*route, operator, index), field)


def fields(condition: Condition) -> tuple[str, ...]:
    """The names of the fields that it reads, those of related records included, sorted."""
    return tuple(sorted({part.field for _, part in walk(condition) if isinstance(part, Compare)}))


def expand(condition: Condition, segments: Mapping[str, Condition]) -> Condition:
    """The condition with every segment that the mapping knows replaced by its definition, as deep as they nest.

    ValueError, naming the cycle, where a segment is defined by itself.
    """
    return _expand(condition, segments, ())


def _expand(condition: Condition, segments: Mapping[str, Condition], inside: tuple[str, ...]) -> Condition:
    def spell_out(part: Condition, _: Route) -> Condition:
        if not isinstance(part, InSegment) or part.segment not in segments:
            return part
        if part.segment in inside:
            raise ValueError("segments in a circle: " + " → ".join((*inside, part.segment)))
        return _expand(segments[part.segment], segments, (*inside, part.segment))

    return rewritten(condition, spell_out)
