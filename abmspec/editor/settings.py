"""Bindings in an editor's settings: JSON with comments, of which only the part that is ours is touched."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from abmspec.editor.bindings import Bindings

KEY = "yaml.schemas"
TRIVIA = re.compile(r"(?:[ \t\r\n\ufeff]+|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
COMMENT = re.compile(r"//|/\*")
STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"')
PLAIN = re.compile(r"-?[0-9][0-9.eE+-]*|true|false|null")


class NotMerged(Exception):
    """The settings cannot be changed without a risk to what they hold. The message says why."""


class Member(NamedTuple):
    """A member of the outermost object: its key, where that begins, and where its value begins and ends."""

    key: str
    start: int
    value_start: int
    end: int
    value: Any
    has_comment: bool


def merged_settings(text: str, bindings: Bindings, is_ours: Callable[[str], bool]) -> str:
    """The settings with these bindings in place of those that are ours; everything else is as it was, comments too.

    NotMerged where the text is no object, or where the bindings that it has cannot be replaced without loss.
    """
    if not TRIVIA.sub("", text, count=1).strip():
        return text + rendered(bindings)
    members, close, has_comma = _Reader(text).outermost()
    there = [member for member in members if member.key == KEY]
    newline = "\r\n" if "\r\n" in text else "\n"
    indent = _indent(text, members)
    if len(there) > 1:
        raise NotMerged(f"`{KEY}` stands there twice")
    if there:
        (member,) = there
        if not isinstance(member.value, dict) or member.has_comment:
            raise NotMerged(
                f"`{KEY}` is no plain mapping" if not member.has_comment else f"`{KEY}` holds comments"
            )
        kept = {key: value for key, value in member.value.items() if not is_ours(key)}
        value = _mapping({**kept, **bindings}, indent).replace("\n", newline)
        return text[: member.value_start] + value + text[member.end :]
    value = f'{indent}"{KEY}": {_mapping(bindings, indent)}'.replace("\n", newline)
    if not members:
        return f"{text[:close].rstrip()}{newline}{value}{newline}{text[close:]}"
    end = members[-1].end
    comma = "" if has_comma else ","
    rest = text[end:close].rstrip(" \t\r\n")
    ending = newline if not rest.endswith("\n") else ""
    after = "," if has_comma else ""
    return f"{text[:end]}{comma}{rest}{newline}{value}{after}{ending}{text[close:]}"


def rendered(bindings: Bindings) -> str:
    """Settings of these bindings alone."""
    return f'{{\n  "{KEY}": {_mapping(bindings, "  ")}\n}}\n'


def _mapping(entries: Mapping[str, Any], indent: str) -> str:
    def flat(value: Any) -> str:
        one = isinstance(value, tuple) and len(value) == 1
        return json.dumps(value[0] if one else value, ensure_ascii=False)

    lines = [
        f"{indent * 2}{json.dumps(key, ensure_ascii=False)}: {flat(value)}" for key, value in entries.items()
    ]
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}" if lines else "{}"


def _indent(text: str, members: tuple[Member, ...]) -> str:
    if members:
        before = text[: members[0].start].rpartition("\n")[2]
        if before and not before.strip():
            return before
    return "  "


class _Reader:
    """Reads JSON with comments and trailing commas, and where the outermost members stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def outermost(self) -> tuple[tuple[Member, ...], int, bool]:
        """The members, where the object closes, and whether a comma stands before that."""
        self._skip()
        self._take("{")
        members: list[Member] = []
        has_comma = False
        while not self._peek("}"):
            if members and not has_comma:
                raise self._unreadable()
            start = self.at
            key = self._string()
            self._skip()
            self._take(":")
            self._skip()
            value_start = self.at
            value = self._value()
            comment = self._has_comment(value_start, self.at)
            members.append(Member(key, start, value_start, self.at, value, comment))
            self._skip()
            has_comma = self._may_take(",")
        close = self.at
        self.at += 1
        self._skip()
        if self.at != len(self.text):
            raise self._unreadable()
        return tuple(members), close, has_comma

    def _has_comment(self, start: int, end: int) -> bool:
        return COMMENT.search(STRING.sub("", self.text[start:end])) is not None

    def _value(self) -> Any:
        self._skip()
        if self._peek("{"):
            return self._object()
        if self._peek("["):
            return self._array()
        if self._peek('"'):
            return self._string()
        found = PLAIN.match(self.text, self.at)
        if found is None:
            raise self._unreadable()
        self.at = found.end()
        try:
            return json.loads(found[0])
        except ValueError as error:
            raise self._unreadable() from error

    def _object(self) -> dict[str, Any]:
        self._take("{")
        found: dict[str, Any] = {}
        while not self._peek("}"):
            key = self._string()
            self._skip()
            self._take(":")
            found[key] = self._value()
            if not self._may_take(",") and not self._peek("}"):
                raise self._unreadable()
        self._take("}")
        return found

    def _array(self) -> list[Any]:
        self._take("[")
        found = []
        while not self._peek("]"):
            found.append(self._value())
            if not self._may_take(",") and not self._peek("]"):
                raise self._unreadable()
        self._take("]")
        return found

    def _string(self) -> str:
        found = STRING.match(self.text, self.at)
        if found is None:
            raise self._unreadable()
        self.at = found.end()
        try:
            return str(json.loads(found[0]))
        except ValueError as error:
            raise self._unreadable() from error

    def _skip(self) -> None:
        found = TRIVIA.match(self.text, self.at)
        if found is not None:
            self.at = found.end()

    def _peek(self, sign: str) -> bool:
        self._skip()
        return self.text.startswith(sign, self.at)

    def _may_take(self, sign: str) -> bool:
        if self._peek(sign):
            self.at += 1
            return True
        return False

    def _take(self, sign: str) -> None:
        if not self._may_take(sign):
            raise self._unreadable()

    def _unreadable(self) -> NotMerged:
        line = self.text.count("\n", 0, self.at) + 1
        return NotMerged(f"line {line} is not read as JSON with comments")
