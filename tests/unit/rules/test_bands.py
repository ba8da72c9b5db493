"""Bands, order, details and dependencies: what the pages leave out."""

from __future__ import annotations

import pytest

from tests.unit.rules.over_base import Change, findings, places

BANDS = "taxonomy/picklists/employee-band.yaml"
ACCOUNT = "taxonomy/fields/account.yaml"
EMEA_BANDS = "regions/emea/picklists/employee-band.yaml"
EMEA = "regions/emea/picklists/industry.yaml"
SMB, MID, TOP = "from: 1, to: 100", "from: 101, to: 2000", "from: 2001"


def bounds(smb: str = SMB, mid: str = MID, top: str = TOP) -> list[Change]:
    """The bands with other bounds."""
    found = []
    for old, new in ((SMB, smb), (MID, mid), (TOP, top)):
        if old != new:
            found.append((BANDS, f"{old}}}", f"{new}}}"))
    return found


@pytest.mark.parametrize(
    ("changes", "gaps", "overlaps"),
    [
        (bounds(), 0, 0),
        (bounds(smb="to: 100"), 0, 0),
        (bounds(smb="from: 0, to: 100"), 0, 0),
        (bounds(smb="from: 5, to: 100"), 1, 0),
        (bounds(top="from: 2001, to: 9000"), 1, 0),
        (bounds(mid="from: 103, to: 2000"), 1, 0),
        (bounds(mid="from: 100, to: 2000"), 0, 1),
        (bounds(mid="from: 50, to: 60"), 1, 1),
        (bounds(mid="from: 2000, to: 101"), 1, 1),
        (bounds(mid="from: 101"), 0, 1),
    ],
)
def test_bands_follow_each_other(changes: list[Change], gaps: int, overlaps: int) -> None:
    assert (len(findings("band-gap", changes)), len(findings("band-overlap", changes))) == (gaps, overlaps)


def test_bands_that_are_not_active_do_not_count() -> None:
    old = (BANDS, "  smb:", "  tiny: {label: Tiny, from: 1, to: 50, status: retired}\n  smb:")
    assert findings("band-overlap", [old]) == []


def test_a_field_with_decimals_has_bands_without_gaps_between_them() -> None:
    decimals = (ACCOUNT, "employs., type: number}", "employs., type: number, scale: 2}")
    assert len(findings("band-gap", [decimals])) == 2
    fitting = bounds("from: 0, to: 100.99", "from: 101, to: 2000.99")
    assert findings("band-gap", [decimals, *fitting]) == []


@pytest.mark.parametrize(
    ("band", "count"),
    [
        ("from: 101, to: 2000, maps_to: mid-market", 0),
        ("from: 100, to: 2000, maps_to: mid-market", 1),
        ("from: 101, to: 2001, maps_to: mid-market", 1),
        ("from: 5000, maps_to: enterprise", 0),
        ("from: 500, maps_to: mid-market", 1),
        ("maps_to: mid-market", 1),
    ],
)
def test_regional_bands_nest(band: str, count: int) -> None:
    files = {EMEA_BANDS: f"values:\n  emea-x: {{label: X, {band}}}\n"}
    assert len(findings("band-not-nested", files=files)) == count


def test_bands_of_one_region_do_not_overlap_each_other() -> None:
    text = (
        "values:\n  emea-a: {label: A, from: 101, to: 600, maps_to: mid-market}\n"
        "  emea-b: {label: B, from: 500, to: 2000, maps_to: mid-market}\n"
    )
    assert places("band-overlap", files={EMEA_BANDS: text}) == [(3, 28)]


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ("emea-a: {label: Aaa, maps_to: technology, after: technology}", 0),
        ("emea-a: {label: Aaa, maps_to: technology, after: emea-a}", 1),
        ("emea-a: {label: Aaa, maps_to: technology, after: tecnology}", 1),
        (
            "emea-a: {label: Aaa, maps_to: technology, after: emea-b}\n"
            "  emea-b: {label: Bbb, maps_to: technology, after: emea-a}",
            1,
        ),
        (
            "emea-a: {label: Aaa, maps_to: technology, after: technology}\n"
            "  emea-b: {label: Bbb, maps_to: technology, after: emea-a}",
            0,
        ),
    ],
)
def test_the_place_of_a_regional_value(values: str, count: int) -> None:
    found = findings("after-invalid", files={EMEA: f"values:\n  {values}\n"})
    assert len(found) == count


def test_the_lists_own_values_stand_where_they_are_written() -> None:
    changes = [
        (
            "taxonomy/picklists/industry.yaml",
            "label: Manufacturing\n",
            "label: Manufacturing\n    after: technology\n",
        )
    ]
    assert len(findings("after-invalid", changes)) == 1


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("maps_to: technology, allowed_for: [technology, manufacturing]", ""),
        ("maps_to: technology, allowed_for: [manufacturing]", "is not offered for it"),
        ("maps_to: technology, allowed_for: [technology, manufactoring]", "no value of the picklist"),
        ("maps_to: technology, allowed_for: [technology, emea-b]", ""),
    ],
)
def test_what_a_value_is_offered_for(value: str, wrong: str) -> None:
    other = "  emea-b: {label: Bbb, maps_to: manufacturing}\n"
    found = findings(
        "allowed-for-invalid", files={EMEA: f"values:\n  emea-a: {{label: Aaa, {value}}}\n{other}"}
    )
    assert [wrong in each.message for each in found] == ([True] if wrong else [])


DETAIL = "    detail_of: industry\n"
OTHER = "  {0}: {{label: '{0}', description: More., type: picklist, detail_of: {1}}}\n"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ([(ACCOUNT, DETAIL, "    detail_of: employees\n")], "has no picklist"),
        ([(ACCOUNT, DETAIL, "    detail_of: strategic-value\n")], "may not add"),
        ([(ACCOUNT, DETAIL, DETAIL + "    systems: {sf: {object: Lead}}\n")], "neither stands there"),
        ([(ACCOUNT, DETAIL, DETAIL + "    systems: {sf: {object: Account, offered: false}}\n")], ""),
        ([(ACCOUNT, DETAIL, DETAIL + "    systems: {sf: {offered: false}}\n")], ""),
        (
            [(ACCOUNT, DETAIL, DETAIL + OTHER.format("other", "industry"))],
            "has a detail field already",
        ),
        (
            [(ACCOUNT, DETAIL, DETAIL + OTHER.format("finer", "industry-detail"))],
            "is a detail field itself",
        ),
    ],
)  # fmt: skip
def test_details_stand_beside_their_field(changes: list[Change], wrong: str) -> None:
    found = findings("detail-field-invalid", changes)
    assert [wrong in each.message for each in found] == ([True] if wrong else [])


@pytest.mark.parametrize(
    ("influence", "relationship", "wrong"),
    [
        ("influence", "", ["cannot depend on itself"]),
        ("relationship", "influence", ["depend on each other", "depend on each other"]),
        ("employees", "", ["has no picklist"]),
        ("relationship", "", ["rolls up to none"]),
        ("nothing", "", []),
    ],
)
def test_what_fields_depend_on(influence: str, relationship: str, wrong: list[str]) -> None:
    changes = [(ACCOUNT, "{label: Influence,", f"{{label: Influence, depends_on: {influence},")]
    if relationship:
        changes.append(
            (ACCOUNT, "{label: Relationship,", f"{{label: Relationship, depends_on: {relationship},")
        )
    found = findings("depends-on-invalid", changes)
    assert len(found) == len(wrong)
    assert all(part in each.message for part, each in zip(wrong, found, strict=True))
