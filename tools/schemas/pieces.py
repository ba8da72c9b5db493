"""The words that the schemas are written in: small functions from a description and examples to JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Schema = dict[str, Any]
Properties = dict[str, Schema]

# No number of a spec is beyond this: what is bigger is a slip, and would not survive every system.
LARGEST = 1_000_000_000_000_000


def like(name: str, description: str, *examples: Any, **keywords: Any) -> Schema:
    """A property that is as the shared definition `name` says."""
    return {"$ref": f"#/$defs/{name}", "description": description, **keywords, "examples": list(examples)}


def one_of(values: Sequence[Any], description: str, *examples: Any) -> Schema:
    """A property out of a closed list of texts."""
    return {"description": description, "type": "string", "enum": list(values), "examples": list(examples)}


def flag(description: str, *, default: bool = False) -> Schema:
    """A property that is true or false."""
    return {"description": description, "type": "boolean", "default": default, "examples": [not default]}


def number(description: str, *examples: float, least: float = 0, most: float = LARGEST) -> Schema:
    """A property that is any number between two bounds, both included."""
    return {
        "description": description,
        "type": "number",
        "minimum": least,
        "maximum": most,
        "examples": list(examples),
    }


def whole(description: str, *examples: int, least: int = 0, most: int = LARGEST) -> Schema:
    """A property that is a whole number between two bounds, both included."""
    return number(description, *examples, least=least, most=most) | {"type": "integer"}


def listed(item: Schema, description: str, *examples: list[Any], least: int = 0) -> Schema:
    """A list without repetitions."""
    bound = {"minItems": least} if least else {}
    return {
        "description": description,
        "type": "array",
        "items": item,
        **bound,
        "uniqueItems": True,
        "examples": list(examples),
    }


def names(name: str, description: str, *examples: list[str], least: int = 0) -> Schema:
    """A list of texts that are as the shared definition `name` says."""
    return listed(bare(name), description, *examples, least=least)


def keyed(
    item: Schema, description: str, *examples: Mapping[str, Any], key: str = "id", least: int = 0
) -> Schema:
    """A mapping whose keys are as the shared definition `key` says."""
    bound = {"minProperties": least} if least else {}
    return {
        "description": description,
        "type": "object",
        "propertyNames": bare(key),
        "additionalProperties": item,
        **bound,
        "examples": list(examples),
    }


def bare(name: str) -> Schema:
    """The shared definition `name`, where nothing is to be added."""
    return {"$ref": f"#/$defs/{name}"}


def mapping(
    description: str, properties: Properties, *, required: Sequence[str] = (), **keywords: Any
) -> Schema:
    """A mapping of known keys alone."""
    needed = {"required": list(required)} if required else {}
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        **needed,
        "additionalProperties": False,
        **keywords,
    }


def exactly_one(*keys: str) -> list[Schema]:
    """For `oneOf`: one of the keys is there, and no other of them."""
    return [{"required": [key]} for key in keys]


def at_least_one(*keys: str) -> list[Schema]:
    """For `anyOf`: one of the keys is there, others may be."""
    return exactly_one(*keys)


def file(title: str, schema: Schema) -> Schema:
    """A whole file: a mapping with a title."""
    return {"title": title, **schema}


def without(properties: Properties, *names: str) -> Properties:
    """The properties but some."""
    return {name: schema for name, schema in properties.items() if name not in names}


def only(properties: Properties, *names: str) -> Properties:
    """Some of the properties, in the order given."""
    return {name: properties[name] for name in names}
