"""Who feels a change."""

from __future__ import annotations

import pytest

from abmspec.diff import Impact, compare
from tests.specs import resolved_with
from tests.unit.diff.test_compare import (
    ACCOUNT,
    CONTENT,
    DACH,
    EMEA,
    EMEA_INDUSTRY,
    INDUSTRY,
    OWN_VALUE,
    ROLES,
    ROUTING,
    TIERS,
    TODAY,
    VALUE,
    Files,
    changes,
    edited,
    manufacturing,
    text,
)

SEGMENT = "segment.enterprise-technology"
PLAY = "play.executive-briefing"


def impact(before: Files, after: Files, address: str) -> Impact:
    return changes(before, after)[address].impact


def test_a_value_reaches_segments_and_through_them_plays() -> None:
    after = edited(INDUSTRY, ("    label: Technology\n", "    label: Technology\n    systems: {sf: Tech}\n"))
    felt = impact({}, after, f"{VALUE}.technology")
    assert felt.segments == (SEGMENT,)
    assert felt.plays == (PLAY,)
    assert felt.regions == ("emea", "dach")


def test_a_segment_reaches_those_that_are_built_on_it() -> None:
    nested: dict[str, str | None] = {
        "taxonomy/segments/a.yaml": f"label: A\nwhen: {{segment: {SEGMENT.partition('.')[2]}}}\n",
        "taxonomy/segments/b.yaml": "label: B\nwhen: {not: {segment: a}}\n",
    }
    after = edited("taxonomy/segments/enterprise-technology.yaml", ("in: [enterprise]", "in: [smb]"))
    felt = impact(nested, {**nested, **after}, SEGMENT)
    assert felt.segments == ("segment.a", "segment.b")


def test_a_regional_value_is_felt_where_its_parent_is_asked_for() -> None:
    own: dict[str, str | None] = {EMEA_INDUSTRY: "values:\n  emea-saas: {label: SaaS, maps_to: technology}\n"}
    felt = impact({}, own, f"region.emea.{VALUE}.emea-saas")
    assert felt.segments == (SEGMENT,)
    assert felt.regions == ("emea", "dach")


def test_what_another_region_has_is_not_reached() -> None:
    apart: dict[str, str | None] = {
        "regions/apac/region.yaml": "label: APAC\ncountries: [JP]\nlocales: [ja-JP]\nowner: revops\n",
        "regions/apac/segments/apac-tech.yaml": (
            "label: Tech of APAC\nwithin: enterprise-technology\nwhen: {field: account.industry, in: [technology]}\n"
        ),
    }
    own: dict[str, str | None] = {EMEA_INDUSTRY: "values:\n  emea-saas: {label: SaaS, maps_to: technology}\n"}
    felt = impact(apart, {**apart, **own}, f"region.emea.{VALUE}.emea-saas")
    assert felt.segments == (SEGMENT,)
    everywhere = edited(
        INDUSTRY, ("    label: Technology\n", "    label: Technology\n    systems: {sf: Tech}\n")
    )
    felt = impact(apart, {**apart, **everywhere}, f"{VALUE}.technology")
    assert "region.apac.segment.apac-tech" in felt.segments


def test_a_region_that_hides_it_before_and_after_does_not_feel_it() -> None:
    hiding: dict[str, str | None] = {"regions/emea/dach/picklists/industry.yaml": "hide: [manufacturing]\n"}
    felt = impact(hiding, {**hiding, **manufacturing("systems: {sf: Maker}")}, f"{VALUE}.manufacturing")
    assert felt.regions == ("emea",)


@pytest.mark.parametrize(
    ("after", "address", "regions"),
    [
        (edited(TIERS, ("capacity: 20\n", "capacity: 30\n")), "tier.tier-1", ("emea", "dach")),
        (edited("taxonomy/icp.yaml", ("101", "201")), "icp", ("emea", "dach")),
        (edited(EMEA, ("owner: emea-marketing", "owner: revops")), "region.emea", ("emea",)),
        (edited(EMEA, ("partner_coverage: low", "partner_coverage: high")), "region.emea", ("emea", "dach")),
        (edited(DACH, ("locales: [de-DE]", "locales: [de-DE, fr-CH]")), "region.dach", ("dach",)),
        (edited(ROLES, ("[base-emea]", "[base-emea, base-two]")), "role.emea-marketing", ("emea",)),
        (
            edited(ROUTING, ("[override, crm-owner", "[crm-owner, override")),
            "routing.account-owner",
            ("emea", "dach"),
        ),
        (edited(CONTENT, ("version: 3", "version: 4")), "content.briefing-invite", ("emea", "dach")),
        (edited("abmspec.yaml", ("EUR", "USD")), "project", ()),
    ],
)
def test_regions(after: dict[str, str | None], address: str, regions: tuple[str, ...]) -> None:
    assert impact({}, after, address).regions == regions


def test_who_leaves_a_tier_enters_the_next() -> None:
    plays: dict[str, str | None] = {
        f"playbooks/plays/{name}.yaml": (
            f"label: Play\nobjective: Sell.\nfor: {{tiers: [{tier}]}}\ncta: book-briefing\n"
            "steps: {one: {day: 0, channel: email, owner: sdr}}\n"
        )
        for name, tier in (("second", "tier-2"), ("third", "tier-3"))
    }
    after = edited(TIERS, ("at_least: 50", "at_least: 45"))
    assert impact(plays, {**plays, **after}, "tier.tier-2").plays == ("play.second", "play.third")


def test_a_factor_moves_accounts_between_all_tiers() -> None:
    felt = impact({}, edited(TIERS, ("weight: 10", "weight: 15")), "tiers.factor.influence")
    assert felt.plays == (PLAY,)
    assert felt.kpis == ("kpi.tier-coverage",)


def test_wording_changes_no_answer() -> None:
    felt = impact({}, edited(INDUSTRY, ("label: Technology", "label: Tech")), f"{VALUE}.technology")
    assert (felt.segments, felt.plays) == ((), ())
    assert {each.verdict for each in felt.systems} == {"safe"}


def test_systems_have_a_verdict_each() -> None:
    felt = impact({}, manufacturing("systems: {warehouse: MAKER}"), f"{VALUE}.manufacturing")
    assert [(each.system, each.kind, each.verdict) for each in felt.systems] == [
        ("warehouse", "dbt", "breaking")
    ]
    felt = impact({}, OWN_VALUE, f"region.emea.{VALUE}.emea-fintech")
    assert {(each.system, each.verdict) for each in felt.systems} == {("sf", "safe"), ("warehouse", "safe")}


def test_a_field_that_is_bound_otherwise_breaks_there_alone() -> None:
    after = edited(
        ACCOUNT, ("{sf: {object: Account, name: Industry}}", "{sf: {object: Account, name: Sector__c}}")
    )
    felt = impact({}, after, "field.account.industry")
    assert [(each.system, each.verdict) for each in felt.systems] == [("sf", "breaking")]


def test_an_instance_that_names_everything_otherwise_breaks_everything() -> None:
    after = edited("taxonomy/systems.yaml", ("prefix: ABM", "prefix: XYZ"))
    change = changes({}, after)["system.sf"]
    assert change.change_class == "breaking"
    assert [(each.system, each.verdict) for each in change.impact.systems] == [("sf", "breaking")]


def test_accounts_that_still_carry_a_value_keep_it_from_being_retired() -> None:
    announced = (
        'status: {}\n    deprecated: {{date: "2026-06-01", sunset: "2026-09-01", replaced_by: technology}}'
    )
    before = resolved_with(manufacturing(announced.format("deprecated")))
    after = resolved_with(manufacturing(announced.format("retired")))
    (change,) = compare(before, after, TODAY)
    assert change.change_class == "meaning"
    (change,) = compare(before, after, TODAY, {f"{VALUE}.manufacturing": 40})
    assert change.change_class == "breaking"
    assert "40 accounts still carry it." in change.reasons[0].why


def test_a_region_that_moves_says_what_it_loses() -> None:
    segment = (
        "label: Fintech\nwithin: enterprise-technology\nwhen: {field: account.industry, in: [emea-fintech]}\n"
    )
    own = {**OWN_VALUE, "regions/emea/dach/segments/dach-fintech.yaml": segment}
    moved = {
        **OWN_VALUE,
        DACH: None,
        "regions/dach/region.yaml": text(DACH),
        "regions/dach/segments/dach-fintech.yaml": segment,
    }
    (change,) = changes(own, moved).values()
    assert (change.address, change.scope, change.path) == ("region.dach", "dach", "regions/dach/region.yaml")
    assert change.change_class == "breaking"
    said = " ".join(reason.why for reason in change.reasons)
    assert (
        "does not inherit `industry.emea-fintech` any more, which `region.dach.segment.dach-fintech` still needs"
        in said
    )
    assert "moves from `emea` to the top" in said


def test_an_id_that_is_called_like_an_attribute_hides_nothing() -> None:
    level = "taxonomy/picklists/level.yaml"
    named = edited(level, ("  low: {label: Low}", "  low: {label: Low}\n  label: {label: Label}"))
    scores = "scores: {high: 100, medium: 50, low: 10}"
    with_score = {**named, **edited(TIERS, (scores, f"{scores[:-1]}, label: 10}}"))}
    raised = {**named, **edited(TIERS, (scores, f"{scores[:-1]}, label: 90}}"))}
    (change,) = changes(with_score, raised).values()
    assert change.change_class == "meaning"
