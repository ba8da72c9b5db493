"""Renaming: the new id, all that names it, and the tombstone."""

from __future__ import annotations

import pytest

from abmspec.proposal import Rename
from tests.unit.proposal.asked import Asked, ask, refusal

INDUSTRY = "taxonomy/picklists/industry.yaml"
EMEA = "regions/emea/picklists/industry.yaml"
OVERLAY = """\
    # What the region adds.
    values:
      emea-fintech: {label: Fintech, maps_to: technology, after: technology}  # asked for in May
      technology:
        labels: {fr: Technologie}
    hide: [manufacturing]
    """
DACH = {
    "regions/emea/dach/picklists/dach-branche.yaml": """\
        label: Branche
        rolls_up_to: industry
        values:
          dach-it: {label: IT, maps_to: technology, allowed_for: [technology, manufacturing]}
        """
}


def renamed(address: str, to: str, **changed: str) -> Asked:
    asked = ask(Rename(address=address, to=to), {EMEA: OVERLAY, **DACH, **changed})
    assert asked.errors == ()
    return asked


def test_a_value_is_followed_everywhere_byte_for_byte() -> None:
    asked = renamed("picklist.industry.value.technology", "tech")
    assert asked.proposal.address == "picklist.industry.value.tech"
    assert asked.text(EMEA) == (
        "# What the region adds.\n"
        "values:\n"
        "  emea-fintech: {label: Fintech, maps_to: tech, after: tech}  # asked for in May\n"
        "  tech:\n"
        "    labels: {fr: Technologie}\n"
        "hide: [manufacturing]\n"
    )
    assert "maps_to: tech, allowed_for: [tech, manufacturing]" in asked.text(next(iter(DACH)))
    assert "in: [tech]" in asked.text("taxonomy/segments/enterprise-technology.yaml")
    assert asked.text(INDUSTRY) == (
        "label: Industry\n"
        "description: The account's primary industry, as sold to.\n"
        "extensible: true\n"
        "values:\n"
        "  tech:\n"
        "    label: Technology\n"
        "    labels: {de: Technologie}\n"
        "    aliases: [Tech]\n"
        "    renamed_from: technology\n"
        "  financial-services:\n"
        "    label: Financial Services\n"
        "    labels: {de: Finanzdienstleistungen}\n"
        "  manufacturing:\n"
        "    label: Manufacturing\n"
        "    labels: {de: Fertigung}\n"
        "  technology:\n"
        "    label: Technology\n"
        "    status: retired\n"
        '    deprecated: {date: "2026-10-01", reason: Renamed., replaced_by: tech}\n'
    )
    assert "6 uses in 3 files follow." in asked.proposal.notes


def test_a_file_is_renamed_with_its_comments_and_leaves_a_tombstone() -> None:
    path = "taxonomy/segments/enterprise-technology.yaml"
    asked = ask(Rename(address="segment.enterprise-technology", to="big-tech", reason="Shorter."))
    assert asked.errors == ()
    before, moved = asked.proposal.changes[-1], asked.text("taxonomy/segments/big-tech.yaml")
    assert moved == (before.before or b"").decode().replace(
        "decision: coverage", "renamed_from: enterprise-technology\ndecision: coverage"
    )
    tombstone = asked.text(path)
    assert "status: retired" in tombstone
    assert 'deprecated: {date: "2026-10-01", reason: Shorter., replaced_by: big-tech}' in tombstone
    assert "segments: [big-tech]" in asked.text("playbooks/plays/executive-briefing.yaml")


def test_a_regions_file_of_a_thing_moves_with_it() -> None:
    asked = renamed("picklist.industry", "sector")
    assert EMEA not in asked.files
    assert "emea-fintech" in asked.text("regions/emea/picklists/sector.yaml")
    assert "picklist: sector" in asked.text("taxonomy/fields/account.yaml")
    assert "rolls_up_to: sector" in asked.text(next(iter(DACH)))


def test_a_lists_tombstone_keeps_the_ids_of_its_values() -> None:
    goes = """\
        label: Mood
        description: How it went.
        owner: revops
        values:
          good: {label: Good}
          bad:
            label: Bad
            status: deprecated
            deprecated: {date: "2026-08-01", sunset: "2026-12-01", reason: Rude., replaced_by: good}
        """
    asked = renamed("picklist.mood", "temper", **{"taxonomy/picklists/mood.yaml": goes})
    assert asked.text("taxonomy/picklists/mood.yaml") == (
        "label: Mood\n"
        "status: retired\n"
        'deprecated: {date: "2026-10-01", reason: Renamed., replaced_by: temper}\n'
        "values:\n"
        "  good: {label: Good, status: retired}\n"
        "  bad: {label: Bad, status: retired}\n"
    )
    assert "replaced_by: good" in asked.text("taxonomy/picklists/temper.yaml")


def test_fields_are_written_with_their_object_and_without() -> None:
    files = {
        "regions/emea/fields/account.yaml": "fields: {employees: {required: true}}\nhide: [influence]\n",
        "regions/emea/segments/enterprise-technology.yaml": (
            "use_instead: {account.employee-band: account.employees}\nreason: The band is not known here.\n"
        ),
    }
    asked = ask(Rename(address="field.account.employees", to="headcount"), files)
    assert "derived: {band_of: headcount}" in asked.text("taxonomy/fields/account.yaml")
    assert "bands_of: account.headcount" in asked.text("taxonomy/picklists/employee-band.yaml")
    assert "account.headcount: 800" in asked.text("taxonomy/icp.yaml")
    assert asked.text("regions/emea/fields/account.yaml").startswith("fields: {headcount: ")
    assert "account.employee-band: account.headcount" in asked.text(
        "regions/emea/segments/enterprise-technology.yaml"
    )


def test_a_stage_follows_its_value() -> None:
    asked = renamed("picklist.lifecycle-stage.value.consideration", "evaluation")
    stages = asked.resolved.spec.lifecycle
    assert stages is not None
    assert list(stages.stages) == ["target", "evaluation", "customer", "consideration"]
    assert stages.stages["consideration"].status == "retired"
    assert "stages: [evaluation]" in asked.text("playbooks/plays/executive-briefing.yaml")


def test_what_follows_is_counted_as_it_changes() -> None:
    waiver = (
        "rule: sunset-passed\naddress: picklist.industry.value.manufacturing\nreason: Later.\n"
        'approved_by: council\nuntil: "2026-12-01"\n'
    )
    files = {"taxonomy/governance/waivers/later.yaml": waiver}
    asked = renamed("picklist.industry.value.manufacturing", "making", **files)
    assert "hide: [making]" in asked.text(EMEA)
    assert "allowed_for: [technology, making]" in asked.text(next(iter(DACH)))
    changed = [change.path for change in asked.proposal.changes]
    assert changed == [next(iter(DACH)), EMEA, *files, "taxonomy/icp.yaml", INDUSTRY]
    assert "4 uses in 4 files follow." in asked.proposal.notes


def test_a_system_is_followed_into_every_value_that_it_stores() -> None:
    listed = (
        "label: Level\nvalues:\n  high: {label: High, systems: {sf: H}}\n"
        "  medium: {label: Medium, systems: {sf: M}}\n  low: {label: Low}\n"
    )
    asked = renamed("system.sf", "crm", **{"taxonomy/picklists/level.yaml": listed})
    assert "sf:" not in asked.text("taxonomy/picklists/level.yaml")
    assert "keys_from: crm" in asked.text("taxonomy/systems.yaml")
    assert "systems: {crm: {object: Opportunity}" in asked.text("taxonomy/fields/opportunity.yaml")


def test_what_was_only_proposed_leaves_nothing() -> None:
    path = "taxonomy/segments/ideas.yaml"
    text = "label: Ideas\nstatus: proposed\nwhen: {field: account.employees, at_least: 5}\n"
    asked = ask(Rename(address="segment.ideas", to="plans"), {path: text})
    assert path not in asked.files
    assert asked.text("taxonomy/segments/plans.yaml") == text
    assert "nothing of it has to stay" in asked.said


def test_a_second_renaming_keeps_the_first_ones_tombstone() -> None:
    once = ask(Rename(address="picklist.industry.value.technology", to="tech"))
    files = {INDUSTRY: once.text(INDUSTRY), **{p: once.text(p) for p in once.files if "segments/" in p}}
    twice = ask(Rename(address="picklist.industry.value.tech", to="it"), files)
    assert twice.errors == ()
    values = twice.resolved.backbone.picklists["industry"].values
    assert [values[id].renamed_from for id in ("it", "tech", "technology")] == ["tech", "technology", ""]
    first = values["technology"].deprecated
    assert first is not None
    assert first.replaced_by == "tech"


def test_a_waiver_follows_and_a_recorded_decision_does_not() -> None:
    waiver = (
        "rule: sunset-passed\naddress: picklist.industry.value.technology\nreason: Later.\n"
        'approved_by: council\nuntil: "2026-12-01"\n'
    )
    path = "taxonomy/governance/waivers/late.yaml"
    asked = ask(Rename(address="picklist.industry", to="sector"), {path: waiver})
    assert "address: picklist.sector.value.technology\n" in asked.text(path)


REFUSED = [
    ("picklist.industry.value.technolgy", "x", "Did you mean `picklist.industry.value.technology`"),
    ("technology", "x", "Did you mean `picklist.industry.value.technology`?"),
    ("picklist.industry.value.technology", "technology", "is called so already"),
    ("picklist.industry.value.technology", "manufacturing", "--replaced-by manufacturing --replace"),
    ("picklist.industry.value.technology", "../../etc/passwd", "is not a value's id"),
    ("picklist.industry.value.technology", "Tech", "Did you mean `tech`?"),
    ("region.emea", "europe", "abmspec propose relabel region.emea"),
    ("lifecycle.stage.target", "aim", "Rename that value"),
    ("play.executive-briefing.step.invite", "ask", "abmspec propose relabel play.executive-briefing.step.invite"),
    ("region.emea.picklist.industry.value.emea-fintech", "fintech", "Did you mean `emea-fintech`?"),
    ("region.emea.picklist.industry.value.technology", "tech", "Name it as `picklist.industry.value.technology`"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "to", "why"), REFUSED)
def test_a_refusal_says_what_is_possible(address: str, to: str, why: str) -> None:
    overlay = OVERLAY.replace("emea-fintech", "emea-payments") if to == "fintech" else OVERLAY
    address = address.replace("emea-fintech", "emea-payments") if to == "fintech" else address
    assert why in refusal(Rename(address=address, to=to), {EMEA: overlay})


@pytest.mark.parametrize(
    ("status", "why"), [("retired", "stays what it was for ever"), ("deprecated", "it gets no new name")]
)
def test_what_ends_gets_no_new_name(status: str, why: str) -> None:
    text = (
        f"label: Old\nstatus: {status}\nwhen: {{field: account.employees, at_least: 5}}\n"
        'deprecated: {date: "2026-09-01", sunset: "2027-01-01", reason: Old., replaced_by: enterprise-technology}\n'
    )
    assert why in refusal(Rename(address="segment.old", to="new"), {"taxonomy/segments/old.yaml": text})


def test_a_tombstones_id_is_never_taken_again() -> None:
    once = ask(Rename(address="picklist.industry.value.technology", to="tech"))
    changed = {path: once.text(path) for path in once.files}
    why = refusal(Rename(address="picklist.industry.value.manufacturing", to="technology"), dict(changed))
    assert "its id is taken for ever" in why


def test_nothing_is_renamed_while_a_file_cannot_be_read() -> None:
    why = refusal(
        Rename(address="picklist.industry.value.technology", to="tech"),
        {"taxonomy/segments/broken.yaml": "<<<<<<< ours\nlabel: A\n=======\nlabel: B\n>>>>>>> theirs\n"},
    )
    assert "taxonomy/segments/broken.yaml cannot be read" in why
