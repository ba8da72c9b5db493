"""A rename is one change at the new address; its tombstone belongs to it."""

from __future__ import annotations

from tests.unit.diff.test_compare import (
    ACCOUNT,
    EMEA_INDUSTRY,
    INDUSTRY,
    MANUFACTURING,
    OWN_VALUE,
    SEGMENT,
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


TECHNOLOGY = "  technology:\n    label: Technology\n    labels: {de: Technologie}\n    aliases: [Tech]\n"
RENAMED = TECHNOLOGY.replace("technology:", "software:") + "    renamed_from: technology\n"
LEFT = '  technology: {label: T, status: retired, deprecated: {date: "2026-10-01", replaced_by: software}}\n'
SOFTWARE = edited(INDUSTRY, (TECHNOLOGY, RENAMED), (MANUFACTURING, MANUFACTURING + LEFT))
# The tombstone of the list, once it is called otherwise.
EMPTIED = """\
label: Industry
status: retired
deprecated: {date: "2026-10-01", replaced_by: sector}
values:
  technology: {label: Technology, status: retired}
  financial-services: {label: Financial Services, status: retired}
  manufacturing: {label: Manufacturing, status: retired}
"""
FOLLOWS = "It names the same as before"


def test_whoever_names_a_renamed_value_by_its_new_id_is_only_worded_otherwise() -> None:
    found = changes({}, {**SOFTWARE, **edited(SEGMENT, ("[technology]", "[software]"))})
    assert {each: change.change_class for each, change in found.items()} == {
        f"{VALUE}.software": "meaning",
        "segment.enterprise-technology": "cosmetic",
    }


def test_a_parent_that_is_renamed_is_the_same_parent() -> None:
    own = {EMEA_INDUSTRY: OWN_VALUE[EMEA_INDUSTRY].replace("financial-services", "technology")}
    after = {EMEA_INDUSTRY: own[EMEA_INDUSTRY].replace("technology", "software")}
    change = changes(own, {**SOFTWARE, **after})[f"region.emea.{VALUE}.emea-fintech"]
    assert (change.change_class, len(change.reasons)) == ("cosmetic", 1)
    assert change.reasons[0].why == f"{FOLLOWS}: `{VALUE}.technology` has another id now."


def test_another_thing_of_the_new_name_is_another_thing() -> None:
    segment = "label: {id}\ndescription: D.\nwhen: {{field: account.employees, at_least: {least}}}\n"
    others = {
        f"taxonomy/segments/{id}.yaml": segment.format(id=id, least=least)
        for id, least in (("technology", 10), ("software", 20))
    }
    watched = "taxonomy/segments/watched.yaml"
    by = "label: W\ndescription: D.\nwhen: {{all: [{{segment: {0}}}, {{field: account.industry, in: [{0}]}}]}}\n"
    before = {**others, watched: by.format("technology")}
    found = changes(before, {**SOFTWARE, **others, watched: by.format("software")})
    assert found["segment.watched"].change_class == "meaning"


def test_an_overlay_goes_with_what_it_is_about() -> None:
    def german(id: str) -> dict[str, str]:
        return {EMEA_INDUSTRY: f"values:\n  {id}:\n    labels: {{fr: Technologie}}\n"}

    software = {**SOFTWARE, **edited(SEGMENT, ("[technology]", "[software]"))}
    found = changes(german("technology"), {**software, **german("software")})
    assert set(found) == {f"{VALUE}.software", "segment.enterprise-technology"}
    changed = {EMEA_INDUSTRY: german("software")[EMEA_INDUSTRY].replace("Technologie", "Logiciels")}
    found = changes(german("technology"), {**software, **changed})
    assert found[f"region.emea.{VALUE}.software"].change_class == "cosmetic"


def test_a_list_that_is_renamed_keeps_what_regions_added() -> None:
    after = {
        INDUSTRY: EMPTIED,
        "taxonomy/picklists/sector.yaml": text(INDUSTRY).replace(
            "extensible", "renamed_from: industry\nextensible"
        ),
        "regions/emea/picklists/sector.yaml": OWN_VALUE[EMEA_INDUSTRY],
        **edited(ACCOUNT, ("picklist: industry", "picklist: sector")),
    }
    found = changes(OWN_VALUE, after)
    assert {each: change.change_class for each, change in found.items()} == {
        "field.account.industry": "cosmetic",
        "picklist.sector": "meaning",
    }
