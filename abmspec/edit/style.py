"""The house style: how data is written as YAML.

Two spaces a level, items below their key and indented. A short collection stands on one line, in flow style; what is
longer, or holds entries of several keys each, gets a line for each of them. Text is quoted where some reader of YAML
would take it for something else, and where it holds a colon.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from abmspec.load.scalars import resolve

# What is written fits the first; what people wrote on one line stays there up to the second.
WIDTH = 110
LIMIT = 120
STEP = 2
_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`=<~")
_IN_FLOW = frozenset(",[]{}?")
_LIKE_A_NUMBER = re.compile(r"[+-]?[0-9]")
_COUNTED = re.compile(r"[0-9]+( [a-z]+)+|[0-9]+\.[0-9]+\.[0-9]+")
_KEY = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.-]*")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_TEXT_LINE = re.compile(r"\S+( \S+)*")


def emit(data: Any, indent: int = 0, width: int = WIDTH) -> str:
    """The data as YAML in the house style, its last line ended. A mapping at the top has a line for each key."""
    pad = " " * indent
    if data and isinstance(data, dict):
        lines = mapping_lines(data, indent, width)
    elif data and isinstance(data, list):
        lines = list_lines(data, indent, width)
    else:
        lines = [pad + flow(data)]
    return "\n".join(lines) + "\n"


def mapping_lines(data: dict[str, Any], indent: int, width: int = WIDTH) -> list[str]:
    """A mapping with a line for each key, or several."""
    return [line for key, value in data.items() for line in entry_lines(key, value, indent, width)]


def list_lines(data: list[Any], indent: int, width: int = WIDTH) -> list[str]:
    """A list with a line for each item, or several."""
    return [line for value in data for line in item_lines(value, indent, width)]


def entry_lines(key: str, value: Any, indent: int, width: int = WIDTH) -> list[str]:
    """A key and its value."""
    start = f"{' ' * indent}{scalar(key, in_flow=False, is_key=True)}:"
    return _joined(start, behind_key(value, len(start), indent, width))


def item_lines(value: Any, indent: int, width: int = WIDTH) -> list[str]:
    """A list's item, behind its dash."""
    start = " " * indent + "-"
    return _joined(start, behind_dash(value, indent, width))


def behind_key(
    value: Any, used: int, indent: int, width: int = WIDTH, *, on_lines: bool = False
) -> list[str]:
    """What stands behind a key: the rest of its line (of which `used` columns are taken), then whole lines.

    `indent` is the key's; with `on_lines`, a collection gets lines of its own however short it is.
    """
    text = None if on_lines else one_line(value, width - used - 1)
    if text is not None:
        return [text]
    if isinstance(value, dict):
        return ["", *mapping_lines(value, indent + STEP, width)]
    if isinstance(value, list):
        return ["", *list_lines(value, indent + STEP, width)]
    return list(_paragraph(value, indent + STEP, width))


def behind_dash(value: Any, indent: int, width: int = WIDTH, *, on_lines: bool = False) -> list[str]:
    """What stands behind a dash: the rest of its line, then whole lines. `indent` is the dash's."""
    first, *rest = behind_key(value, indent + 1, indent, width, on_lines=on_lines)
    if first:
        return [first, *rest]
    return [rest[0].lstrip(), *rest[1:]]


def _joined(start: str, lines: list[str]) -> list[str]:
    first, *rest = lines
    return [f"{start} {first}" if first else start, *rest]


def one_line(value: Any, room: int) -> str | None:
    """The value as it stands behind a colon or a dash; None where it needs lines of its own."""
    if isinstance(value, dict | list):
        text = flow(value)
        return text if not value or (is_short(value) and len(text) <= room) else None
    text = scalar(value, in_flow=False)
    if not isinstance(value, str) or not value:
        return text
    if "\n" in value:
        return text if not _is_paragraphs(value) else None
    return text if len(text) <= room or not _TEXT_LINE.fullmatch(value) or " " not in value else None


def is_short(value: dict[str, Any] | list[Any]) -> bool:
    """Whether a collection is simple enough for one line: scalars, lists of them, and mappings of one key to these."""
    if isinstance(value, dict):
        return all(_is_simple(each) or _is_pair(each) for each in value.values())
    return all(_is_simple(each) and not isinstance(each, list) for each in value)


def _is_pair(value: Any) -> bool:
    """Whether it is a mapping of one key at most, and no more than that."""
    return isinstance(value, dict) and len(value) <= 1 and all(map(_is_simple, value.values()))


def _is_simple(value: Any) -> bool:
    """Whether it is a scalar on one line, or a list of scalars."""
    if isinstance(value, list):
        return not any(isinstance(each, dict | list) for each in value)
    return not isinstance(value, dict) and not (isinstance(value, str) and "\n" in value)


def flow(value: Any) -> str:
    """The value on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{scalar(key, in_flow=True, is_key=True)}: {flow(of)}' for key, of in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    return scalar(value, in_flow=True)


def scalar(value: Any, *, in_flow: bool, is_key: bool = False) -> str:
    """A scalar on one line."""
    if isinstance(value, str):
        return value if is_plain(value, in_flow=in_flow, is_key=is_key) else quoted(value)
    if isinstance(value, float):
        return _decimal(value)
    return json.dumps(value)


def is_plain(text: str, *, in_flow: bool, is_key: bool = False) -> bool:
    """Whether a text is written without quotes."""
    if (
        not text
        or text[0] in _FIRST
        or text != text.strip()
        or not text.isprintable()
        or resolve(text) != text
    ):
        return False
    if ":" in text or " #" in text or text.startswith("..."):
        return False
    if in_flow and not _IN_FLOW.isdisjoint(text):
        return False
    if _LIKE_A_NUMBER.match(text):
        return bool(_KEY.fullmatch(text)) if is_key else bool(_COUNTED.fullmatch(text))
    return True


def quoted(text: str) -> str:
    """A text in quotes: double ones, single ones around what double ones would escape."""
    if text.isprintable() and ('"' in text or "\\" in text):
        return "'" + text.replace("'", "''") + "'"
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    """A character as it stands in double quotes. What cannot be seen is spelt out."""
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _decimal(value: float) -> str:
    """A number in the one spelling that all readers agree on."""
    text = repr(value)
    mantissa, separator, exponent = text.partition("e")
    return f"{mantissa}.0e{exponent}" if separator and "." not in mantissa else text


def _is_paragraphs(text: str) -> bool:
    """Whether a text of several lines can stand as it is, below `|`."""
    lines = text.split("\n")
    return (
        bool(text.strip())
        and lines[0][:1] not in ("", " ")
        and all(line.isprintable() and line == line.rstrip() for line in lines)
    )


def _paragraph(text: str, indent: int, width: int) -> Iterator[str]:
    """A long text: a header, then its lines."""
    pad = " " * indent
    if "\n" in text:
        body = text.rstrip("\n")
        ends = len(text) - len(body)
        yield "|" + ("-" if ends == 0 else "" if ends == 1 else "+")
        lines = (body + "\n" * max(ends - 1, 0)).split("\n")
        yield from (pad + line if line else "" for line in lines)
        return
    yield ">-"
    line = ""
    for word in text.split(" "):
        if line and indent + len(line) + 1 + len(word) > width:
            yield pad + line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield pad + line
