"""The language itself: its data, its references, what it means, how it reads."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from abmspec.condition import (
    ALWAYS,
    NEVER,
    Domain,
    Facts,
    NoCounterpart,
    Reference,
    Replacement,
    evaluate,
    expand,
    fields,
    outline,
    parse,
    prose,
    references,
    substitute,
    to_data,
)

FINSERV = parse(
    {
        "all": [
            {"field": "account.industry", "in": ["financial-services", "insurance"]},
            {"field": "account.employees", "at_least": 2001},
            {"not": {"field": "account.status", "in": ["disqualified"]}},
        ]
    }
)


@pytest.mark.parametrize(
    "data", [None, [], {}, {"field": "a.b"}, {"all": {}}, {"segment": ["x"]}, {"icp": "yes"}, {"foo": 1}]
)
def test_what_is_no_condition(data: Any) -> None:
    with pytest.raises(ValueError, match="condition"):
        parse(data)


def test_references_have_routes() -> None:
    condition = parse(
        {
            "any": [
                {"segment": "s"},
                {"tier": ["t1"]},
                {"exists": "opportunity", "where": {"field": "opportunity.stage", "in": ["open", "won"]}},
            ]
        }
    )
    where = ("any", 2, "where")
    assert list(references(condition)) == [
        Reference("segment", "s", ("any", 0, "segment")),
        Reference("tier", "t1", ("any", 1, "tier", 0)),
        Reference("object", "opportunity", ("any", 2, "exists")),
        Reference("field", "opportunity.stage", (*where, "field")),
        Reference("value", "open", (*where, "in", 0), "opportunity.stage"),
        Reference("value", "won", (*where, "in", 1), "opportunity.stage"),
    ]
    assert fields(condition) == ("opportunity.stage",)
    assert next(references(condition, ("when",))).route == ("when", "any", 0, "segment")


def test_segments_in_a_circle_are_named() -> None:
    with pytest.raises(ValueError, match="a → b → a"):
        expand(parse({"segment": "a"}), {"a": parse({"segment": "b"}), "b": parse({"not": {"segment": "a"}})})


# ------------------------------------------------------------------ meaning


def holds(data: Any, value: Any, kind: Any = None, **facts: Any) -> bool:
    domains = {"a.b": Domain(kind)} if kind else {}
    return evaluate(parse({"field": "a.b", **data}), {"a.b": value}, Facts(domains=domains, **facts))


@pytest.mark.parametrize("missing", [None, "", []])
def test_a_missing_value_satisfies_no_comparison(missing: Any) -> None:
    assert not holds({"is": ""}, missing)
    assert not holds({"below": 5}, missing)
    assert not holds({"has_all": ["x"]}, missing)
    assert not holds({"within": "5 days"}, missing, today=date(2026, 1, 1))
    assert not holds({"known": True}, missing)
    assert holds({"known": False}, missing)
    assert evaluate(parse({"not": {"field": "a.b", "in": ["x"]}}), {}, Facts())


def test_types_never_mix() -> None:
    assert not holds({"is": 1}, True)
    assert not holds({"is": True}, 1)
    assert not holds({"at_least": 1}, "5")
    assert not holds({"is": "5"}, 5)
    assert not holds({"is": float("nan")}, float("nan"), "number")
    assert holds({"is": 5}, 5.0)


def test_several_values() -> None:
    assert holds({"in": ["x"]}, ["y", "x"])
    assert holds({"has_any": ["x", "z"]}, ["y", "x"])
    assert holds({"has_all": ["x", "y"]}, ["y", "x"])
    assert not holds({"has_all": ["x", "z"]}, ["y", "x"])


def test_a_global_value_matches_what_lies_below_it() -> None:
    domain = Domain("choice", None, {"fin": ("emea-fin",), "emea-fin": ("dach-fin",)})
    facts = Facts(domains={"a.b": domain})
    assert evaluate(parse({"field": "a.b", "is": "fin"}), {"a.b": "dach-fin"}, facts)
    assert not evaluate(parse({"field": "a.b", "is": "dach-fin"}), {"a.b": "fin"}, facts)


@pytest.mark.parametrize(
    ("data", "value", "expected"),
    [
        ({"at_most": "2026-01-02"}, "2026-01-02T23:59:00Z", True),
        ({"above": "2026-01-02"}, "2026-01-02T23:59:00Z", False),
        ({"is": "2026-01-02"}, datetime(2026, 1, 2, 5, tzinfo=UTC), True),
        ({"is": "2026-01-02"}, date(2026, 1, 2), True),
        ({"at_least": "2026-01-02T10:00:00Z"}, "2026-01-02", False),
        ({"below": "2026-01-02"}, "2026-01-02T01:00:00+02:00", True),
        ({"below": "2026-01-02"}, "2026-02-30", False),
        ({"below": "2026-01-02"}, "20250101", False),
    ],
)
def test_dates_are_compared_by_the_day(data: Any, value: Any, expected: bool) -> None:
    assert holds(data, value, "date") is expected


@pytest.mark.parametrize(
    ("duration", "value", "expected"),
    [
        ("30 days", "2026-10-01", True),
        ("30 days", "2026-10-02", False),
        ("30 days", "2026-09-01", True),
        ("30 days", "2026-08-31", False),
        ("1 month", "2026-09-01T00:00:00Z", True),
        ("2 hours", "2026-10-01T22:30:00Z", True),
        ("2 hours", "2026-10-01T21:30:00Z", False),
    ],
)
def test_within_reaches_back_from_the_end_of_today(duration: str, value: str, expected: bool) -> None:
    assert holds({"within": duration}, value, today=date(2026, 10, 1)) is expected


def test_within_needs_today_and_calendar_time() -> None:
    with pytest.raises(ValueError, match="what day it is"):
        holds({"within": "1 day"}, "2026-01-01")
    with pytest.raises(ValueError, match="business calendar"):
        holds({"within": "1 business day"}, "2026-01-01", today=date(2026, 1, 1))


# ------------------------------------------------------------------ prose


class Labels:
    """Ids with capitals; revenue in dollars."""

    def field(self, field: str) -> str:
        return field.split(".")[1].replace("-", " ")

    def value(self, field: str, value: str) -> str:
        return value if value[:1].isdigit() else value.replace("-", " ").title()

    def unit(self, field: str) -> str:
        return {"account.revenue": "USD", "account.share": "%", "account.age": "days"}.get(field, "")

    def segment(self, segment: str) -> str:
        return segment.replace("-", " ").title()

    tier = region = segment

    def object(self, object: str, count: int) -> str:
        return object if count == 1 else f"{object[:-1]}ies"


def test_prose_of_a_segment() -> None:
    assert prose(FINSERV, Labels()) == (
        "industry is Financial Services or Insurance, employees at least 2,001, and status is not Disqualified"
    )


LEAF = {"field": "a.b", "is": "c"}


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"field": "account.revenue", "above": 50000000}, "revenue above USD 50,000,000"),
        ({"field": "account.share", "at_most": 12.5}, "share at most 12.5%"),
        ({"field": "account.age", "below": 1e3}, "age below 1,000 days"),
        ({"not": {"field": "account.age", "below": 5}}, "age at least 5 days or unknown"),
        ({"not": {"not": {"field": "account.age", "known": True}}}, "age is known"),
        ({"field": "account.since", "at_least": "2026-01-01"}, "since on or after 2026-01-01"),
        ({"not": {"field": "account.since", "above": "2026-01-01"}}, "since on or before 2026-01-01 or unknown"),
        ({"field": "account.touch", "within": "30 days"}, "touch within the last 30 days"),
        ({"not": {"field": "account.status", "in": ["a", "b", "c"]}}, "status is none of A, B or C"),
        ({"field": "account.target", "is": False}, "target is no"),
        ({"field": "account.products", "has_any": ["x", "y"]}, "products includes X or Y"),
        ({"not": {"field": "account.products", "has_all": ["x", "y"]}}, "products does not include all of X and Y"),
        ({"segment": "big-banks"}, "in segment Big Banks"),
        ({"not": {"tier": ["tier-1", "tier-2"]}}, "tier is none of Tier 1 or Tier 2"),
        ({"region": ["emea"]}, "region is Emea"),
        ({"icp": True}, "fits the ideal customer profile"),
        ({"not": {"icp": True}}, "does not fit the ideal customer profile"),
        ({"exists": "opportunity"}, "has an opportunity"),
        ({"not": {"exists": "opportunity", "where": LEAF}}, "has no opportunity where b is C"),
        ({"exists": "opportunity", "at_least": 2, "where": {"all": [LEAF, LEAF]}},
         "has at least 2 opportunities where (b is C and b is C)"),
        ({"not": {"exists": "opportunity", "at_least": 2}}, "has fewer than 2 opportunities"),
        ({"any": [{"all": [LEAF, {"icp": True}]}, {"segment": "s"}]},
         "(b is C and fits the ideal customer profile), or in segment S"),
        ({"not": {"any": [LEAF, {"segment": "s"}]}}, "not (b is C or in segment S)"),
        ({"all": [{"any": [LEAF]}]}, "b is C"),
        ({"not": {"all": []}}, "never"),
    ],
)  # fmt: skip
def test_prose(data: Any, text: str) -> None:
    assert prose(parse(data), Labels()) == text


def test_outline() -> None:
    nested = {"any": [LEAF, {"exists": "opportunity", "where": {"all": [LEAF, {"icp": True}]}}]}
    assert outline(parse({"all": [{"segment": "s"}, {"not": nested}]}), Labels()) == [
        (0, "all of:"),
        (1, "in segment S"),
        (1, "none of:"),
        (2, "b is C"),
        (2, "has an opportunity where:"),
        (3, "all of:"),
        (4, "b is C"),
        (4, "fits the ideal customer profile"),
    ]


# ------------------------------------------------------------------ another field instead

BANDS = {"smb": (1.0, 100.0), "mid-market": (101.0, 2000.0), "enterprise": (2001.0, None)}
BAND = {"account.employees": Replacement("account.employee-band", BANDS)}


@pytest.mark.parametrize(
    ("operator", "operand", "bands"),
    [
        ("at_least", 2001, ["enterprise"]),
        ("above", 2000, ["enterprise"]),
        ("below", 2001, ["smb", "mid-market"]),
        ("at_most", 100, ["smb"]),
        ("at_least", 1, ["smb", "mid-market", "enterprise"]),
    ],
)
def test_a_boundary_that_the_bands_share(operator: str, operand: int, bands: list[str]) -> None:
    number = parse({"field": "account.employees", operator: operand})
    assert to_data(substitute(number, BAND)) == {"field": "account.employee-band", "in": bands}


def test_below_every_band_there_is_nothing() -> None:
    assert substitute(parse({"field": "account.employees", "below": 1}), BAND) == NEVER


@pytest.mark.parametrize(
    ("operator", "operand"), [("at_least", 500), ("is", 50), ("above", 2001), ("at_most", "x")]
)
def test_a_boundary_that_no_band_shares(operator: str, operand: Any) -> None:
    condition = parse({"all": [{"icp": True}, {"not": {"field": "account.employees", operator: operand}}]})
    with pytest.raises(NoCounterpart, match=f"nothing in it ends or begins at `{operand}`") as raised:
        substitute(condition, BAND, ("when",))
    assert raised.value.route == ("when", "all", 1, "not")
    assert raised.value.boundary == operand


def test_finer_values_stand_for_the_global_one() -> None:
    mapping = {
        "account.industry": Replacement(
            "account.branche", rolls_up={"it": "tech", "edv": "tech", "bau": "build"}
        )
    }
    condition = parse({"field": "account.industry", "in": ["tech"]})
    assert to_data(substitute(condition, mapping)) == {"field": "account.branche", "in": ["it", "edv"]}
    with pytest.raises(NoCounterpart, match="`steel`"):
        substitute(parse({"field": "account.industry", "is": "steel"}), mapping)


def test_the_same_question_of_another_field() -> None:
    mapping = {"opportunity.stage": Replacement("opportunity.status")}
    condition = parse({"exists": "opportunity", "where": {"field": "opportunity.stage", "in": ["open"]}})
    assert fields(substitute(condition, mapping)) == ("opportunity.status",)
    assert substitute(ALWAYS, mapping) == ALWAYS
