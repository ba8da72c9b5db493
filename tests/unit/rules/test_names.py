"""Labels, aliases, keys and near-duplicates: what the pages leave out."""

from __future__ import annotations

import time

import pytest

from abmspec.rules.locale_invalid import fault
from tests.unit.rules.over_base import findings, places

INDUSTRY = "taxonomy/picklists/industry.yaml"
LAST = "  manufacturing:\n"
EMEA = "regions/emea/picklists/industry.yaml"
APAC = {"regions/apac/region.yaml": "label: APAC\nowner: revops\n"}


def with_values(*values: str) -> list[tuple[str, str, str]]:
    """The industry list with other values before its last one."""
    return [(INDUSTRY, LAST, "".join(f"  {value}\n" for value in values) + LAST)]


@pytest.mark.parametrize(
    ("values", "count"),
    [
        (["a: {label: Payment Services}", "b: {label: Payments Services}"], 1),
        (["a: {label: Payment-services}", "b: {label: Payment services}"], 1),
        (["a: {label: Banking & Finance}", "b: {label: Banking and Finance}"], 1),
        (["a: {label: Énergie}", "b: {label: Energie}"], 1),
        (["a: {label: Chips, labels: {de: Halbleiter}}", "b: {label: Wafers, labels: {de: Halbleiter}}"], 1),
        (["a: {label: Chips, aliases: [Semi-conductors]}", "b: {label: Semiconductors}"], 1),
        (["a: {label: Value 3 of 7}", "b: {label: Value 4 of 7}"], 0),
        (["a: {label: Wave 1 segments}", "b: {label: Wave 12 segments}"], 0),
        (["a: {label: Marketing qualified}", "b: {label: Marketing unqualified}"], 0),
        (["a: {label: IT}", "b: {label: ET}"], 0),
        (["a: {label: ハブ}", "b: {label: バブ}"], 0),
        (["a: {label: Inbound calls}", "b: {label: Outbound calls}"], 0),
        (["a: {label: Payment Services}", "b: {label: Payments Services, status: retired}"], 0),
        (["a: {label: Same, aliases: [SAME]}"], 0),
    ],
)
def test_near_duplicates(values: list[str], count: int) -> None:
    assert len(findings("near-duplicate", with_values(*values))) == count


def test_the_same_value_in_two_regions_is_near_and_not_double() -> None:
    files = {
        **APAC,
        EMEA: "values:\n  emea-fintech: {label: Fintech, maps_to: financial-services}\n",
        "regions/apac/picklists/industry.yaml": "values:\n  apac-fintech: "
        "{label: Fintech, maps_to: financial-services}\n",
    }
    assert len(findings("near-duplicate", files=files)) == 1
    assert findings("duplicate-label", files=files) == []


def test_what_is_plainly_the_same_is_said_once() -> None:
    values = with_values("a: {label: Chips}", "b: {label: chips}")
    assert places("duplicate-label", values) == [(13, 14)]
    assert findings("near-duplicate", values) == []


def test_twenty_thousand_values_that_begin_alike_cost_little() -> None:
    values = "".join(f"  v{number}: {{label: Value number {number} of many}}\n" for number in range(20_000))
    files = {"taxonomy/picklists/large.yaml": f"label: Large\ndescription: Many.\nvalues:\n{values}"}
    before = time.process_time()
    assert findings("near-duplicate", files=files) == []
    assert (
        time.process_time() - before < 30
    )  # All rules, on a slow machine: what grows with the square takes minutes.


@pytest.mark.parametrize(
    ("values", "count"),
    [
        (["a: {label: Chips}", "b: {label: CHIPS}"], 1),
        (["a: {label: Chips}", "b: {label: CHIPS, status: retired}"], 0),
        (["a: {label: Straße}", "b: {label: STRASSE}"], 1),
    ],
)
def test_labels_differ_by_more_than_case(values: list[str], count: int) -> None:
    assert len(findings("duplicate-label", with_values(*values))) == count


def test_a_childs_label_is_not_its_ancestors() -> None:
    files = {
        EMEA: "values:\n  emea-fintech: {label: Fintech, maps_to: financial-services}\n",
        "regions/emea/dach/picklists/industry.yaml": "values:\n  dach-fintech: {label: FinTech, maps_to: technology}\n",
    }
    assert [each.address for each in findings("duplicate-label", files=files)] == [
        "region.dach.picklist.industry.value.dach-fintech"
    ]


def test_fields_of_an_object_have_labels_of_their_own() -> None:
    changes = [("taxonomy/fields/account.yaml", "{label: Influence,", "{label: employees,")]
    (found,) = findings("duplicate-label", changes)
    assert "among the fields of `account`" in found.message


def test_a_list_of_tombstones_has_nothing_to_compare() -> None:
    files = {"taxonomy/picklists/mood.yaml": "label: Mood\nvalues: {good: {label: Good, status: retired}}\n"}
    assert findings("near-duplicate", files=files) == []


@pytest.mark.parametrize(
    ("values", "count"),
    [
        (["a: {label: Chips, aliases: [Technology]}"], 1),
        (["a: {label: Chips, aliases: [TECHNOLOGY]}"], 1),
        (["a: {label: Chips, aliases: [tech]}"], 1),
        (["a: {label: Chips, aliases: [chips, A]}"], 0),
        (["a: {label: Chips, aliases: [old]}", "old: {label: Old, status: retired}"], 0),
    ],
)
def test_an_alias_is_one_values(values: list[str], count: int) -> None:
    assert len(findings("alias-ambiguous", with_values(*values))) == count


@pytest.mark.parametrize(
    ("values", "count"),
    [
        (["a: {label: A, systems: {sf: Same}}", "b: {label: B, systems: {sf: same}}"], 1),
        (["a: {label: A, systems: {sf: b}}", "b: {label: B}"], 1),
        (["a: {label: A, systems: {sf: X}}", "b: {label: B, systems: {warehouse: x}}"], 1),
        (["a: {label: A, systems: {sf: X}}", "b: {label: B, systems: {sf: {key: x, offered: false}}}"], 0),
        (["a: {label: A, systems: {sf: X}}", "b: {label: B, systems: {sf: Z}}"], 0),
        (["a: {label: A, systems: {sf: B}, renamed_from: b}", "b: {label: B, status: retired}"], 0),
        (["a: {label: A, systems: {sf: B}}", "b: {label: B, status: retired}"], 1),
    ],
)
def test_stored_keys_are_one_values(values: list[str], count: int) -> None:
    assert len(findings("duplicate-stored-key", with_values(*values))) == count


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("de", ""), ("pt-BR", ""), ("zh-Hant-TW", ""), ("es-419", ""), ("en-DE", ""),
        ("jp", "there is no language `jp`"), ("en-UK", "there is no country `UK`"),
        ("zh-Hanx", "there is no script `Hanx`"),
    ],
)  # fmt: skip
def test_tags_of_languages(tag: str, said: str) -> None:
    assert fault(tag) == said


@pytest.mark.parametrize(
    ("path", "text", "suggestion"),
    [
        (EMEA, "values:\n  technology: {labels: {jp: T}}\n", "Did you mean `ja`?"),
        ("regions/emea/segments/enterprise-technology.yaml", "labels: {fr-XX: T}\n", "`fr"),
        ("regions/emea/playbooks/content/briefing-invite.yaml", "locales: {en-UK: {text: T}}\n", "`en-GB`"),
    ],
)
def test_tags_are_looked_at_everywhere(path: str, text: str, suggestion: str) -> None:
    (found,) = findings("locale-invalid", files={path: text})
    assert (found.path, suggestion in found.suggestion) == (path, True)


def test_ids_of_a_region_and_of_its_plays_are_given_once() -> None:
    play = "labels: {fr: Petit-déjeuner}\n"
    files = {
        "regions/emea/playbooks/executive-briefing.yaml": play,
        "regions/emea/playbooks/plays/executive-briefing.yaml": play,
        "regions/emea/dach/playbooks/executive-briefing.yaml": "labels: {de: Frühstück}\n",
    }
    (found,) = findings("duplicate-id", files=files)
    assert found.address == "region.emea.play.executive-briefing"
