"""What the commands print and write keeps the schemas that are published for it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from click.testing import CliRunner

from abmspec import export
from abmspec.cli import root as cli
from abmspec.holdings import all_holdings
from abmspec.schema import inputs, kinds, outputs, schemas
from tests.conftest import ROOT
from tests.golden.compiled import GOLDEN
from tests.specs import BASE, resolved_in
from tools.schemas import FOLDER, published_outputs

SCHEMAS: dict[str, dict[str, Any]] = {
    name.removeprefix("outputs/").removesuffix(".schema.json"): json.loads(content)
    for name, content in outputs()
}
SPECS = {"base": BASE, "reference": ROOT}


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(SCHEMAS[name])


def faults(name: str, document: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(document)]


def printed(*arguments: str) -> Any:
    """What a command prints, read as JSON. AssertionError where it fails."""
    done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert done.exit_code in (0, 1), done.output
    return json.loads(done.stdout)


# -- the schemas --------------------------------------------------------------------------------------


def test_the_files_are_those_of_the_source() -> None:
    """`python -m tools.schemas` brings them in line."""
    on_disk = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in FOLDER.glob("outputs/*")}
    assert on_disk == dict(published_outputs()) == dict(outputs())


def test_outputs_are_no_kinds_of_files() -> None:
    assert not set(SCHEMAS) & set(kinds())
    assert not {name for name, _ in schemas() if "/" in name}


def test_the_command_writes_all(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["schema", "--out", str(tmp_path)], catch_exceptions=False)
    assert done.exit_code == 0
    written = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.json")}
    assert written == {**dict(schemas()), **dict(inputs()), **dict(outputs())}


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_schema_of_its_own(name: str) -> None:
    schema = SCHEMAS[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema_rs.validator_for(schema)
    assert schema["$id"] == f"urn:abmspec:output:{name}:1"
    assert schema["properties"]["version"]["const"] == 1
    used = {node["$ref"] for node in nodes(schema) if "$ref" in node}
    assert used == {f"#/$defs/{definition}" for definition in schema.get("$defs", {})}


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Every subschema. Examples are data."""
    if isinstance(node, list):
        for item in node:
            yield from nodes(item)
    elif isinstance(node, dict):
        yield node
        for key, value in node.items():
            if key in ("properties", "$defs"):
                yield from nodes(list(value.values()))
            elif key not in ("examples", "default", "enum", "const"):
                yield from nodes(value)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_is_described_and_shapes_are_closed(name: str) -> None:
    for node in nodes(SCHEMAS[name]):
        properties = node.get("properties")
        if isinstance(properties, dict) and "description" in node:
            assert node["additionalProperties"] is False
            lacking = [
                key for key, value in properties.items() if "description" not in value and "$ref" not in value
            ]
            assert lacking == []


# -- what is printed ----------------------------------------------------------------------------------


@pytest.mark.parametrize("spec", SPECS)
def test_check_prints_its_report(spec: str) -> None:
    report = printed("check", "-C", str(SPECS[spec]), "--format", "json", "--no-cache")
    assert faults("check-report", report) == []


def test_findings_keep_the_schema_whatever_they_hold(tmp_path: Path) -> None:
    for path in BASE.rglob("*.yaml"):
        target = tmp_path / path.relative_to(BASE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    (tmp_path / "taxonomy" / "kpis.yaml").write_text("kpis: {a: [\n")
    picklist = next((tmp_path / "taxonomy" / "picklists").glob("*.yaml"))
    picklist.write_text(picklist.read_text() + "colour: red\n")
    report = printed("check", "-C", str(tmp_path), "--format", "json", "--no-cache")
    assert faults("check-report", report) == []
    found = report["diagnostics"]
    assert any(each["address"] for each in found)
    assert any(each["suggestion"] for each in found)


def test_check_beside_a_baseline_keeps_the_schemas(tmp_path: Path) -> None:
    spec = tmp_path / "spec"
    shutil.copytree(BASE, spec)
    overlay = spec / "regions" / "emea" / "picklists" / "industry.yaml"
    overlay.parent.mkdir(parents=True, exist_ok=True)
    overlay.write_text("values: {emea-a: {label: A}, emea-b: {label: B}}\n")
    beside = ("check", "-C", str(spec), "--format", "json", "--no-cache", "--baseline", "old.json")
    report = printed(*beside, "--write-baseline")
    assert faults("baseline", json.loads((spec / "old.json").read_bytes())) == []
    assert faults("check-report", report) == []
    assert report["baselined"]
    overlay.write_text("values: {emea-b: {label: B}}\n")
    report = printed(*beside)
    assert faults("check-report", report) == []
    assert report["gone"]


ADDRESSES = [
    "picklist.industry",
    "segment.enterprise-technology",
    "region.emea",
    "icp",
    "field.account.industry",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_show_prints_its_report(address: str) -> None:
    report = printed("show", address, "-C", str(BASE), "--format", "json")
    assert faults("show-report", report) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_uses_prints_its_report(address: str) -> None:
    report = printed("uses", address, "-C", str(BASE), "--format", "json")
    assert faults("uses-report", report) == []


PROPOSALS = (
    ("rename", "picklist.industry.value.technology", "tech"),
    ("rename", "picklist.industry.value.technology", "manufacturing"),
    ("hide", "picklist.industry.value.technology", "--region", "emea"),
    ("add", "value", "--picklist", "industry", "--label", "Technologies"),
    ("deprecate", "picklist.lifecycle-stage.value.target", "--replaced-by", "customer", "--replace"),
)


@pytest.mark.parametrize("arguments", PROPOSALS)
def test_propose_prints_its_report(arguments: tuple[str, ...]) -> None:
    report = printed("propose", *arguments, "-C", str(BASE), "--format", "json")
    assert faults("proposal-report", report) == []
    assert not report["written"]


def test_show_and_uses_of_the_reference_spec() -> None:
    address = "segment.enterprise-finserv"
    shown = printed("show", address, "--region", "emea", "-C", str(ROOT), "--format", "json")
    used = printed("uses", address, "-C", str(ROOT), "--format", "json")
    assert faults("show-report", shown) == faults("uses-report", used) == []
    assert any(len(places) > 1 for places in shown["origins"].values())
    assert used["uses"]


def test_show_prints_a_condition_as_it_is_written() -> None:
    report = printed("show", "icp", "-C", str(BASE), "--format", "json")
    assert report["value"]["when"] == {"field": "account.employees", "at_least": 101}


def test_a_build_writes_its_manifest_and_the_spec(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    done = CliRunner().invoke(cli, ["build", "-C", str(BASE), "--out", str(out)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    manifest = json.loads((out / "manifest.json").read_bytes())
    assert faults("build-manifest", manifest) == []
    assert faults("spec-document", json.loads((out / export.PATH).read_bytes())) == []


# -- the spec document --------------------------------------------------------------------------------

FOLDERS = {**SPECS, "hubspot": GOLDEN / "hubspot" / "spec", "marketo": GOLDEN / "marketo" / "spec"}


@cache
def spec_document(name: str) -> Any:
    spec = resolved_in(FOLDERS[name])
    return json.loads(export.spec_document(spec, all_holdings(spec).values()))


@pytest.mark.parametrize("name", FOLDERS)
def test_the_spec_document_keeps_its_schema(name: str) -> None:
    assert faults("spec-document", spec_document(name)) == []


def test_it_is_the_same_every_time() -> None:
    spec = resolved_in(BASE)
    held = all_holdings(spec)
    assert export.spec_document(spec, held.values()) == export.spec_document(spec, held.values())


def test_conditions_are_data_and_words() -> None:
    document = spec_document("marketo")
    assert document["global"]["segments"]["gone"]["when"] == {"field": "account.target", "is": True}
    assert document["global"]["segments"]["gone"]["when_in_words"] == "Target account is yes."
    driven = document["regions"]["emea"]["differs"]["segments"]["enterprise"]
    assert "employee band is Large" in driven["when_in_words"]
    assert driven["reason"] == "Exact head-counts may not be stored here."
    listed = {(each["address"], each["words"]) for each in document["conditions"]}
    assert ("segment.gone", "Target account is yes.") in listed


def test_whole_numbers_are_written_so() -> None:
    spec = resolved_in(FOLDERS["marketo"])
    text = export.spec_document(spec, ()).decode()
    assert '"from": 2001' in text
    assert not re.search(r"\d\.0\b(?!\.|\")", text)


def test_systems_say_what_is_stored() -> None:
    instance = spec_document("marketo")["systems"]["mkto"]
    (industry,) = (each for each in instance["lists"] if each["name"] == "abmIndustry")
    stored = {option["id"]: (option["key"], option["active"]) for option in industry["options"]}
    assert stored["technology"] == ("=Technology", True)
    assert stored["agriculture"] == ("agriculture", False)
    assert {option["id"]: option["maps_to"] for option in industry["options"]}["emea-fintech"] == (
        "financial-services"
    )


# -- the schemas can say no ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("check-report", {"version": 2}),
        ("check-report", {"diagnostics": [{"rule": "x"}]}),
        ("check-report", {"more": 1}),
        ("check-report", {"gone": [{"rule": "x"}]}),
        ("baseline", {"findings": [{"rule": "x"}]}),
        ("baseline", {"version": 2}),
        ("uses-report", {"uses": [{"address": "x"}]}),
        ("proposal-report", {"changes": [{"path": "a.yaml", "status": "moved", "diff": "+a"}]}),
        ("show-report", {"origins": {"label": []}}),
        ("build-manifest", {"files": {"a/b": "no hash"}}),
        ("build-manifest", {"files": {"/etc/passwd": "0" * 64}}),
    ],
)
def test_another_shape_is_refused(name: str, change: dict[str, Any]) -> None:
    good: dict[str, dict[str, Any]] = {
        "check-report": {"version": 1, "diagnostics": [], "waived": []},
        "baseline": {"version": 1, "findings": []},
        "uses-report": {"version": 1, "address": "icp", "uses": []},
        "proposal-report": {
            "version": 1,
            "address": "icp",
            "refused": None,
            "similar": [],
            "notes": [],
            "errors": [],
            "changes": [],
            "written": False,
        },
        "show-report": {
            "version": 1,
            "address": "icp",
            "scope": "global",
            "at": {"path": "taxonomy/icp.yaml", "line": 1, "column": 1},
            "value": {},
            "in_words": None,
            "origins": {},
        },
        "build-manifest": {"version": 1, "files": {}},
    }
    assert faults(name, good[name]) == []
    assert faults(name, good[name] | change) != []


@pytest.mark.parametrize(
    "route",
    [
        ("global", "picklists", "industry", "values", "technology"),
        ("global", "segments", "enterprise"),
        ("global", "segments", "enterprise", "when"),
        ("regions", "emea"),
        ("systems", "mkto", "lists", 0, "options", 0),
        ("systems", "mkto", "fields", 0),
        ("conditions", 0),
        ("governance",),
    ],
)
def test_the_spec_document_has_no_room_for_other_keys(route: tuple[str | int, ...]) -> None:
    document = json.loads(json.dumps(spec_document("marketo")))
    node = document
    for step in route:
        node = node[step]
    node["unheard_of"] = 1
    assert faults("spec-document", document) != []
