"""Schemas for editors: every reference is closed, what is right stays right, and settings of one's own stay."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema_rs
import pytest

from abmspec import load, pipeline
from abmspec.editor import (
    EditorSchemas,
    NotMerged,
    editor_schemas,
    merged_settings,
    published_bindings,
    rendered,
)
from abmspec.editor.table import CODES, PLACES, leads_to
from abmspec.references import Reference, ReferenceIndex
from abmspec.resolve import Resolved, resolve
from abmspec.schema import schemas
from tests.conftest import ROOT
from tests.rules.page import pages, with_blocks
from tests.specs import base_files, resolved_with
from tools.editor import SETTINGS, settings

# What no list can close: accounts, addresses of findings, and the parts of a plan that its own file names.
UNLISTED = {"record", "address", "plan-objective", "strategy"}
# Texts that are written like ids and name nothing that is defined elsewhere: words of one's own.
OWN_WORDS = {
    "applies-to: class", "change-policy: freezes{}", "charter: non_negotiable{}", "charter: sign_off{}",
    "consent: expires_after{}", "consent: kind", "consent: proof", "content: approvals{}", "factor: bands{}",
    "field-privacy: class", "field-privacy: lawful_basis", "lead-scoring: caps{}", "learning: tags[]",
    "lifecycle: slas{}", "pilot: exit_criteria{}", "play: localizable[]", "play: slots{}", "points: category",
    "policy-when: declared", "project: name", "role: function",
}  # fmt: skip
# Keys that define what others refer to, and those of a definition's parts.
DEFINING = {
    "account-plan: actions{}", "account-plan: objectives{}", "account-plan: stakeholders{}",
    "account-plan: strategies{}", "action: serves", "change-policy: rules{}", "charter: decisions{}",
    "charter: objectives{}", "charter: outcomes{}", "council: seats{}", "ctas: ctas{}", "fields: fields{}",
    "icp: examples{}", "jurisdictions: jurisdictions{}", "kpis: kpis{}", "lead-scoring: actions{}",
    "picklist: values{}", "play: steps{}", "privacy: rules{}", "raci: activities{}", "roles: roles{}",
    "routed-role: rules{}", "routed-role: territories{}", "routed-role-overlay: rules{}",
    "routed-role-overlay: territories{}", "strategy: serves", "systems: systems{}", "tier: examples{}",
    "tiers: factors{}", "tiers: tiers{}",
}  # fmt: skip
# Closed by a definition as a whole.
WHOLE = {"example: record{}", "factor: scores{}"}
# Names that stand in no definition of names: in a pattern, in free text, in a mapping as a whole.
OTHER_FORMS = {
    "deprecation: replaced_by", "example: record", "field: change_route", "fields: defaults.change_route",
    "fields-overlay: defaults.change_route", "segment: within", "tightening: change_route",
}  # fmt: skip
NAMES = {"id", "value-id", "field-name", "field-ref", "region-source", "content-version", "slot-name"}


PAGES = pages()


@cache
def reference_spec() -> Resolved:
    resolved = pipeline.resolved_project(ROOT)
    assert resolved is not None
    return resolved


@cache
def reference_schemas() -> EditorSchemas:
    return editor_schemas(reference_spec())


def matcher(pattern: str) -> re.Pattern[str]:
    """A pattern as picomatch reads it, of the signs that are used."""
    found = re.escape(pattern).replace(r"\*", "[^/]*").replace(r"\|", "|")
    found = re.sub(r"!\\\((.*?)\\\)\\\.yaml$", r"(?!(?:\1)\\.yaml$)[^/]*\\.yaml", found)
    return re.compile(re.sub(r"@\\\((.*?)\\\)", r"(?:\1)", found))


def bound(bindings: Mapping[str, tuple[str, ...]], path: str) -> list[str]:
    """The schemas that a file is bound to."""
    return [
        name
        for name, patterns in bindings.items()
        if any(matcher(pattern).fullmatch(path) for pattern in patterns)
    ]


@cache
def reference_matchers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, matcher(each)) for name, patterns in reference_schemas().bindings.items() for each in patterns
    )


def schema_of(path: str) -> str:
    """The schema of a file of the reference spec."""
    (name,) = (name for name, pattern in reference_matchers() if pattern.fullmatch(path))
    return name


@cache
def judge(name: str) -> jsonschema_rs.Draft202012Validator:
    schema = json.loads(reference_schemas().files[name])
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True, offline=True)


def made(changed: Mapping[str, str | None] | None = None) -> dict[str, dict[str, Any]]:
    """The schemas of the small spec, changed, by name."""
    return {
        name: json.loads(content) for name, content in editor_schemas(resolved_with(changed)).files.items()
    }


def offered(schema: Mapping[str, Any], name: str) -> list[str]:
    """What a definition of a schema offers."""
    definition = schema["$defs"][f"there.{name}"]
    return list(definition.get("anyOf", [definition])[0]["enum"])


# -- against the reference spec ------------------------------------------------------------------------


def test_every_schema_is_one() -> None:
    for name, content in reference_schemas().files.items():
        schema = json.loads(content)
        assert jsonschema_rs.meta.is_valid(schema), name
        used = set(re.findall(r'"#/\$defs/([^"]+)"', content.decode()))
        assert used == schema.get("$defs", {}).keys(), name


def test_every_file_is_bound_to_one_schema_and_right_for_it() -> None:
    wrong = {
        (path, "/".join(map(str, error.instance_path)), error.message[:200])
        for path, document in reference_spec().spec.documents.items()
        for error in judge(schema_of(path)).iter_errors(document.data)
    }
    assert wrong == set()


def changed(data: Any, reference: Reference) -> Any:
    """The document with another name where the reference stands: one that nothing has."""
    data = copy.deepcopy(data)
    node = data
    for key in reference.at.route[:-1]:
        node = node[key]
    last = reference.at.route[-1]
    stated = str(last) if reference.at.on_key else node[last]
    other = "account.nobody" if "." in stated else "nobody@1" if "@" in stated else "nobody"
    if reference.at.on_key:
        entries = list(node.items())
        node.clear()
        node.update((other if key == last else key, value) for key, value in entries)
    else:
        node[last] = other
    return data


def shape(reference: Reference, kind: str) -> tuple[object, ...]:
    """References alike: the same attribute in the same kind of file."""
    route = reference.at.route
    last = route[-1] if isinstance(route[-1], str) and not reference.at.on_key else ""
    return kind, reference.how, reference.kind, len(route), reference.at.on_key, last


def test_a_name_that_nothing_has_is_rejected_wherever_one_may_stand() -> None:
    documents = reference_spec().spec.documents
    seen = set()
    accepted = []
    for reference in ReferenceIndex(reference_spec()).all:
        path = reference.at.path
        if reference.kind in UNLISTED or not reference.at.route:
            continue
        like = shape(reference, documents[path].kind)
        if like in seen:
            continue
        seen.add(like)
        if judge(schema_of(path)).is_valid(changed(documents[path].data, reference)):
            accepted.append((like, reference.at, reference.id))
    assert accepted == []
    assert {kind for _, _, kind, *_ in seen} >= {"role", "value", "field", "segment", "tier", "kpi", "system"}


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.blocks("good")])
def test_what_a_rule_is_content_with_is_right(name: str) -> None:
    blocks = PAGES[name].blocks("good")
    if any(block.needs_disk for block in blocks):
        blocks = []
    files = with_blocks(blocks)
    sources, _ = load.load_tree(files)
    spec, _ = pipeline.understand(sources)
    assert spec is not None
    given = editor_schemas(resolve(spec))
    for path in {path for block in blocks for path in block.paths} & sources.documents.keys():
        (schema,) = bound(given.bindings, path)
        validator = jsonschema_rs.Draft202012Validator(json.loads(given.files[schema]), offline=True)
        found = [
            (list(error.instance_path), error.message[:300])
            for error in validator.iter_errors(sources.documents[path].data)
        ]
        assert found == [], path


# -- what refers to what -------------------------------------------------------------------------------


def places(node: Any, holder: str, path: str = "") -> Iterator[str]:
    """Every place of a schema that holds a name, as the table spells it."""
    if isinstance(node, list):
        for item in node:
            yield from places(item, holder, path)
        return
    if not isinstance(node, dict):
        return
    if node.get("$ref", "").removeprefix("#/$defs/") in NAMES:
        yield f"{holder}: {path}"
    for key, value in node.items():
        if key == "properties":
            for name, schema in value.items():
                yield from places(schema, holder, f"{path}.{name}" if path else name)
        elif key in ("items", "additionalProperties", "propertyNames"):
            step = {"items": "[]", "additionalProperties": ".*", "propertyNames": "{}"}[key]
            yield from places(value, holder, f"{path}{step}")
        elif key in ("if", "then", "else", "allOf", "anyOf", "oneOf"):
            yield from places(value, holder, path)


@cache
def published_places() -> frozenset[str]:
    found: set[str] = set()
    for name, content in schemas():
        schema = json.loads(content)
        for holder, definition in schema.pop("$defs", {}).items():
            found.update(places(definition, holder))
        found.update(places(schema, name.removesuffix(".schema.json")))
    return frozenset(found)


def test_every_place_of_a_name_is_in_the_table_or_names_nothing() -> None:
    untold = {
        place
        for place in published_places() - OWN_WORDS - DEFINING - WHOLE
        if not leads_to(*place.split(": ")) and not place.endswith((": slots{}", ": fields{}"))
    }
    assert untold == set()


def test_the_table_tells_of_no_place_that_is_none() -> None:
    told = {f"{holder}: {path}" for holder, paths in PLACES.items() for path in paths}
    assert told - published_places() == OTHER_FORMS
    assert not told & (OWN_WORDS | DEFINING)


# -- what is offered -----------------------------------------------------------------------------------

FINTECH = "values:\n  emea-fintech: {label: Fintech, maps_to: financial-services}\n"


def test_a_scope_is_offered_what_it_sees() -> None:
    found = made({"regions/emea/picklists/industry.yaml": FINTECH})
    assert "emea-fintech" not in offered(found["global/segment.json"], "value.industry")
    assert "emea-fintech" in offered(found["dach/segment-regional.json"], "value.industry")
    overlay = found["dach/picklist-overlay.industry.json"]
    assert "emea-fintech" in offered(overlay, "value.industry")
    assert "emea-fintech" not in offered(overlay, "parent.industry")


def test_beside_an_id_stands_what_it_is_called() -> None:
    role = made()["global/segment.json"]["$defs"]["there.role"]
    roles = resolved_with().spec.governance.roles
    assert dict(zip(role["enum"], role["enumDescriptions"], strict=True)) == {
        id: each.label for id, each in roles.items()
    }
    assert role["errorMessage"].startswith("There is no role of this name.")
    assert "abmspec schema --project" in role["errorMessage"]


def test_what_is_retired_is_accepted_and_not_offered() -> None:
    old = """
        label: Old
        status: retired
        deprecated: {date: "2025-01-01", sunset: "2025-06-01", reason: Gone.}
        when: {icp: true}
    """
    found = made({"taxonomy/segments/old-one.yaml": old})["global/play.json"]
    assert "old-one" not in offered(found, "segment")
    assert re.fullmatch(found["$defs"]["there.segment"]["anyOf"][1]["pattern"], "old-one")
    former = made({"taxonomy/segments/old-one.yaml": old})["global/segment.json"]
    assert "old-one" in former["$defs"]["there.former.segment"]["enum"]


def test_no_example_of_another_company_is_offered_for_a_reference() -> None:
    owner = made()["global/segment.json"]["properties"]["owner"]
    assert owner.keys() == {"description", "$ref"}


@pytest.mark.parametrize(
    ("field", "operators"),
    [
        ("account.industry", {"is", "in", "known"}),
        ("account.employees", {"is", "in", "at_least", "at_most", "above", "below", "known"}),
        ("account.owner", {"known"}),
    ],
)
def test_a_field_is_asked_what_its_type_knows(field: str, operators: set[str]) -> None:
    condition = made()["global/segment.json"]["$defs"]["there.condition"]
    (case,) = (
        case["then"]
        for case in condition["then"]["allOf"]
        if "then" in case and re.fullmatch(case["if"]["properties"]["field"]["pattern"], field)
    )
    assert case["properties"].keys() - {"field"} == operators


def test_what_may_stand_in_a_broken_file_is_not_closed() -> None:
    sources, _ = load.load_tree({**base_files(), "taxonomy/governance/roles.yaml": b"roles: ["})
    spec, _ = pipeline.understand(sources)
    assert spec is not None
    schema = json.loads(editor_schemas(resolve(spec)).files["global/segment.json"])
    assert "there.role" not in schema["$defs"]
    assert schema["properties"]["owner"]["$ref"] == "#/$defs/id"
    assert "there.segment" in schema["$defs"]


def test_codes_are_those_of_the_standards() -> None:
    region = made()["emea/region.json"]
    for code in CODES - {"currency"}:
        assert f"there.{code}" in region["$defs"]
    countries = region["$defs"]["there.country"]
    assert countries["enumDescriptions"][countries["enum"].index("NO")] == "Norway"


def test_the_same_spec_gives_the_same_bytes() -> None:
    assert editor_schemas(resolved_with()) == editor_schemas(resolved_with())


# -- bindings ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("taxonomy/segments/new-one.yaml", "global/segment.json"),
        ("taxonomy/picklists/new-one.yaml", "global/picklist.json"),
        ("taxonomy/picklists/industry.yaml", "global/picklist.industry.json"),
        ("regions/emea/segments/emea-new.yaml", "emea/segment-regional.json"),
        ("regions/emea/segments/enterprise-finserv.yaml", "emea/segment-overlay.json"),
        ("regions/emea/dach/segments/emea-new.yaml", "dach/segment-overlay.json"),
        ("regions/emea/picklists/industry.yaml", "emea/picklist-overlay.industry.json"),
        ("regions/emea/playbooks/emea-day.yaml", "emea/play.json"),
        ("regions/emea/playbooks/ctas.yaml", "emea/ctas.json"),
        ("accounts/plans/new-one.yaml", "_all/account-plan.json"),
    ],
)
def test_files_that_do_not_exist_yet_are_bound(path: str, schema: str) -> None:
    assert schema_of(path) == schema


def test_every_document_has_its_own_published_schema() -> None:
    spec = reference_spec().spec
    bindings = published_bindings("s", {id: region.folder for id, region in spec.regions.items()})
    found = {path: bound(bindings, path) for path in list(spec.documents)[::7]}
    assert found == {path: [f"./s/{spec.documents[path].kind}.schema.json"] for path in found}


def test_the_settings_of_this_repository_bind_its_spec() -> None:
    assert SETTINGS.read_bytes() == settings(), "python -m tools.editor"
    extensions = json.loads(SETTINGS.with_name("extensions.json").read_text(encoding="utf-8"))
    assert "redhat.vscode-yaml" in extensions["recommendations"]


# -- settings ------------------------------------------------------------------------------------------

OURS = {"./.abmspec/schemas/a.json": ("a.yaml",), "./.abmspec/schemas/b.json": ("b.yaml", "c/*.yaml")}
PART = rendered(OURS)[2:-3]
DEEPER = "\n".join(line[: len(line) - len(line.lstrip())] + line for line in PART.split("\n"))


def merge(text: str) -> str:
    return merged_settings(text, OURS, lambda key: key.startswith("./.abmspec/"))


@pytest.mark.parametrize("text", ["", "\n", "// nothing yet\n"])
def test_settings_begin_where_there_are_none(text: str) -> None:
    assert merge(text) == text + rendered(OURS)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{}", f"{{\n{PART}\n}}"),
        ("{\n}\n", f"{{\n{PART}\n}}\n"),
        ('{"a": 1}', f'{{"a": 1,\n{PART}\n}}'),
        ('{\n  "a": [1, 2], // why\n  /* and */ "b": {"c": "}"}\n}\n',
         f'{{\n  "a": [1, 2], // why\n  /* and */ "b": {{"c": "}}"}},\n{PART}\n}}\n'),
        ('{\n  "a": 1, // last\n}\n', f'{{\n  "a": 1, // last\n{PART},\n}}\n'),
        ('{\n  "a": 1 // last\n}\n', f'{{\n  "a": 1, // last\n{PART}\n}}\n'),
        ('{\r\n  "a": 1\r\n}\r\n', f'{{\r\n  "a": 1,\r\n{PART}\r\n}}\r\n'.replace("\r\n", "\n").replace("\n", "\r\n")),
        ('{\n    "a": 1\n}\n', f'{{\n    "a": 1,\n{DEEPER}\n}}\n'),
    ],
)  # fmt: skip
def test_settings_of_ones_own_stay(before: str, after: str) -> None:
    assert merge(before) == after
    assert merge(after) == after


def test_bindings_of_others_stay_and_ours_are_replaced() -> None:
    before = """{
  // how we edit
  "yaml.schemas": {
    "https://json.schemastore.org/github-workflow.json": ".github/workflows/*.yml",
    "./.abmspec/schemas/gone.json": ["x.yaml"]
  },
  "editor.tabSize": 2,
}
"""
    after = merge(before)
    assert "// how we edit" in after
    assert after.endswith('  },\n  "editor.tabSize": 2,\n}\n')
    bindings = json.loads(after.replace("// how we edit", "").replace("2,\n}", "2\n}"))["yaml.schemas"]
    assert list(bindings) == ["https://json.schemastore.org/github-workflow.json", *OURS]
    assert merge(after) == after


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[]", "line 1 is not read"),
        ('{\n  "a" 1\n}', "line 2 is not read"),
        ('{"a": 1} x', "line 1 is not read"),
        ('{"a": tru}', "line 1 is not read"),
        ('{"yaml.schemas": {/* mine */}}', "holds comments"),
        ('{"yaml.schemas": []}', "is no plain mapping"),
        ('{"yaml.schemas": {}, "yaml.schemas": {}}', "stands there twice"),
    ],
)
def test_settings_that_cannot_be_merged_are_refused(text: str, why: str) -> None:
    with pytest.raises(NotMerged, match=re.escape(why)):
        merge(text)
