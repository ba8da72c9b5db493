"""`abmspec show`, `uses`, `explain` and `schema`: things by their addresses, rules by their names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from abmspec import load, lookup, pipeline
from abmspec.check import all_rules
from abmspec.references import ReferenceIndex
from abmspec.resolve import resolve
from tests.cli.conftest import Abmspec, Write
from tests.conftest import ROOT
from tests.specs import resolved_with

OVERLAY = """\
hide: [manufacturing]
values:
  emea-fintech: {label: Fintech, maps_to: financial-services}
  technology: {labels: {fr: Technologies}}
"""
WAIVER = """\
rule: sunset-passed
address: picklist.industry.value.technology
reason: Soon.
approved_by: council
until: "2026-12-31"
"""
# One of each kind, in the small spec.
ADDRESSES = [
    "picklist.industry", "picklist.industry.value.technology", "field.account.industry",
    "segment.enterprise-technology", "tier.tier-1", "tiers", "tiers.factor.revenue", "play.executive-briefing",
    "play.executive-briefing.step.dinner", "region.emea", "region.dach",
    "region.emea.picklist.industry.value.emea-fintech", "waiver.soon", "council", "council.seat.chair",
    "kpi.pipeline", "role.revops", "icp", "charter", "charter.objective.focus", "lifecycle",
    "lifecycle.stage.target", "system.sf", "systems", "raci.change-field", "content.briefing-invite",
    "cta.book-briefing", "privacy.special-category", "jurisdiction.eu", "change-policy",
    "change-policy.rule.regional", "routing", "buying-groups",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _things(write: Write) -> None:
    write("regions/emea/picklists/industry.yaml", OVERLAY)
    write("taxonomy/governance/waivers/soon.yaml", WAIVER)


@pytest.mark.parametrize("command", ["show", "uses"])
def test_what_cannot_be_read_is_named(command: str, abmspec: Abmspec, write: Write) -> None:
    write("regions/emea/picklists/industry.yaml", f"<<<<<<< ours\n{OVERLAY}")
    found = abmspec(command, "picklist.industry")
    note = (
        "note: What stands in regions/emea/picklists/industry.yaml is missing here, for it cannot be used as it is. "
        "`abmspec check` says why.\n"
    )
    assert (found.code, found.err) == (0, note)
    missed = abmspec(command, "region.emea.picklist.industry.value.emea-fintech")
    assert missed.code == 2
    assert missed.err.startswith(note)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_kind_of_address_is_shown(address: str, abmspec: Abmspec) -> None:
    ended = abmspec("show", address)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"# {address}  ") or ended.out.startswith(f"# {address} in emea  ")
    assert isinstance(YAML(typ="safe").load(ended.out), dict)
    document = json.loads(abmspec("show", address, "--format", "json").out)
    assert (document["version"], document["address"]) == (1, address)
    uses = abmspec("uses", address)
    assert (uses.code, uses.err) == (0, "")
    assert abmspec("uses", address, "--format", "json").code == 0


def test_a_region_sees_what_it_hides_and_adds(abmspec: Abmspec) -> None:
    shown = abmspec("show", "picklist.industry", "--region", "emea").out
    values = YAML(typ="safe").load(shown)["values"]
    assert values["manufacturing"]["hidden"] is True
    assert values["technology"]["labels"]["fr"] == "Technologies"
    assert "emea-fintech" in values
    assert "regions/emea/picklists/industry.yaml:4" in shown
    everywhere = YAML(typ="safe").load(abmspec("show", "picklist.industry").out)["values"]
    assert "emea-fintech" not in everywhere
    assert "hidden" not in everywhere["manufacturing"]
    below = abmspec("show", "picklist.industry", "--region", "dach").out
    assert YAML(typ="safe").load(below)["values"]["manufacturing"]["hidden"] is True


def test_a_hidden_value_by_its_own_address(abmspec: Abmspec) -> None:
    ended = abmspec("show", "picklist.industry.value.manufacturing", "--region", "emea")
    assert ended.code == 0
    assert "label: Manufacturing" in ended.out
    assert "hidden: true  # regions/emea/picklists/industry.yaml:1" in ended.out
    assert "hidden" not in abmspec("show", "picklist.industry.value.technology", "--region", "emea").out
    assert "hidden" not in abmspec("show", "picklist.industry.value.manufacturing").out


def test_a_value_of_another_region(abmspec: Abmspec) -> None:
    address = "region.emea.picklist.industry.value.emea-fintech"
    assert abmspec("show", address, "--region", "dach").code == 0
    assert abmspec("show", address.replace("emea.", "dach.", 1)).code == 0


def test_where_things_come_from_is_in_the_files(abmspec: Abmspec, project: Path) -> None:
    document = json.loads(abmspec("show", "picklist.industry", "--region", "emea", "--format", "json").out)
    places = [document["at"], *(place for places in document["origins"].values() for place in places)]
    for place in places:
        lines = (project / place["path"]).read_text(encoding="utf-8").split("\n")
        assert 1 <= place["line"] <= len(lines)


def test_uses_name_the_place(abmspec: Abmspec) -> None:
    ended = abmspec("uses", "picklist.industry.value.technology")
    assert "segment.enterprise-technology" in ended.out
    assert "taxonomy/segments/enterprise-technology.yaml:9:38" in ended.out
    assert "Nothing refers to icp." in abmspec("uses", "waiver.soon").out.replace("waiver.soon", "icp")


def test_a_spec_with_errors_is_shown_all_the_same(abmspec: Abmspec, write: Write) -> None:
    write("taxonomy/picklists/level.yaml", "label: [Level\n")
    assert abmspec("show", "picklist.industry").code == 0
    assert abmspec("uses", "role.revops").code == 0


def test_everything_that_can_be_referred_to_can_be_shown() -> None:
    resolved = resolved_with()
    assert [
        a for a in ReferenceIndex(resolved).things if lookup.find(resolved, a) is None and a[:7] != "object."
    ] == []


def test_every_address_of_the_reference_spec_can_be_shown() -> None:
    sources, _ = load.load(ROOT)
    spec, _ = pipeline.understand(sources)
    assert spec is not None
    resolved = resolve(spec)
    for view in resolved.views:
        for thing in lookup.things(resolved, view.scope):
            assert lookup.describe(resolved, thing) is not None


# -- explain ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", [rule.name for rule in all_rules()])
def test_every_rule_is_explained(rule: str, abmspec: Abmspec) -> None:
    ended = abmspec("explain", rule)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"# {rule}\n")


def test_every_rule_is_listed(abmspec: Abmspec) -> None:
    lines = abmspec("explain", "--list").out.splitlines()
    assert [line.split()[0] for line in lines] == [rule.name for rule in all_rules()]
    assert abmspec("explain").out.splitlines() == lines


@pytest.mark.parametrize("rule", ["../check", "README", "", "near-duplicate.md"])
def test_what_is_no_rule_is_not_read(rule: str, abmspec: Abmspec) -> None:
    assert abmspec("explain", rule).code == 2


def test_a_page_on_a_terminal(abmspec: Abmspec) -> None:
    environment = {"NO_COLOR": "", "TERM": "xterm", "COLUMNS": "60"}
    ended = abmspec.shell("script -qec 'abmspec explain near-duplicate' /dev/null", environment)
    assert ended.code == 0
    assert "near-duplicate" in ended.out


# -- schema -------------------------------------------------------------------------------------------


def test_schemas_are_written(abmspec: Abmspec, project: Path) -> None:
    ended = abmspec("schema", "--out", "out/ü")
    assert (ended.code, ended.err) == (0, "")
    written = sorted((project / "out" / "ü").glob("*.schema.json"))
    kept = sorted((ROOT / "abmspec" / "schemas").glob("*.schema.json"))
    assert [path.name for path in written] == [path.name for path in kept]
    assert [path.read_bytes() for path in written] == [path.read_bytes() for path in kept]


def test_schemas_need_no_project(abmspec: Abmspec, tmp_path: Path) -> None:
    assert abmspec("schema", "-C", str(tmp_path)).code == 0
    assert (tmp_path / "schemas" / "picklist.schema.json").is_file()


def test_schemas_that_cannot_be_written(abmspec: Abmspec, write: Write) -> None:
    write("schemas", "a file")
    ended = abmspec("schema")
    assert (ended.code, ended.out) == (2, "")
    assert "schemas" in ended.err
