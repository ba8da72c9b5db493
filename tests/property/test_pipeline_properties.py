"""Whatever stands in the files, judging them ends, and every finding has a place."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from abmspec.check import all_rules
from abmspec.diagnostic import Diagnostic
from abmspec.load import in_spec
from abmspec.report import FORMATS, Report
from tests.conftest import ROOT
from tests.property.mutation import Files, Spec
from tests.rules.page import judge, said
from tests.specs import base_files

SEEDS = st.integers(0, 2**32)
RULES = all_rules()
REPORT_SCHEMA = ROOT / "abmspec" / "schemas" / "outputs" / "check-report.schema.json"


@cache
def small() -> Spec:
    return Spec(base_files())


@cache
def reference() -> Spec:
    """The repository's own spec."""
    files = (path.relative_to(ROOT).as_posix() for path in ROOT.glob("*/**/*.yaml"))
    paths = ("abmspec.yaml", *filter(in_spec, files))
    return Spec({path: (ROOT / path).read_bytes() for path in paths})


@cache
def validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(json.loads(REPORT_SCHEMA.read_bytes()))


def bounded(examples: int) -> Callable[[Any], Any]:
    return settings(max_examples=examples, suppress_health_check=[HealthCheck.too_slow])


@bounded(120)
@given(SEEDS)
def test_careless_changes(seed: int) -> None:
    choose = Random(seed)
    assert_judged(small().mutated(choose, choose.choice((1, 1, 2, 3, 8))))


@bounded(120)
@given(SEEDS)
def test_changes_that_every_schema_accepts(seed: int) -> None:
    choose = Random(seed)
    assert_judged(small().changed(choose, choose.choice((1, 1, 2, 3, 8))))


@bounded(3)
@given(SEEDS)
def test_the_reference_spec_changed(seed: int) -> None:
    choose = Random(seed)
    assert_judged(reference().changed(choose, 20))
    assert_judged(reference().mutated(choose, 10))


@pytest.mark.parametrize("seed", range(3))
def test_findings_are_valid_sarif(seed: int, published_schema: Callable[[str], dict[str, Any]]) -> None:
    found = judge(small().mutated(Random(seed), 8))
    assert found
    sarif = jsonschema.Draft7Validator(published_schema("sarif-2.1.0"))
    assert [error.message for error in sarif.iter_errors(json.loads(reported("sarif", found)))] == []


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", "a", "a: ", "a: null\n", "? a\n", "- - -\n", "\ufeff"]
)
def test_every_file_with_next_to_nothing_in_it(text: str) -> None:
    for path in base_files():
        assert_judged({**base_files(), path: text.encode()})


def test_every_file_taken_away() -> None:
    for path in base_files():
        assert_judged({other: content for other, content in base_files().items() if other != path})


def assert_judged(files: Files) -> None:
    """Judging ends; findings are in order, each once, in their files, in words; and reports of them hold together."""
    found = judge(files)
    assert list(found) == sorted(set(found))
    for each in found:
        assert each.message.strip()
        assert_inside(each, files)
    document = json.loads(reported("json", found))
    assert validator().is_valid(document), next(validator().iter_errors(document)).message
    assert reported("github", found).count("\n") == len(found)
    assert said(judge(dict(reversed(files.items())))) == said(found)


def reported(format_: str, found: tuple[Diagnostic, ...]) -> str:
    report = Report(found, (), RULES, Path("/nowhere"), 0, None)
    text = FORMATS[format_](report)
    text.encode()
    return text


def assert_inside(found: Diagnostic, files: Files) -> None:
    assert (found.line, found.column) >= (1, 1)
    assert (found.end_line, found.end_column) >= (found.line, found.column)
    lines = files.get(found.path, b"").decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    assert found.line <= len(lines), found
    assert found.column <= len(lines[found.line - 1]) + 1, found


def test_a_condition_as_long_as_a_hostile_hand_makes_it() -> None:
    """What is past the bound is not reasoned about; the cubic way would take hours."""
    field = "field: account.employees"
    bands = ", ".join(
        f"{{all: [{{{field}, at_least: {3 * low}}}, {{{field}, at_most: {3 * low + 1}}}]}}"
        for low in range(2000)
    )
    icp = f"label: I\ndescription: x\nconsumers: [sales, marketing]\nwhen: {{any: [{bands}]}}\n"
    assert judge({**base_files(), "taxonomy/icp.yaml": icp.encode()}) == ()
