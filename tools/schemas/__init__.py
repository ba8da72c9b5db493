"""The source of the published JSON Schemas: `python -m tools.schemas` writes them into the package.

Every published file stands on its own, so each repeats the definitions that it uses; here they are written once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tools.schemas import accounts, governance, inputs, outputs, playbooks, regions, shared, taxonomy
from tools.schemas.pieces import Schema

FOLDER = Path(__file__).parents[2] / "abmspec" / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
# Raised when a schema no longer accepts what it accepted: the `format` of `abmspec.yaml` rises with it.
FORMAT = 1

_PARTS = (taxonomy, governance, regions, playbooks, accounts)


def _merged(parts: Iterable[Mapping[str, Schema]]) -> dict[str, Schema]:
    """Everything that the parts define. ValueError where two define the same name."""
    merged: dict[str, Schema] = {}
    for part in parts:
        twice = merged.keys() & part.keys()
        if twice:
            raise ValueError(f"defined twice: {', '.join(sorted(twice))}")
        merged |= part
    return merged


FILES = _merged(part.FILES for part in _PARTS)
DEFINITIONS = _merged((shared.DEFINITIONS, *(part.DEFINITIONS for part in _PARTS)))


def published() -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of the schema of every kind of file. KeyError where a definition is missing."""
    for kind, schema in sorted(FILES.items()):
        yield f"{kind}.schema.json", _whole(schema, f"urn:abmspec:schema:{kind}:{FORMAT}", DEFINITIONS)


def published_outputs() -> Iterator[tuple[str, bytes]]:
    """The same of every output of the tool, below a folder of their own."""
    definitions = _merged((DEFINITIONS, outputs.DEFINITIONS))
    for name, schema in sorted(outputs.OUTPUTS.items()):
        version = schema["properties"]["version"]["const"]
        whole = _whole(schema, f"urn:abmspec:output:{name}:{version}", definitions)
        yield f"{outputs.FOLDER_NAME}/{name}.schema.json", whole


def published_inputs() -> Iterator[tuple[str, bytes]]:
    """The same of what the tool reads from others, below a folder of their own."""
    definitions = _merged((DEFINITIONS, inputs.DEFINITIONS))
    for name, schema in sorted(inputs.INPUTS.items()):
        yield (
            f"{inputs.FOLDER_NAME}/{name}.schema.json",
            _whole(schema, f"urn:abmspec:input:{name}:1", definitions),
        )


def _whole(schema: Schema, id: str, definitions: Mapping[str, Schema]) -> bytes:
    """A schema that stands on its own, as bytes."""
    whole = {
        "$schema": DIALECT,
        "$id": id,
        **schema,
        "$defs": {name: definitions[name] for name in sorted(_reached(schema, definitions))},
    }
    if not whole["$defs"]:
        del whole["$defs"]
    return (json.dumps(whole, indent=2, ensure_ascii=False) + "\n").encode()


def _reached(schema: Schema, definitions: Mapping[str, Schema]) -> set[str]:
    """The names of the definitions that a schema uses, and that these use."""
    reached: set[str] = set()
    waiting = _references(schema)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting |= _references(definitions[name])
    return reached


def _references(node: object) -> set[str]:
    if isinstance(node, list):
        return {name for item in node for name in _references(item)}
    if not isinstance(node, dict):
        return set()
    found = {name for value in node.values() for name in _references(value)}
    if isinstance(node.get("$ref"), str):
        found.add(node["$ref"].removeprefix("#/$defs/"))
    return found
