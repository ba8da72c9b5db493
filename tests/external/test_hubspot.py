"""What is compiled for HubSpot, judged by HubSpot's own client: its models refuse what the API has no room for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hubspot.crm.properties import (
    Configuration,
    OptionInput,
    PropertyCreate,
    PropertyGroupCreate,
    PropertyUpdate,
)

from tests.conftest import ROOT
from tests.golden.compiled import GOLDEN, compiled

pytestmark = pytest.mark.external

# The API reference has these, the client's copy of it is older.
NEWER_FIELD_TYPES = {"phonenumber": "text"}
FIELD_TYPES = {
    "bool": {"booleancheckbox"},
    "date": {"date"},
    "datetime": {"date"},
    "enumeration": {"checkbox", "radio", "select"},
    "number": {"number"},
    "string": {"phonenumber", "text", "textarea"},
}
OPTION_KEYS = {"label", "value", "hidden", "displayOrder", "description"}
LONGEST_OPTION = 3000
MOST_OPTIONS = 5000


def checked() -> Configuration:
    """Off by default: without it the client takes anything."""
    configuration = Configuration()
    configuration.client_side_validation = True
    return configuration


def built(model: Any, body: dict[str, Any]) -> Any:
    """The body as the client's model. TypeError for an unknown key, ValueError for a value that is not allowed."""
    names = {key: name for name, key in model.attribute_map.items()}
    given = {names.get(key, key): value for key, value in body.items()}
    if given.get("field_type") in NEWER_FIELD_TYPES:
        given["field_type"] = NEWER_FIELD_TYPES[given["field_type"]]
    if "options" in given:
        given["options"] = [built(OptionInput, option) for option in given["options"]]
    return model(**given, local_vars_configuration=checked())


def faults_of_options(body: dict[str, Any]) -> list[str]:
    options = body.get("options", [])
    found = [
        f"{option['value']}: {set(option) ^ OPTION_KEYS}" for option in options if set(option) ^ OPTION_KEYS
    ]
    for key in ("value", "label"):
        texts = [option[key].casefold() if key == "label" else option[key] for option in options]
        found += [
            f"{key} twice: {text}" for text in sorted({text for text in texts if texts.count(text) > 1})
        ]
    found += [f"{option['value']}: a semicolon" for option in options if ";" in option["value"]]
    found += [
        f"{option['value']}: too long"
        for option in options
        if len(option["label"] + option["value"] + option.get("description", "")) > LONGEST_OPTION
    ]
    return found if len(options) <= MOST_OPTIONS else [*found, "too many options"]


def judge(path: str, body: dict[str, Any]) -> list[str]:
    """What is wrong with one body, by where it stands. Raises what the client raises."""
    _, part, *_, file = path.split("/")
    if part == "property-groups":
        built(PropertyGroupCreate, body)
        return []
    if part != "properties":
        built(PropertyUpdate, body)
        return faults_of_options(body)
    built(PropertyCreate, body)
    found = faults_of_options(body)
    if body["fieldType"] not in FIELD_TYPES[body["type"]]:
        found.append(f"{body['type']} is never shown as {body['fieldType']}")
    if body["type"] in ("enumeration", "bool") and not body["options"] and not body.get("externalOptions"):
        found.append("no options")
    if file != f"{body['name']}.json":
        found.append("the file is named otherwise")
    return found


BODIES = {
    f"{spec}:{path}": json.loads(content)
    for spec, folder in (("golden", GOLDEN / "hubspot" / "spec"), ("reference", ROOT))
    for path, content in compiled(folder, "hubspot").items()
    if path.count("/") > 1
}


@pytest.mark.parametrize("path", BODIES)
def test_the_client_takes_every_body(path: str) -> None:
    assert judge(path, BODIES[path]) == []


@pytest.mark.parametrize("path", [path for path in BODIES if "/properties/" in path])
def test_an_update_is_what_is_left_without_the_keys_of_a_new_property(path: str) -> None:
    instance = path.partition(":")[2].partition("/")[0]
    files = compiled(ROOT if path.startswith("reference") else GOLDEN / "hubspot" / "spec", "hubspot")
    calls = json.loads(files[f"{instance}/deploy-order.json"])["properties"]
    call = next(call for call in calls if path.endswith(f"/{call['body']}"))
    left = {key: value for key, value in BODIES[path].items() if key not in call["if_there"]["leave_out"]}
    built(PropertyUpdate, left)


# ---------------------------------------------------------------- the judge can say no

INDUSTRY = "golden:hubspot/properties/companies/abm_industry.json"
GROUP = "golden:hubspot/property-groups/companies/abm.json"


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (INDUSTRY, {"type": "picklist"}),
        (INDUSTRY, {"fieldType": "dropdown"}),
        (INDUSTRY, {"name": None}),
        (INDUSTRY, {"groupName": None}),
        (INDUSTRY, {"label": None}),
        (INDUSTRY, {"required": True}),
        (INDUSTRY, {"options": [{"label": "A", "value": None, "hidden": False}]}),
        (INDUSTRY, {"options": [{"label": "A", "value": "a", "hidden": None}]}),
        (INDUSTRY, {"options": [{"label": "A", "value": "a", "hidden": False, "color": "red"}]}),
        (GROUP, {"label": None}),
        (GROUP, {"icon": "x"}),
    ],
)
def test_the_client_refuses_another_body(path: str, change: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        judge(path, BODIES[path] | change)


def test_without_its_validation_the_client_would_take_anything() -> None:
    unchecked = Configuration()
    unchecked.client_side_validation = False
    assert PropertyCreate(type="picklist", local_vars_configuration=unchecked).type == "picklist"


OPTION = {"label": "A", "value": "a", "hidden": False, "displayOrder": 0, "description": ""}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"fieldType": "text"}, "never shown as"),
        ({"options": []}, "no options"),
        ({"options": [OPTION, OPTION | {"value": "b", "label": "a"}]}, "label twice"),
        ({"options": [OPTION, OPTION | {"label": "B"}]}, "value twice"),
        ({"options": [OPTION | {"value": "a;b"}]}, "semicolon"),
        ({"options": [OPTION | {"description": "x" * LONGEST_OPTION}]}, "too long"),
        ({"options": [{key: OPTION[key] for key in ("label", "value", "hidden")}]}, "displayOrder"),
        ({"name": "other"}, "named otherwise"),
    ],
)
def test_what_the_reference_forbids_is_refused(change: dict[str, Any], fault: str) -> None:
    assert any(fault in each for each in judge(INDUSTRY, BODIES[INDUSTRY] | change))
