"""The source of the published JSON Schemas: `python -m tools.schemas` writes them into the package.

Every published file stands on its own, so each repeats the definitions that it uses; here they are written once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tools.schemas import accounts, governance, playbooks, regions, shared, taxonomy
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
    """The name and the bytes of every schema. KeyError where a definition is missing."""
    for kind, schema in sorted(FILES.items()):
        whole = {
            "$schema": DIALECT,
            "$id": f"urn:abmspec:schema:{kind}:{FORMAT}",
            **schema,
            "$defs": {name: DEFINITIONS[name] for name in sorted(_reached(schema))},
        }
        if not whole["$defs"]:
            del whole["$defs"]
        text = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
        yield f"{kind}.schema.json", text.encode()


def _reached(schema: Schema) -> set[str]:
    """The names of the definitions that a schema uses, and that these use."""
    reached: set[str] = set()
    waiting = _references(schema)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting |= _references(DEFINITIONS[name])
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
