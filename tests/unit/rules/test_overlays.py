"""What a region may say of what stands above it: what the pages leave out."""

from __future__ import annotations

import pytest

from tests.unit.rules.over_base import findings, places

EMEA = "regions/emea/picklists/industry.yaml"
DACH = "regions/emea/dach/picklists/industry.yaml"
BANDS = "regions/emea/picklists/employee-band.yaml"
FINTECH = "values:\n  emea-fintech: {label: Fintech, maps_to: financial-services}\n"


@pytest.mark.parametrize(
    ("path", "text", "suggestion"),
    [
        (
            "regions/emea/segments/nothing-like-it.yaml",
            "labels: {fr: Rien}\n",
            "`emea-nothing-like-it` would be",
        ),
        (
            "regions/emea/playbooks/executive-brefing.yaml",
            "labels: {fr: Petit}\n",
            "Did you mean `executive-briefing`?",
        ),
        (
            "regions/emea/playbooks/content/briefing-invit.yaml",
            "locales: {fr-FR: {text: A}}\n",
            "`briefing-invite`?",
        ),
        (
            "regions/emea/fields/account.yaml",
            "fields:\n  industri: {required: true}\n",
            "Did you mean `industry`?",
        ),
        ("regions/emea/fields/account.yaml", "hide: [relationshp]\n", "Did you mean `relationship`?"),
        ("regions/emea/picklists/industri.yaml", "labels: {fr: Secteur}\n", "Did you mean `industry`?"),
    ],
)
def test_what_is_overlaid_stands_above(path: str, text: str, suggestion: str) -> None:
    (found,) = findings("overlay-target-unknown", files={path: text})
    assert (found.path, suggestion in found.suggestion) == (path, True)


def test_a_siblings_thing_does_not_stand_above() -> None:
    files = {
        "regions/apac/region.yaml": "label: APAC\nowner: revops\n",
        "regions/apac/picklists/apac-keiretsu.yaml": "label: Keiretsu\nvalues:\n  apac-a: {label: A}\n",
        "regions/emea/picklists/apac-keiretsu.yaml": "labels: {fr: Groupe}\n",
    }
    (found,) = findings("overlay-target-unknown", files=files)
    assert "stands only in `apac`" in found.message
    assert [each.path for each in found.related] == ["regions/apac/picklists/apac-keiretsu.yaml"]


def test_an_ancestors_own_list_can_be_overlaid() -> None:
    files = {
        "regions/emea/picklists/emea-cloud.yaml": "label: Cloud\nextensible: true\nvalues:\n"
        "  emea-public: {label: Public}\n",
        "regions/emea/dach/picklists/emea-cloud.yaml": "values:\n"
        "  dach-sovereign: {label: Sovereign, maps_to: emea-public}\n",
    }
    for rule in ("overlay-target-unknown", "overlay-value-mapping-invalid", "overlay-value-unmapped"):
        assert findings(rule, files=files) == []


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        (EMEA, "hide: [technology, tech]\n", (1, 20)),
        (EMEA, "values:\n  fintech: {labels: {fr: Fintech}}\n", (2, 3)),
        (EMEA, "values:\n  dach-x: {labels: {fr: X}}\n", (2, 3)),
        (DACH, "values:\n  emea-fintech: {labels: {de: Fintech}}\n", None),
    ],
)
def test_values_that_are_renamed_or_hidden_stand_above(
    path: str, text: str, place: tuple[int, int] | None
) -> None:
    files = {EMEA: FINTECH, path: text}
    assert places("overlay-value-unknown", files=files) == ([place] if place else [])


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("maps_to: manufacturing", ""),
        ("maps_to: manufactoring", "no value of the picklist"),
        ("maps_to: technology", "hides"),
        ("maps_to: emea-fintech", "a value of `emea`"),
        ("maps_to: dach-x", "a value of `dach`"),
    ],
)
def test_what_a_value_maps_to(value: str, wrong: str) -> None:
    files = {EMEA: FINTECH, DACH: f"values:\n  dach-x: {{label: X, {value}}}\nhide: [technology]\n"}
    found = findings("overlay-value-mapping-invalid", files=files)
    assert [wrong in each.message for each in found] == ([True] if wrong else [])


def test_a_parent_by_another_of_its_names() -> None:
    (found,) = findings(
        "overlay-value-mapping-invalid", files={EMEA: FINTECH.replace("financial-services", "tech")}
    )
    assert found.suggestion == "Did you mean `technology`, which is called Tech too?"


def test_a_retired_parent_and_what_replaced_it() -> None:
    retired = (
        '{label: Banks, status: retired, deprecated: {date: "2025-01-01", replaced_by: financial-services}}'
    )
    changes = [
        ("taxonomy/picklists/industry.yaml", "  manufacturing:\n", f"  banks: {retired}\n  manufacturing:\n")
    ]
    (found,) = findings(
        "overlay-value-mapping-invalid", changes, {EMEA: FINTECH.replace("financial-services", "banks")}
    )
    assert found.suggestion == "Use `financial-services` instead."


def test_a_mapping_into_no_list() -> None:
    files = {
        "regions/emea/picklists/emea-cloud.yaml": "label: Cloud\nvalues:\n  emea-a: {label: A, maps_to: technology}\n"
    }
    (found,) = findings("overlay-value-mapping-invalid", files=files)
    assert "rolls_up_to" in found.suggestion


def test_an_own_list_that_rolls_up_maps_every_value() -> None:
    text = (
        "label: Cloud\nrolls_up_to: industry\nvalues:\n"
        "  emea-a: {label: A, maps_to: technology}\n  emea-b: {label: B}\n  emea-c: {label: C, status: retired}\n"
    )
    assert places("overlay-value-unmapped", files={"regions/emea/picklists/emea-cloud.yaml": text}) == [
        (5, 3)
    ]


def test_a_retired_addition_to_a_closed_list_may_stay() -> None:
    text = "values:\n  emea-x: {label: X, maps_to: high, status: retired}\n"
    assert findings("overlay-not-extensible", files={"regions/emea/picklists/level.yaml": text}) == []


@pytest.mark.parametrize(
    ("path", "text", "count"),
    [
        (
            "regions/emea/playbooks/ctas.yaml",
            "ctas:\n  call-us: {label: Call us, maps_to: book-briefing}\n",
            1,
        ),
        ("regions/emea/playbooks/ctas.yaml", "ctas:\n  book-briefing: {label: Réserver}\n", 1),
        (
            "regions/emea/playbooks/ctas.yaml",
            "ctas:\n  emea-call: {label: Appeler, maps_to: book-briefing}\n",
            0,
        ),
        ("regions/emea/picklists/emea-cloud.yaml", "label: Cloud\nvalues:\n  public: {label: Public}\n", 1),
    ],
)
def test_own_things_carry_the_prefix(path: str, text: str, count: int) -> None:
    assert len(findings("own-thing-unprefixed", files={path: text})) == count


def test_a_regions_privacy_rule_never_replaces_a_global_one() -> None:
    rule = """rules:
  special-category:
    jurisdiction: eu
    applies_to: {class: special-category}
    effect: allow
    source: Nothing
    counsel_owner: privacy-counsel
    reviewed: "2026-06-01"
"""
    (found,) = findings("own-thing-unprefixed", files={"regions/emea/privacy.yaml": rule})
    assert found.suggestion == "Call it `emea-special-category`."


@pytest.mark.parametrize(
    ("id", "count"),
    [("emeaindustry", 0), ("emea-industry", 1), ("dach-industry", 1), ("pan-emea-industry", 0)],
)
def test_prefixes_belong_to_regions(id: str, count: int) -> None:
    files = {f"taxonomy/picklists/{id}.yaml": "label: X\ndescription: X.\nvalues:\n  a: {label: A}\n"}
    assert len(findings("region-prefix-taken", files=files)) == count


def test_a_region_whose_id_begins_like_anothers() -> None:
    files = {
        "regions/emea-north/region.yaml": "label: North\nowner: revops\n",
        "regions/emea-north/picklists/emea-north-x.yaml": "label: X\nvalues:\n  emea-north-a: {label: A}\n",
    }
    assert [each.address for each in findings("region-prefix-taken", files=files)] == ["region.emea-north"]


def test_what_is_hidden_above_is_hidden_below() -> None:
    segment = """label: X
decision: coverage
within: enterprise-technology
when: {all: [{segment: enterprise-technology}, {field: account.industry, in: [technology]}]}
"""
    files = {EMEA: "hide: [technology]\n", "regions/emea/dach/segments/dach-x.yaml": segment}
    (found,) = findings("hide-breaks", files=files)
    assert (found.line, found.related[0].path) == (4, EMEA)


def test_a_hidden_field_is_not_asked_for() -> None:
    segment = """label: X
decision: coverage
within: enterprise-technology
when: {all: [{segment: enterprise-technology}, {field: account.relationship, in: [high]}]}
"""
    files = {
        "regions/emea/fields/account.yaml": "hide: [relationship]\n",
        "regions/emea/segments/emea-x.yaml": segment,
    }
    assert places("hide-breaks", files=files) == [(4, 56)]


def test_a_global_segment_may_ask_for_what_a_region_hides() -> None:
    assert findings("hide-breaks", files={EMEA: "hide: [technology]\n"}) == []


@pytest.mark.parametrize(
    ("system", "count"),
    [("", 1), (", regions: [dach]", 0), (", regions: [emea, apac]", 1), (", regions: [emea]", 0)],
)
def test_texts_conflict_where_a_system_is_shared(system: str, count: int) -> None:
    files = {
        "regions/apac/region.yaml": "label: APAC\nowner: revops\n",
        EMEA: "values:\n  technology: {labels: {fr: Technologie}}\n",
        "regions/apac/picklists/industry.yaml": "values:\n  technology: {labels: {fr: Techno}}\n",
        "taxonomy/systems.yaml": "systems:\n  sf: {label: Salesforce, kind: salesforce, role: crm, owner: revops, "
        f'api_version: "62.0", prefix: ABM{system}}}\n  warehouse: {{label: Warehouse, kind: dbt, role: warehouse, '
        "owner: data-lead, keys_from: sf, regions: [dach]}\n",
    }
    assert len(findings("translation-conflict", files=files)) == count
