"""How findings speak of values: plainly, and in YAML, or of requests in JSON, that can be copied."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from abmspec.source import Route
from abmspec.words import listing

_LONGEST = 100
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./@%-]*( [A-Za-z0-9_./@%&-]+)*|[0-9]+( [a-z]+)+")
# What a reader of YAML takes for something else than text.
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null"})
_TYPES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}


def flow(value: Any) -> str:
    """The value as YAML on one line."""
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and value.lower() not in _WORDS
        return value if plain else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{flow(key)}: {flow(item)}' for key, item in value.items())}}}"
    return str(value)


def in_json(value: Any) -> str:
    """The value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False)


def shown(value: Any) -> str:
    """A value in a sentence: in backquotes, cut where it is long."""
    text = value if isinstance(value, str) else flow(value)
    text = text.replace("`", "'").replace("\n", " ")
    return f"`{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}`"


def there(value: Any) -> str:
    """What a value is."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"the truth value {shown(value)}"
    if isinstance(value, int | float):
        return f"the number {shown(value)}"
    if isinstance(value, str):
        return f"the text {shown(value)}"
    return "a list" if isinstance(value, list) else "a mapping"


def kinds(types: str | Sequence[str]) -> str:
    """What JSON Schema's types are called."""
    return listing([_TYPES[name] for name in ([types] if isinstance(types, str) else types)], "or")


def name_of(route: Route) -> str:
    """What a node is called: its key, or its place in a list."""
    if not route:
        return "The file"
    if isinstance(route[-1], int):
        holder = next((str(part) for part in reversed(route) if isinstance(part, str)), "")
        return f"Item {route[-1] + 1} of `{holder}`"
    return f"`{route[-1]}`"
