"""What is said of conditions without records."""

from __future__ import annotations

from typing import Any

import pytest

from abmspec.condition import (
    ALWAYS,
    NEVER,
    Domain,
    Relation,
    TooComplex,
    alternatives,
    compare,
    parse,
    problems,
    simplify,
    to_data,
    verdict,
)

DOMAINS = {
    "account.industry": Domain("choice", ("fin", "tech", "emea-fintech"), {"fin": ("emea-fintech",)}),
    "account.employees": Domain("number", whole=True),
    "account.revenue": Domain("number"),
    "account.touched": Domain("date"),
}


def employees(**operator: Any) -> dict[str, Any]:
    return {"field": "account.employees", **operator}


def industry(*values: str) -> dict[str, Any]:
    return {"field": "account.industry", "in": list(values)}


def touched(**operator: Any) -> dict[str, Any]:
    return {"field": "account.touched", **operator}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (employees(at_least=10), employees(above=9), "same"),
        ({"field": "account.revenue", "at_least": 10}, {"field": "account.revenue", "above": 9}, "wider"),
        (employees(at_least=10), employees(at_least=20), "narrower"),
        (employees(at_least=10), employees(below=20), "overlapping"),
        (employees(at_least=10), employees(below=10), "disjoint"),
        ({"not": industry("fin", "tech")}, {"field": "account.industry", "known": False}, "same"),
        ({"any": [employees(at_least=5), employees(below=5)]}, employees(known=True), "same"),
        (industry("fin"), industry("fin", "emea-fintech"), "same"),
        (industry("fin"), industry("emea-fintech"), "narrower"),
        (touched(within="30 days"), touched(within="2 months"), "wider"),
        (touched(within="1 week"), touched(within="7 days"), "same"),
        (touched(within="30 days"), touched(within="1 month"), "unknown"),
        (touched(within="24 hours"), touched(within="1 day"), "wider"),
        (touched(within="1 business day"), touched(within="1 business day"), "same"),
        ({"exists": "opportunity"}, {"exists": "opportunity", "at_least": 2}, "narrower"),
        ({"tier": ["t1"]}, {"tier": ["t1", "t2"]}, "wider"),
        ({"segment": "a"}, {"segment": "b"}, "overlapping"),
    ],
)
def test_relations(before: Any, after: Any, kind: str) -> None:
    assert compare(parse(before), parse(after), DOMAINS).kind == kind


def test_each_side_has_a_verdict() -> None:
    both = {"all": [employees(at_least=10), employees(below=5)]}
    assert compare(parse(employees(known=True)), parse(both), DOMAINS) == Relation(
        "narrower", "sometimes", "empty"
    )
    either = {"any": [{"icp": True}, {"icp": False}]}
    assert compare(parse({"icp": True}), parse(either), DOMAINS) == Relation("wider", "sometimes", "always")


def test_one_record_each_of_two_kinds_makes_two() -> None:
    amounts = {"field": "opportunity.amount", "known": True}
    stages = {"field": "opportunity.stage", "known": True}
    two = [{"exists": "opportunity", "at_least": 2, "where": where} for where in (amounts, stages)]
    neither_alone = {
        "all": [
            two[0],
            {"not": {"exists": "opportunity", "at_least": 2, "where": {"all": [amounts, stages]}}},
            {"not": {"exists": "opportunity", "at_least": 2, "where": {"all": [amounts, {"not": stages}]}}},
        ]
    }
    assert verdict(parse(neither_alone), {}) == "sometimes"
    assert verdict(parse({"all": [neither_alone, {"not": two[0]}]}), {}) == "empty"


def test_counting_has_a_bound() -> None:
    many = [{"exists": "o", "at_least": 1000, "where": {"field": "o.a", "is": value}} for value in ("x", "y")]
    assert verdict(parse(many[0]), {}) == "sometimes"
    assert compare(parse(many[0]), parse(many[1]), {}).kind == "unknown"


def test_the_bound_holds() -> None:
    # Pairs whose order is the worst one for a diagram: it doubles with each.
    lefts = [{"segment": f"a{number}"} for number in range(30)]
    rights = [{"segment": f"b{number}"} for number in range(30)]
    pairs = [{"any": [left, right]} for left, right in zip(lefts, rights, strict=True)]
    condition = parse({"all": [{"any": lefts}, *pairs]})
    other = parse({"all": [*pairs, {"any": rights}]})
    relation = compare(condition, other, {})
    assert relation == Relation("unknown", "unknown", "sometimes")
    assert compare(condition, condition, {}).kind == "same"
    assert simplify(condition, {}) == condition
    assert problems(condition, {}) == ()


def test_comparisons_that_disagree_on_an_unknown_field() -> None:
    assert verdict(parse({"all": [{"field": "a.b", "is": "x"}, {"field": "a.b", "is": 1}]}), {}) == "unknown"
    assert (
        verdict(parse({"all": [{"field": "a.b", "in": ["x"]}, {"field": "a.b", "has_any": ["y"]}]}), {})
        == "sometimes"
    )


def test_dates_that_share_a_now_are_not_guessed_at() -> None:
    one = [touched(within="3 days"), touched(below="2020-01-01")]
    two = [{"field": "account.won", "within": "3 days"}, {"field": "account.won", "above": "2025-01-01"}]
    assert verdict(parse({"all": one}), DOMAINS) == "sometimes"
    assert verdict(parse({"all": [*one, *two]}), DOMAINS) == "unknown"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"all": [industry("fin"), {"all": [employees(at_least=5), industry("fin")]}]},
         {"all": [industry("fin"), employees(at_least=5)]}),
        ({"not": {"not": industry("fin")}}, industry("fin")),
        ({"any": [industry("fin"), {"all": [industry("fin"), employees(at_least=5)]}]}, industry("fin")),
        ({"all": [employees(known=True), employees(at_least=5)]}, employees(at_least=5)),
        ({"not": {"icp": True}}, {"icp": False}),
        ({"exists": "o", "where": {"all": []}}, {"exists": "o"}),
    ],
)  # fmt: skip
def test_simplify(before: Any, after: Any) -> None:
    assert to_data(simplify(parse(before), DOMAINS)) == after


def test_simplified_to_a_constant() -> None:
    assert simplify(parse({"all": [employees(at_least=5), employees(below=5)]}), DOMAINS) == NEVER
    assert simplify(parse({"any": [{"icp": True}, {"icp": False}]}), DOMAINS) == ALWAYS


# ------------------------------------------------------------------ problems


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"all": [employees(at_least=10), industry("fin"), {"all": [employees(below=5)]}]},
         [(("all", 2, "all", 0), "contradiction", ("all", 0))]),
        ({"all": []}, [(("all",), "no-items", None)]),
        ({"any": [industry(), {"icp": True}]}, [(("any", 0, "in"), "no-items", None)]),
        ({"any": [{"icp": True}, {"icp": False}]}, [(("any", 1), "always", ("any", 0))]),
        ({"all": [{"any": [{"icp": True}, {"segment": "s"}]}, {"icp": False}, {"not": {"segment": "s"}}]},
         [((), "never", None)]),
        ({"any": [employees(at_least=5), employees(at_least=9)]}, [(("any", 1), "redundant", ("any", 0))]),
        ({"all": [employees(at_least=5), employees(at_least=9)]}, [(("all", 0), "redundant", ("all", 1))]),
        ({"all": [employees(at_least=5), employees(above=4)]}, [(("all", 1), "duplicate", ("all", 0))]),
        (industry("emea-fintech", "tech", "fin"), [(("in", 0), "repeated-value", ("in", 2))]),
        ({"tier": ["t", "t"]}, [(("tier", 1), "repeated-value", ("tier", 0))]),
        ({"not": {"all": [employees(at_least=10), employees(below=5)]}},
         [(("not", "all", 1), "contradiction", ("not", "all", 0))]),
        ({"exists": "o", "where": {"all": [{"field": "o.x", "above": 1}, {"field": "o.x", "below": 1}]}},
         [(("where", "all", 1), "contradiction", ("where", "all", 0))]),
        ({"exists": "o", "at_least": 0}, [((), "always", None)]),
        # Left to those who check types.
        ({"all": [industry("no-such"), {"icp": True}]}, []),
        ({"all": [industry("fin"), employees(at_least=10), {"not": {"segment": "s"}}]}, []),
    ],
)  # fmt: skip
def test_problems(data: Any, expected: Any) -> None:
    found = problems(parse(data), DOMAINS)
    assert [(problem.route, problem.kind, problem.other) for problem in found] == expected


def test_problems_say_what_they_mean() -> None:
    (found,) = problems(parse({"all": [employees(at_least=10), employees(below=5)]}), DOMAINS)
    assert (
        found.message
        == "`account.employees below 5` can never hold together with `account.employees at_least 10`"
    )


# ------------------------------------------------------------------ alternatives


def test_alternatives() -> None:
    either = {"any": [{"icp": True}, {"segment": "s"}]}
    neither = {
        "not": {"any": [industry("fin"), {"icp": False}, {"all": [{"segment": "s"}, {"tier": ["t"]}]}]}
    }
    found = alternatives(parse({"all": [either, neither]}))
    no_fin = {"not": industry("fin")}
    assert [[to_data(literal) for literal in literals] for literals in found] == [
        [{"icp": True}, no_fin, {"not": {"segment": "s"}}],
        [{"icp": True}, no_fin, {"not": {"tier": ["t"]}}],
    ]
    assert alternatives(parse({"all": [{"segment": "s"}, {"not": {"segment": "s"}}]})) == ()
    assert alternatives(ALWAYS) == ((),)
    assert alternatives(NEVER) == ()


def test_alternatives_are_bounded() -> None:
    pairs = [{"any": [{"segment": f"a{n}"}, {"segment": f"b{n}"}]} for n in range(12)]
    with pytest.raises(TooComplex):
        alternatives(parse({"all": pairs}))
