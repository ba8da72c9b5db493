"""Every row of the table of classes: a spec before and after, and what the change is then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pytest

from abmspec.diff import Change, compare
from tests.specs import base_files, resolved_with

TODAY = date(2026, 10, 1)
Files = Mapping[str, str | None]

INDUSTRY = "taxonomy/picklists/industry.yaml"
LEVEL = "taxonomy/picklists/level.yaml"
ACCOUNT = "taxonomy/fields/account.yaml"
SEGMENT = "taxonomy/segments/enterprise-technology.yaml"
TIERS = "taxonomy/tiers.yaml"
ROUTING = "taxonomy/routing.yaml"
EMEA = "regions/emea/region.yaml"
DACH = "regions/emea/dach/region.yaml"
PLAY = "playbooks/plays/executive-briefing.yaml"
CONTENT = "playbooks/content/briefing-invite.yaml"
POLICY = "taxonomy/governance/change-policy.yaml"
ROLES = "taxonomy/governance/roles.yaml"
EMEA_INDUSTRY = "regions/emea/picklists/industry.yaml"
EMEA_ACCOUNT = "regions/emea/fields/account.yaml"
VALUE = "picklist.industry.value"
MANUFACTURING = "  manufacturing:\n    label: Manufacturing\n    labels: {de: Fertigung}\n"
SERVICES = "  financial-services:\n    label: Financial Services\n    labels: {de: Finanzdienstleistungen}\n"


def text(path: str) -> str:
    return base_files()[path].decode()


def edited(path: str, *pairs: tuple[str, str]) -> dict[str, str | None]:
    """A file of the small spec with replacements, each of which must have something to replace."""
    content = text(path)
    for old, new in pairs:
        assert old in content, old
        content = content.replace(old, new, 1)
    return {path: content}


def manufacturing(more: str) -> dict[str, str | None]:
    """The value with more to it."""
    return edited(INDUSTRY, (MANUFACTURING, f"{MANUFACTURING}    {more}\n"))


def deprecated(sunset: str = "2027-01-01", more: str = "replaced_by: technology") -> dict[str, str | None]:
    return manufacturing(
        f'status: deprecated\n    deprecated: {{date: "2026-06-01", sunset: "{sunset}", {more}}}'
    )


def retired(more: str = ", replaced_by: technology") -> dict[str, str | None]:
    return manufacturing(f'status: retired\n    deprecated: {{date: "2026-06-01"{more}}}')


PILOT = edited(DACH, ("countries", "stage: pilot\ncountries"))
SUSPENDED = edited(DACH, ("countries", "stage: suspended\ncountries"))
NEEDED = {
    "taxonomy/segments/makers.yaml": "label: Makers\nwhen: {field: account.industry, in: [manufacturing]}\n"
}
EMEA_MAKERS = {
    "regions/emea/segments/emea-makers.yaml": """\
        label: Makers of EMEA
        within: enterprise-technology
        when: {field: account.industry, in: [manufacturing]}
        """
}
OWN_VALUE = {EMEA_INDUSTRY: "values:\n  emea-fintech: {label: Fintech, maps_to: financial-services}\n"}
HIDING = {EMEA_INDUSTRY: "hide: [manufacturing]\n"}
FIELD = "  billing-country:"
REGIONAL_RULE = """\
  regional:
    when: {scope: region}
    require: [region-owner, revops]
    respond_within: 2 business days
"""
SDR = (
    "  sdr: {label: Sales development, function: sales, group: account-owners, team: base/sdr, "
    "members: [base-sdr]}\n"
)
WAIVER = """\
    rule: sunset-passed
    address: picklist.industry
    reason: It ends with the quarter.
    approved_by: council
    until: "2027-01-01"
    """
OVERRIDE = """\
    account: "001"
    tier: tier-1
    reason: The account is courted.
    approved_by: leadership
    until: "2027-01-01"
    """
LOCALISED = "content: {value_prop: {from: briefing-invite@3, locales: {fr-FR: {text: Bonjour}}}}\n"
APAC = "label: APAC\ncountries: [JP]\nlocales: [ja-JP]\nowner: revops\n"


@dataclass(frozen=True)
class Case:
    """A spec changed twice; the address of the only change, its class, and words that its reasons have."""

    name: str
    before: Files
    after: Files
    address: str
    change_class: str
    words: str = ""
    others: tuple[str, ...] = field(default=())


CASES = [
    # -- forbidden
    Case(
        "a value vanishes",
        {},
        edited(INDUSTRY, (MANUFACTURING, "")),
        f"{VALUE}.manufacturing",
        "forbidden",
        "just vanishes",
    ),
    Case(
        "a field vanishes",
        {},
        edited(ACCOUNT, ("  influence: {", "  other: {")),
        "field.account.influence",
        "forbidden",
        others=("field.account.other",),
    ),
    Case("a segment vanishes", NEEDED, {}, "segment.makers", "forbidden"),
    Case(
        "a tier vanishes",
        {},
        edited(TIERS, ("  tier-2:\n    label: Key", "  tier-two:\n    label: Key")),
        "tier.tier-2",
        "forbidden",
        others=("tier.tier-two",),
    ),
    Case("a region's value vanishes", OWN_VALUE, {}, f"region.emea.{VALUE}.emea-fintech", "forbidden"),
    Case(
        "a tombstone is deleted",
        retired(),
        edited(INDUSTRY, (MANUFACTURING, "")),
        f"{VALUE}.manufacturing",
        "forbidden",
        "tombstone",
    ),
    Case(
        "a retired id comes back",
        retired(),
        {},
        f"{VALUE}.manufacturing",
        "forbidden",
        "stays taken for ever",
    ),
    Case(
        "what was published is proposed",
        {},
        manufacturing("status: proposed"),
        f"{VALUE}.manufacturing",
        "forbidden",
        "cannot go back",
    ),
    Case("live becomes pilot", {}, PILOT, "region.dach", "forbidden", "Suspend it instead"),
    Case("suspended becomes pilot", SUSPENDED, PILOT, "region.dach", "forbidden"),
    # -- governance
    Case(
        "a role's member",
        {},
        edited(ROLES, ("members: [base-seller]", "members: [base-seller, base-two]")),
        "role.account-owner",
        "governance",
        "`base-two` comes in",
    ),
    Case(
        "a role's label",
        {},
        edited(ROLES, ("label: Account owners", "label: Sellers")),
        "role.account-owner",
        "governance",
    ),
    Case(
        "a seat",
        {},
        edited("taxonomy/governance/council.yaml", ("role: revops", "role: data-lead")),
        "council.seat.operations",
        "governance",
    ),
    Case(
        "the quorum",
        {},
        edited("taxonomy/governance/council.yaml", ("quorum: 2", "quorum: 1")),
        "council",
        "governance",
    ),
    Case(
        "the RACI",
        {},
        edited("taxonomy/governance/raci.yaml", ("consulted: [data-lead,", "consulted: [")),
        "raci.change-field",
        "governance",
    ),
    Case(
        "a rule of the policy",
        {},
        edited(POLICY, ("require: [revops, council]", "require: [revops]")),
        "change-policy.rule.everything-else",
        "governance",
    ),
    Case(
        "the order of the policy",
        {},
        edited(
            POLICY,
            (REGIONAL_RULE, ""),
            ("override:", f"{REGIONAL_RULE}override:"),
        ),
        "change-policy",
        "governance",
        "order",
    ),
    Case("a new waiver", {}, {"taxonomy/governance/waivers/one.yaml": WAIVER}, "waiver.one", "governance"),
    Case(
        "a jurisdiction",
        {},
        edited("taxonomy/jurisdictions.yaml", ("[AT, DE, FR]", "[AT, DE]")),
        "jurisdiction.eu",
        "governance",
    ),
    Case(
        "a privacy rule",
        {},
        edited("taxonomy/privacy.yaml", ("effect: deny", "effect: allow")),
        "privacy.special-category",
        "governance",
    ),
    Case(
        "the project", {}, edited("abmspec.yaml", ("currency: EUR", "currency: USD")), "project", "governance"
    ),
    Case(
        "the spec's version falls",
        {},
        edited("abmspec.yaml", ("version: 1.0.0", "version: 0.9.0")),
        "project",
        "governance",
    ),
    # -- breaking
    Case(
        "retired without notice",
        {},
        retired(),
        f"{VALUE}.manufacturing",
        "breaking",
        "without ever having been announced",
    ),
    Case(
        "retired before its sunset",
        deprecated(),
        retired(),
        f"{VALUE}.manufacturing",
        "breaking",
        "before 2027-01-01",
    ),
    Case(
        "retired without a replacement, while it is needed",
        {**deprecated("2026-09-01"), **NEEDED},
        {**retired(""), **NEEDED},
        f"{VALUE}.manufacturing",
        "breaking",
        "still needed by `icp` and `segment.makers`",
    ),
    Case(
        "a sunset is moved earlier",
        deprecated(),
        deprecated("2026-11-01"),
        f"{VALUE}.manufacturing",
        "breaking",
        "less time",
    ),
    Case(
        "another stored key",
        {},
        manufacturing("systems: {sf: Maker}"),
        f"{VALUE}.manufacturing",
        "breaking",
        "from `manufacturing` to `Maker`: records keep the old one until a data migration",
    ),
    Case(
        "another type",
        {},
        edited(ACCOUNT, ("employs., type: number", "employs., type: text")),
        "field.account.employees",
        "breaking",
    ),
    Case(
        "another cardinality",
        {},
        edited(ACCOUNT, ("type: multipicklist", "type: picklist")),
        "field.account.product-family",
        "breaking",
    ),
    Case(
        "another list",
        {},
        edited(
            ACCOUNT,
            ("look to., type: picklist, picklist: level", "look to., type: picklist, picklist: industry"),
        ),
        "field.account.influence",
        "breaking",
        "`industry`",
    ),
    Case(
        "no longer locked",
        {},
        edited(ACCOUNT, ("    picklist: industry\n    backbone: true", "    picklist: industry")),
        "field.account.industry",
        "breaking",
        "regions may hide it",
    ),
    Case(
        "no longer extensible",
        {},
        edited(INDUSTRY, ("extensible: true\n", "")),
        "picklist.industry",
        "breaking",
    ),
    Case(
        "no longer restricted",
        edited(
            ACCOUNT,
            ("    backbone: true\n    required", "    backbone: true\n    restricted: true\n    required"),
        ),
        {},
        "field.account.industry",
        "breaking",
    ),
    Case(
        "becomes required",
        {},
        edited(ACCOUNT, ("  employees: {", "  employees: {required: true, ")),
        "field.account.employees",
        "breaking",
        "everybody who writes",
    ),
    Case(
        "becomes required in a region",
        {},
        {EMEA_ACCOUNT: "fields:\n  employees: {required: true}\n"},
        "region.emea.field.account.employees",
        "breaking",
    ),
    Case(
        "another name in a system",
        {},
        edited(
            ACCOUNT, ("{sf: {object: Account, name: Industry}}", "{sf: {object: Account, name: Sector__c}}")
        ),
        "field.account.industry",
        "breaking",
        "`Account.Industry` becomes `Sector__c`",
    ),
    Case(
        "hidden where it is used",
        EMEA_MAKERS,
        {**EMEA_MAKERS, **HIDING},
        "region.emea.picklist.industry",
        "breaking",
        "`region.emea.segment.emea-makers` still needs it",
    ),
    Case("suspended", {}, SUSPENDED, "region.dach", "breaking"),
    # -- meaning
    Case(
        "an expected value",
        {},
        edited(LEVEL, ("  low:", "  none: {label: None}\n  low:")),
        "picklist.level.value.none",
        "meaning",
        "each value has a score in",
    ),
    Case(
        "a new band",
        {},
        edited(
            "taxonomy/picklists/employee-band.yaml",
            ("from: 2001}", "from: 2001, to: 9999}\n  giant: {label: Giant, from: 10000}"),
        ),
        "picklist.employee-band.value.giant",
        "meaning",
        "bands are cut anew",
        others=("picklist.employee-band.value.enterprise",),
    ),
    Case(
        "a segment's condition",
        {},
        edited(SEGMENT, ("in: [enterprise]", "in: [enterprise, mid-market]")),
        "segment.enterprise-technology",
        "meaning",
        "It is wider",
    ),
    Case(
        "the ICP",
        {},
        edited("taxonomy/icp.yaml", ("at_least: 101", "at_least: 201")),
        "icp",
        "meaning",
        "It is narrower",
    ),
    Case(
        "a weight",
        {},
        edited(TIERS, ("weight: 10", "weight: 15")),
        "tiers.factor.influence",
        "meaning",
        "from 10 to 15",
    ),
    Case(
        "a threshold",
        {},
        edited(TIERS, ("at_least: 50", "at_least: 45")),
        "tier.tier-2",
        "meaning",
        "falls from 50 to 45",
    ),
    Case(
        "a capacity",
        {},
        edited(TIERS, ("capacity: 200", "capacity: 300")),
        "tier.tier-2",
        "meaning",
        "room for 300",
    ),
    Case(
        "a region's capacity",
        {},
        {"regions/emea/tiers.yaml": "capacity: {tier-1: 8}\n"},
        "region.emea.tiers",
        "meaning",
        "capacity",
    ),
    Case(
        "the order of routing",
        {},
        edited(ROUTING, ("[override, crm-owner, territory]", "[crm-owner, override, territory]")),
        "routing.account-owner",
        "meaning",
        "order",
    ),
    Case(
        "the order of territories",
        {},
        edited(
            ROUTING,
            ("      rest: {to: sdr}\n", ""),
            ("      strategic:", "      rest: {to: sdr}\n      strategic:"),
        ),
        "routing.account-owner",
        "meaning",
        "order",
    ),
    Case(
        "the order of bands",
        edited(
            TIERS,
            (
                "small: {below: 50000000, score: 20}, large: {score: 100}",
                "large: {score: 100}, small: {below: 50000000, score: 20}",
            ),
        ),
        {},
        "tiers.factor.revenue",
        "meaning",
        "order",
    ),
    Case(
        "the order of writers",
        {},
        edited(ACCOUNT, ("  influence: {", "  influence: {written_by: [user, enrichment], ")),
        "field.account.influence",
        "meaning",
        "order",
    ),
    Case(
        "a KPI's formula",
        {},
        edited("taxonomy/kpis.yaml", ("tier: [tier-1, tier-2, tier-3]", "tier: [tier-1, tier-2]")),
        "kpi.tier-coverage",
        "meaning",
        "It is narrower",
    ),
    Case(
        "another parent",
        OWN_VALUE,
        {EMEA_INDUSTRY: "values:\n  emea-fintech: {label: Fintech, maps_to: technology}\n"},
        f"region.emea.{VALUE}.emea-fintech",
        "meaning",
    ),
    Case(
        "a service level",
        {},
        edited("taxonomy/lifecycle.yaml", ("within: 2 business hours", "within: 4 business hours")),
        "lifecycle.stage.consideration",
        "meaning",
    ),
    Case(
        "a country moves",
        {},
        {**edited(EMEA, ("[FR, SE]", "[FR]")), **edited(DACH, ("[AT, CH, DE]", "[AT, CH, DE, SE]"))},
        "region.emea",
        "meaning",
        "`SE` goes out",
        others=("region.dach",),
    ),
    Case("an owner", {}, edited(EMEA, ("owner: emea-marketing", "owner: revops")), "region.emea", "meaning"),
    Case(
        "a list's owner",
        {},
        edited(INDUSTRY, ("extensible", "owner: data-lead\nextensible")),
        "picklist.industry",
        "meaning",
    ),
    Case("not deprecated any more", deprecated(), {}, f"{VALUE}.manufacturing", "meaning", "there to stay"),
    Case(
        "deprecated without a date",
        {},
        manufacturing('status: deprecated\n    deprecated: {date: "2026-06-01", replaced_by: technology}'),
        f"{VALUE}.manufacturing",
        "meaning",
        "without a date on which it goes",
    ),
    Case("a pilot goes live", PILOT, {}, "region.dach", "meaning", "goes live"),
    Case(
        "hidden where nobody uses it",
        {},
        HIDING,
        "region.emea.picklist.industry",
        "meaning",
        "records keep it",
    ),
    Case("offered again", HIDING, {}, "region.emea.picklist.industry", "meaning", "offered in `emea` again"),
    Case(
        "retired as announced",
        deprecated("2026-09-01"),
        retired(),
        f"{VALUE}.manufacturing",
        "meaning",
        "retired as announced",
    ),
    Case(
        "a play's step",
        {},
        edited(PLAY, ("day: 14", "day: 21")),
        "play.executive-briefing",
        "meaning",
        "from 14 to 21",
    ),
    Case(
        "a text",
        {},
        edited(CONTENT, ("Meet the people who build it.", "Meet us.")),
        "content.briefing-invite",
        "meaning",
    ),
    # -- deprecating
    Case(
        "deprecated",
        {},
        deprecated(),
        f"{VALUE}.manufacturing",
        "deprecating",
        "It goes on 2027-01-01; `technology` takes over.",
    ),
    Case(
        "a later sunset",
        deprecated("2026-11-01"),
        deprecated(),
        f"{VALUE}.manufacturing",
        "deprecating",
        "later than",
    ),
    # -- accounts
    Case("an override", {}, {"accounts/overrides/acme.yaml": OVERRIDE}, "account-override.acme", "accounts"),
    # -- additive
    Case(
        "a mapped value",
        {},
        OWN_VALUE,
        f"region.emea.{VALUE}.emea-fintech",
        "additive",
        "rolls up to `financial-services`",
    ),
    Case(
        "a value that nothing expects",
        {},
        edited(INDUSTRY, ("values:\n", "values:\n  energy: {label: Energy}\n")),
        f"{VALUE}.energy",
        "additive",
    ),
    Case(
        "a proposed value",
        {},
        edited(LEVEL, ("  low:", "  none: {label: None, status: proposed}\n  low:")),
        "picklist.level.value.none",
        "additive",
        "no system gets it yet",
    ),
    Case(
        "a proposal is published", manufacturing("status: proposed"), {}, f"{VALUE}.manufacturing", "additive"
    ),
    Case(
        "a field",
        {},
        edited(ACCOUNT, (FIELD, f"  city: {{label: City, type: text}}\n{FIELD}")),
        "field.account.city",
        "additive",
    ),
    Case("a segment", {}, NEEDED, "segment.makers", "additive"),
    Case("a region", {}, {"regions/apac/region.yaml": APAC}, "region.apac", "additive"),
    Case(
        "content approved",
        edited(CONTENT, ("state: approved", "state: review")),
        {},
        "content.briefing-invite",
        "additive",
        "approved",
    ),
    Case(
        "a localisation",
        {},
        {"regions/emea/playbooks/executive-briefing.yaml": LOCALISED},
        "region.emea.play.executive-briefing",
        "additive",
    ),
    # -- cosmetic
    Case(
        "a label",
        {},
        edited(INDUSTRY, ("label: Manufacturing", "label: Making")),
        f"{VALUE}.manufacturing",
        "cosmetic",
    ),
    Case(
        "a translation",
        {},
        edited(INDUSTRY, ("{de: Fertigung}", "{de: Fertigung, fr: Industrie}")),
        f"{VALUE}.manufacturing",
        "cosmetic",
    ),
    Case(
        "a region's translation",
        {},
        {EMEA_INDUSTRY: "values:\n  manufacturing: {labels: {fr: Industrie}}\n"},
        f"region.emea.{VALUE}.manufacturing",
        "cosmetic",
    ),
    Case(
        "an alias",
        {},
        edited(INDUSTRY, ("aliases: [Tech]", "aliases: [Tech, IT]")),
        f"{VALUE}.technology",
        "cosmetic",
    ),
    Case(
        "the order of values",
        {},
        edited(INDUSTRY, (SERVICES, ""), (MANUFACTURING, MANUFACTURING + SERVICES)),
        "picklist.industry",
        "cosmetic",
        "order",
    ),
    Case(
        "a condition written otherwise",
        {},
        edited(SEGMENT, ("in: [technology]", "is: technology")),
        "segment.enterprise-technology",
        "cosmetic",
        "only written otherwise",
    ),
    Case(
        "the spec's version rises",
        {},
        edited("abmspec.yaml", ("version: 1.0.0", "version: 1.10.0")),
        "project",
        "cosmetic",
    ),
]


def changes(before: Files, after: Files, today: date = TODAY) -> dict[str, Change]:
    found = compare(resolved_with(before), resolved_with(after), today)
    addresses = [change.address for change in found]
    assert addresses == sorted(set(addresses)), "one change an address, in order"
    return {change.address: change for change in found}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_class(case: Case) -> None:
    found = changes(case.before, case.after)
    assert set(found) == {case.address, *case.others}
    change = found[case.address]
    assert change.change_class == case.change_class, change.reasons
    assert change.reasons[0].change_class == case.change_class
    assert case.words in " ".join(reason.why for reason in change.reasons)


def test_a_thing_that_may_go_is_still_seen_to_live() -> None:
    learning = 'label: A\nsummary: It works.\ndate: "2026-01-01"\nstatus: {}\n'
    before, after = (
        {"playbooks/learnings/a.yaml": learning.format(each)} for each in ("active", "deprecated")
    )
    (change,) = changes(before, after).values()
    assert change.change_class == "meaning"
    (change,) = changes(before, {}).values()
    assert (change.action, change.change_class) == ("retire", "meaning")


@pytest.mark.parametrize(
    ("path", "gone"),
    [
        (TIERS, {"tier.tier-1", "tier.tier-2", "tier.tier-3"}),
        ("taxonomy/systems.yaml", {"system.sf", "system.warehouse"}),
        (
            "taxonomy/lifecycle.yaml",
            {f"lifecycle.stage.{each}" for each in ("target", "consideration", "customer")},
        ),
        ("taxonomy/kpis.yaml", {"kpi.pipeline", "kpi.tier-coverage"}),
        (INDUSTRY, {"picklist.industry"}),
        (ACCOUNT, {"field.account.industry", "field.account.owner"}),
        (DACH, {"region.dach"}),
    ],
)
def test_a_file_that_vanishes_takes_no_id_along(path: str, gone: set[str]) -> None:
    found = changes({}, {path: None})
    assert gone <= {address for address, change in found.items() if change.change_class == "forbidden"}


def test_a_detail_field_moves_what_is_stored() -> None:
    detail = """\
  industry-detail:
    label: Industry detail
    description: The regional value below the account's industry.
    type: picklist
    detail_of: industry
"""
    without = {**OWN_VALUE, **edited(ACCOUNT, (detail, ""))}
    change = changes(without, OWN_VALUE)["field.account.industry-detail"]
    assert change.change_class == "breaking"
    assert "`Account.Industry` cannot hold `emea-fintech` any more" in change.reasons[0].why
    assert changes(without, {**without, **NEEDED}).keys() == {"segment.makers"}


# -- no change -----------------------------------------------------------------------------------------

SAME: dict[str, dict[str, str | None]] = {
    "comments and layout": edited(
        INDUSTRY, ("extensible: true", "\n# A list that regions extend.\nextensible:   true")
    ),
    "the order of keys": edited(
        INDUSTRY, ("label: Industry\n", ""), ("extensible: true\n", "extensible: true\nlabel: Industry\n")
    ),
    "the order of a set": edited("taxonomy/jurisdictions.yaml", ("[AT, DE, FR]", "[FR, AT, DE]")),
    "the order of conditions in a list": edited(
        SEGMENT,
        ("    - {field: account.industry, in: [technology]}\n", ""),
        ("in: [enterprise]}\n", "in: [enterprise]}\n    - {field: account.industry, in: [technology]}\n"),
    ),
    "the order of an unordered mapping": edited(ROLES, (SDR, ""), ("roles:\n", f"roles:\n{SDR}")),
    "an owner that is the default": edited(INDUSTRY, ("extensible", "owner: revops\nextensible")),
    "what is at its default": edited(INDUSTRY, ("extensible", "sorted: false\nextensible")),
    "one binding as a list": edited(
        ACCOUNT, ("{sf: {object: Account, name: Industry}}", "{sf: [{object: Account, name: Industry}]}")
    ),
    "an overlay that says nothing": {EMEA_INDUSTRY: "values: {}\n"},
    "a region's attribute that it inherits anyway": edited(
        DACH, ("locales", "gtm: {route: direct}\nlocales")
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_no_change(name: str) -> None:
    assert changes({}, SAME[name]) == {}
    assert changes(SAME[name], {}) == {}
