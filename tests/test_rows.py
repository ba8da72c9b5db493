"""Every promise about the backbone and its overlays is kept by a rule: each is broken once in the small clean spec.

A promise is broken by files that are changed (`old → new`, `old` standing there once), replaced or added (text), or
taken away (None). The rule named must say so; what else is said does not matter here.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from abmspec.model.entity import GLOBAL
from abmspec.model.region import Region
from tests.rules.page import judge, said
from tests.specs import base_files, resolved_with

Edit = tuple[str, str] | str | None

ABM = "abmspec.yaml"
CHARTER = "taxonomy/charter.yaml"
TIERS = "taxonomy/tiers.yaml"
GROUPS = "taxonomy/buying-groups.yaml"
ACCOUNT = "taxonomy/fields/account.yaml"
INDUSTRY = "taxonomy/picklists/industry.yaml"
BANDS = "taxonomy/picklists/employee-band.yaml"
SEGMENT = "taxonomy/segments/enterprise-technology.yaml"
ROLES = "taxonomy/governance/roles.yaml"
COUNCIL = "taxonomy/governance/council.yaml"
RACI = "taxonomy/governance/raci.yaml"
EMEA = "regions/emea/region.yaml"
DACH = "regions/emea/dach/region.yaml"
HERE_INDUSTRY = "regions/emea/picklists/industry.yaml"
HERE_BANDS = "regions/emea/picklists/employee-band.yaml"
HERE_FIELDS = "regions/emea/fields/account.yaml"
HERE_SEGMENT = "regions/emea/segments/enterprise-technology.yaml"
OWN_SEGMENT = "regions/emea/segments/emea-some.yaml"
HERE_TIERS = "regions/emea/tiers.yaml"

OWN = "label: Some\ndecision: coverage\nconsumers: [sales]\nwithin: {within}\nwhen: {when}\n"
FIELD = "    label: New\n    description: Something new.\n    type: text\n"
PILOT = (
    "stage: live\npilot: {{started: '2026-01-01', review_by: '2027-01-31', "
    "exit_criteria: {{c: {{label: C{more}}}}}}}\n"
)


def new_field(more: str = "", within: str = FIELD) -> dict[str, Edit]:
    """The dictionary with one more field."""
    return {ACCOUNT: ("fields:\n", f"fields:\n  new:\n{within}{more}")}


BROKEN: dict[str, tuple[str, Mapping[str, Edit]]] = {
    # One backbone, many overlays
    "a region defines a field without its prefix": (
        "overlay-target-unknown", {HERE_FIELDS: f"fields:\n  new:\n{FIELD}"}),
    "a region defines a segment without its prefix": (
        "overlay-not-allowed", {"regions/emea/segments/new.yaml": "label: New\n"}),
    "a region gives a global value another label": (
        "overlay-redefines", {HERE_INDUSTRY: "values: {technology: {label: Tech}}\n"}),
    "a region gives a global value another label, as a text": (
        "translation-conflict", {HERE_INDUSTRY: "values: {technology: {labels: {en: Tech}}}\n"}),
    "a global value carries a region's prefix": (
        "region-prefix-taken", {INDUSTRY: ("values:\n", "values:\n  emea-x: {label: X}\n")}),
    "a region is called like the backbone": ("duplicate-id", {"regions/global/region.yaml": "label: G\n"}),
    "a region has an ideal customer profile": ("file-unknown", {"regions/emea/icp.yaml": "label: ICP\n"}),
    "a region moves a threshold": ("overlay-not-allowed", {HERE_TIERS: "tiers: {tier-1: {at_least: 70}}\n"}),
    "a region moves a weight too far": (
        "tier-weight-guardrail", {HERE_TIERS: "weights: {revenue: 50, growth: 0}\nreason: Some.\n"}),
    "a territory of a region without its prefix": (
        "own-thing-unprefixed",
        {"regions/emea/routing.yaml":
         "roles: {account-owner: {territories: {rest: {when: {tier: [tier-2]}, to: sdr}}}}\n"}),
    "a region hides what is locked": ("hide-of-backbone-field", {HERE_FIELDS: "hide: [industry]\n"}),
    "a region hides its own": (
        "overlay-value-unknown",
        {HERE_INDUSTRY: "values: {emea-x: {label: X, maps_to: technology}}\nhide: [emea-x]\n"}),
    # The charter is complete
    **{f"no {what}": ("charter-incomplete", {path: None}) for what, path in {
        "profile": "taxonomy/icp.yaml", "tiers": TIERS, "buying groups": GROUPS, "charter": CHARTER,
    }.items()},
    "no success metrics": ("charter-incomplete", {CHARTER: ("success_metrics: [pipeline, tier-coverage]\n", "")}),
    "no global sign-off": (
        "sign-off-missing", {CHARTER: ('  chief: {role: leadership, scope: global, date: "2026-01-15"}\n', "")}),
    "no regional sign-off": (
        "sign-off-missing", {CHARTER: ('  emea: {role: emea-marketing, scope: emea, date: "2026-01-16"}\n', "")}),
    # Buying groups
    "a role that the list does not have": ("reference-unknown", {GROUPS: ("[decision-maker]", "[decider]")}),
    "roles that come from no list": ("buying-group-coverage", {GROUPS: ("contact.buying-role", "contact.country")}),
    "a tier without a least coverage": ("buying-group-coverage", {GROUPS: ("  tier-2: {at_least: 1}\n", "")}),
    # The data dictionary
    "no definition": ("field-definition-missing", new_field(within="    label: New\n    type: text\n")),
    "no type": ("schema-missing-key", new_field(within="    label: New\n    description: Something new.\n")),
    "no owner": ("owner-missing", {ABM: ("{taxonomy: revops, ", "{")}),
    "an owner who is nobody": (
        "owner-missing",
        {ROLES: ("group: operations, team: base/revops, members: [base-ops, base-ops-2]", "group: queue")}),
    "no quality owner": ("field-stewardship-missing", {ACCOUNT: ("  quality_owner: data-lead\n", "")}),
    "no change route": ("field-stewardship-missing", {ACCOUNT: ("  change_route: change-field\n", "")}),
    "no lineage": ("field-lineage-missing", {ACCOUNT: ("  written_by: [enrichment, user]\n", "")}),
    "no data standard": (
        "field-data-standard-missing", {ACCOUNT: ("lawful_basis: legitimate-interest, ", "")}),
    "no system of record": ("system-of-record", {ACCOUNT: ("  system_of_record: sf\n", "")}),
    "no consumers of a field": (
        "consumers-missing",
        {ACCOUNT: ("  consumers: [marketing, sales, customer-success, product]\n", "")}),
    "no consumers of a segment": ("consumers-missing", {SEGMENT: ("consumers: [marketing, sales]\n", "")}),
    "no decision": ("segment-decision-missing", {SEGMENT: ("decision: coverage\n", "")}),
    "a concept without a field": ("non-negotiable-missing", {CHARTER: ("  size: account.employee-band\n", "")}),
    "one field for two concepts": (
        "non-negotiable-missing", {CHARTER: ("size: account.employee-band", "size: account.industry")}),
    "a concept that is not locked": (
        "non-negotiable-unlocked",
        {ACCOUNT: ("    picklist: industry\n    backbone: true\n", "    picklist: industry\n")}),
    # Names
    "a label twice": ("duplicate-label", {INDUSTRY: ("label: Manufacturing", "label: technology")}),
    "a name in a system twice": (
        "duplicate-api-name", new_field("    systems: {sf: {object: Account, name: industry}}\n")),
    "a name that is nearly another's": (
        "near-duplicate", {HERE_INDUSTRY: "values: {emea-x: {label: Manufacturings, maps_to: technology}}\n"}),
    "a translation that is another's": (
        "near-duplicate",
        {HERE_INDUSTRY: "values: {emea-x: {label: X, labels: {de: Fertigung}, maps_to: technology}}\n"}),
    # Systems agree
    "a system says another value's name": (
        "systems-disagree",
        {INDUSTRY: ("    aliases: [Tech]\n", "    aliases: [Tech]\n    systems: {warehouse: Financial Services}\n")}),
    "a key that differs in case alone": (
        "systems-disagree",
        {INDUSTRY: ("    aliases: [Tech]\n", "    aliases: [Tech]\n    systems: {warehouse: TECHNOLOGY}\n")}),
    "a field of which nothing is said for the CRM": (
        "field-unbound", {ACCOUNT: ("{sf: {object: Account}, warehouse", "{warehouse")}),
    "stages that differ from their list": (
        "lifecycle-stages-differ",
        {"taxonomy/picklists/lifecycle-stage.yaml": ("values:\n", "values:\n  another: {label: Another}\n")}),
    # Overlays
    "no go-to-market": ("region-gtm-missing", {EMEA: (", coverage: named", "")}),
    "a band across two global ones": (
        "band-not-nested", {HERE_BANDS: "values: {emea-x: {label: X, from: 50, to: 500, maps_to: smb}}\n"}),
    "bands of nothing": ("band-field", {"taxonomy/picklists/x.yaml": "label: X\nvalues: {a: {label: A, from: 1}}\n"}),
    "bands with a gap": ("band-gap", {BANDS: ("to: 100}", "to: 99}")}),
    "bands that overlap": ("band-overlap", {BANDS: ("to: 100}", "to: 101}")}),
    "a value that rolls up to nothing": (
        "overlay-value-unmapped", {HERE_INDUSTRY: "values: {emea-x: {label: X}}\n"}),
    "a value that rolls up to no value": (
        "overlay-value-mapping-invalid", {HERE_INDUSTRY: "values: {emea-x: {label: X, maps_to: tech}}\n"}),
    "a list that rolls up to itself": (
        "overlay-value-mapping-invalid",
        {INDUSTRY: ("extensible: true\n", "extensible: true\nrolls_up_to: industry\n")}),
    "a value for a list that is closed": (
        "overlay-not-extensible",
        {"regions/emea/picklists/level.yaml": "values: {emea-x: {label: X, maps_to: high}}\n"}),
    "too many fields": (
        "regional-field-cap",
        {ABM: ("locale: en\n", "locale: en\ncaps: {fields_per_region: 0}\n"),
         HERE_FIELDS: f"fields:\n  emea-new:\n{FIELD}"}),
    "too many values": (
        "regional-value-cap",
        {ABM: ("locale: en\n", "locale: en\ncaps: {values_per_region: 0}\n"),
         HERE_INDUSTRY: "values: {emea-x: {label: X, maps_to: technology}}\n"}),
    "another driver without a reason": (
        "schema-missing-key", {HERE_SEGMENT: "use_instead: {account.industry: account.industry-detail}\n"}),
    "another driver that cannot answer": (
        "segment-boundary-unshared",
        {HERE_SEGMENT: "use_instead: {account.employee-band: account.influence}\nreason: Some.\n"}),
    "another driver for what is not asked": (
        "segment-boundary-unshared",
        {HERE_SEGMENT: "use_instead: {account.employees: account.employee-band}\nreason: Some.\n"}),
    "a regional segment beside the global ones": (
        "schema-missing-key",
        {OWN_SEGMENT: OWN.replace("within: {within}\n", "").format(when="{segment: enterprise-technology}")}),
    "a regional segment within its own": (
        "segment-wider", {OWN_SEGMENT: OWN.format(within="emea-some", when="{segment: enterprise-technology}")}),
    "a regional segment wider than the global one": (
        "segment-wider",
        {OWN_SEGMENT: OWN.format(within="enterprise-technology", when="{field: account.industry, in: [technology]}")}),
    "a regional segment by a finer value, wider": (
        "segment-wider",
        {HERE_INDUSTRY: "values: {emea-x: {label: X, maps_to: manufacturing}}\n",
         OWN_SEGMENT: OWN.format(within="enterprise-technology", when="{field: account.industry-detail, is: emea-x}")}),
    "a priority that no figure shows": (
        "priority-segment-kpi", {SEGMENT: ("kpis: [pipeline]\n", "kpis: [tier-coverage]\n")}),
    "a pilot that need show nothing": ("pilot-criteria-missing", {DACH: ("owner:", "stage: pilot\nowner:")}),
    "a pilot whose bar has no height": (
        "pilot-criteria-missing",
        {DACH: ("owner:", PILOT.format(more=", kpi: tier-coverage").replace("live", "pilot") + "owner:")}),
    "live before its pilot has shown it": (
        "pilot-live-too-early", {DACH: ("owner:", PILOT.format(more="") + "owner:")}),
    "live under a pilot": (
        "region-stage-ahead", {EMEA: ("owner:", PILOT.format(more="").replace("live", "pilot") + "owner:")}),
    "a country in two regions": ("country-duplicate", {EMEA: ("[FR, SE]", "[FR, SE, DE]")}),
    "four levels": (
        "region-depth",
        {f"regions/emea/dach/{path}/region.yaml": f"label: {path[-1]}\ncouncil_seat: dach-lead\n"
         for path in ("a", "a/b")}),
    # The life of a thing
    "deprecated without an end": (
        "deprecation-incomplete", {INDUSTRY: ("label: Manufacturing", "label: Manufacturing\n    status: deprecated")}),
    "retired and in use": (
        "retired-in-use",
        {INDUSTRY: ("    aliases: [Tech]\n",
                    "    status: retired\n    deprecated: {date: '2026-01-01', sunset: '2026-07-01', reason: R, "
                    "replaced_by: manufacturing}\n")}),
    # Roles
    "a role group without a role": ("role-group-missing", {ROLES: ("group: program-manager", "group: operations")}),
    "a role without members": ("role-unfilled", {ROLES: (", members: [base-writer]", "")}),
    "no council": ("council-seat-missing", {COUNCIL: None}),
    "a quorum beyond the seats": ("council-quorum", {COUNCIL: ("quorum: 2", "quorum: 20")}),
    "a council without a rhythm": ("schema-missing-key", {COUNCIL: ("cadence: monthly\n", "")}),
    "no RACI": ("raci-area-missing", {RACI: None}),
    # Tiers
    "a tier without characteristics": ("tier-incomplete", {TIERS: ("    characteristics: [Known by type]\n", "")}),
    "a first tier without a team of its own": ("tier-engagement", {TIERS: ("team: dedicated", "team: shared")}),
    "a first tier without an executive": ("tier-engagement", {TIERS: ("executive: required", "executive: none")}),
    "a first tier without content of its own": (
        "tier-engagement", {TIERS: ("content: bespoke", "content: personalised")}),
    "a first tier without regular contact": ("tier-engagement", {TIERS: (", contact: 2 weeks", "")}),
    "a tier between that is not personal": ("tier-engagement", {TIERS: ("content: personalised", "content: nurture")}),
    "a tier between that is not targeted": ("tier-engagement", {TIERS: ("one-to-few", "one-to-many")}),
    "a last tier that is not digital": ("tier-engagement", {TIERS: ("one-to-many", "one-to-few")}),
    "money for one account of the last tier": ("tier-bespoke-spend", {TIERS: ("content: nurture", "content: bespoke")}),
    "thresholds out of order": ("tier-thresholds", {TIERS: ("at_least: 80", "at_least: 40")}),
    "an example in the wrong tier": (
        "tier-example", {TIERS: ("account.annual-revenue: 900000000", "account.annual-revenue: 9")}),
    "a factor too few": (
        "tier-factors",
        {TIERS: ("  growth: {weight: 20, field: account.growth-potential,",
                 "  x: {weight: 20, field: account.owner,")}),
    "weights that sum to less": ("tier-weights", {TIERS: ("weight: 30", "weight: 29")}),
    "a figure that is not for the tier": (
        "tier-kpi-inapplicable",
        {"taxonomy/kpis.yaml": ("    label: Pipeline\n", "    label: Pipeline\n    tiers: [tier-1]\n")}),
}  # fmt: skip


@pytest.mark.parametrize("promise", BROKEN)
def test_a_broken_promise_is_told(promise: str) -> None:
    rule, edits = BROKEN[promise]
    found = judge(_edited(edits))
    assert rule in {each.rule for each in found}, said(found)


def _edited(edits: Mapping[str, Edit]) -> dict[str, bytes]:
    files = dict(base_files())
    for path, edit in edits.items():
        if edit is None:
            del files[path]
        elif isinstance(edit, str):
            files[path] = edit.encode()
        else:
            old, new = edit
            text = files[path].decode()
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
            files[path] = text.replace(old, new).encode()
    return files


def test_a_new_region_is_judged_by_what_it_says_alone() -> None:
    region = (
        "label: Nordics\ncountries: [IS]\nlocales: [en-IS]\nowner: emea-marketing\ncouncil_seat: emea-lead\n"
    )
    found = judge(_edited({"regions/emea/nordics/region.yaml": region}))
    assert not found, said(found)


def test_regions_inherit_down_the_tree() -> None:
    resolved = resolved_with(
        {
            HERE_TIERS: "capacity: {tier-1: 8}\nweights: {revenue: 25, growth: 25}\nreason: Some.\n",
            HERE_INDUSTRY: "values: {emea-x: {label: X, maps_to: technology}}\nhide: [manufacturing]\n",
            "regions/emea/dach/tiers.yaml": "capacity: {tier-1: 3}\n",
            "regions/emea/dach/picklists/industry.yaml": "hide: [financial-services]\n",
        }
    )
    backbone, dach = resolved.view(GLOBAL), resolved.view("dach")
    assert backbone.tiers is not None
    assert dach.tiers is not None
    assert (dach.tiers.tiers["tier-1"].capacity, dach.tiers.factors["revenue"].weight) == (3, 25)
    assert (backbone.tiers.tiers["tier-1"].capacity, backbone.tiers.factors["revenue"].weight) == (20, 30)
    assert set(dach.offered("industry")) == {"technology", "emea-x"}
    here: Region = resolved.spec.regions["dach"]
    assert (here.gtm, here.calendar) == (
        resolved.spec.regions["emea"].gtm,
        resolved.spec.regions["emea"].calendar,
    )
