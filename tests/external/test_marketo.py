"""What is compiled for Marketo, judged by the request that Adobe's REST reference documents ("Create Lead Fields").

Adobe publishes no validator that runs offline, so the documented shape stands here, as a schema.
"""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest

from abmspec.systems.marketo_fields import STANDARD_FIELDS
from tests.conftest import ROOT
from tests.golden.compiled import GOLDEN, compiled

pytestmark = pytest.mark.external

TYPES = [
    "boolean", "currency", "date", "datetime", "email", "float", "integer", "percent", "phone", "reference",
    "score", "string", "text", "url",
]  # fmt: skip
FIELD: dict[str, Any] = {
    "type": "object",
    "properties": {
        "displayName": {"type": "string", "minLength": 1, "maxLength": 255},
        "name": {
            "type": "string",
            "pattern": "^[A-Za-z][A-Za-z0-9_]*$",
            "maxLength": 255,
            "not": {"enum": sorted(STANDARD_FIELDS)},
        },
        "dataType": {"enum": TYPES},
        "description": {"type": "string"},
        "isHidden": {"type": "boolean"},
        "isHtmlEncodingInEmail": {"type": "boolean"},
        "isSensitive": {"type": "boolean"},
    },
    "required": ["displayName", "name", "dataType"],
    "additionalProperties": False,
}
CREATE = {
    "type": "object",
    "properties": {"input": {"type": "array", "items": FIELD, "minItems": 1, "maxItems": 100}},
    "required": ["input"],
    "additionalProperties": False,
}
UPDATED = {key: schema for key, schema in FIELD["properties"].items() if key not in ("name", "dataType")}
UPDATE = {
    "type": "object",
    "properties": {
        "input": {
            "type": "array",
            "items": {"type": "object", "properties": UPDATED, "additionalProperties": False},
            "minItems": 1,
            "maxItems": 1,
        }
    },
    "required": ["input"],
    "additionalProperties": False,
}

SPECS = {"golden": GOLDEN / "marketo" / "spec", "reference": ROOT}
FILES = {
    f"{spec}:{path}": content
    for spec, folder in SPECS.items()
    for path, content in compiled(folder, "marketo").items()
}
CREATED = [path for path in FILES if "/lead-fields/" in path]
UPDATES = [path for path in FILES if "/retired-lead-fields/" in path]
SMART_LISTS = [path for path in FILES if "/smart-lists/" in path and path.endswith(".json")]


def faults(schema: dict[str, Any], body: Any) -> list[str]:
    found = [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(body)]
    names = [field.get("name") for field in body.get("input", ()) if "name" in field]
    return [*found, *(f"twice: {name}" for name in {name for name in names if names.count(name) > 1})]


@pytest.mark.parametrize("path", CREATED)
def test_fields_are_made_as_documented(path: str) -> None:
    assert faults(CREATE, json.loads(FILES[path])) == []


@pytest.mark.parametrize("path", UPDATES)
def test_fields_are_hidden_as_documented(path: str) -> None:
    assert faults(UPDATE, json.loads(FILES[path])) == []


@pytest.mark.parametrize("spec", SPECS)
def test_no_more_fields_than_the_api_makes(spec: str) -> None:
    made = [len(json.loads(FILES[path])["input"]) for path in CREATED if path.startswith(spec)]
    assert 0 < sum(made) <= 100


# ---------------------------------------------------------------- smart lists

TEXT = {
    "is",
    "is not",
    "starts with",
    "not starts with",
    "contains",
    "not contains",
    "is empty",
    "is not empty",
}
NUMBER = {
    "is", "is not", "between", "greater than", "less than", "at least", "at most", "is empty", "is not empty",
}  # fmt: skip
DATE = {
    "is", "is not", "between", "in past", "in past before", "in future", "in future after", "in time frame", "after",
    "before", "on or after", "on or before", "is empty", "is not empty",
}  # fmt: skip


def faults_of_list(described: dict[str, Any]) -> list[str]:
    """What Marketo's glossary of operators and its rule logic have no room for."""
    found = []
    numbers = [str(each["number"]) for each in described["filters"]]
    for each in described["filters"]:
        if "by_hand" in each:
            continue
        if each["operator"] not in TEXT | NUMBER | DATE:
            found.append(f"no operator: {each['operator']}")
        if bool(each["values"]) is each["operator"].endswith("empty"):
            found.append(f"values of {each['operator']}")
    expression = described["expression"]
    if not re.fullmatch(r"[(]*\d+[)]*( (and|or) [(]*\d+[)]*)*", expression):
        found.append(f"no logic: {expression}")
    if expression.count("(") != expression.count(")"):
        found.append("parentheses")
    if set(re.findall(r"\d+", expression)) != set(numbers):
        found.append("not every filter is in the logic")
    if re.search(r"and [^()]*or|or [^()]*and", re.sub(r"\([^()]*\)", "", expression)):
        found.append("and beside or without parentheses")
    return found


@pytest.mark.parametrize("path", SMART_LISTS)
def test_smart_lists_use_the_operators_of_the_glossary(path: str) -> None:
    assert faults_of_list(json.loads(FILES[path])) == []


# ---------------------------------------------------------------- the judges can say no

GOOD = {"displayName": "Status", "name": "abmStatus", "dataType": "string"}


@pytest.mark.parametrize(
    "body",
    [
        {"input": []},
        {"input": [GOOD] * 101},
        {"input": [GOOD, GOOD]},
        {"input": [GOOD | {"dataType": "picklist"}]},
        {"input": [GOOD | {"name": "abm status"}]},
        {"input": [GOOD | {"name": "email"}]},
        {"input": [GOOD | {"length": 80}]},
        {"input": [{"name": "abmStatus", "dataType": "string"}]},
        {"fields": [GOOD]},
    ],
)
def test_another_request_is_refused(body: dict[str, Any]) -> None:
    assert faults(CREATE, {"input": [GOOD]}) == []
    assert faults(CREATE, body) != []


def test_a_name_or_a_type_is_never_changed() -> None:
    assert faults(UPDATE, {"input": [{"isHidden": True}]}) == []
    for key in ("name", "dataType"):
        assert faults(UPDATE, {"input": [{key: "string"}]}) != []


@pytest.mark.parametrize(
    "change",
    [
        {"expression": "1 and (2"},
        {"expression": "1 not 2"},
        {"expression": "1"},
        {"expression": "1 and 2 or 1"},
        {"filters": [{"number": 1, "operator": "equals", "values": ["x"]}, {"number": 2, "by_hand": "x"}]},
        {"filters": [{"number": 1, "operator": "is", "values": []}, {"number": 2, "by_hand": "x"}]},
    ],
)
def test_another_smart_list_is_refused(change: dict[str, Any]) -> None:
    good = {
        "expression": "1 and 2",
        "filters": [{"number": 1, "operator": "is", "values": ["x"]}, {"number": 2, "by_hand": "x"}],
    }
    assert faults_of_list(good) == []
    assert faults_of_list(good | change) != []
