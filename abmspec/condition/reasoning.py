"""What can be said of conditions without a single record: compare two, simplify one, find what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Literal

from abmspec.condition.diagram import FALSE, TRUE, TooComplex
from abmspec.condition.domain import Domains
from abmspec.condition.normal_form import LIMIT, Space, as_compare
from abmspec.condition.syntax import (
    ALWAYS,
    LIST_OPERATORS,
    NEVER,
    All,
    AnyOf,
    Compare,
    Condition,
    Exists,
    InRegion,
    InTier,
    Not,
    negated,
    to_data,
    walk,
)
from abmspec.source import Route

Verdict = Literal["empty", "always", "sometimes", "unknown"]
Comparison = Literal["same", "narrower", "wider", "overlapping", "disjoint", "unknown"]
# Of a longer list not every item is compared with every other.
MOST_PAIRS = 5_000


def verdict(condition: Condition, domains: Domains, limit: int = LIMIT) -> Verdict:
    """Whether no record at all satisfies it, every record does, or it depends; `unknown` past the bound."""
    try:
        node = Space((condition,), domains, limit).node(condition)
    except TooComplex:
        return "unknown"
    return _verdict(node)


def _verdict(node: int) -> Verdict:
    return "empty" if node == FALSE else "always" if node == TRUE else "sometimes"


@dataclass(frozen=True, slots=True)
class Relation:
    """How the condition after a change stands to the one before, over all records.

    `kind` says it of the one after: `narrower` where it holds for strictly fewer, `disjoint` where both hold for
    some and never together. An empty one is narrower than any that is not.
    """

    kind: Comparison
    before: Verdict
    after: Verdict


def compare(before: Condition, after: Condition, domains: Domains, limit: int = LIMIT) -> Relation:
    """The relation of two conditions: exact, or `unknown` past the bound.

    Segments are taken as they are, each true or false on its own: `expand` them first to look inside. A field
    without a domain is taken to be of the type that its comparisons imply.
    """
    try:
        space = Space((before, after), domains, limit)
        left, right = space.node(before), space.node(after)
        space.diagram.rest()
        if left == right:
            kind: Comparison = "same"
        elif space.diagram.implies(right, left):
            kind = "narrower"
        elif space.diagram.implies(left, right):
            kind = "wider"
        else:
            kind = "disjoint" if space.diagram.both(left, right) == FALSE else "overlapping"
        return Relation(kind, _verdict(left), _verdict(right))
    except TooComplex:
        same = repr(before) == repr(after)
        return Relation(
            "same" if same else "unknown", verdict(before, domains, limit), verdict(after, domains, limit)
        )


# ------------------------------------------------------------------ simplify


def simplify(condition: Condition, domains: Domains, limit: int = LIMIT) -> Condition:
    """A condition of the same meaning without what adds nothing; `ALWAYS` or `NEVER` where it is one of them.

    Nested lists of one kind are made one, double negation goes, so does an item that the others imply. Order is kept.
    Past the bound only the shape is simplified.
    """
    try:
        space = Space((condition,), domains, limit)
    except TooComplex:
        space = None
    return _simplify(condition, space)


def _simplify(condition: Condition, space: Space | None) -> Condition:
    constant = _constant(condition, space)
    if constant is not None:
        return constant
    match condition:
        case All(items):
            return _join(All, [_simplify(item, space) for item in items], space)
        case AnyOf(items):
            return _join(AnyOf, [_simplify(item, space) for item in items], space)
        case Not(item):
            return negated(_simplify(item, space))
        case Exists(object_, where, at_least) if where is not None:
            inner = _simplify(where, space.inner(object_) if space else None)
            return Exists(object_, None if inner == ALWAYS else inner, at_least)
    return condition


def _constant(condition: Condition, space: Space | None) -> Condition | None:
    node = _node(condition, space)
    return {FALSE: NEVER, TRUE: ALWAYS}.get(node) if node is not None else None


def _node(condition: Condition, space: Space | None) -> int | None:
    try:
        return None if space is None else space.node(condition)
    except TooComplex:
        return None


def _join(kind: type[All] | type[AnyOf], items: Sequence[Condition], space: Space | None) -> Condition:
    flat: list[Condition] = []
    for item in items:
        flat.extend(item.items if isinstance(item, kind) else (item,))
    absorbing = NEVER if kind is All else ALWAYS
    if absorbing in flat:
        return absorbing
    distinct = list({repr(item): item for item in flat if item not in (ALWAYS, NEVER)}.values())
    kept = _without_implied(kind, distinct, space)
    return kept[0] if len(kept) == 1 else kind(tuple(kept))


def _without_implied(
    kind: type[All] | type[AnyOf], items: list[Condition], space: Space | None
) -> list[Condition]:
    whole = _node(kind(tuple(items)), space)
    kept = items
    for item in reversed(items):
        rest = [other for other in kept if other is not item]
        if whole is not None and _node(kind(tuple(rest)), space) == whole:
            kept = rest
    return kept


# ------------------------------------------------------------------ problems

ProblemKind = Literal[
    "no-items", "contradiction", "never", "always", "redundant", "duplicate", "repeated-value"
]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with a condition. `other` is the route of the part that it clashes with or repeats.

    - `no-items`: an `all`, `any` or list of values with nothing in it
    - `contradiction`: this part and the other of the same `all` can never both hold
    - `never`, `always`: it holds for no record, for every one, and no smaller part is to blame
    - `redundant`: the other part of the same list makes this one needless
    - `duplicate`: this part means the same as the other
    - `repeated-value`: the value is in the list already, itself or through its parent

    `message` is a sentence without a subject's address, in the terms of the YAML.
    """

    route: Route
    kind: ProblemKind
    message: str
    other: Route | None = None


def problems(condition: Condition, domains: Domains, limit: int = LIMIT) -> tuple[Problem, ...]:
    """Everything that is wrong with the condition by itself, in the order of its routes' parts in `walk`.

    The innermost part to blame is named, once. A single comparison that nothing satisfies is left to whoever checks
    types: its values are not the field's. Past the bound only what needs no reasoning is found.
    """
    found = _Inspection(domains)
    for route, part in walk(condition):
        found.lists(part, route)
    with suppress(TooComplex):
        found.part(condition, (), Space((condition,), domains, limit))
    places = {route: index for index, (route, _) in enumerate(walk(condition))}
    return tuple(sorted(found.problems, key=lambda problem: _place(problem.route, places)))


def _place(route: Route, places: dict[Route, int]) -> tuple[int, str]:
    at = route
    while at not in places:
        at = at[:-1]
    return places[at], repr(route[len(at) :])


class _Inspection:
    """Gathers problems. `part` answers whether the part's being never or always true is accounted for."""

    def __init__(self, domains: Domains) -> None:
        self._domains = domains
        self.problems: list[Problem] = []

    def _add(self, route: Route, kind: ProblemKind, message: str, other: Route | None = None) -> None:
        self.problems.append(Problem(route, kind, message, other))

    def lists(self, part: Condition, route: Route) -> None:
        """Lists without items, values that stand in a list twice."""
        match part:
            case All(()):
                self._add((*route, "all"), "no-items", "`all` with nothing in it holds for every record")
            case AnyOf(()):
                self._add((*route, "any"), "no-items", "`any` with nothing in it holds for no record")
            case InTier(values):
                self._values(part, values, (*route, "tier"))
            case InRegion(values):
                self._values(part, values, (*route, "region"))
            case Compare(_, operator, tuple(values)) if operator in LIST_OPERATORS:
                self._values(part, values, (*route, operator))

    def _values(self, part: InTier | InRegion | Compare, values: Sequence[object], route: Route) -> None:
        if not values:
            self._add(route, "no-items", f"`{route[-1]}` with nothing in it holds for no record")
        places: dict[str, int] = {}
        for index, value in enumerate(values):
            first = places.setdefault(repr(value), index)
            if first != index:
                self._add(
                    (*route, index), "repeated-value", f"`{value}` is in the list twice", (*route, first)
                )
        domain = self._domains.get(as_compare(part).field)
        if domain is None or route[-1] == "has_all":
            return
        for index, value in enumerate(values):
            below = domain.matching((value,)) - {value} if isinstance(value, str) else ()
            for at in sorted(places[repr(child)] for child in below if repr(child) in places):
                message = f"`{values[at]}` is matched by `{value}` already"
                self._add((*route, at), "repeated-value", message, (*route, index))

    def part(self, condition: Condition, route: Route, space: Space) -> bool:
        """Everything that needs reasoning, in this part and below."""
        match condition:
            case All() | AnyOf():
                return self._group(condition, route, space)
            case Not(item):
                return self.part(item, (*route, "not"), space)
            case Exists(object_, where, _) if where is not None:
                accounted = self.part(where, (*route, "where"), space.inner(object_))
                return self._single(condition, route, space) if not accounted else True
            case Exists():
                return self._single(condition, route, space)
        return _node(condition, space) in (FALSE, TRUE)

    def _single(self, condition: Condition, route: Route, space: Space) -> bool:
        node = _node(condition, space)
        if node in (FALSE, TRUE):
            self._constant(route, node)
        return node in (FALSE, TRUE)

    def _constant(self, route: Route, node: int | None) -> None:
        if node == FALSE:
            self._add(route, "never", "holds for no record at all")
        else:
            self._add(route, "always", "holds for every record")

    def _group(self, group: All | AnyOf, route: Route, space: Space) -> bool:
        members = list(_members(group, route))
        for place, item in members:
            self.part(item, place, space)
        node = _node(group, space)
        absorbing = FALSE if isinstance(group, All) else TRUE
        if node is None:
            return False
        if node not in (FALSE, TRUE):
            self._redundant(group, members, space)
            return False
        # A list that is constant otherwise, or through one item, is so through items that were judged already.
        accounted = node != absorbing or any(_node(item, space) == absorbing for _, item in members)
        if not accounted and not self._clashes(group, members, space):
            self._constant(route, node)
        return True

    def _clashes(self, group: All | AnyOf, members: Sequence[tuple[Route, Condition]], space: Space) -> bool:
        """Pairs that already make the whole `all` impossible (or the whole `any` certain)."""
        clashes = False
        for (place, one), (later, other) in islice(combinations(members, 2), MOST_PAIRS):
            node = _node(type(group)((one, other)), space)
            if isinstance(group, All) and node == FALSE:
                message = f"{_text(other)} can never hold together with {_text(one)}"
                self._add(later, "contradiction", message, place)
                clashes = True
            elif isinstance(group, AnyOf) and node == TRUE:
                message = f"{_text(one)} or {_text(other)} holds for every record"
                self._add(later, "always", message, place)
                clashes = True
        return clashes

    def _redundant(
        self, group: All | AnyOf, members: Sequence[tuple[Route, Condition]], space: Space
    ) -> None:
        nodes = [(place, item, _node(item, space)) for place, item in members]
        reported: set[Route] = set()
        for (place, one, node), (later, other, second) in islice(combinations(nodes, 2), MOST_PAIRS):
            if node in (None, FALSE, TRUE) or second in (None, FALSE, TRUE) or {place, later} & reported:
                continue
            if node == second:
                reported.add(later)
                self._add(later, "duplicate", f"means the same as {_text(one)}", place)
                continue
            whole = _node(type(group)((one, other)), space)
            if whole == node:
                reported.add(later)
                self._add(later, "redundant", self._why(group, other, one), place)
            elif whole == second:
                reported.add(place)
                self._add(place, "redundant", self._why(group, one, other), later)

    @staticmethod
    def _why(group: All | AnyOf, needless: Condition, other: Condition) -> str:
        if isinstance(group, All):
            return f"{_text(needless)} adds nothing: {_text(other)} is stricter"
        return f"{_text(needless)} adds nothing: {_text(other)} holds wherever it does"


def _members(group: All | AnyOf, route: Route) -> Iterator[tuple[Route, Condition]]:
    """The items of a list and of the lists of its kind in it, with their routes."""
    key = "all" if isinstance(group, All) else "any"
    for index, item in enumerate(group.items):
        place = (*route, key, index)
        if isinstance(item, type(group)):
            yield from _members(item, place)
        else:
            yield place, item


def _text(condition: Condition) -> str:
    """A part as short as it can be named."""
    match condition:
        case Compare(field, operator, _):
            values = ", ".join(
                str(item).lower() if isinstance(item, bool) else str(item) for item in condition.operands
            )
            return f"`{field} {operator} {values}`"
        case Not(item) if not isinstance(item, All | AnyOf):
            return f"`not` {_text(item)}"
        case All() | AnyOf() | Not() | Exists():
            return f"the `{next(iter(to_data(condition)))}` part"
    (key, value), *_ = to_data(condition).items()
    values = (
        ", ".join(value)
        if isinstance(value, list)
        else str(value).lower()
        if isinstance(value, bool)
        else value
    )
    return f"`{key} {values}`"
