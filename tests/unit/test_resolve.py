"""What holds in a region: the table of what an overlay may do, attribute by attribute."""

from __future__ import annotations

from abmspec.condition import Compare
from abmspec.source import Anchor
from tests.specs import resolved_with

INDUSTRY = "regions/emea/picklists/industry.yaml"
DACH_INDUSTRY = "regions/emea/dach/picklists/industry.yaml"


def test_a_region_without_an_overlay_shares_its_parents_things() -> None:
    resolved = resolved_with()
    for name in ("picklists", "fields", "segments", "plays", "content", "ctas", "privacy"):
        for id, thing in getattr(resolved.backbone, name).items():
            assert getattr(resolved.regions["dach"], name)[id] is thing, f"{name} {id}"
    assert resolved.regions["dach"].tiers is resolved.backbone.tiers
    assert resolved.regions["dach"].origins == {}


def test_values_join_down_the_tree_and_never_up_or_sideways() -> None:
    resolved = resolved_with(
        {
            INDUSTRY: "values:\n  emea-fintech: {label: Fintech, maps_to: financial-services}\n",
            DACH_INDUSTRY: "values:\n  dach-it: {label: IT, maps_to: technology}\n",
        }
    )
    added = {
        scope: set(resolved.view(scope).picklists["industry"].values)
        - {"technology", "financial-services", "manufacturing"}
        for scope in ("global", "emea", "dach")
    }
    assert added == {"global": set(), "emea": {"emea-fintech"}, "dach": {"emea-fintech", "dach-it"}}
    fintech = resolved.regions["dach"].picklists["industry"].values["emea-fintech"]
    assert (fintech.scope, fintech.path) == ("emea", INDUSTRY)


def test_an_added_value_stands_behind_the_one_it_names() -> None:
    resolved = resolved_with(
        {
            INDUSTRY: """\
                values:
                  emea-b: {label: B, maps_to: technology, after: technology}
                  emea-a: {label: A, maps_to: technology, after: technology}
                  emea-z: {label: Z, maps_to: technology}
                """
        }
    )
    assert list(resolved.regions["emea"].picklists["industry"].values) == [
        "technology", "emea-b", "emea-a", "financial-services", "manufacturing", "emea-z",
    ]  # fmt: skip


def test_the_nearest_label_wins_and_knows_what_it_overrode() -> None:
    resolved = resolved_with(
        {
            INDUSTRY: "values:\n  technology: {labels: {de: Technik, fr: Technologie}}\n",
            DACH_INDUSTRY: "values:\n  technology: {labels: {de: Informatik}}\n",
        }
    )
    labels = {scope: resolved.view(scope).picklists["industry"].values["technology"].labels for scope in
              ("global", "emea", "dach")}  # fmt: skip
    assert labels == {
        "global": {"de": "Technologie"},
        "emea": {"de": "Technik", "fr": "Technologie"},
        "dach": {"de": "Informatik", "fr": "Technologie"},
    }
    route = ("values", "technology", "labels", "de")
    assert resolved.regions["dach"].origins["picklist.industry.value.technology.labels.de"] == (
        Anchor(DACH_INDUSTRY, route),
        Anchor(INDUSTRY, route),
        Anchor("taxonomy/picklists/industry.yaml", route),
    )


def test_hides_join_and_are_never_taken_back() -> None:
    resolved = resolved_with(
        {INDUSTRY: "hide: [manufacturing]\n", DACH_INDUSTRY: "hide: [financial-services]\n"}
    )
    assert set(resolved.backbone.offered("industry")) == {"technology", "financial-services", "manufacturing"}
    assert set(resolved.regions["emea"].offered("industry")) == {"technology", "financial-services"}
    assert set(resolved.regions["dach"].offered("industry")) == {"technology"}
    assert "manufacturing" in resolved.regions["dach"].picklists["industry"].values, "hidden, not removed"


def test_a_field_only_gets_tighter() -> None:
    resolved = resolved_with(
        {
            "regions/emea/fields/account.yaml": "fields:\n  employees: {required: true}\nhide: [projected-revenue]\n",
            "regions/emea/dach/fields/account.yaml": "fields:\n  employees: {labels: {de: Mitarbeiter}}\n",
        }
    )
    employees = {
        scope: resolved.view(scope).fields["account.employees"] for scope in ("global", "emea", "dach")
    }
    assert {scope: field.required for scope, field in employees.items()} == {
        "global": False, "emea": True, "dach": True,
    }  # fmt: skip
    assert employees["dach"].labels == {"de": "Mitarbeiter"}
    assert resolved.regions["dach"].hidden_fields == {"account.projected-revenue"}


def test_a_locked_field_cannot_be_hidden() -> None:
    resolved = resolved_with({"regions/emea/fields/account.yaml": "hide: [industry]\n"})
    assert resolved.regions["emea"].hidden_fields == frozenset()


def test_weights_and_capacity_are_the_regions_own() -> None:
    resolved = resolved_with(
        {
            "regions/emea/tiers.yaml": """\
                capacity: {tier-1: 8}
                weights: {revenue: 25, influence: 15}
                reason: Public revenue figures are rarer here.
                """
        }
    )
    tiers = resolved.regions["dach"].tiers
    assert tiers is not None
    assert tiers.tiers["tier-1"].capacity == 8
    assert {id: factor.weight for id, factor in tiers.factors.items()} == {
        "revenue": 25, "influence": 15, "alignment": 25, "relationship": 15, "growth": 20,
    }  # fmt: skip
    backbone = resolved.backbone.tiers
    assert backbone is not None
    assert backbone.tiers["tier-1"].capacity == 20


def test_a_segment_is_driven_by_bands_where_the_region_says_so() -> None:
    segment = """\
        label: Enterprise
        description: Large accounts.
        decision: coverage
        consumers: [marketing]
        when: {field: account.employees, at_least: 2001}
        """
    overlay = """\
        use_instead: {account.employees: account.employee-band}
        reason: Exact head-counts may not be stored here.
        """
    resolved = resolved_with(
        {"taxonomy/segments/large.yaml": segment, "regions/emea/segments/large.yaml": overlay}
    )
    large = resolved.regions["dach"].segments["large"]
    assert large.when == Compare("account.employee-band", "in", ("enterprise",))
    assert large.reason == "Exact head-counts may not be stored here."
    assert resolved.backbone.segments["large"].when == Compare("account.employees", "at_least", 2001)


def test_a_regions_rules_are_tried_before_its_parents() -> None:
    resolved = resolved_with(
        {
            "regions/emea/routing.yaml": """\
                roles:
                  account-owner:
                    rules:
                      emea-partner: {keep: account.owner, when: {field: account.employees, at_least: 10}}
                    territories:
                      emea-key: {when: {tier: [tier-2]}, to: program-manager}
                """
        }
    )
    routing = resolved.regions["dach"].routing
    assert routing is not None
    role = routing.roles["account-owner"]
    assert list(role.territories) == ["emea-key", "strategic", "rest"]
    assert "emea-partner" in role.order
    assert role.order.index("emea-partner") < role.order.index("territory")
    assert role.order.index("emea-partner") > role.order.index("override"), "an override stays an override"


def test_a_play_is_localised_and_its_steps_moved_or_skipped() -> None:
    resolved = resolved_with(
        {
            "regions/emea/playbooks/executive-briefing.yaml": """\
                content:
                  value_prop:
                    from: briefing-invite@1
                    locales: {fr-FR: {text: Bonjour, approval: {by: emea-marketing, date: "2026-05-02"}}}
                steps:
                  dinner: {skip: true, reason: Hospitality rules.}
                  follow-up: {day: 5}
                """
        }
    )
    play = resolved.regions["dach"].plays["executive-briefing"]
    assert {id: step.day for id, step in play.steps.items()} == {"invite": 0, "follow-up": 5}
    assert play.localized["value_prop"].locales["fr-FR"].text == "Bonjour"
    assert resolved.backbone.plays["executive-briefing"].localized == {}


def test_regions_under_a_pilot_are_left_out_and_suspended_ones_stay() -> None:
    def region(stage: str, country: str) -> str:
        return f"label: X\ncountries: [{country}]\nowner: emea-marketing\nstage: {stage}\n"

    resolved = resolved_with(
        {
            "regions/emea/mea/region.yaml": region("pilot", "AE"),
            "regions/emea/mea/gulf/region.yaml": region("live", "QA"),
            "regions/emea/east/region.yaml": region("suspended", "PL"),
        }
    )
    deployed = {region.id for region in resolved.deployed_regions()}
    assert deployed == {"emea", "dach", "east"}
    assert resolved.is_suspended("east")
    assert not resolved.is_suspended("emea")


def test_a_region_inherits_all_but_what_is_its_own() -> None:
    spec = resolved_with(
        {"regions/emea/dach/region.yaml": "label: DACH\ncountries: [DE]\ngtm: {route: partner}\n"}
    ).spec
    dach, emea = spec.regions["dach"], spec.regions["emea"]
    assert dach.owner == emea.owner
    assert dach.calendar == emea.calendar
    assert dach.gtm.route == "partner"
    assert dach.gtm.coverage == emea.gtm.coverage
    assert dach.countries == ("DE",)
