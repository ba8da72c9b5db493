"""Requests as they come in: JSON of anybody's making, held to the published schema before anything else looks at it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from abmspec.proposal.proposal import ProposalRefused
from abmspec.proposal.request import AnyRequest
from abmspec.schema import faults_of_request
from abmspec.source import Route

# No form says more, and what does is no slip.
MOST_BYTES = 64 * 1024
DEEPEST = 24
# Joiners shape letters in Persian, Hindi and others. No other format character has a place in a text.
JOINERS = frozenset("\u200c\u200d")
LINE_ENDS = frozenset("\n\r\t")
# Scripts whose letters look like each other's.
ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
_WORD = re.compile(r"[^\W\d_]+")


class RequestInvalid(ProposalRefused):
    """What came in is no request. The message has a line for each mistake: its place, and what to write."""


def read_request(raw: bytes) -> AnyRequest:
    """The request that JSON states; what it leaves empty counts as not said. RequestInvalid where it is none."""
    if len(raw) > MOST_BYTES:
        raise RequestInvalid(f"The request has {len(raw)} bytes, and no request has more than {MOST_BYTES}.")
    try:
        data = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RequestInvalid(f"The request is not JSON: {error}.") from error
    if isinstance(data, dict):
        data = {name: value for name, value in data.items() if value != ""}
    _require_fit(data, "$")
    try:
        request: AnyRequest = msgspec.convert(data, AnyRequest)
    except msgspec.ValidationError as error:
        raise RequestInvalid(f"The request cannot be read: {error}.") from error
    return request


def require_fit(request: AnyRequest) -> None:
    """RequestInvalid where a request says what no spec may hold, wherever it came from."""
    _require_fit(msgspec.to_builtins(request), "")


def _require_fit(data: Any, root: str) -> None:
    """`root` is what places begin with: `$` in JSON, nothing in flags."""
    unseen = [f"{_place(root, route)}: {what}" for route, what in _unseen(data)]
    if unseen:
        raise RequestInvalid("\n".join(unseen))
    found = faults_of_request(data, as_json=bool(root))
    if found:
        lines = (
            f"{_place(root, fault.route)}: {fault.message} {fault.suggestion}".rstrip() for fault in found
        )
        raise RequestInvalid("\n".join(line.replace("The file", "The request") for line in lines))


def _place(root: str, route: Route) -> str:
    """A place in the request: `$.labels.de` of JSON, `labels.de` of flags."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in route)
    return f"{root}{''.join(parts)}".removeprefix(".") or "The request"


def _unseen(data: Any) -> Iterator[tuple[Route, str]]:
    """What cannot be seen for what it is: characters that do not show, and letters that pass for others."""
    for route, text in _texts(data, ()):
        if len(route) > DEEPEST:
            yield route[:3], f"The request is nested more than {DEEPEST} levels deep."
            return
        for character in text:
            if _is_hidden(character):
                code = f"U+{ord(character):04X}"
                yield route, f"The text holds {code}, a character that does not show. Type the text anew."
                break
        for word in _WORD.findall(text):
            scripts = _scripts(word)
            if len(scripts) > 1:
                names = " and ".join(name.capitalize() for name in scripts)
                why = f"`{word}` mixes letters of {names} that look alike, so nobody would find it."
                yield route, f"{why} Type it anew."
                break


def _texts(data: Any, route: Route) -> Iterator[tuple[Route, str]]:
    if len(route) > DEEPEST:
        yield route, ""
    elif isinstance(data, str):
        yield route, data
    elif isinstance(data, Mapping):
        for name, value in data.items():
            yield (*route, "…"), str(name)
            yield from _texts(value, (*route, str(name)))
    elif isinstance(data, list | tuple):
        for index, value in enumerate(data):
            yield from _texts(value, (*route, index))


def _is_hidden(character: str) -> bool:
    if character in JOINERS or character in LINE_ENDS:
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _scripts(word: str) -> list[str]:
    """The scripts of a word's letters, of those that look alike, in the order in which they come."""
    if word.isascii():
        return []
    names = (unicodedata.name(letter, "").partition(" ")[0] for letter in word)
    return list(dict.fromkeys(name for name in names if name in ALIKE))
