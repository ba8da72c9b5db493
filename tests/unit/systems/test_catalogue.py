from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abmspec.model.taxonomy import FieldType
from abmspec.systems.catalogue import KINDS, find_kind
from abmspec.systems.kind import Kind
from abmspec.systems.salesforce import PROCESS_FIELDS, SALESFORCE

IDS = st.from_regex(r"[a-z][a-z0-9]{0,4}(-[a-z0-9]{1,4}){0,3}", fullmatch=True)


def kind(name: str) -> Kind:
    found = find_kind(name)
    assert found is not None
    return found


def test_kinds_are_in_order_and_found_by_name() -> None:
    assert [each.name for each in KINDS] == sorted(each.name for each in KINDS)
    assert all(find_kind(each.name) is each for each in KINDS)
    assert find_kind("siebel") is None


@pytest.mark.parametrize(
    ("name", "field", "listed"),
    [
        ("salesforce", "ABM_Industry_Detail__c", "ABM_Industry_Detail"),
        ("hubspot", "abm_industry_detail", "abm_industry_detail"),
        ("marketo", "abmIndustryDetail", "abmIndustryDetail"),
        ("dbt", "abm_industry_detail", "abm_industry_detail"),
    ],
)
def test_names_are_made_from_ids(name: str, field: str, listed: str) -> None:
    made = kind(name)
    assert made.field_name.make("industry-detail", "ABM") == field
    assert made.list_name is not None
    assert made.list_name.make("industry-detail", "ABM") == listed


@pytest.mark.parametrize(
    ("name", "made"),
    [("salesforce", "Industry_Detail__c"), ("hubspot", "industry_detail"), ("marketo", "industryDetail")],
)
def test_names_without_a_prefix(name: str, made: str) -> None:
    assert kind(name).field_name.make("industry-detail", "") == made


@given(IDS, st.sampled_from(["", "ABM", "x"]), st.sampled_from(KINDS))
def test_a_name_that_is_made_has_no_fault(id: str, prefix: str, kind: Kind) -> None:
    assert kind.field_name.fault(kind.field_name.make(id, prefix)) == ""
    assert kind.list_name is not None
    assert kind.list_name.fault(kind.list_name.make(id, prefix)) == ""


@pytest.mark.parametrize("name", ["A__B__c", "A_", "_A", "1A", "A-B", "Ä", "", f"{'x' * 41}__c", "A\n"])
def test_salesforce_refuses(name: str) -> None:
    assert SALESFORCE.field_name.fault(name)


@pytest.mark.parametrize("name", ["Industry", "ABM_Industry__c", f"{'x' * 40}__c"])
def test_salesforce_takes(name: str) -> None:
    assert SALESFORCE.field_name.fault(name) == ""


def test_only_fields_without_the_suffix_come_with_salesforce() -> None:
    assert SALESFORCE.is_standard_field("Industry")
    assert not SALESFORCE.is_standard_field("ABM_Industry__c")
    assert not kind("hubspot").is_standard_field("industry")


def test_every_kind_but_an_ad_platform_holds_every_type() -> None:
    for each in KINDS:
        lacking = set(get_args(FieldType)) - set(each.types)
        assert not lacking or each.name == "linkedin", each.name


def test_standard_fields_draw_on_sets_that_exist() -> None:
    assert set(SALESFORCE.standard_fields.values()) <= set(SALESFORCE.standard_sets)
    assert {f"{object}.{name}" for object, name in PROCESS_FIELDS.items()} <= set(SALESFORCE.standard_fields)


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("de", "de"),
        ("de-AT", "de_AT"),
        ("de-LI", "de"),
        ("nl", "nl_NL"),
        ("he", "iw"),
        ("zh-Hant", "zh_TW"),
        ("gsw", ""),
    ],
)
def test_languages_by_tag(tag: str, code: str) -> None:
    assert SALESFORCE.language(tag) == code
