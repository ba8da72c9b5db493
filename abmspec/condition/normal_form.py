"""The bounded normal form: conditions as decision diagrams over the cells that their comparisons tell apart.

A field's values fall into finitely many cells: two values that no comparison at hand tells apart share one. Cells are
found by trying the very tests that `evaluate` makes on a sample value of each, so that both mean the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cmp_to_key
from itertools import combinations, pairwise
from typing import Any, Protocol

from abmspec.condition.diagram import FALSE, TRUE, Diagram, TooComplex
from abmspec.condition.domain import REGION, TIER, Domain, Domains
from abmspec.condition.evaluation import Test, element_tests, implied_kind, time_span, value_test
from abmspec.condition.syntax import (
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
    negated,
)
from abmspec.duration import Duration, parse_duration

LIMIT = 20_000
MOST_LEVELS = 200
MOST_GROUPS = 64
HIGHEST_COUNT = 50
MOST_TESTS = 200_000

_UNSAID = "\N{NULL}any other"


class Space:
    """All records, as far as these conditions tell them apart.

    Raises `TooComplex`, here and in `node`, where the bound would be passed or a question has no exact answer:
    comparisons of one field without a domain that disagree on its type; durations such as 30 days and 1 month,
    whose order depends on the day; several dates that are each compared both with now and with the calendar.
    """

    def __init__(self, conditions: Iterable[Condition], domains: Domains, limit: int = LIMIT) -> None:
        self.diagram = Diagram(limit)
        self._levels = 0
        self._switches: dict[str, int] = {}
        self._fields: dict[str, _Field] = {}
        self._related: dict[str, _Related] = {}
        self._compared: dict[int, tuple[Condition, int]] = {}
        self.entangled = 0
        compares: dict[str, list[Compare]] = {}
        exists: dict[str, list[Exists]] = {}
        order: list[tuple[str, str]] = []
        for part in _parts(conditions):
            match part:
                case Compare(name):
                    key = ("field", name)
                    compares.setdefault(name, []).append(part)
                case Exists(name):
                    key = ("exists", name)
                    exists.setdefault(name, []).append(part)
                case InSegment(name):
                    key = ("switch", f"segment {name}")
                case _:
                    key = ("switch", "icp")
            order.append(key)
        for kind, name in dict.fromkeys(order):
            if kind == "field":
                self._fields[name] = self._field(compares[name], domains)
            elif kind == "exists":
                self._related[name] = _Related(self, exists[name], domains, limit)
            else:
                self._switches[name] = self.take_levels(1)
        if self.entangled > 1:
            raise TooComplex

    def take_levels(self, count: int) -> int:
        """Room for so many more variables: the level of the first."""
        first = self._levels
        self._levels += count
        if self._levels > MOST_LEVELS:
            raise TooComplex
        return first

    def _field(self, compares: list[Compare], domains: Domains) -> _Field:
        domain = domains.get(compares[0].field) or _implied_domain(compares)
        kind = _Several if domain.kind == "choices" else _Single
        return kind(self, domain, compares)

    def node(self, condition: Condition) -> int:
        """The diagram's node of a condition that is made of parts of those the space was built for."""
        self.diagram.rest()
        return self._node(condition)

    def _node(self, condition: Condition) -> int:
        diagram = self.diagram
        match condition:
            case All(items):
                node = TRUE
                for item in items:
                    node = diagram.both(node, self._node(item))
                return node
            case AnyOf(items):
                node = FALSE
                for item in items:
                    node = diagram.either(node, self._node(item))
                return node
            case Not(item):
                return diagram.negation(self._node(item))
            case InSegment(segment):
                return diagram.literal(self._switches[f"segment {segment}"], 2, (1,))
            case FitsIcp(expected):
                return diagram.literal(self._switches["icp"], 2, (int(expected),))
            case Exists(object_, _, _):
                return self._related[object_].node(condition)
            case InTier() | InRegion() | Compare():
                # By identity: `is: 1` and `is: true` are equal in Python, and not the same question.
                kept = self._compared.get(id(condition))
                if kept is None:
                    compare = as_compare(condition)
                    kept = self._compared[id(condition)] = (
                        condition,
                        self._fields[compare.field].node(compare),
                    )
                return kept[1]

    def inner(self, object_: str) -> Space:
        """The space of the related records of an object."""
        return self._related[object_].space


def as_compare(condition: InTier | InRegion | Compare) -> Compare:
    """A test of tier or region as the comparison of a field of that name."""
    match condition:
        case InTier(tiers):
            return Compare(TIER, "in", tiers)
        case InRegion(regions):
            return Compare(REGION, "in", regions)
    return condition


def _parts(conditions: Iterable[Condition]) -> Iterator[Compare | InSegment | FitsIcp | Exists]:
    """Everything but the connectives, not what is said of related records."""
    for condition in conditions:
        match condition:
            case All(items) | AnyOf(items):
                yield from _parts(items)
            case Not(item):
                yield from _parts((item,))
            case InTier() | InRegion():
                yield as_compare(condition)
            case _:
                yield condition


def _implied_domain(compares: Sequence[Compare]) -> Domain:
    kinds = {kind for compare in compares if (kind := implied_kind(compare))}
    if kinds == {"text", "choices"}:
        return Domain("choices")
    if len(kinds) > 1:
        raise TooComplex
    return Domain(kinds.pop() if kinds else "text")


class _Field(Protocol):
    def node(self, compare: Compare) -> int:
        """The records that satisfy the comparison."""


class _Single:
    """A field of one value: a variable of the cells *missing* and one for every kind of value told apart.

    How long before now a date lies is a variable of its own, for now may be any time.
    """

    def __init__(self, space: Space, domain: Domain, compares: Sequence[Compare]) -> None:
        self._diagram = space.diagram
        self._domain = domain
        self._level = space.take_levels(1)
        tests = [
            _single_test(compare, domain)
            for compare in compares
            if compare.operator not in ("known", "within")
        ]
        self._samples = _told_apart(_samples(domain, compares), tests)
        self._ages = _ranks(compares) if domain.kind == "date" else {}
        if self._ages:
            self._age_level = space.take_levels(1)
            by_the_hour = any(duration.unit in ("minute", "hour") for duration in self._ages)
            space.entangled += bool(tests) or (domain.whole and by_the_hour)

    def node(self, compare: Compare) -> int:
        known = self._cells(lambda value: True)
        if compare.operator == "known":
            return known if compare.operand else self._diagram.negation(known)
        if compare.operator != "within":
            return self._cells(_single_test(compare, self._domain))
        if not self._ages:
            return FALSE
        rank = self._ages[parse_duration(str(compare.operand))]
        # The cells of age: up to the shortest duration, …, up to the longest, and before that or in the future.
        recent = self._diagram.literal(self._age_level, max(self._ages.values()) + 2, range(rank + 1))
        return self._diagram.both(known, recent)

    def _cells(self, test: Test) -> int:
        met = {cell for cell, value in enumerate(self._samples, 1) if test(value)}
        return self._diagram.literal(self._level, len(self._samples) + 1, met)


class _Several:
    """A field of several values: for every kind of value told apart, whether one of it is there."""

    def __init__(self, space: Space, domain: Domain, compares: Sequence[Compare]) -> None:
        self._diagram = space.diagram
        self._domain = domain
        tests = [test for compare in compares for test in self._tests(compare)]
        self._samples = _told_apart(_samples(domain, compares), tests)
        self._level = space.take_levels(len(self._samples))

    def _tests(self, compare: Compare) -> list[Test]:
        if compare.operator in ("known", "within"):
            return []
        if compare.operator == "has_all":
            return element_tests(compare, self._domain)
        return [value_test(compare, self._domain)]

    def node(self, compare: Compare) -> int:
        known = self._some(lambda value: True)
        if compare.operator == "known":
            return known if compare.operand else self._diagram.negation(known)
        if compare.operator == "within":
            return FALSE
        node = known
        for test in self._tests(compare):
            node = self._diagram.both(node, self._some(test))
        return node

    def _some(self, test: Test) -> int:
        node = FALSE
        for level, value in enumerate(self._samples, self._level):
            if test(value):
                node = self._diagram.either(node, self._diagram.literal(level, 2, (1,)))
        return node


def _single_test(compare: Compare, domain: Domain) -> Test:
    if compare.operator == "has_all":
        tests = element_tests(compare, domain)
        return lambda value: all(test(value) for test in tests)
    return value_test(compare, domain)


def _told_apart(samples: Sequence[Any], tests: Sequence[Test]) -> list[Any]:
    """One of the samples for each pattern of answers to the tests."""
    if len(samples) * len(tests) > MOST_TESTS:
        raise TooComplex
    cells: dict[tuple[bool, ...], Any] = {}
    for sample in samples:
        cells.setdefault(tuple(test(sample) for test in tests), sample)
    return list(cells.values())


# ------------------------------------------------------------------ samples of values


def _samples(domain: Domain, compares: Sequence[Compare]) -> Sequence[Any]:
    """Values of the domain, at least one of every cell that the comparisons can make."""
    mentioned = [
        item
        for compare in compares
        if compare.operator not in ("known", "within")
        for item in compare.operands
    ]
    match domain.kind:
        case "boolean":
            return (True, False)
        case "number":
            numbers = [item for item in mentioned if isinstance(item, int | float) and not math.isnan(item)]
            return _whole_samples(numbers) if domain.whole else _dense_samples(numbers)
        case "date":
            spans = [span for item in mentioned if (span := time_span(item))]
            edges = sorted({edge for span in spans for edge in span})
            return _day_samples(edges) if domain.whole else _time_samples(edges)
    texts = domain.matching(item for item in mentioned if isinstance(item, str))
    if domain.values is None:
        return [*sorted(texts - {""}), _UNSAID]
    unsaid = next((value for value in domain.values if value and value not in texts), None)
    return [value for value in domain.values if value and value in texts] + [unsaid] * (unsaid is not None)


def _whole_samples(bounds: Sequence[float]) -> list[int]:
    found = {0}
    for bound in bounds:
        if math.isfinite(bound):
            below, above = math.floor(bound), math.ceil(bound)
            found |= {below - 1, below, above, above + 1}
    return sorted(found)


def _dense_samples(bounds: Sequence[float]) -> list[float]:
    edges = sorted(set(bounds))
    if not edges:
        return [0]
    samples = [*edges]
    for low, high in ((-math.inf, edges[0]), *pairwise(edges), (edges[-1], math.inf)):
        samples.extend([value for value in _between(low, high) if low < value < high][:1])
    return samples


def _between(low: float, high: float) -> Iterator[float]:
    """Candidates for a number between the two."""
    for edge, outward, step in ((low, math.inf, 1), (high, -math.inf, -1)):
        if not math.isfinite(edge):
            continue
        yield edge + step
        if abs(edge) < 1 << 1000:
            yield math.nextafter(float(edge), outward)
    yield 0


def _day_samples(edges: Sequence[datetime]) -> list[date]:
    found = set()
    for edge in edges:
        for days in (-1, 0, 1):
            found.add(_moved(edge, days).date())
    return sorted(found) or [date(2000, 1, 1)]


def _time_samples(edges: Sequence[datetime]) -> list[datetime]:
    if not edges:
        return [datetime(2000, 1, 1)]  # noqa: DTZ001 (stands for any)
    between = [low + (high - low) / 2 for low, high in pairwise(edges)]
    return sorted({*edges, *between, _moved(edges[0], -1), _moved(edges[-1], 1)})


def _moved(moment: datetime, days: int) -> datetime:
    try:
        return moment + timedelta(days=days)
    except OverflowError:
        return moment


def _ranks(compares: Sequence[Compare]) -> dict[Duration, int]:
    """Every duration that a date is compared with, and its place from the shortest, equal ones at the same."""
    try:
        durations = {
            parse_duration(str(compare.operand)) for compare in compares if compare.operator == "within"
        }
    except ValueError:
        raise TooComplex from None
    for one, other in combinations(durations, 2):
        _by_length(one, other)
    ranks: dict[Duration, int] = {}
    last: Duration | None = None
    for duration in sorted(durations, key=cmp_to_key(_by_length)):
        ranks[duration] = 0 if last is None else ranks[last] + (_by_length(last, duration) != 0)
        last = duration
    return ranks


def _by_length(one: Duration, other: Duration) -> int:
    """Which one reaches back further, whatever the day: negative, zero or positive. `TooComplex` where it depends."""
    if one.business or other.business:
        raise TooComplex
    if one.months is not None and other.months is not None:
        return one.months - other.months
    least, most = _reach(one)
    other_least, other_most = _reach(other)
    if one.months is other.months and most - least == other_most - other_least:
        return (least > other_least) - (least < other_least)
    if most <= other_least:
        return -1
    if other_most <= least:
        return 1
    raise TooComplex


def _reach(duration: Duration) -> tuple[timedelta, timedelta]:
    """The shortest and the longest time by which its start can lie before now. From days up it is a day's start."""
    day = timedelta(days=1)
    if duration.fixed is None:
        # A run of months is never more than three days off its mean length.
        mean = timedelta(hours=duration.hours)
        return mean - 3 * day, mean + 4 * day
    return duration.fixed, duration.fixed + day * (duration.unit in ("day", "week"))


# ------------------------------------------------------------------ related records


@dataclass(frozen=True, slots=True)
class _Group:
    """Related records that satisfy the same of the conditions asked: `met` are those conditions' nodes."""

    level: int
    met: frozenset[int]


class _Related:
    """The related records of one object: for each group of them that the conditions tell apart, how many there are.

    Counts beyond the highest that is asked for are one cell.
    """

    def __init__(self, space: Space, exists: Sequence[Exists], domains: Domains, limit: int) -> None:
        self._diagram = space.diagram
        wheres = [_where(condition) for condition in exists]
        self.space = Space(wheres, domains, limit)
        space.entangled += 2 * self.space.entangled
        nodes = list(dict.fromkeys(self.space.node(where) for where in wheres))
        kinds = [met for met in _groups(self.space.diagram, nodes) if met]
        first = space.take_levels(len(kinds))
        self._groups = tuple(_Group(level, met) for level, met in enumerate(kinds, first))
        asked = sorted({max(0, condition.at_least) for condition in exists} | {0})
        if len(kinds) > 1:
            if asked[-1] > HIGHEST_COUNT:
                raise TooComplex
            asked = list(range(asked[-1] + 1))
        self._counts = asked

    def node(self, condition: Exists) -> int:
        where = self.space.node(_where(condition))
        return self._at_least(0, condition.at_least, where, {})

    def _at_least(self, index: int, wanted: int, where: int, known: dict[tuple[int, int], int]) -> int:
        if wanted <= 0:
            return TRUE
        if index == len(self._groups):
            return FALSE
        key = (index, wanted)
        if key not in known:
            group = self._groups[index]
            branches = []
            for count in self._counts:
                left = wanted - count if where in group.met else wanted
                branches.append(self._at_least(index + 1, left, where, known))
            known[key] = self._diagram.choice(group.level, tuple(branches))
        return known[key]


def _where(condition: Exists) -> Condition:
    return condition.where if condition.where is not None else All(())


def _groups(diagram: Diagram, nodes: Sequence[int]) -> list[frozenset[int]]:
    """Which of the functions can be true together, the others being false."""
    groups: list[tuple[int, frozenset[int]]] = [(TRUE, frozenset())]
    for node in nodes:
        split = []
        for area, met in groups:
            inside, outside = diagram.both(area, node), diagram.both(area, diagram.negation(node))
            split += [(inside, met | {node})] * (inside != FALSE)
            split += [(outside, met)] * (outside != FALSE)
        if len(split) > MOST_GROUPS:
            raise TooComplex
        groups = split
    return [met for _, met in groups]


# ------------------------------------------------------------------ alternatives

Literal = Condition
MOST_ALTERNATIVES = 512


def alternatives(condition: Condition, limit: int = MOST_ALTERNATIVES) -> tuple[tuple[Literal, ...], ...]:
    """The condition as an OR of ANDs, for systems that know nothing else.

    Every literal is a comparison or another test, or a `Not` around one. An alternative that is only stricter than
    another is left out, and one that asks for a literal and its opposite. No alternative at all: never true; one
    without a literal: always true.
    `TooComplex` (a ValueError) where there would be more than about `limit`.
    """
    found = _alternatives(condition, positive=True, limit=limit)
    return tuple(tuple(literals.values()) for literals in found)


# By their text: `Compare("f", "is", 1)` and `Compare("f", "is", True)` are equal to Python.
_Literals = dict[str, Literal]


def _alternatives(condition: Condition, *, positive: bool, limit: int) -> list[_Literals]:
    match condition:
        case Not(item):
            return _alternatives(item, positive=not positive, limit=limit)
        case All(items) | AnyOf(items):
            parts = [_alternatives(item, positive=positive, limit=limit) for item in items]
            if isinstance(condition, All) is positive:
                found: list[_Literals] = [{}]
                for part in parts:
                    if len(found) * len(part) > 8 * limit:
                        raise TooComplex
                    joined = [one | other for one in found for other in part]
                    found = _without_stricter([one for one in joined if not _contradictory(one)], limit)
                return found
            return _without_stricter([literals for part in parts for literals in part], limit)
    literal = condition if positive else negated(condition)
    return [{repr(literal): literal}]


def _contradictory(literals: _Literals) -> bool:
    return any(repr(negated(literal)) in literals for literal in literals.values())


def _without_stricter(found: list[_Literals], limit: int) -> list[_Literals]:
    kept: list[_Literals] = []
    for literals in found:
        if any(other.keys() <= literals.keys() for other in kept):
            continue
        kept = [other for other in kept if not literals.keys() <= other.keys()]
        kept.append(literals)
    if len(kept) > limit:
        raise TooComplex
    return kept
