from __future__ import annotations

import csv
import json
from typing import Any

import pytest

from abmspec import condition
from abmspec.targets.marketo.smart_list import Builder, SmartList
from tests.conftest import ROOT
from tests.golden import tree
from tests.golden.compiled import GOLDEN, compiled
from tests.specs import resolved_in

FOLDER = GOLDEN / "marketo"
FILES = compiled(FOLDER / "spec", "marketo")


def body(path: str) -> dict[str, Any]:
    return dict(json.loads(FILES[f"mkto/{path}"]))


def test_the_whole_tree_is_the_kept_one() -> None:
    tree.check(FILES, FOLDER / "expected")


def test_it_is_the_same_every_time() -> None:
    assert compiled(FOLDER / "spec", "marketo") == FILES


# ---------------------------------------------------------------- fields


def test_only_peoples_own_fields_are_bodies_of_calls() -> None:
    made = body("lead-fields/fields-1.json")["input"]
    assert [field["name"] for field in made] == ["abmStatus", "abmScore", "abmHealth", "abmMet"]
    assert {field["name"]: field["dataType"] for field in made}["abmScore"] == "integer"
    assert [field["name"] for field in made if field["isSensitive"]] == ["abmHealth"]
    by_hand = body("fields-by-hand/company.json")
    assert "No endpoint is documented" in by_hand["endpoint"]
    assert "input" not in by_hand
    assert "abmEmployees" in {field["name"] for field in by_hand["fields"]}


def test_a_retired_field_is_hidden() -> None:
    (call,) = body("deploy-order.json")["retired_lead_fields"]
    assert call["path"] == "/rest/v1/leads/schema/fields/abmOldScore.json"
    assert body(call["body"]) == {"input": [{"isHidden": True}]}


def test_what_cannot_be_undone_is_said() -> None:
    (call,) = body("deploy-order.json")["lead_fields"]
    assert "never deleted" in call["cannot_be_undone"]
    assert "stays for ever" in FILES["mkto/README.md"].decode()


# ---------------------------------------------------------------- allow-lists


def test_an_allow_list_is_the_same_as_a_table_and_as_data() -> None:
    values = body("allow-lists/abmIndustry.json")["values"]
    rows = list(csv.DictReader(FILES["mkto/allow-lists/abmIndustry.csv"].decode().splitlines()))
    assert [row["value"] for row in rows] == [value["value"] for value in values]
    assert [row["label"] for row in rows] == [value["label"] for value in values]
    assert [value["status"] for value in values] == [
        "active", "active", "deprecated", "active", "retired", "active",
    ]  # fmt: skip
    assert values[-1]["parents"] == ["Financial Services"]


def test_no_cell_is_run_as_a_formula() -> None:
    assert b"\r\n'=Technology,Technology," in FILES["mkto/allow-lists/abmIndustry.csv"]
    assert "=Technology" in {value["key"] for value in body("allow-lists/abmIndustry.json")["values"]}


# ---------------------------------------------------------------- smart lists

SPEC = resolved_in(FOLDER / "spec")


def smart_list(when: dict[str, Any]) -> SmartList:
    from abmspec.holdings import holdings

    fields = {held.field.name: held for held in holdings(SPEC, "mkto").fields}
    icp = SPEC.spec.icp
    assert icp is not None
    return Builder(fields, lambda part: str(condition.to_data(part)), icp.when).smart_list(
        condition.parse(when)
    )


def said(when: dict[str, Any]) -> str:
    """The filters put into their expression: `employees less than 5 and employees is not empty`."""
    made = smart_list(when)
    words = {str(number): each.words() for number, each in enumerate(made.filters, start=1)}
    parts = made.expression.replace("(", "( ").replace(")", " )").split(" ")
    text = " ".join(words.get(part, part) for part in parts)
    return text.replace("( ", "(").replace(" )", ")").replace("“", "").replace("”", "")


@pytest.mark.parametrize(
    ("when", "filters"),
    [
        ({"field": "account.employees", "at_least": 5}, "Employees at least 5"),
        ({"field": "account.employees", "above": 5}, "Employees greater than 5"),
        ({"field": "account.employees", "below": 5}, "Employees less than 5 and Employees is not empty"),
        ({"field": "account.employees", "at_most": 5}, "Employees at most 5 and Employees is not empty"),
        ({"field": "account.employees", "is": 0}, "Employees is 0 and Employees is not empty"),
        ({"field": "account.employees", "is": 3}, "Employees is 3"),
        (
            {"not": {"field": "account.employees", "at_least": 5}},
            "Employees less than 5 or Employees is empty",
        ),
        (
            {"not": {"field": "account.employees", "in": [1, 2]}},
            "(Employees is not 1 and Employees is not 2) or Employees is empty",
        ),
        (
            {"field": "account.renewal", "below": "2026-01-01"},
            "Renewal before 2026-01-01 and Renewal is not empty",
        ),
        (
            {"not": {"field": "account.renewal", "above": "2026-01-01"}},
            "Renewal on or before 2026-01-01 or Renewal is empty",
        ),
        ({"field": "account.renewal", "within": "3 weeks"}, "Renewal in past 3 weeks"),
        ({"not": {"field": "account.renewal", "known": True}}, "Renewal is empty"),
        (
            {"field": "account.industry", "in": ["financial-services"]},
            "Industry is Financial Services; emea-fintech",
        ),
        ({"not": {"field": "account.industry", "is": "media"}}, "Industry is not media or Industry is empty"),
        (
            {"field": "account.interests", "has_all": ["security", "data-cloud"]},
            "Interests contains security and Interests contains data-cloud",
        ),
        (
            {"not": {"field": "account.interests", "has_any": ["security", "data-cloud"]}},
            "(Interests not contains security and Interests not contains data-cloud) or Interests is empty",
        ),
        (
            {"not": {"field": "account.interests", "has_all": ["security", "data-cloud"]}},
            "Interests not contains security or Interests not contains data-cloud or Interests is empty",
        ),
        ({"not": {"field": "account.target", "is": True}}, "Target account is false"),
        (
            {"not": {"all": [{"field": "account.target", "is": True}, {"icp": False}]}},
            "Target account is false or (Employees at least 0 and Employees is not empty)",
        ),
    ],
)
def test_conditions_are_filters(when: dict[str, Any], filters: str) -> None:
    assert said(when) == filters
    assert smart_list(when).complete


@pytest.mark.parametrize(
    "when",
    [
        {"field": "account.secret", "is": "x"},
        {"field": "account.interests", "has_any": ["cloud"]},
        {"field": "account.renewal", "within": "2 business days"},
        {"not": {"field": "account.renewal", "within": "30 days"}},
        {"field": "account.target", "known": True},
        {"tier": ["tier-1"]},
        {"region": ["emea"]},
        {"exists": "opportunity"},
        {"segment": "unheard-of"},
        {"field": "account.industry", "in": ["unheard-of"]},
    ],
)
def test_what_no_filter_says_exactly_is_left_to_people(when: dict[str, Any]) -> None:
    made = smart_list({"all": [when, {"field": "account.employees", "at_least": 1}]})
    assert not made.complete
    (by_hand, _) = made.filters
    assert by_hand.data().keys() == {"by_hand", "why"}
    assert made.expression == "1 and 2"


def test_a_smart_list_chooses_its_rule_logic() -> None:
    one, two, three = (
        {"field": "account.target", "is": True},
        {"field": "account.employees", "at_least": 1},
        {"field": "account.renewal", "known": True},
    )
    assert smart_list({"all": [one, two]}).match == "all"
    assert smart_list({"any": [one, two]}).match == "any"
    assert smart_list({"all": [one, {"all": [two, three]}]}).expression == "1 and 2 and 3"
    nested = smart_list({"all": [one, {"any": [two, three, one]}]})
    assert (nested.match, nested.expression) == ("advanced", "1 and (2 or 3 or 1)")
    assert len(nested.filters) == 3


def test_a_region_that_puts_a_segment_otherwise_has_a_list_of_its_own() -> None:
    lists = {(each["segment"], *each["scopes"]) for each in body("deploy-order.json")["smart_lists"]}
    assert ("segment.enterprise", "global") in lists
    assert ("segment.enterprise", "emea") in lists
    assert ("segment.nested", "emea") in lists, "what it is nested in is put otherwise there"
    assert ("segment.every-operator", "global", "emea") in lists
    assert not [each for each in lists if "gone" in each[0]]


def test_the_reference_spec_is_compiled() -> None:
    files = compiled(ROOT, "marketo")
    assert "mkto/smart-lists/enterprise-finserv.emea.json" in files
    assert "mkto/allow-lists/abmIndustry.csv" in files
