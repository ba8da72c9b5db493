"""Tables of the keys of a mapping, from its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from abmspec.edit import flow
from tools.docs.markdown import anchor, code, table
from tools.schemas.pieces import LARGEST

Schema = dict[str, Any]
PARTS = "parts.md"


def heading_of(definition: str) -> str:
    return definition.replace("-", " ").capitalize()


class Writer:
    """Writes the sections of one page: a table of keys for each mapping, in the order in which they are met."""

    def __init__(
        self, definitions: Mapping[str, Schema], shared: set[str], *, on_parts: bool = False
    ) -> None:
        self._definitions = definitions
        self._shared = shared
        self._on_parts = on_parts
        self._waiting: dict[str, Schema] = {}
        self._section = ""

    def sections(self, schema: Schema) -> Iterator[str]:
        """The keys of a file, and of every mapping in it that stands on no other page."""
        yield from self._keys(schema)
        done: set[str] = set()
        while waiting := [heading for heading in self._waiting if heading not in done]:
            done.add(waiting[0])
            yield from self.section(waiting[0], self._waiting[waiting[0]])

    def section(self, heading: str, schema: Schema) -> Iterator[str]:
        """One mapping below a heading of its own."""
        self._section = heading
        yield f"## {heading}"
        yield schema.get("description", "")
        yield from self._keys(schema)

    def _keys(self, schema: Schema) -> Iterator[str]:
        required = schema.get("required", ())
        rows = [
            (
                code(key) + (" (required)" if key in required else ""),
                self._words(each, key),
                _meaning(each),
            )
            for key, each in schema["properties"].items()
        ]
        yield table(("key", "value", "meaning"), rows)
        yield " ".join(_demands(schema))

    def _words(self, schema: Schema, key: str) -> str:
        """What a value is, in words."""
        if "$ref" in schema:
            return self._named(schema["$ref"].rpartition("/")[2])
        if "if" in schema and "properties" not in schema:
            words = [self._words(schema[branch], key) for branch in ("then", "else") if branch in schema]
            return " or ".join(dict.fromkeys(word for word in words if word))
        if "enum" in schema or "const" in schema:
            return _choice(schema.get("enum", [schema.get("const")]))
        if "properties" in schema:
            heading = self._heading(key, schema)
            self._waiting.setdefault(heading, schema)
            return f"a [mapping](#{anchor(heading)})"
        types = schema.get("type", [])
        said = [self._typed(type, schema, key) for type in ([types] if isinstance(types, str) else types)]
        return " or ".join(said)

    def _heading(self, key: str, schema: Schema) -> str:
        """The key alone, unless another mapping of the page is called so."""
        return key if self._waiting.get(key, schema) == schema else f"{key} of {self._section}"

    def _named(self, name: str) -> str:
        definition = self._definitions[name]
        if "properties" not in definition:
            return (
                str(definition.get("title", "")) if "enum" not in definition else _choice(definition["enum"])
            )
        heading = heading_of(name)
        on_other_page = name in self._shared and not self._on_parts
        if name not in self._shared:
            self._waiting.setdefault(heading, definition)
        article = "an" if heading[0] in "AEIOU" else "a"
        return f"{article} [{heading.lower()}]({PARTS if on_other_page else ''}#{anchor(heading)})"

    def _typed(self, type: str, schema: Schema, key: str) -> str:
        if type == "array":
            items = self._words(schema.get("items", {}), key)
            return f"list, each {items}" if items else "list"
        if type == "object":
            to = schema.get("additionalProperties")
            of = self._words(schema["propertyNames"], key) if "propertyNames" in schema else ""
            return (
                f"mapping from {of} to {self._words(to, key)}" if isinstance(to, dict) and of else "mapping"
            )
        if type in ("integer", "number"):
            return _number(schema, "whole number" if type == "integer" else "number")
        return {"boolean": "`true` or `false`", "string": "text", "null": "nothing"}[type]


def _choice(values: list[Any]) -> str:
    said = [code(flow(value)) for value in values]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}"


def _number(schema: Schema, noun: str) -> str:
    least, most = schema.get("minimum", -LARGEST), schema.get("maximum", LARGEST)
    if abs(most) < LARGEST:
        return f"{noun} from {least} to {most}"
    return noun if abs(least) == LARGEST else f"{noun}, {least} or more"


def _meaning(schema: Schema) -> str:
    """The description, what holds where nothing is said, and an example."""
    said = [schema.get("description", "")]
    if schema.get("default") is True:
        said.append("Left out: `true`.")
    if schema.get("examples"):
        said.append(f"Example: {code(flow(schema['examples'][0]))}")
    return " ".join(said)


def _demands(schema: Schema) -> Iterator[str]:
    """Which keys go together."""
    for each in (schema, *schema.get("allOf", ())):
        for word, said in (("oneOf", "Exactly one of"), ("anyOf", "At least one of")):
            keys = [key for branch in each.get(word, ()) for key in branch.get("required", ())]
            if keys:
                yield f"{said} {_choice(keys)} is there."
    for key, needed in schema.get("dependentRequired", {}).items():
        yield f"{code(key)} asks for {_choice(needed)} beside it."
