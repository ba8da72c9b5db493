"""Rules over conditions and segments, at their edges."""

from __future__ import annotations

import pytest

from tests.unit.rules.over_base import Change, findings, places

MAKERS = "taxonomy/segments/makers.yaml"
HEAD = "label: Makers\ndecision: coverage\nconsumers: [sales]\n"


def segment(when: str) -> dict[str, str]:
    return {MAKERS: f"{HEAD}when: {when}\n"}


ACCOUNT = "taxonomy/fields/account.yaml"
DATES: Change = (
    ACCOUNT,
    "fields:\n",
    "fields:\n"
    "  founded: {label: Founded, description: The day of its foundation., type: date}\n"
    "  listed: {label: Listed, description: Whether its shares are traded., type: boolean}\n",
)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("{field: account.employees, at_least: 5}", []),
        ("{field: account.employees, in: [5, 6]}", []),
        ('{field: account.employees, is: "5"}', [(4, 38)]),
        ("{field: account.employees, has_any: [5]}", [(4, 34)]),
        ("{field: account.founded, within: 30 days}", []),
        ("{field: account.founded, within: 30 business days}", [(4, 40)]),
        ("{field: account.founded, at_least: 5}", [(4, 32)]),
        ('{field: account.founded, is: "2026-02-01"}', []),
        ("{field: account.founded, is: yesterday}", [(4, 36)]),
        ("{field: account.industry, within: 30 days}", [(4, 33)]),
        ("{field: account.industry, has_any: [technology]}", [(4, 33)]),
        ("{field: account.industry, known: true}", []),
        ("{field: account.product-family, has_any: [platform]}", []),
        ("{field: account.product-family, in: [platform]}", []),
        ("{field: account.product-family, above: 3}", [(4, 39)]),
        ("{field: account.owner, known: false}", []),
        ("{field: account.owner, is: someone}", [(4, 30)]),
        ("{field: account.listed, is: true}", []),
        ('{field: account.listed, is: "true"}', [(4, 35)]),
        ("{field: account.billing-country, in: [DE, 5]}", [(4, 49)]),
        (
            "{any: [{field: account.employees, is: true}, {field: account.industry, is: 3}]}",
            [(4, 45), (4, 82)],
        ),
        ("{field: account.unknown, within: 3 days}", []),
    ],
)
def test_types(when: str, expected: list[tuple[int, int]]) -> None:
    assert places("condition-type", [DATES], segment(when)) == expected


def test_a_number_asked_of_a_band_is_told_the_number() -> None:
    (found,) = findings("condition-type", (), segment("{field: account.employee-band, above: 3}"))
    assert found.suggestion == "Ask `account.employees`, or name bands with `in`."


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("{exists: contact, where: {field: contact.country, in: [DE]}}", []),
        ("{exists: contact, where: {all: [{field: account.industry, in: [technology]}]}}", []),
        ("{exists: contact, where: {field: opportunity.amount, above: 3}}", [(4, 40)]),
        ("{not: {field: opportunity.amount, above: 3}}", [(4, 21)]),
        ("{field: nothing.at-all, above: 3}", []),
    ],
)
def test_objects(when: str, expected: list[tuple[int, int]]) -> None:
    assert places("condition-object", (), segment(when)) == expected


def test_a_contact_is_asked_for_its_account() -> None:
    change = ("taxonomy/kpis.yaml", "{sum: opportunity.amount}", "{sum: opportunity.amount, when: %s}")

    def asked(when: str) -> list[tuple[int, int]]:
        return places("condition-object", [(*change[:2], change[2] % when)])

    assert asked("{field: account.industry, in: [technology]}") == []
    assert asked("{field: contact.country, in: [DE]}") == [(10, 56)]


@pytest.mark.parametrize(
    ("rule", "when", "expected"),
    [
        ("contradiction", "{all: [{tier: [tier-1]}, {tier: [tier-2]}]}", [(4, 32)]),
        (
            "contradiction",
            "{any: [{all: [{field: account.employees, above: 5}, {field: account.employees, below: 5}]}]}",
            [(4, 59)],
        ),
        ("contradiction", "{all: [{region: [emea]}, {region: [dach]}]}", []),
        ("redundant", "{all: [{region: [emea]}, {region: [dach]}]}", [(4, 14)]),
        ("redundant", "{field: account.industry, in: [technology, manufacturing]}", []),
        ("redundant", "{tier: [tier-1, tier-2]}", []),
        ("always-true", "{any: [{icp: true}, {icp: false}]}", [(4, 27)]),
        ("always-true", "{field: account.industry, known: true}", []),
        ("empty", "{not: {any: [{icp: true}, {icp: false}]}}", []),
    ],
)
def test_what_is_wrong_with_a_condition_by_itself(
    rule: str, when: str, expected: list[tuple[int, int]]
) -> None:
    assert places(f"condition-{rule}", (), segment(when)) == expected


def test_retired_things_are_left_alone() -> None:
    when = "{all: [{tier: [tier-1]}, {tier: [tier-2]}]}"
    text = f'{HEAD}status: retired\ndeprecated: {{date: "2026-01-01"}}\nwhen: {when}\n'
    assert places("condition-contradiction", (), {MAKERS: text}) == []


REGIONAL = "regions/emea/segments/emea-some.yaml"


def regional(when: str, within: str = "enterprise-technology") -> dict[str, str]:
    text = f"label: Some\ndecision: coverage\nconsumers: [sales]\nwithin: {within}\nwhen: {when}\n"
    return {REGIONAL: text}


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("{segment: enterprise-technology}", []),
        ("{all: [{segment: enterprise-technology}, {tier: [tier-1]}]}", []),
        (
            "{all: [{field: account.industry, in: [technology]}, {field: account.employee-band, in: [enterprise]}]}",
            [],
        ),
        # The number beside the band: compared by the band.
        (
            "{all: [{field: account.industry, in: [technology]}, {field: account.employees, at_least: 2001}]}",
            [],
        ),
        (
            "{all: [{field: account.industry, in: [technology]}, {field: account.employees, at_least: 101}]}",
            [(5, 7)],
        ),
        # No band begins there: nothing is certain.
        (
            "{all: [{field: account.industry, in: [technology]}, {field: account.employees, at_least: 9000}]}",
            [],
        ),
        ("{field: account.industry, in: [manufacturing]}", [(5, 7)]),
        ("{tier: [tier-1]}", [(5, 7)]),
    ],
)
def test_a_regional_segment_is_within_the_global_one(when: str, expected: list[tuple[int, int]]) -> None:
    assert places("segment-wider", (), regional(when)) == expected


def test_the_region_itself_is_part_of_a_regional_segment() -> None:
    files = segment("{region: [emea]}") | regional("{tier: [tier-1]}", "makers")
    assert places("segment-wider", (), files) == []


def test_the_profile_is_spelt_out() -> None:
    files = segment("{field: account.employees, at_least: 50}") | regional("{icp: true}", "makers")
    assert places("segment-wider", (), files) == []


def test_a_circle_is_told_once_for_all_regions() -> None:
    files = segment("{any: [{segment: enterprise-technology}, {segment: makers}]}")
    (found,) = findings("segment-cycle", (), files)
    assert (found.line, found.column) == (4, 58)
    assert "`makers` → `makers`" in found.message


def test_two_segments_may_share_a_third() -> None:
    files = segment("{any: [{segment: enterprise-technology}, {segment: other}]}")
    files["taxonomy/segments/other.yaml"] = f"{HEAD}when: {{segment: enterprise-technology}}\n"
    assert places("segment-cycle", (), files) == []


def test_a_figure_that_names_the_segment_measures_it() -> None:
    change = (
        "taxonomy/kpis.yaml",
        "{sum: opportunity.amount}",
        "{sum: opportunity.amount, when: {segment: makers}}",
    )
    files = {MAKERS: f"{HEAD}priority: true\nwhen: {{icp: true}}\n"}
    assert places("priority-segment-kpi", (), files) == [(4, 11)]
    assert places("priority-segment-kpi", [change], files) == []
