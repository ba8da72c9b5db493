"""Rules over the charter, regions, privacy, routing and the project, at their edges."""

from __future__ import annotations

import pytest

from abmspec.rules.project_requires import _holds, _numbers
from tests.unit.rules.over_base import Change, findings, places

PROJECT = "abmspec.yaml"
EMEA = "regions/emea/region.yaml"
DACH = "regions/emea/dach/region.yaml"
ROUTING = "taxonomy/routing.yaml"
CHARTER = "taxonomy/charter.yaml"
JURISDICTIONS = "taxonomy/jurisdictions.yaml"


@pytest.mark.parametrize(
    ("requirement", "version", "expected"),
    [
        (">=0.1", "0.1.0", True),
        (">=0.1", "0.0.9", False),
        ("==0.1", "0.1.0", True),
        ("~=0.1.2", "0.1.9", True),
        ("~=0.1.2", "0.2.0", False),
        ("~=0.1.2", "0.1.1", False),
        ("<1", "0.9.dev3", True),
        ("!=0.2", "0.2.0", False),
        ("> 0.10", "0.9", False),
    ],
)
def test_requirements(requirement: str, version: str, expected: bool) -> None:
    assert _holds(requirement, _numbers(version)) is expected


@pytest.mark.parametrize(
    ("rule", "change", "expected"),
    [
        ("currency-invalid", (PROJECT, "EUR", "EUO"), [(6, 11)]),
        ("calendar-invalid", (PROJECT, "09:00-17:00", "17:00-09:00"), [(9, 45)]),
        ("calendar-invalid", (PROJECT, "09:00-17:00", "09:00-24:00"), []),
        ("calendar-invalid", (EMEA, "Europe/Paris", "Europe/Pariss"), [(7, 23)]),
        ("country-invalid", (EMEA, "holidays: [FR]", "holidays: [XX]"), [(7, 70)]),
        (
            "country-invalid",
            (JURISDICTIONS, "germany: {label: Germany,", "germany: {subdivisions: [DE-XX],"),
            [(3, 28)],
        ),
        (
            "country-invalid",
            (JURISDICTIONS, "germany: {label: Germany,", "germany: {subdivisions: [DE-BY],"),
            [],
        ),
        ("jurisdiction-outside", (JURISDICTIONS, "[AT, DE, FR]}", "[AT, FR]}"), [(3, 54)]),
        ("jurisdiction-outside", (JURISDICTIONS, "FR]}", "FR], within: germany}"), [(2, 64), (3, 54)]),
        ("owners-folder-unknown", (PROJECT, "playbooks: pro", "regions: pro"), []),
        ("owners-folder-unknown", (PROJECT, "playbooks: pro", "plays: pro"), [(8, 28)]),
        ("sign-off-missing", (CHARTER, "2026-01-15", "2026-12-15"), [(19, 50)]),
        ("sign-off-missing", (CHARTER, "scope: dach", "scope: emea"), []),
        ("sign-off-missing", (EMEA, "owner:", "stage: pilot\nowner:"), []),
        ("charter-incomplete", (CHARTER, "success_metrics: [pipeline, tier-coverage]\n", ""), [(1, 1)]),
        ("non-negotiable-missing", (CHARTER, "  size: account.employee-band\n", ""), [(11, 1)]),
        ("privacy-rule-unreviewed", ("taxonomy/privacy.yaml", "2026-06-01", "2025-10-01"), []),
        ("privacy-rule-unreviewed", ("taxonomy/privacy.yaml", "2026-06-01", "2025-09-30"), [(10, 15)]),
        ("privacy-rule-unreviewed", ("taxonomy/privacy.yaml", "2026-06-01", "2026-10-02"), [(10, 15)]),
    ],
)
def test_one_change(rule: str, change: Change, expected: list[tuple[int, int]]) -> None:
    assert places(rule, [change]) == expected


def test_an_inherited_calendar_is_told_where_it_is_written() -> None:
    found = findings("calendar-invalid", [(EMEA, "Europe/Paris", "Mars/Olympus")])
    assert [each.path for each in found] == [EMEA]


def test_a_country_of_a_region_that_is_gone_is_free() -> None:
    retired: Change = (DACH, "locales:", 'status: retired\ndeprecated: {date: "2026-01-01"}\nlocales:')
    assert places("country-duplicate", [(EMEA, "[FR, SE]", "[DE, FR, SE]"), retired]) == []


def test_what_a_region_takes_over_of_its_market_is_said() -> None:
    assert places("region-gtm-missing", [(EMEA, ", partner_coverage: low", "")]) == [(4, 1)]


@pytest.mark.parametrize(("met", "expected"), [("2026-10-01", []), ("2026-10-02", [(9, 78)])])
def test_a_criterion_is_met_on_a_day_that_has_come(met: str, expected: list[tuple[int, int]]) -> None:
    pilot = (
        f'pilot:\n  review_by: "2027-01-31"\n  exit_criteria:\n    one: {{label: {"x" * 53}, met: "{met}"}}\n'
    )
    change = (DACH, "council_seat: dach-lead\n", f"council_seat: dach-lead\n{pilot}")
    assert places("pilot-live-too-early", [change]) == expected


PRIVACY = """\
rules:
  emea-some:
    jurisdiction: %s
    applies_to: {class: special-category}
    use: [%s]
    effect: %s
    limit: Only so much.
    consent: {kind: express}
    source: Counsel
    counsel_owner: privacy-counsel
    reviewed: "2026-06-01"
"""


@pytest.mark.parametrize(
    ("jurisdiction", "use", "effect", "expected"),
    [
        ("eu", "segment", "deny", []),
        ("eu", "segment", "limit", [(6, 13)]),
        ("germany", "segment, score", "limit", [(6, 13)]),
        ("eu", "segment, email", "limit", []),
        ("eu", "email", "limit", []),
        ("eu", "email", "allow", [(6, 13)]),
    ],
)
def test_a_region_tightens(jurisdiction: str, use: str, effect: str, expected: list[tuple[int, int]]) -> None:
    files = {"regions/emea/privacy.yaml": PRIVACY % (jurisdiction, use, effect)}
    assert places("privacy-rule-weaker", (), files) == expected


STRATEGIC = "strategic: {when: {tier: [tier-1]}, to: account-owner}\n"


@pytest.mark.parametrize(
    ("rule", "change", "expected"),
    [
        ("routing-order", (ROUTING, "[override, crm-owner, territory]", "[overide, territory]"), [(6, 13)]),
        ("routing-order", (ROUTING, "[override, crm-owner, territory]", "[override]"), [(6, 5)]),
        ("routing-order", (ROUTING, "[override, crm-owner, territory]", "[territory, override]"), [(6, 24)]),
        (
            "territory-unreachable",
            (ROUTING, STRATEGIC, f"all: {{to: sdr}}\n      {STRATEGIC}"),
            [(9, 7), (10, 7)],
        ),
        (
            "territory-unreachable",
            (ROUTING, STRATEGIC, f"{STRATEGIC}      other: {{when: {{not: {{tier: [tier-1]}}}}, to: sdr}}\n"),
            [(10, 7)],
        ),
        (
            "territory-unreachable",
            (ROUTING, STRATEGIC, f"{STRATEGIC}      other: {{when: {{tier: [tier-1, tier-2]}}, to: sdr}}\n"),
            [],
        ),
        (
            "territory-catch-all",
            (ROUTING, "rest: {to: sdr}", "rest: {when: {icp: true}, to: sdr}"),
            [(9, 20)],
        ),
        (
            "territory-catch-all",
            (ROUTING, "rest: {to: sdr}", "rest: {when: {any: [{icp: true}, {icp: false}]}, to: sdr}"),
            [],
        ),
        ("region-of", (ROUTING, "[contact.country, account]", "[opportunity]"), [(3, 13)]),
        (
            "region-of",
            (ROUTING, "[account.billing-country]", "[account.billing-country, contact]"),
            [(2, 38), (3, 30)],
        ),
        ("region-of", (ROUTING, "  account: [account.billing-country]\n", ""), [(1, 1), (2, 30)]),
        ("region-of", (EMEA, "locales:", "claims: {segment: enterprise-technology}\nlocales:"), [(2, 12)]),
    ],
)
def test_routing(rule: str, change: Change, expected: list[tuple[int, int]]) -> None:
    assert places(rule, [change]) == expected


def test_a_regions_territories_come_before_the_global_ones_on_purpose() -> None:
    overlay = "roles: {account-owner: {territories: {emea-all: {to: emea-marketing}}}}\n"
    assert places("territory-unreachable", (), {"regions/emea/routing.yaml": overlay}) == []
