"""A rename is one change at the new address; its tombstone belongs to it."""

from __future__ import annotations

from tests.unit.diff.test_compare import (
    EMEA_INDUSTRY,
    INDUSTRY,
    MANUFACTURING,
    OWN_VALUE,
    VALUE,
    changes,
    edited,
    text,
)  # fmt: skip

GONE = 'status: retired\n    deprecated: {date: "2026-10-01", replaced_by: making}'
MAKING = "  making:\n    label: Manufacturing\n    labels: {de: Fertigung}\n    renamed_from: manufacturing\n"


def test_a_renamed_value() -> None:
    after = edited(INDUSTRY, (MANUFACTURING, f"{MAKING}{MANUFACTURING}    {GONE}\n"))
    (change,) = changes({}, after).values()
    assert change.address == f"{VALUE}.making"
    assert change.renamed_from == f"{VALUE}.manufacturing"
    assert (change.action, change.change_class) == ("change", "meaning")
    assert [reason.attribute for reason in change.reasons] == ["renamed_from"]
    assert change.impact.systems == (), "the stored key stays"


def test_what_changes_with_the_name_is_said_too() -> None:
    after = edited(
        INDUSTRY,
        (MANUFACTURING, f"{MAKING.replace('label: Man', 'label: Woman')}{MANUFACTURING}    {GONE}\n"),
    )
    (change,) = changes({}, after).values()
    assert [reason.attribute for reason in change.reasons] == ["renamed_from", "label"]


def test_another_stored_key_with_the_name_is_breaking() -> None:
    after = edited(
        INDUSTRY, (MANUFACTURING, f"{MAKING}    systems: {{sf: Making}}\n{MANUFACTURING}    {GONE}\n")
    )
    (change,) = changes({}, after).values()
    assert change.change_class == "breaking"
    assert "from `manufacturing` to `Making`" in change.reasons[0].why


def test_without_a_tombstone_it_is_a_removal() -> None:
    found = changes({}, edited(INDUSTRY, (MANUFACTURING, MAKING)))
    assert found[f"{VALUE}.manufacturing"].change_class == "forbidden"
    assert found[f"{VALUE}.making"].action == "create"


def test_a_tombstone_that_leads_elsewhere_is_no_rename() -> None:
    other = GONE.replace("making", "technology")
    found = changes({}, edited(INDUSTRY, (MANUFACTURING, f"{MAKING}{MANUFACTURING}    {other}\n")))
    assert found[f"{VALUE}.manufacturing"].action == "retire"
    assert found[f"{VALUE}.making"].renamed_from == ""


def test_a_split_is_no_rename() -> None:
    branch = "{value: making, when: {field: account.employees, at_least: 9}}, {value: technology}"
    split = GONE.replace("replaced_by: making", f"replaced_by: [{branch}]")
    found = changes({}, edited(INDUSTRY, (MANUFACTURING, f"{MAKING}{MANUFACTURING}    {split}\n")))
    assert found[f"{VALUE}.manufacturing"].change_class == "breaking"
    assert found[f"{VALUE}.making"].renamed_from == ""


def test_a_tombstone_is_claimed_once() -> None:
    twice = MAKING + MAKING.replace("making:", "fabrication:")
    found = changes({}, edited(INDUSTRY, (MANUFACTURING, f"{twice}{MANUFACTURING}    {GONE}\n")))
    assert {each: change.action for each, change in found.items()} == {
        f"{VALUE}.making": "change",
        f"{VALUE}.fabrication": "create",
    }


def test_a_regional_value_that_is_promoted() -> None:
    tombstone = """\
        values:
          emea-fintech:
            label: Fintech
            maps_to: financial-services
            status: retired
            deprecated: {date: "2026-10-01", replaced_by: fintech}
        """
    after = {
        EMEA_INDUSTRY: tombstone,
        INDUSTRY: text(INDUSTRY) + "  fintech: {label: Fintech, renamed_from: emea-fintech}\n",
    }
    found = changes(OWN_VALUE, after)
    change = found[f"{VALUE}.fintech"]
    assert change.renamed_from == f"region.emea.{VALUE}.emea-fintech"
    assert set(found) == {change.address}
    # The account's list has a detail field beside it: the value leaves that and enters the global one.
    assert change.change_class == "breaking"
    assert "moves to another list" in change.reasons[0].why


def test_a_renamed_list_takes_its_values_along() -> None:
    old = "taxonomy/picklists/sectors.yaml"
    new = "taxonomy/picklists/branches.yaml"
    values = "values:\n  a: {label: A}\n  b: {label: B}\n"
    before = {old: f"label: Sectors\n{values}"}
    after = {
        new: f"label: Sectors\nrenamed_from: sectors\n{values}  c: {{label: C}}\n",
        old: f'label: Sectors\nstatus: retired\ndeprecated: {{date: "2026-10-01", replaced_by: branches}}\n{values}',
    }
    found = changes(before, after)
    assert {each: (change.action, change.renamed_from) for each, change in found.items()} == {
        "picklist.branches": ("change", "picklist.sectors"),
        "picklist.branches.value.c": ("create", ""),
    }
