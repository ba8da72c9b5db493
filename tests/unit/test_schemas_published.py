"""The published schemas: they match their source, describe and exemplify everything, and agree with the typed model."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import jsonschema_rs
import msgspec
import pytest

from abmspec import condition
from abmspec.condition import Node
from abmspec.duration import parse_duration
from abmspec.load import layout
from abmspec.model import account, governance, playbook, region, taxonomy
from abmspec.schema import kinds, schemas
from abmspec.schema.faults import KEYWORDS
from tools.schemas import DEFINITIONS, FOLDER, published

SCHEMAS: dict[str, dict[str, Any]] = {
    name.removesuffix(".schema.json"): json.loads(content) for name, content in schemas()
}

# What the layout gives to an entity: no key of a file.
FROM_LAYOUT = {"id", "path", "scope", "route", "defaulted"}
LIFE = {"status", "since", "deprecated", "renamed_from"}
NAMING = {"label", "labels", "description", "owner"}
# Files of which there is one, and records of what happened, have no life of their own.
LIFELESS = {
    "account-override", "account-plan", "buying-groups", "change-policy", "charter", "council", "decision",
    "emergency", "icp", "jurisdictions", "lifecycle", "routing", "systems", "tiers", "waiver",
}  # fmt: skip


class Subject(NamedTuple):
    """A struct, where its schema stands (keys to follow from the file's), and what of the struct no file says."""

    cls: type[msgspec.Struct]
    at: tuple[str, ...] = ()
    unsaid: frozenset[str] = frozenset()


def subject(cls: type[msgspec.Struct], *at: str, unsaid: set[str] | None = None) -> Subject:
    return Subject(cls, at, frozenset(unsaid or ()))


SUBJECTS: dict[str, Subject] = {
    "project": subject(taxonomy.Project),
    "charter": subject(taxonomy.Charter),
    "fields": subject(taxonomy.Field, "fields", unsaid={"object"}),
    "picklist": subject(taxonomy.Picklist),
    "segment": subject(taxonomy.Segment, unsaid={"within", "use_instead", "reason"}),
    "segment-regional": subject(taxonomy.Segment, unsaid={"use_instead", "reason"}),
    "segment-overlay": subject(region.SegmentOverlay, unsaid={"label", "description", "owner", *LIFE}),
    "icp": subject(taxonomy.Icp),
    "tiers": subject(taxonomy.Tiers),
    "tiers-overlay": subject(region.TiersOverlay, unsaid={*NAMING, *LIFE}),
    "lifecycle": subject(taxonomy.Lifecycle),
    "buying-groups": subject(taxonomy.BuyingGroups),
    "routing": subject(taxonomy.Routing),
    "kpis": subject(taxonomy.Kpi, "kpis"),
    "jurisdictions": subject(taxonomy.Jurisdictions),
    "privacy": subject(taxonomy.PrivacyRule, "rules"),
    "systems": subject(taxonomy.Systems),
    "roles": subject(governance.Role, "roles"),
    "council": subject(governance.Council),
    "raci": subject(governance.Activity, "activities"),
    "change-policy": subject(governance.ChangePolicy),
    "waiver": subject(governance.Waiver),
    "decision": subject(governance.RecordedDecision),
    "emergency": subject(governance.Emergency),
    "region": subject(region.Region, unsaid={"parent", "folder"}),
    "picklist-overlay": subject(region.PicklistOverlay, unsaid={"label", "description", "owner", *LIFE}),
    "play": subject(playbook.Play, unsaid={"localized"}),
    "play-overlay": subject(playbook.PlayOverlay, unsaid={"label", "description", "owner", *LIFE}),
    "content": subject(playbook.Content),
    "content-overlay": subject(playbook.ContentOverlay, unsaid={*NAMING, *LIFE}),
    "ctas": subject(playbook.Cta, "ctas"),
    "experiment": subject(playbook.Experiment),
    "learning": subject(playbook.Learning),
    "account-override": subject(account.AccountOverride),
    "account-plan": subject(account.AccountPlan),
}
# Kinds with a shape of their own, tested below.
SHAPED = {"fields-overlay", "routing-overlay"}
# Attributes of parts that no file says: who set a value is known from where it stands.
UNSAID_IN_PARTS: dict[Any, set[str]] = {taxonomy.Value: {"scope", "path"}}


class Place(NamedTuple):
    """A subschema and how to say where it is."""

    path: str
    schema: dict[str, Any]


def subschemas(node: Any, path: str = "") -> Iterator[Place]:
    """Every subschema, the outermost first. Examples are data, and `properties` is a mapping of schemas."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from subschemas(item, f"{path}/{index}")
    elif isinstance(node, dict):
        yield Place(path, node)
        for name, item in node.items():
            if name in ("properties", "$defs"):
                for key, schema in item.items():
                    yield from subschemas(schema, f"{path}/{name}/{key}")
            elif name not in ("examples", "enum", "const", "required", "dependentRequired"):
                yield from subschemas(item, f"{path}/{name}")


def properties(schema: dict[str, Any]) -> Iterator[Place]:
    for place in subschemas(schema):
        for name, inner in place.schema.get("properties", {}).items():
            yield Place(f"{place.path}/properties/{name}", inner)


def resolved(root: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """What a reference leads to; the schema itself where it is none."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    return schema


# -- files ----------------------------------------------------------------------------------------------


def test_the_files_are_those_of_the_source() -> None:
    """`python -m tools.schemas` brings them in line."""
    on_disk = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.is_file()}
    assert {name for name, content in published() if on_disk.get(name) != content} == set()
    assert set(on_disk) == {name for name, _ in published()}


def test_every_kind_of_the_layout_has_a_schema() -> None:
    paths = [
        "abmspec.yaml", "playbooks/ctas.yaml", "regions/r/region.yaml", "regions/r/privacy.yaml",
        "regions/r/tiers.yaml", "regions/r/routing.yaml", "regions/r/playbooks/ctas.yaml",
        *(f"taxonomy/{name}.yaml" for name in (
            "charter", "icp", "tiers", "lifecycle", "buying-groups", "routing", "kpis", "jurisdictions", "privacy",
            "systems", "governance/roles", "governance/council", "governance/raci", "governance/change-policy",
            "fields/a", "picklists/a", "segments/a", "governance/waivers/a", "governance/decisions/a",
            "governance/emergencies/a",
        )),
        *(f"playbooks/{name}/a.yaml" for name in ("plays", "content", "experiments", "learnings")),
        *(f"accounts/{name}/a.yaml" for name in ("overrides", "plans")),
        *(f"regions/r/{name}/{id}.yaml" for name in ("fields", "picklists", "segments") for id in ("a", "r-a")),
        *(f"regions/r/playbooks/{name}{id}.yaml" for name in ("", "content/") for id in ("a", "r-a")),
    ]  # fmt: skip
    assert {entry.kind for entry in layout.arrange(paths).entries} == set(kinds())


def test_every_definition_is_used_somewhere() -> None:
    assert set(DEFINITIONS) == {name for schema in SCHEMAS.values() for name in schema.get("$defs", {})}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_stands_on_its_own(kind: str) -> None:
    schema = SCHEMAS[kind]
    jsonschema_rs.meta.validate(schema)
    assert schema["$id"] == f"urn:abmspec:schema:{kind}:1"
    assert schema["title"]
    used = {place.schema["$ref"] for place in subschemas(schema) if "$ref" in place.schema}
    assert used == {f"#/$defs/{name}" for name in schema.get("$defs", {})}


def test_files_agree_on_what_they_share() -> None:
    for schema in SCHEMAS.values():
        for name, definition in schema.get("$defs", {}).items():
            assert definition == DEFINITIONS[name]


def test_whole_numbers_are_found_by_their_text() -> None:
    """The fast validator is told of them by a change of the text, which no example may trip."""
    for _, content in published():
        schema = json.loads(content)
        wholes = [place for place in subschemas(schema) if place.schema.get("type") == "integer"]
        assert content.decode().count('"type": "integer"') == len(wholes)


def test_titles_tell_the_kinds_apart() -> None:
    titles = [schema["title"] for schema in SCHEMAS.values()]
    assert len(set(titles)) == len(titles)


# -- descriptions and examples --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_property_has_a_description_and_examples(kind: str) -> None:
    lacking = [
        place.path
        for place in properties(SCHEMAS[kind])
        if not place.schema.get("description", "").strip() or not place.schema.get("examples")
    ]
    assert lacking == []


@pytest.mark.parametrize("kind", SCHEMAS)
def test_descriptions_are_sentences(kind: str) -> None:
    """Those of properties and mappings; what titled definitions say stands inside of sentences."""
    bad = [
        place.path
        for place in subschemas(SCHEMAS[kind])
        if isinstance(said := place.schema.get("description"), str)
        and "title" not in place.schema
        and not (said.endswith(".") and (said[0].isupper() or said[0] == "`"))
    ]
    assert bad == []


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_example_is_valid(kind: str) -> None:
    schema = SCHEMAS[kind]
    wrong = []
    for place in (Place("", schema), *subschemas(schema)):
        for example in place.schema.get("examples", []):
            alone = {"$defs": schema.get("$defs", {}), "allOf": [place.schema]}
            if not jsonschema_rs.Draft202012Validator(alone, validate_formats=True).is_valid(example):
                wrong.append((place.path, example))
    assert wrong == []


# -- what the findings rely upon ------------------------------------------------------------------------

ANNOTATIONS = {"$schema", "$id", "$defs", "$ref", "title", "description", "examples", "default"}
APPLICATORS = {"properties", "items", "propertyNames", "if", "then", "else", "allOf"}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_keyword_has_words_for_its_failure(kind: str) -> None:
    used = {keyword for place in subschemas(SCHEMAS[kind]) for keyword in place.schema}
    assert used - ANNOTATIONS - APPLICATORS <= KEYWORDS


@pytest.mark.parametrize("kind", SCHEMAS)
def test_choices_are_between_keys_alone(kind: str) -> None:
    for place in subschemas(SCHEMAS[kind]):
        for branch in (*place.schema.get("oneOf", ()), *place.schema.get("anyOf", ())):
            assert list(branch) == ["required"], place.path
            assert len(branch["required"]) == 1, place.path


@pytest.mark.parametrize("kind", SCHEMAS)
def test_patterns_mean_the_same_in_every_dialect(kind: str) -> None:
    """Anchored at both ends, in ASCII, without classes or groups whose meaning differs between engines."""
    patterns = {place.schema["pattern"] for place in subschemas(SCHEMAS[kind]) if "pattern" in place.schema}
    not_blank = DEFINITIONS["prose"]["pattern"]
    for pattern in patterns - {not_blank}:
        assert pattern.startswith("^"), pattern
        assert pattern.endswith("$"), pattern
    for pattern in patterns:
        assert pattern.isascii()
        assert not [word for word in ("\\d", "\\w", "\\s", "\\b", "(?", ".*") if word in pattern], pattern


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_mapping_is_closed(kind: str) -> None:
    """A key that nobody knows is never passed over."""
    for place in subschemas(SCHEMAS[kind]):
        if "properties" in place.schema and place.schema.get("type") == "object":
            assert place.schema["additionalProperties"] is False, place.path
        if isinstance(place.schema.get("additionalProperties"), dict):
            assert "propertyNames" in place.schema, place.path


# -- parity with the typed model ------------------------------------------------------------------------


def test_every_kind_has_its_struct() -> None:
    assert {*SUBJECTS, *SHAPED} == set(SCHEMAS)


def differences(
    root: dict[str, Any], cls: Any, schema: dict[str, Any], unsaid: set[str], path: str
) -> Iterator[str]:
    """Where a struct and a schema differ in keys, required keys, closed lists, and the shape of what is inside."""
    schema = resolved(root, schema)
    fields = {
        field.encode_name: field for field in msgspec.structs.fields(cls) if field.encode_name not in unsaid
    }
    known = schema["properties"]
    yield from (f"{path}.{name}: not in the schema" for name in fields.keys() - known.keys())
    yield from (f"{path}.{name}: not in the struct" for name in known.keys() - fields.keys())
    needed = {name for name, field in fields.items() if field.required}
    yield from (
        f"{path}.{name}: required by the struct alone" for name in needed - set(schema.get("required", ()))
    )
    for name in fields.keys() & known.keys():
        yield from unlike(root, fields[name].type, known[name], f"{path}.{name}")


def unlike(root: dict[str, Any], kind: Any, schema: dict[str, Any], path: str) -> Iterator[str]:
    """Where a type and a subschema differ."""
    schema = resolved(root, schema)
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        for option in set(inner) - {type(None)}:
            yield from unlike(root, option, schema, path)
    elif origin is Literal:
        if set(schema.get("enum", ())) != {value for value in inner if value}:
            yield f"{path}: {schema.get('enum')} is not {inner}"
    elif origin is dict:
        if "object" not in schema["type"]:
            yield f"{path}: no mapping"
        held = schema if "additionalProperties" in schema else schema["then"]
        yield from unlike(root, inner[1], held["additionalProperties"], f"{path}.*")
    elif origin is tuple:
        if "array" not in schema["type"]:
            yield f"{path}: no list"
        yield from unlike(root, inner[0], schema["items"], f"{path}[]")
    elif isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        mapping = schema if "properties" in schema else schema["then"]
        yield from differences(root, kind, mapping, UNSAID_IN_PARTS.get(kind, set()), path)
    elif kind in _TYPES and not _allows(schema, kind):
        yield f"{path}: {schema.get('type')} for {kind}"


_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", Node: "object"}


def _allows(schema: dict[str, Any], kind: Any) -> bool:
    """Whether a subschema takes values of a plain type. A closed list is one of texts, unless it says otherwise."""
    said = schema.get("type", "boolean" if "const" in schema else "string")
    return _TYPES[kind] in ([said] if isinstance(said, str) else [*said, "integer"])


@pytest.mark.parametrize("kind", SUBJECTS)
def test_struct_and_schema_have_the_same_keys(kind: str) -> None:
    root, (cls, at, unsaid) = SCHEMAS[kind], SUBJECTS[kind]
    schema = root
    for key in at:
        schema = resolved(root, resolved(root, schema)["properties"][key]["additionalProperties"])
    left_out = FROM_LAYOUT | unsaid | (LIFE if kind in LIFELESS else set())
    assert list(differences(root, cls, schema, left_out, kind)) == []


def test_fields_of_a_region_are_fields_or_tighten_them() -> None:
    root = SCHEMAS["fields-overlay"]
    entry = root["properties"]["fields"]["additionalProperties"]
    left_out = {*FROM_LAYOUT, "object"}
    assert list(differences(root, taxonomy.Field, entry["then"], left_out, "field")) == []
    tightening, field = (resolved(root, entry[branch]) for branch in ("else", "then"))
    assert tightening["properties"].keys() == field["properties"].keys()
    assert tightening["properties"]["required"]["const"] is True
    said = {field.encode_name for field in msgspec.structs.fields(region.FieldOverlay)} - left_out
    assert said <= tightening["properties"].keys()


def test_routing_of_a_region_is_rules_and_territories() -> None:
    root = SCHEMAS["routing-overlay"]
    entry = root["properties"]["roles"]["additionalProperties"]
    left_out = {"label", "order", "on_conflict", "load", "stale_after"}
    assert list(differences(root, taxonomy.RoutedRole, entry, left_out, "role")) == []


def test_defaults_are_what_an_entry_may_say() -> None:
    for kind in ("fields", "fields-overlay", "kpis"):
        root = SCHEMAS[kind]
        entry = "kpi" if kind == "kpis" else "field"
        defaults = root["properties"]["defaults"]["properties"]
        assert defaults == {name: root["$defs"][entry]["properties"][name] for name in defaults}


@pytest.mark.parametrize("amount", ["0", "1", "90", "99999", "100000", "01", "1.5", "-1"])
@pytest.mark.parametrize(
    "unit", ["minute", "hours", "business hours", "business days", "business weeks", "months", "s"]
)
def test_durations_are_those_that_can_be_read(amount: str, unit: str) -> None:
    text = f"{amount} {unit}"
    try:
        parse_duration(text)
        readable = True
    except ValueError:
        readable = False
    assert jsonschema_rs.is_valid(DEFINITIONS["duration"], text) == readable


def test_the_words_of_conditions_are_those_of_the_language() -> None:
    schema = DEFINITIONS["condition"]
    compared = schema["then"]["propertyNames"]["enum"]
    assert compared == ["field", *condition.OPERATORS]
    lists = {name for name in condition.OPERATORS if schema["properties"][name].get("type") == "array"}
    assert lists == condition.LIST_OPERATORS
    bounds = {
        name for name in condition.OPERATORS if schema["properties"][name].get("$ref") == "#/$defs/bound"
    }
    assert bounds == condition.NUMBER_OPERATORS


def test_the_example_of_each_word_is_a_condition() -> None:
    words = DEFINITIONS["condition"]["properties"]
    for word, schema in words.items():
        for example in schema["examples"]:
            data = {word: example}
            if word in condition.OPERATORS:
                data["field"] = "account.industry"
            if word == "where":
                data["exists"] = "opportunity"
            if word == "field":
                data["known"] = True
            assert condition.to_data(condition.parse(data)) == data
