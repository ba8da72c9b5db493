"""Rules over fields and over what systems store, at their edges."""

from __future__ import annotations

import pytest

from tests.unit.rules.over_base import Change, findings, places

ACCOUNT = "taxonomy/fields/account.yaml"
EMPLOYEES = "employees: {label: Employees, description: How many people the account employs., type: number}"
SYSTEMS = "taxonomy/systems.yaml"


def field(text: str) -> list[Change]:
    """One more field of accounts, at the top of the dictionary (its line is 10)."""
    return [(ACCOUNT, "fields:\n", f"fields:\n  some: {{label: Some, {text}}}\n")]


DESCRIBED = "description: One more., "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{DESCRIBED}type: picklist", 1),
        (f"{DESCRIBED}type: picklist, picklist: level", 0),
        (f"{DESCRIBED}type: multipicklist, picklist: level, restricted: true", 0),
        (f"{DESCRIBED}type: text, picklist: level", 1),
        (f"{DESCRIBED}type: reference", 1),
        (f"{DESCRIBED}type: reference, to: account", 0),
        (f"{DESCRIBED}type: text, to: account", 1),
        (f"{DESCRIBED}type: text, length: 20, unique: true", 0),
        (f"{DESCRIBED}type: number, length: 20", 1),
        (f"{DESCRIBED}type: number, scale: 0", 0),
        (f"{DESCRIBED}type: text, scale: 0", 1),
        (f"{DESCRIBED}type: boolean, unique: true", 1),
        (f"{DESCRIBED}type: text, restricted: true, depends_on: industry", 2),
    ],
)
def test_attributes_of_a_type(text: str, expected: int) -> None:
    assert len(places("field-type", field(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("type: picklist, picklist: level, derived: {band_of: employees}, written_by: [derived]", 1),
        (
            "type: picklist, picklist: employee-band, derived: {band_of: annual-revenue}, written_by: [derived]",
            1,
        ),
        ("type: picklist, picklist: employee-band, derived: {band_of: employees}", 0),
        ("type: number, derived: {band_of: employees}, written_by: [derived]", 1),
        ("type: number, derived: {count: contact}, written_by: [derived]", 0),
        ("type: number, derived: {count: contact}, written_by: [derived, user]", 1),
        ("type: currency, derived: {sum: opportunity.amount}, written_by: [derived]", 0),
        ("type: text, derived: {sum: opportunity.amount}, written_by: [derived]", 1),
        ("type: number, derived: {sum: contact.country}, written_by: [derived]", 1),
        ("type: date, derived: {latest: contact.country}, written_by: [derived]", 1),
    ],
)
def test_what_is_derived(text: str, expected: int) -> None:
    assert len(places("field-derived", field(DESCRIBED + text))) == expected


def test_defaults_write_nothing_that_is_derived() -> None:
    """`written_by` of the whole file is not said of the derived field."""
    changes = field(f"{DESCRIBED}type: number, derived: {{count: contact}}")
    assert places("field-derived", changes) == []


@pytest.mark.parametrize(
    ("privacy", "said"),
    [
        ("{class: firmographic, lawful_basis: contract, retention: 1 year}", None),
        ("{class: firmographic}", "`lawful_basis` and `retention`"),
        ("{class: contact, lawful_basis: consent, retention: 1 year}", "`storage` and `use`"),
        ("{class: contact, lawful_basis: consent, retention: 1 year, storage: eu, use: []}", None),
    ],
)
def test_what_a_data_standard_says(privacy: str, said: str | None) -> None:
    found = findings("field-data-standard-missing", field(f"{DESCRIBED}type: text, privacy: {privacy}"))
    assert [each.suggestion for each in found] == ([f"Add {said} to `privacy`."] if said else [])


def test_a_default_that_says_too_little_is_told_once() -> None:
    change = (ACCOUNT, ", retention: 7 years}", "}")
    assert places("field-data-standard-missing", [change]) == [(7, 12)]


HUBSPOT: Change = (
    SYSTEMS,
    "systems:\n",
    "systems:\n  hubspot: {label: HubSpot, kind: hubspot, role: crm, owner: revops, prefix: abm, regions: [emea]}\n",
)
# One field speaks of the instance, so that each of the others is asked.
BOUND_ONCE: Change = (ACCOUNT, EMPLOYEES, EMPLOYEES[:-1] + ", systems: {hubspot: {offered: false}}}")
OWN = "regions/emea/dach/fields/account.yaml"
OWN_FIELD = """\
fields:
  dach-some:
    label: Some
    description: One more.
    type: text
    consumers: [sales]
    written_by: [user]
    system_of_record: sf
    quality_owner: data-lead
    change_route: change-field
    privacy: {class: firmographic, lawful_basis: contract, retention: 1 year}
    systems: {sf: {object: Account}%s}
"""


@pytest.mark.parametrize(
    ("regions", "binding", "expected"),
    [
        ("[emea]", "", [(2, 3)]),
        ("[dach]", "", [(2, 3)]),
        ("[emea]", ", hubspot: {offered: false}", []),
        ("[emea]", ", hubspot: {object: companies}", []),
    ],
)
def test_a_regions_field_in_a_system_of_the_region(
    regions: str, binding: str, expected: list[tuple[int, int]]
) -> None:
    change = (HUBSPOT[0], HUBSPOT[1], HUBSPOT[2].replace("[emea]", regions))
    found = findings("field-unbound", [change, BOUND_ONCE], {OWN: OWN_FIELD % binding})
    assert [(each.line, each.column) for each in found if each.path == OWN] == expected


def test_a_regions_field_is_not_for_other_regions_systems() -> None:
    other = {
        OWN: OWN_FIELD % "",
        "regions/apac/region.yaml": "label: APAC\ncountries: [JP]\nowner: leadership\n",
    }
    change = (HUBSPOT[0], HUBSPOT[1], HUBSPOT[2].replace("[emea]", "[apac]"))
    found = findings("field-unbound", [change, BOUND_ONCE], other)
    assert [each for each in found if each.path == OWN] == []


@pytest.mark.parametrize("status", ["proposed", "retired"])
def test_what_is_not_deployed_needs_no_binding(status: str) -> None:
    change = (HUBSPOT[0], HUBSPOT[1], HUBSPOT[2].replace("owner:", f"status: {status}, owner:"))
    assert places("field-unbound", [change]) == []


def test_warehouses_may_do_without() -> None:
    assert places("field-unbound", [(ACCOUNT, ", warehouse: {object: account}}", "}")]) == []


@pytest.mark.parametrize(
    ("high", "medium", "expected"),
    [
        ("{label: High, systems: {warehouse: top}}", "{label: Medium}", []),
        ("{label: High}", "{label: Medium, systems: {warehouse: HIGH}}", [(5, 48)]),
        ("{label: High}", "{label: Medium, systems: {warehouse: {key: High}}}", [(5, 48)]),
        # Both would be stored as `high`: a duplicate, which another rule reports.
        ("{label: High}", "{label: Medium, systems: {warehouse: {key: high}}}", []),
        ("{label: High}", "{label: Medium, systems: {warehouse: {key: high, offered: false}}}", []),
        ("{label: High, systems: {warehouse: high}}", "{label: Medium, systems: {warehouse: medium}}", []),
        (
            '{label: High, status: retired, deprecated: {date: "2026-01-01"}}',
            "{label: Medium, systems: {sf: High}}",
            [],
        ),
    ],
)
def test_a_value_under_the_name_of_another(high: str, medium: str, expected: list[tuple[int, int]]) -> None:
    text = f"label: Level\ndescription: Levels.\nvalues:\n  high: {high}\n  medium: {medium}\n  low: {{label: Low}}\n"
    assert places("systems-disagree", (), {"taxonomy/picklists/level.yaml": text}) == expected


def test_a_system_of_record_that_does_not_offer_the_field() -> None:
    (found,) = findings(
        "system-of-record", [(ACCOUNT, EMPLOYEES, EMPLOYEES[:-1] + ", systems: {sf: {offered: false}}}")]
    )
    assert (found.line, found.column) == (23, 3)
    assert [(each.line, each.column) for each in found.related] == [(4, 21)]


def test_what_a_whole_dictionary_lacks_is_told_once() -> None:
    (found,) = findings("field-stewardship-missing", [(ACCOUNT, "  quality_owner: data-lead\n", "")])
    assert (found.address, found.line, found.column) == ("fields.account", 8, 1)
    some = "quality_owner: data-lead, type: number}"
    changes = [
        (ACCOUNT, "  quality_owner: data-lead\n", ""),
        (ACCOUNT, EMPLOYEES, EMPLOYEES.replace("type: number}", some)),
    ]
    assert len(places("field-stewardship-missing", changes)) > 10
