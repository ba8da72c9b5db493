"""Reasoning about conditions against brute force: every record of a small world, asked one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import combinations, combinations_with_replacement, product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from abmspec.condition import (
    All,
    AnyOf,
    Compare,
    Condition,
    Domain,
    Exists,
    Facts,
    FitsIcp,
    InRegion,
    InSegment,
    InTier,
    Not,
    Replacement,
    TooComplex,
    alternatives,
    compare,
    evaluate,
    expand,
    parse,
    problems,
    references,
    simplify,
    substitute,
    to_data,
    verdict,
    walk,
)

DOMAINS = {
    "account.industry": Domain("choice", ("fin", "tech", "emea-fintech"), {"fin": ("emea-fintech",)}),
    "account.products": Domain("choices", ("a", "b", "emea-a"), {"a": ("emea-a",)}),
    "account.employees": Domain("number", whole=True),
    "account.revenue": Domain("number"),
    "account.name": Domain("text"),
    "account.target": Domain("boolean"),
    "account.founded": Domain("date", whole=True),
    "account.touched": Domain("date"),
    "opportunity.stage": Domain("choice", ("open", "won")),
    "opportunity.amount": Domain("number", whole=True),
    "tier": Domain("choice", ("t1", "t2")),
    "region": Domain("choice", ("emea", "dach"), {"emea": ("dach",)}),
}
NOW = dt.datetime(2026, 6, 15, 12, tzinfo=dt.UTC)
DAYS = [dt.date(2026, 1, 1) + dt.timedelta(days) for days in range(-2, 5)]
TIMES = [dt.datetime.combine(day, dt.time(hour)) for day in DAYS for hour in (0, 10, 11)]
AGES = [dt.timedelta(hours=hours) for hours in (-1, 1, 2, 3, 30, 24 * 6, 24 * 9, 24 * 40, 24 * 500)]
# Every value that the drawn comparisons can tell apart, and missing ones.
WORLD: dict[str, list[Any]] = {
    "account.industry": [None, "fin", "tech", "emea-fintech"],
    "account.products": [
        list(some) for size in range(4) for some in combinations(("a", "b", "emea-a"), size)
    ],
    "account.employees": [None, *range(-1, 7)],
    "account.revenue": [None, *(half / 2 for half in range(-1, 12)), 0.25, 0.75],
    "account.name": [None, "x", "y", "z"],
    "account.target": [None, True, False],
    "account.founded": [None, *DAYS],
    "account.touched": [None, *TIMES],
}


def field(
    name: str, values: st.SearchStrategy[Any], operators: Iterable[str]
) -> st.SearchStrategy[Condition]:
    def comparison(operator: str) -> st.SearchStrategy[Condition]:
        if operator == "known":
            return st.builds(Compare, st.just(name), st.just(operator), st.booleans())
        operand = values
        if operator in ("in", "has_any", "has_all"):
            operand = st.lists(values, min_size=1, max_size=3).map(tuple)
        return st.builds(Compare, st.just(name), st.just(operator), operand)

    return st.sampled_from([*operators, "known"]).flatmap(comparison)


ORDER = ("at_least", "at_most", "above", "below")
INDUSTRY = field(
    "account.industry", st.sampled_from(["fin", "tech", "emea-fintech", "no"]), ("is", "in", "has_all")
)
PRODUCTS = field(
    "account.products", st.sampled_from(["a", "b", "emea-a", "no"]), ("is", "in", "has_any", "has_all")
)
EMPLOYEES = field(
    "account.employees", st.sampled_from([0, 1, 2, 2.5, 4, 5, "x", True]), (*ORDER, "is", "in")
)  # fmt: skip
REVENUE = field("account.revenue", st.sampled_from([0, 0.5, 1, 2, 4.5]), (*ORDER, "is", "in"))
NAME = field("account.name", st.sampled_from(["x", "y", "", 3]), ("is", "in", "has_any", "at_least"))
TARGET = field("account.target", st.sampled_from([True, False, 1]), ("is", "in"))
DAY = st.sampled_from(["2026-01-01", "2026-01-02", "2026-01-03"])
FOUNDED = field("account.founded", DAY | st.just("2026-01-02T10:00:00Z"), (*ORDER, "is", "in"))
TOUCHED = field("account.touched", DAY | st.just("2026-01-02T10:00:00Z"), (*ORDER, "is", "in"))
RECENT = field(
    "account.touched",
    st.sampled_from(["2 hours", "120 minutes", "7 days", "1 week", "1 month", "1 year"]),
    ("within",),
)


def nested(leaves: st.SearchStrategy[Condition], size: int = 8) -> st.SearchStrategy[Condition]:
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(All, st.lists(inner, max_size=3).map(tuple)),
            st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
            st.builds(Not, inner),
        ),
        max_leaves=size,
    )


def records(*conditions: Condition) -> Iterator[dict[str, Any]]:
    names = sorted({part.field for c in conditions for _, part in walk(c) if isinstance(part, Compare)})
    for values in product(*(WORLD[name] for name in names)):
        yield dict(zip(names, values, strict=True))


Truth = list[bool]


def truths(condition: Condition, *others: Condition) -> Truth:
    return [evaluate(condition, one, Facts(domains=DOMAINS)) for one in records(condition, *others)]


def verdict_of(truth: Truth) -> str:
    return "always" if all(truth) else "sometimes" if any(truth) else "empty"


def relation_of(before: Truth, after: Truth) -> str:
    if before == after:
        return "same"
    pairs = set(zip(before, after, strict=True))
    if (False, True) not in pairs:
        return "narrower"
    if (True, False) not in pairs:
        return "wider"
    return "overlapping" if (True, True) in pairs else "disjoint"


def agrees(before: Condition, after: Condition, one: Truth, other: Truth) -> None:
    relation = compare(before, after, DOMAINS)
    assert relation.kind == relation_of(one, other)
    assert relation.before == verdict_of(one) == verdict(before, DOMAINS)
    assert relation.after == verdict_of(other) == verdict(after, DOMAINS)


KINDS = [INDUSTRY, PRODUCTS, EMPLOYEES, REVENUE, NAME, TARGET, FOUNDED, TOUCHED]


@pytest.mark.parametrize("leaves", KINDS, ids=list(WORLD))
def test_one_field_is_judged_exactly(leaves: st.SearchStrategy[Condition]) -> None:
    @settings(max_examples=150, deadline=None)
    @given(nested(leaves), nested(leaves))
    def check(before: Condition, after: Condition) -> None:
        agrees(before, after, truths(before, after), truths(after, before))

    check()


MIXED = nested(INDUSTRY | PRODUCTS | EMPLOYEES | TARGET)


@settings(max_examples=250, deadline=None)
@given(MIXED, MIXED)
def test_several_fields_are_judged_exactly(before: Condition, after: Condition) -> None:
    agrees(before, after, truths(before, after), truths(after, before))


@settings(max_examples=250, deadline=None)
@given(MIXED)
def test_what_is_simplified_means_the_same(condition: Condition) -> None:
    simple = simplify(condition, DOMAINS)
    for record in records(condition):
        facts = Facts(domains=DOMAINS)
        assert evaluate(simple, record, facts) == evaluate(condition, record, facts)
    assert len(list(walk(simple))) <= len(list(walk(condition)))
    assert simplify(simple, DOMAINS) == simple


@settings(max_examples=150, deadline=None)
@given(nested(RECENT), nested(RECENT))
def test_recent_dates_are_judged_exactly(before: Condition, after: Condition) -> None:
    ages: list[dict[str, Any]] = [{}, *({"account.touched": NOW - age} for age in AGES)]
    facts = Facts(today=NOW, domains=DOMAINS)
    one = [evaluate(before, record, facts) for record in ages]
    other = [evaluate(after, record, facts) for record in ages]
    agrees(before, after, one, other)


@settings(max_examples=150, deadline=None)
@given(nested(RECENT | TOUCHED), nested(RECENT | TOUCHED))
def test_dates_in_the_calendar_and_before_now_together(before: Condition, after: Condition) -> None:
    worlds = [(None, NOW), *((time, time.replace(tzinfo=dt.UTC) + age) for time in TIMES for age in AGES)]
    one, other = (
        [evaluate(c, {"account.touched": time}, Facts(today=now, domains=DOMAINS)) for time, now in worlds]
        for c in (before, after)
    )
    agrees(before, after, one, other)


STAGE = field("opportunity.stage", st.sampled_from(["open", "won"]), ("is", "in"))
AMOUNT = field("opportunity.amount", st.sampled_from([1, 2]), ("at_least", "below"))
EXISTS = st.builds(
    Exists,
    st.just("opportunity"),
    st.none() | nested(STAGE | AMOUNT, 3),
    st.integers(min_value=0, max_value=2),
)
OPPORTUNITIES = [
    {"opportunity.stage": stage, "opportunity.amount": amount}
    for stage in (None, "open", "won")
    for amount in (None, 0, 1, 2)
]
PORTFOLIOS = [some for size in range(4) for some in combinations_with_replacement(OPPORTUNITIES, size)]


@settings(max_examples=100, deadline=None)
@given(nested(EXISTS, 3), nested(EXISTS, 2))
def test_related_records_are_judged_exactly(before: Condition, after: Condition) -> None:
    # Four thresholds of up to 2 ask for as many as this in one portfolio, and no more.
    assume(
        sum(part.at_least for c in (before, after) for _, part in walk(c) if isinstance(part, Exists)) <= 3
    )
    one, other = (
        [evaluate(c, {}, Facts(domains=DOMAINS, others={"opportunity": some})) for some in PORTFOLIOS]
        for c in (before, after)
    )
    agrees(before, after, one, other)


SWITCHES = st.one_of(
    st.builds(InSegment, st.sampled_from(["s1", "s2"])),
    st.builds(InTier, st.lists(st.sampled_from(["t1", "t2", "no"]), max_size=2).map(tuple)),
    st.builds(InRegion, st.lists(st.sampled_from(["emea", "dach"]), max_size=2).map(tuple)),
    st.builds(FitsIcp, st.booleans()),
)
REGIONS = [frozenset(some) for some in ((), ("emea",), ("dach", "emea"))]
SEGMENTS = [frozenset(some) for some in ((), ("s1",), ("s2",), ("s1", "s2"))]
STANDINGS = [
    Facts(domains=DOMAINS, in_segments=segments, in_tier=tier, in_regions=regions, fits_icp=icp)
    for segments in SEGMENTS
    for tier in ("", "t1", "t2")
    for regions in REGIONS
    for icp in (True, False)
]


@settings(max_examples=150, deadline=None)
@given(nested(SWITCHES), nested(SWITCHES))
def test_segments_tiers_and_regions_are_judged_exactly(before: Condition, after: Condition) -> None:
    one, other = ([evaluate(c, {}, facts) for facts in STANDINGS] for c in (before, after))
    agrees(before, after, one, other)


ANY = nested(st.one_of(*KINDS, SWITCHES, EXISTS))


@settings(max_examples=200, deadline=None)
@given(ANY)
def test_data_and_conditions_are_one(condition: Condition) -> None:
    assert repr(parse(to_data(condition))) == repr(condition)
    data = to_data(condition)
    for reference in references(condition):
        at: Any = data
        for step in reference.route:
            at = at[step]
        assert at == reference.id


@settings(max_examples=150, deadline=None)
@given(ANY, ANY)
def test_a_comparison_mirrors_its_reverse(before: Condition, after: Condition) -> None:
    there, back = compare(before, after, DOMAINS), compare(after, before, DOMAINS)
    assert (there.before, there.after) == (back.after, back.before)
    mirror = {"narrower": "wider", "wider": "narrower"}
    assert back.kind == mirror.get(there.kind, there.kind)
    assert compare(before, before, DOMAINS).kind == "same"


@settings(max_examples=150, deadline=None)
@given(MIXED)
def test_alternatives_mean_the_same(condition: Condition) -> None:
    try:
        flat = AnyOf(tuple(All(literals) for literals in alternatives(condition)))
    except TooComplex:
        return
    assert truths(flat, condition) == truths(condition)


@settings(max_examples=200, deadline=None)
@given(MIXED)
def test_a_problem_names_parts_that_are_to_blame(condition: Condition) -> None:
    parts = dict(walk(condition))
    for problem in problems(condition, DOMAINS):
        if problem.kind == "contradiction":
            assert problem.other is not None
            assert verdict(All((parts[problem.route], parts[problem.other])), DOMAINS) == "empty"
        elif problem.kind == "duplicate":
            assert problem.other is not None
            assert compare(parts[problem.route], parts[problem.other], DOMAINS).kind == "same"
        elif problem.kind == "redundant":
            assert problem.other is not None
            relation = compare(parts[problem.route], parts[problem.other], DOMAINS).kind
            assert relation in ("narrower", "wider")


@settings(max_examples=200, deadline=None)
@given(nested(EMPLOYEES))
def test_a_band_answers_for_the_number(condition: Condition) -> None:
    bands = {"small": (None, 1.0), "mid": (2.0, 4.0), "large": (5.0, None)}
    try:
        banded = substitute(condition, {"account.employees": Replacement("account.band", bands)})
    except ValueError:
        return
    facts = Facts(domains={**DOMAINS, "account.band": Domain("choice", tuple(bands))})
    for number in WORLD["account.employees"]:
        band = None if number is None else "small" if number < 2 else "mid" if number < 5 else "large"
        assert evaluate(banded, {"account.band": band}, facts) == evaluate(
            condition, {"account.employees": number}, facts
        )


@settings(max_examples=100, deadline=None)
@given(nested(SWITCHES), MIXED)
def test_an_expanded_segment_is_its_definition(condition: Condition, definition: Condition) -> None:
    whole = expand(condition, {"s1": definition})
    for record in records(definition):
        bare = Facts(domains=DOMAINS)
        member = evaluate(definition, record, bare)
        facts = Facts(domains=DOMAINS, in_segments=frozenset({"s1"} if member else ()))
        assert evaluate(whole, record, bare) == evaluate(condition, record, facts)
