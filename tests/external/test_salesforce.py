"""What is compiled for Salesforce, judged by what Salesforce publishes: the shapes of its Metadata API and its library
for projects. Each judge is also shown something broken, to prove that it would say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from abmspec import load, pipeline
from abmspec.holdings import all_holdings
from abmspec.resolve import resolve
from abmspec.systems.standard_value_sets import NAMES
from abmspec.targets.salesforce import compiler
from tests.conftest import ROOT, Node
from tests.golden import tree

pytestmark = pytest.mark.external

EXPECTED = ROOT / "tests" / "golden" / "salesforce" / "expected"
SOURCE = "force-app/main/default"
NAMESPACE = "{http://soap.sforce.com/2006/04/metadata}"
Schema = Mapping[str, dict[str, Any]]
READERS = {
    "boolean": re.compile("true|false"),
    "number": re.compile(r"-?\d+(\.\d+)?"),
    "string": re.compile("(?s).*"),
}


# ---------------------------------------------------------------- judges


def parse(content: bytes) -> etree._Element:
    """The root of a well-formed document. Raises XMLSyntaxError for any other."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def properties(schema: Schema, type: str) -> dict[str, Any]:
    """The elements of a type, with those that it inherits."""
    known = schema[type]
    inherited = properties(schema, known["extends"]) if "extends" in known else {}
    return {**inherited, **known["props"]}


def faults(element: etree._Element, type: str, schema: Schema) -> Iterator[str]:
    """What an element has that its type does not allow, lacks, or has in another order than the platform writes."""
    known = properties(schema, type)
    names = [str(child.tag).removeprefix(NAMESPACE) for child in element]
    if names != sorted(names, key=lambda name: (name != "fullName", name)):
        yield f"{type}: out of order"
    for name, kind in known.items():
        count = names.count(name)
        if isinstance(kind, str) and not kind.startswith("?") and not count:
            yield f"{type}.{name}: missing"
        if isinstance(kind, str) and count > 1:
            yield f"{type}.{name}: more than one"
    for child, name in zip(element, names, strict=True):
        if name not in known:
            yield f"{type}.{name}: unknown"
            continue
        kind = known[name][0] if isinstance(known[name], list) else known[name].removeprefix("?")
        if kind in schema:
            yield from faults(child, kind, schema)
        elif not READERS[kind].fullmatch(child.text or "") or len(child):
            yield f"{type}.{name}: no {kind}"


def shape_faults(content: bytes, schema: Schema) -> list[str]:
    """The faults of one file; its root element names its type."""
    root = parse(content)
    type = str(root.tag).removeprefix(NAMESPACE)
    return list(faults(root, type, schema)) if type in schema else [f"{type}: unknown"]


def project_faults(instance: Path, node: Node) -> list[str]:
    """Where a project differs from what the library makes of it: its manifest, and there and back again."""
    made = node.run("salesforce_project.js", {"folder": str(instance)})
    mine = {
        path.removeprefix("force-app/"): content.decode()
        for path, content in tree.read(instance).items()
        if path.startswith("force-app/")
    }
    # The way back adds a file for each object, with nothing in it.
    back = {
        path: text
        for path, text in made["source"].items()
        if not re.fullmatch(r"main/default/objects/(\w+)/\1\.object-meta\.xml", path)
    }
    found = [f"{path}: not there and back" for path in mine.keys() ^ back.keys()]
    found += [f"{path}: changed" for path in mine.keys() & back.keys() if mine[path] != back[path]]
    if (instance / "manifest" / "package.xml").read_text() != made["manifest"]:
        found.append("manifest/package.xml: differs")
    return found


# ---------------------------------------------------------------- judged


@pytest.fixture(scope="module")
def schema(node: Node) -> Schema:
    schema: Schema = node.run("salesforce_schema.js", {})
    return schema


INSTANCES = sorted(path for path in EXPECTED.iterdir() if path.is_dir())
XML = sorted(path for path in EXPECTED.rglob("*.xml"))


@pytest.mark.parametrize("path", XML, ids=lambda path: path.name)
def test_every_file_has_the_shape_of_its_type(path: Path, schema: Schema) -> None:
    assert shape_faults(path.read_bytes(), schema) == []


@pytest.mark.parametrize("instance", INSTANCES, ids=lambda path: path.name)
def test_the_project_goes_there_and_back(instance: Path, node: Node) -> None:
    assert project_faults(instance, node) == []


def test_standard_value_sets_are_those_of_the_library(node: Node) -> None:
    listed = node.run("salesforce_value_sets.js", {})
    assert sorted(NAMES) == sorted(listed)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What is compiled from this repository's own spec, a folder an org."""
    spec, _ = pipeline.understand(load.load(ROOT)[0])
    assert spec is not None
    resolved = resolve(spec)
    folder = tmp_path_factory.mktemp("reference")
    made = []
    for instance, held in all_holdings(resolved).items():
        if held.kind.name == "salesforce":
            tree.write(compiler.render(resolved, held), folder / instance)
            made.append(folder / instance)
    return made


def test_the_reference_spec_has_these_shapes_too(reference: list[Path], schema: Schema) -> None:
    files = [path for instance in reference for path in instance.rglob("*.xml")]
    assert {path.name: found for path in files if (found := shape_faults(path.read_bytes(), schema))} == {}


def test_the_reference_spec_goes_there_and_back_too(reference: list[Path], node: Node) -> None:
    assert [project_faults(instance, node) for instance in reference] == [[] for _ in reference]


# ---------------------------------------------------------------- the judges can say no

FIELD = next(path for path in XML if path.name == "ABM_Industry_Detail__c.field-meta.xml")
VALUE_SET = next(path for path in XML if path.name == "ABM_Industry_Detail.globalValueSet-meta.xml")


@pytest.mark.parametrize(
    ("before", "after"),
    [("</CustomField>", ""), ("Industry detail", "Industry & detail"), ("<label>", "<labels>")],
)
def test_what_is_not_well_formed_is_refused(before: str, after: str) -> None:
    broken = FIELD.read_text().replace(before, after)
    with pytest.raises(etree.XMLSyntaxError):
        parse(broken.encode())


@pytest.mark.parametrize(
    ("path", "before", "after", "fault"),
    [
        (FIELD, "label>", "title>", "CustomField.title: unknown"),
        (FIELD, "<required>false", "<required>no", "CustomField.required: no boolean"),
        (FIELD, "<valueName>emea-neobank</valueName>", "", "ValueSettings.valueName: missing"),
        (FIELD, "CustomField", "CustomFelt", "CustomFelt: unknown"),
        (VALUE_SET, "<default>false</default>", "", "CustomValue.default: missing"),
        (VALUE_SET, "<masterLabel>Industry detail</masterLabel>", "", "GlobalValueSet.masterLabel: missing"),
        (VALUE_SET, "</sorted>", "</sorted><sorted>true</sorted>", "GlobalValueSet.sorted: more than one"),
        (VALUE_SET, "</sorted>", "</sorted><description>x</description>", "GlobalValueSet: out of order"),
    ],
)
def test_another_shape_is_refused(path: Path, before: str, after: str, fault: str, schema: Schema) -> None:
    broken = path.read_text().replace(before, after)
    assert fault in shape_faults(broken.encode(), schema)


def test_a_project_that_the_library_understands_otherwise_is_refused(node: Node, tmp_path: Path) -> None:
    files = tree.read(INSTANCES[0])
    field = f"{SOURCE}/objects/Account/fields/{FIELD.name}"
    moved = field.replace("/fields/", "/fild/")
    changed = {
        **{path: content for path, content in files.items() if path != field},
        moved: files[field],
        "manifest/package.xml": files["manifest/package.xml"].replace(
            b"Account.ABM_Fit__c", b"Account.Fit__c"
        ),
    }
    tree.write(changed, tmp_path)
    found = project_faults(tmp_path, node)
    assert "manifest/package.xml: differs" in found
    assert any(FIELD.name in fault for fault in found)
