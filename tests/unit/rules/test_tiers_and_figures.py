"""Rules over tiers, lifecycle, buying groups and key figures, at their edges."""

from __future__ import annotations

import pytest

from tests.unit.rules.over_base import Change, findings, places

TIERS = "taxonomy/tiers.yaml"
KPIS = "taxonomy/kpis.yaml"
EMEA = "regions/emea/tiers.yaml"
DACH = "regions/emea/dach/tiers.yaml"
INFLUENCE = "scores: {high: 100, medium: 50, low: 10}}\n  alignment:"


def tier(old: str, new: str) -> list[Change]:
    return [(TIERS, old, new)]


def weights(text: str) -> str:
    return f"weights: {text}\nreason: The market differs.\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({EMEA: weights("{revenue: 30}")}, []),
        ({EMEA: weights("{revenue: 31}")}, [(1, 1)]),
        ({EMEA: weights("{revenue: 35, growth: 15}")}, []),
        # The child keeps what its parent moved.
        ({EMEA: weights("{revenue: 35, growth: 15}"), DACH: weights("{growth: 20}")}, [(1, 1)]),
        ({EMEA: weights("{revenue: 35, growth: 15}"), DACH: weights("{revenue: 30, growth: 20}")}, []),
    ],
)
def test_weights_of_a_region(files: dict[str, str], expected: list[tuple[int, int]]) -> None:
    assert places("tier-weights", (), files) == expected


def test_wrong_weights_are_told_once_at_their_source() -> None:
    found = findings("tier-weights", tier("weight: 30", "weight: 31"), {EMEA: weights("{revenue: 31}")})
    assert [each.path for each in found] == [TIERS]


@pytest.mark.parametrize(
    ("given", "expected"),
    [("{revenue: 20}", []), ("{revenue: 40}", []), ("{revenue: 41}", [(1, 20)]), ("{growth: 25}", [(1, 19)])],
)
def test_guardrails(given: str, expected: list[tuple[int, int]]) -> None:
    assert places("tier-weight-guardrail", (), {EMEA: weights(given)}) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("at_least: 50", "at_least: 80", [(24, 15)]),
        ("at_least: 50", "at_least: 79", []),
        ("at_least: 0", "at_least: 5", [(33, 15)]),
    ],
)
def test_thresholds(old: str, new: str, expected: list[tuple[int, int]]) -> None:
    assert places("tier-thresholds", tier(old, new)) == expected


def test_shares_are_counted_without_the_children_that_state_their_own() -> None:
    assert (
        places("tier-capacity", (), {EMEA: "capacity: {tier-1: 12}\n", DACH: "capacity: {tier-1: 8}\n"}) == []
    )
    assert places(
        "tier-capacity", (), {EMEA: "capacity: {tier-1: 13}\n", DACH: "capacity: {tier-1: 8}\n"}
    ) == [(16, 15)]
    assert places("tier-capacity", (), {EMEA: "capacity: {tier-3: 1000000}\n"}) == []


def test_counts_copied_to_the_next_tier() -> None:
    copied = {EMEA: "capacity: {tier-1: 3, tier-2: 3}\n", DACH: "capacity: {tier-1: 8, tier-2: 8}\n"}
    (found,) = findings("tier-copied", (), copied)
    assert (found.path, found.line) == (EMEA, 1)
    once = {EMEA: "capacity: {tier-1: 3, tier-2: 3}\n", DACH: "capacity: {tier-1: 8, tier-2: 9}\n"}
    assert findings("tier-copied", (), once) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("executive: required", "executive: optional", 1),
        (", contact: 2 weeks", "", 1),
        (", contact: 1 month", "", 1),
        ("content: personalised", "content: nurture", 1),
        ("content: nurture", "content: personalised", 1),
        # What is spent on one account is for the other rule.
        ("content: nurture", "content: bespoke", 0),
        ("team: shared", "team: dedicated", 0),
    ],
)
def test_engagement_follows_the_place(old: str, new: str, expected: int) -> None:
    assert len(places("tier-engagement", tier(old, new))) == expected


def test_bespoke_content_in_the_last_tier_is_flagged() -> None:
    assert places("tier-bespoke-spend", tier("content: nurture", "content: bespoke")) == [(35, 62)]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("below: 50000000, ", "", "`small` has no upper bound, so `large` after it is never reached."),
        (
            "large: {score: 100}",
            "large: {below: 10, score: 100}, rest: {score: 100}",
            "`large` ends at 10, where `small` has ended already at 50,000,000.",
        ),
        (
            "large: {score: 100}",
            "large: {below: 90000000, score: 100}",
            "Nothing scores from 90,000,000 upwards: the last band, `large`, ends there.",
        ),
        (
            "field: account.influence",
            "field: account.employees",
            "`influence` scores the values of a list; `account.employees` is of type number.",
        ),
    ],
)
def test_bands_and_scores(old: str, new: str, message: str) -> None:
    assert [each.message for each in findings("score-bands", tier(old, new))] == [message]


def test_an_example_of_the_wrong_type_is_not_scored() -> None:
    assert (
        places("tier-example", tier("account.annual-revenue: 900000000", "account.annual-revenue: much"))
        == []
    )


def test_revenue_is_now_and_to_come() -> None:
    change = tier(
        "fields: [account.annual-revenue, account.projected-revenue]", "field: account.annual-revenue"
    )
    (found,) = findings("tier-factors", change)
    assert (found.line, found.column) == (2, 3)


LIFECYCLE = "taxonomy/lifecycle.yaml"
SCORING = """\
lead_scoring:
  mql_at: %s
  caps: {%s}
  actions:
    one: {label: One, category: a, points: 60, when: {field: contact.country, in: [DE, AT]}}
    two: {label: Two, category: b, points: %s, when: {field: contact.country, in: [%s]}}
    three: {label: Three, category: b, points: -90}
"""


def scoring(mql_at: int = 100, caps: str = "a: 60", points: int = 50, countries: str = "FR") -> list[Change]:
    end = "  customer: {label: Customer, owner: account-owner}\n"
    return [(LIFECYCLE, end, end + SCORING % (mql_at, caps, points, countries))]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (scoring(), []),
        (scoring(mql_at=111), [(11, 11)]),
        (scoring(caps="a: 40"), [(11, 11)]),
        (scoring(caps="c: 40"), [(12, 10)]),
        # What takes points away does not keep a lead from having them.
        (scoring(mql_at=110), []),
    ],
)
def test_the_lead_score_can_be_reached(change: list[Change], expected: list[tuple[int, int]]) -> None:
    assert places("score-caps", change) == expected


def test_one_condition_in_two_orders_is_one_condition() -> None:
    (found,) = findings("score-conflict", scoring(countries="AT, DE"))
    assert found.message == "The same condition is worth +60 as `one` and +50 as `two`."
    (found,) = findings("score-conflict", scoring(points=60, countries="AT, DE"))
    assert found.message == "The same condition counts twice, as `one` and as `two`."
    assert findings("score-conflict", scoring()) == []


def test_stages_in_another_order_than_the_values() -> None:
    stage = "  target: {label: Target, owner: program-manager}\n"
    last = "  customer: {label: Customer, owner: account-owner}\n"
    assert places("lifecycle-stages-differ", [(LIFECYCLE, stage, ""), (LIFECYCLE, last, last + stage)]) == [
        (3, 3)
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("tier-1: {at_least: 2", "tier-1: {at_least: 3", [(3, 22)]),
        ("roles: [decision-maker]", "roles: [decision-maker, champion]", []),
        ("tier-1: {at_least: 2", "tier-1: {at_least: 0", [(3, 22)]),
    ],
)
def test_coverage_of_a_buying_group(old: str, new: str, expected: list[tuple[int, int]]) -> None:
    assert places("buying-group-coverage", [("taxonomy/buying-groups.yaml", old, new)]) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("    numerator: {sum: opportunity.amount}\n", "", 1),
        ("    numerator: {sum: opportunity.amount}\n", "    source: a survey\n", 0),
        ("{sum: opportunity.amount}", "{count: opportunity}", 1),
        ("{sum: opportunity.amount}", "{average: opportunity.amount}", 0),
        ("{sum: opportunity.amount}", "{sum: contact.country}", 1),
        ("    denominator: {count: account, when: {icp: true}}\n", "", 1),
    ],
)
def test_formulas(old: str, new: str, expected: int) -> None:
    assert len(places("kpi-formula", [(KPIS, old, new)])) == expected


def test_a_profile_that_one_record_cannot_tell_is_not_tried_on_it() -> None:
    icp = "label: Profile\nconsumers: [sales]\nwhen: {exists: contact}\n"
    icp += "examples: {one: {record: {account.employees: 1}}}\n"
    assert places("icp-example", (), {"taxonomy/icp.yaml": icp}) == []
