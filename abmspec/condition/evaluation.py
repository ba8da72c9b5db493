"""What a condition means: whether one record satisfies it. Every compiler must match this."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from operator import ge, gt, le, lt
from typing import Any, Protocol

from abmspec.condition.domain import Domain, Domains, Kind
from abmspec.condition.syntax import (
    LIST_OPERATORS,
    NUMBER_OPERATORS,
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
from abmspec.duration import parse_duration

Record = Mapping[str, Any]
Test = Callable[[Any], bool]

_ORDER: dict[str, Callable[[Any, Any], bool]] = {"at_least": ge, "at_most": le, "above": gt, "below": lt}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.*", re.ASCII)


class Lookup(Protocol):
    """What a record alone does not say."""

    @property
    def today(self) -> date | datetime | None:
        """When it is asked: a date stands for its end, a time without a zone is UTC. None: nobody may ask `within`."""

    def domain(self, field: str) -> Domain | None:
        """What the field can hold; None: judged by how it is compared."""

    def segment(self, segment: str, record: Record) -> bool:
        """Whether the record is in the segment."""

    def tier(self, record: Record) -> str:
        """The record's tier, empty if it has none."""

    def regions(self, record: Record) -> Collection[str]:
        """The record's region and all above it; empty if it is in none."""

    def icp(self, record: Record) -> bool:
        """Whether the record fits the ideal customer profile."""

    def related(self, object: str, record: Record) -> Iterable[Record]:
        """The records of that object that belong to this one."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A `Lookup` out of plain data, about one record."""

    today: date | datetime | None = None
    domains: Domains = field(default_factory=dict)
    in_segments: frozenset[str] = frozenset()
    in_tier: str = ""
    in_regions: frozenset[str] = frozenset()
    fits_icp: bool = False
    others: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)

    def domain(self, field: str) -> Domain | None:
        return self.domains.get(field)

    def segment(self, segment: str, record: Record) -> bool:
        return segment in self.in_segments

    def tier(self, record: Record) -> str:
        return self.in_tier

    def regions(self, record: Record) -> Collection[str]:
        return self.in_regions

    def icp(self, record: Record) -> bool:
        return self.fits_icp

    def related(self, object: str, record: Record) -> Iterable[Record]:
        return self.others.get(object, ())


def evaluate(condition: Condition, record: Record, lookup: Lookup) -> bool:
    """Whether the record (field name → value, or list of values) satisfies the condition.

    Missing are: no entry, None, an empty text, an empty list. A missing value satisfies no comparison but
    `known: false`, nor does a value of another type than the field's; `not` negates that. Several values satisfy a
    comparison where one of them does, `has_all` where each operand is met by one. Texts are equal to the letter.
    A date compared with a bare date is compared by its day, in UTC.
    ValueError where `within` is asked without a `today`, or in business time.
    """
    match condition:
        case All(items):
            return all(evaluate(item, record, lookup) for item in items)
        case AnyOf(items):
            return any(evaluate(item, record, lookup) for item in items)
        case Not(item):
            return not evaluate(item, record, lookup)
        case InSegment(segment):
            return lookup.segment(segment, record)
        case InTier(tiers):
            return lookup.tier(record) in tiers
        case InRegion(regions):
            return not set(regions).isdisjoint(lookup.regions(record))
        case FitsIcp(expected):
            return lookup.icp(record) is expected
        case Exists(object_, where, at_least):
            related = lookup.related(object_, record)
            return sum(where is None or evaluate(where, other, lookup) for other in related) >= at_least
        case Compare(name, _, _):
            domain = lookup.domain(name) or Domain(implied_kind(condition) or "text")
            return _compare(condition, _known(record.get(name)), domain, lookup)


def _known(value: Any) -> list[Any]:
    several = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
    return [item for item in several if item is not None and item != ""]


def _compare(condition: Compare, values: list[Any], domain: Domain, lookup: Lookup) -> bool:
    operator, operand = condition.operator, condition.operand
    if operator == "known":
        return bool(values) is operand
    if operator == "within":
        now = _now(lookup.today)
        return domain.kind == "date" and any(is_within(value, str(operand), now) for value in values)
    if operator == "has_all":
        return bool(values) and all(any(map(test, values)) for test in element_tests(condition, domain))
    return any(map(value_test(condition, domain), values))


def implied_kind(condition: Compare) -> Kind | None:
    """The kind of field that a comparison speaks of by itself; None where any would do (`known`)."""
    sample = condition.operand
    if isinstance(sample, tuple):
        sample = sample[0] if sample else ""
    match condition.operator:
        case "known":
            return None
        case "within":
            return "date"
        case "has_any" | "has_all":
            return "choices"
        case operator if operator in NUMBER_OPERATORS:
            return "number" if _is_number(sample) else "date"
    if isinstance(sample, bool):
        return "boolean"
    return "text" if isinstance(sample, str) else "number"


def value_test(condition: Compare, domain: Domain) -> Test:
    """The test that one known value must pass for `is`, `in`, `has_any`, and the four that order."""
    if condition.operator in NUMBER_OPERATORS:
        return _order_test(condition, domain)
    if condition.operator in LIST_OPERATORS or condition.operator == "is":
        return _equality_test(condition.operands, domain)
    raise ValueError(f"`{condition.operator}` is no test of a single value")


def element_tests(condition: Compare, domain: Domain) -> list[Test]:
    """For `has_all`: one test an operand, each to be passed by some value."""
    return [_equality_test((operand,), domain) for operand in condition.operands]


def _equality_test(wanted: tuple[Scalar, ...], domain: Domain) -> Test:
    match domain.kind:
        case "number":
            numbers = {item for item in wanted if _is_number(item)}
            return lambda value: _is_number(value) and value in numbers
        case "boolean":
            truths = {item for item in wanted if isinstance(item, bool)}
            return lambda value: isinstance(value, bool) and value in truths
        case "date":
            spans = [span for item in wanted if (span := time_span(item))]
            return lambda value: any(start <= at < end for at in _instants(value) for start, end in spans)
        case _:
            texts = domain.matching(item for item in wanted if isinstance(item, str))
            return lambda value: isinstance(value, str) and value in texts


def _order_test(condition: Compare, domain: Domain) -> Test:
    operator, bound = condition.operator, condition.operand
    if domain.kind == "number" and _is_number(bound):
        in_order = _ORDER[operator]
        return lambda value: _is_number(value) and in_order(value, bound)
    if domain.kind == "date" and (span := time_span(bound)):
        # By the day means: `at_least` from its start, `above` from its end, and so on.
        first, end = span
        limit = first if operator in ("at_least", "below") else end
        from_limit = operator in ("at_least", "above")
        return lambda value: any((at >= limit) is from_limit for at in _instants(value))
    return lambda value: False


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value  # noqa: PLR0124 (NaN)


def time_span(value: object) -> tuple[datetime, datetime] | None:
    """The stretch that a date names, its end exclusive: a day, or the microsecond of a time. None: no date."""
    match value:
        case datetime():
            start, length = value, timedelta(microseconds=1)
        case date():
            start, length = datetime.combine(value, time()), timedelta(days=1)
        case str() if _DATE.fullmatch(value) or _TIME.fullmatch(value):
            try:
                start = datetime.fromisoformat(value)
            except ValueError:
                return None
            length = timedelta(days=1) if len(value) == 10 else timedelta(microseconds=1)
        case _:
            return None
    try:
        start = start.replace(tzinfo=UTC) if start.tzinfo is None else start.astimezone(UTC)
        return start, start + length
    except OverflowError:
        return None


def _instants(value: object) -> tuple[datetime, ...]:
    span = time_span(value)
    return span[:1] if span else ()


def _now(today: date | datetime | None) -> datetime:
    span = time_span(today)
    if span is None:
        raise ValueError("`within` needs to know what day it is")
    return span[0] if isinstance(today, datetime) else span[1] - timedelta(microseconds=1)


def is_within(value: object, text: str, now: datetime) -> bool:
    """Whether a date lies in the duration before `now`: never after it, and days or longer count from the day's start.

    ValueError for business time and for a text that is no duration.
    """
    duration = parse_duration(text)
    if duration.unit not in ("minute", "hour"):
        start = duration.before(datetime.combine(now.date(), time(), tzinfo=UTC))
    else:
        start = duration.before(now)
    return any(start <= at <= now for at in _instants(value))
