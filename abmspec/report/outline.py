"""Plain data as YAML for reading, with a remark where each part comes from. Nothing reads it back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from abmspec.report.text import paint, visible

PLAIN = re.compile(r"[A-Za-z][\w .,/()&+-]*[\w)]|[A-Za-z]")
MISREAD = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
WIDTH = 100


def as_yaml(
    data: Mapping[str, Any],
    heading: str,
    where: str,
    remarks: Mapping[str, str],
    *,
    about: str = "",
    colour: bool,
) -> str:
    """A mapping as block YAML under a heading and a word about it. `remarks` are by dotted route (`labels.fr`)."""
    lines = [paint(f"# {heading}", "1", colour) + paint(f"  {where}", "2", colour)]
    lines += [paint(f"# {visible(about)}", "2", colour)] if about else []
    lines += _mapping(data, "", "", remarks, colour)
    return "\n".join(lines) + "\n"


def _mapping(
    data: Mapping[str, Any], indent: str, route: str, remarks: Mapping[str, str], colour: bool
) -> Iterator[str]:
    for key, value in data.items():
        here = f"{route}.{key}" if route else key
        remark = paint(f"  # {remarks[here]}", "2", colour) if here in remarks else ""
        name = paint(f"{indent}{_scalar(key)}:", "36", colour)
        flow = _flow(value)
        deeper = any(known.startswith(f"{here}.") for known in remarks)
        if (
            isinstance(value, dict)
            and value
            and (deeper or len(indent) + len(key) + len(flow) > WIDTH or not route)
        ):
            yield name + remark
            yield from _mapping(value, indent + "  ", here, remarks, colour)
        elif isinstance(value, list) and len(indent) + len(key) + len(flow) > WIDTH:
            yield name + remark
            yield from (f"{indent}  - {_flow(item)}" for item in value)
        else:
            yield f"{name} {flow}{remark}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    """A scalar as every YAML reader takes it: quoted unless it is plainly a word."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    text = visible(str(value))
    if PLAIN.fullmatch(text) and text.casefold() not in MISREAD:
        return text
    return json.dumps(text, ensure_ascii=False)
