"""Requests as JSON of anybody's making, and the schema that is published for them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, get_args

import jsonschema
import jsonschema_rs
import msgspec
import pytest

from abmspec.proposal import (
    Add,
    AnyRequest,
    Deprecate,
    Hide,
    Kind,
    Map,
    Relabel,
    Rename,
    Retire,
    Translate,
)  # fmt: skip
from abmspec.proposal.reading import MOST_BYTES, RequestInvalid, read_request, require_fit
from abmspec.schema import inputs
from tools.schemas import FOLDER, published_inputs
from tools.schemas import inputs as source

SCHEMA: dict[str, Any] = json.loads(dict(inputs())["inputs/change-request.schema.json"])
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

GOOD: list[tuple[dict[str, Any], AnyRequest]] = [
    (
        {"action": "add", "kind": "value", "label": "Fintech", "picklist": "industry", "attributes": {"maps_to": "x"}},
        Add(kind="value", label="Fintech", picklist="industry", attributes={"maps_to": "x"}),
    ),
    ({"action": "rename", "address": "segment.a", "to": "b", "reason": "Short."},
     Rename(address="segment.a", to="b", reason="Short.")),
    ({"action": "deprecate", "address": "icp", "replaced_by": "segment.b", "replace": True, "sunset": "2027-01-31"},
     Deprecate(address="icp", replaced_by="segment.b", replace=True, sunset="2027-01-31")),
    ({"action": "retire", "address": "picklist.size.value.1-100"}, Retire(address="picklist.size.value.1-100")),
    ({"action": "relabel", "address": "icp", "label": "Für – 理想"}, Relabel(address="icp", label="Für – 理想")),
    ({"action": "translate", "address": "icp", "labels": {"pt-BR": "Perfil"}},
     Translate(address="icp", labels={"pt-BR": "Perfil"})),
    ({"action": "map", "address": "cta.a", "maps_to": "1-100"}, Map(address="cta.a", maps_to="1-100")),
    ({"action": "hide", "address": "field.a.b", "region": "emea"}, Hide(address="field.a.b", region="emea")),
]  # fmt: skip


def read(data: Any) -> AnyRequest:
    return read_request(json.dumps(data).encode())


def refused(raw: bytes) -> str:
    with pytest.raises(RequestInvalid) as refusal:
        read_request(raw)
    return str(refusal.value)


@pytest.mark.parametrize(("data", "request_"), GOOD, ids=[data["action"] for data, _ in GOOD])
def test_a_request_is_read_as_it_is_written(data: dict[str, Any], request_: AnyRequest) -> None:
    assert read(data) == request_
    assert json.loads(msgspec.json.encode(request_)) == data
    assert list(VALIDATOR.iter_errors(data)) == []
    require_fit(request_)


def test_what_a_form_leaves_empty_is_not_said() -> None:
    assert read({"action": "retire", "address": "icp", "reason": ""}) == Retire(address="icp")


def test_the_schema_is_that_of_the_source_and_knows_every_request() -> None:
    on_disk = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in FOLDER.glob("inputs/*")}
    assert on_disk == dict(published_inputs()) == dict(inputs())
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema_rs.validator_for(SCHEMA)
    assert SCHEMA["$id"] == "urn:abmspec:input:change-request:1"
    assert get_args(Kind) == source.KINDS
    structs = {cls.__struct_config__.tag: cls for cls in get_args(AnyRequest)}
    assert structs.keys() == source.REQUESTS.keys()
    for action, cls in structs.items():
        said = source.REQUESTS[action]
        needed = {field.name for field in msgspec.structs.fields(cls) if field.required}
        assert set(said["properties"]) == {"action", *(field.name for field in msgspec.structs.fields(cls))}
        assert set(said["required"]) == {"action", *needed}


def altered() -> Iterator[tuple[str, dict[str, Any]]]:
    """Good requests, each with one thing wrong; and where."""
    for data, _ in GOOD:
        yield "$.colour", {**data, "colour": "red"}
        yield "$.action", {**data, "action": "delete"}
        for name in data:
            yield f"$.{name}", {**data, name: 7}
            if name == "labels":
                yield "$.labels", {**data, name: {"xx_YY": "Text"}}
            elif name not in ("label", "reason", "replace", "attributes"):
                texts = ["a\nb", " ", "a" * 1001]
                if name not in ("replaced_by", "maps_to"):  # where a value may be named by its label
                    texts += ["../x", "a b", "a;rm", "Ａ", "a" * 300]
                for text in texts:
                    yield f"$.{name}", {**data, name: text}


@pytest.mark.parametrize(("place", "data"), list(altered()))
def test_what_is_wrong_is_named_with_its_place(place: str, data: dict[str, Any]) -> None:
    assert place in refused(json.dumps(data).encode())
    assert list(VALIDATOR.iter_errors(data))


@pytest.mark.parametrize(
    ("label", "why"),
    [
        ("a\u0000b", "U+0000"),
        ("a\u001b[31mb", "U+001B"),
        ("a\u202eb", "U+202E"),
        ("a\u200bb", "U+200B"),
        ("\ufeffa", "U+FEFF"),
        ("a\u2028b", "U+2028"),
        ("a\ue000b", "U+E000"),
        ("F\u0456ntech", "mixes letters of Latin and Cyrillic"),
        ("\u0391pple", "mixes letters of Greek and Latin"),
        ("a\nb", "is not one line of text"),
        (" a", "Did you mean `a`?"),
        ("a" * 1001, "at most 1000"),
    ],
)
def test_texts_are_what_they_look_like(label: str, why: str) -> None:
    said = refused(json.dumps({"action": "relabel", "address": "icp", "label": label}).encode())
    assert said.startswith("$.label: ")
    assert why in said
    with pytest.raises(RequestInvalid, match=r"^label: "):
        require_fit(Relabel(address="icp", label=label))


@pytest.mark.parametrize(
    "label", ["Здравоохранение", "Ενέργεια", "می‌خواهم", "金融・保険", "Größe & Umsatz", "क्‍ष", "IT И ИТ"]
)
def test_every_script_is_welcome(label: str) -> None:
    assert read({"action": "relabel", "address": "icp", "label": label}) == Relabel(
        address="icp", label=label
    )


def test_attributes_are_looked_into() -> None:
    nested: Any = "x"
    for _ in range(40):
        nested = {"a": nested}
    for attributes, why in (
        ({"aliases": ["a\u202eb"]}, "$.attributes.aliases[0]: The text holds U+202E"),
        ({"a\u202eb": 1}, "U+202E"),
        (nested, "nested more than 24 levels deep"),
    ):
        said = refused(json.dumps({"action": "add", "kind": "value", "attributes": attributes}).encode())
        assert why in said


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "The request is not JSON"),
        (b"{", "The request is not JSON"),
        (b"action: rename", "The request is not JSON"),
        (b"\xff\xfe{}", "The request is not JSON"),
        (b"[" * 30000, "The request is not JSON"),
        (b'{"action": "relabel", "address": "icp", "label": "\\ud800"}', "The request is not JSON"),
        (b"[]", "The request is a list"),
        (b'"rename"', "The request is the text `rename`"),
        (b"null", "The request"),
        (b"{}", 'The request has no `action`: what is to be done. Add `"action": "add"`, for example.'),
        (b'{"action": "translate", "address": "icp", "labels": ["de"]}', '`{"de": "Medien"}`'),
        (b'{"action": "rename", "address": "icp"}', "The request has no `to`"),
        (b" " * (MOST_BYTES + 1), "no request has more than 65536"),
    ],
)
def test_what_is_no_request(raw: bytes, why: str) -> None:
    assert why in refused(raw)
