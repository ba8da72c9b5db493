"""What a plain scalar means: YAML 1.2's core schema in its JSON-like spellings, all else is text.

What some YAML reader takes for a boolean, a number or a date, and this one does not, is ambiguous: it is read as the
text that it is, and reported.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from abmspec.diagnostic import Rule
from abmspec.load.rules import AMBIGUOUS, NUMBER_RANGE

# A plain scalar that begins otherwise is text, and need not be looked at.
STARTS = frozenset(["", *"0123456789+-.~=", *"tTfFnNyYoO", "<"])

_CORE: dict[str, bool | None] = {"": None, "null": None, "true": True, "false": False}
_TRUE = frozenset(["True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y"])
_FALSE = frozenset(["False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N"])
_NULL = frozenset(["~", "Null", "NULL"])

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+(?:e[+-][0-9]+)?")
_SAFE_DIGITS = 16
_SAFE_INTEGER = 2**53 - 1

_SEXAGESIMAL = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?)?"
)
_NUMBER = re.compile(
    r"""[-+]?(?:
        0b[01_]+ | 0o[0-7_]+ | 0x[0-9a-fA-F_]+
        | [0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?
        | \.[0-9_]+(?:[eE][-+]?[0-9]+)?
        | \.(?:inf|Inf|INF)
    ) | \.(?:nan|NaN|NAN)""",
    re.VERBOSE,
)


class Ambiguous(NamedTuple):
    """Why a plain scalar is not taken for what it may be: the rule, and what some reader makes of it."""

    rule: Rule
    other: str

    def message(self, text: str) -> str:
        """The finding's sentence."""
        if self.rule is NUMBER_RANGE:
            return f"`{text}` is {self.other}, so systems would store another number."
        return f"`{text}` is text here, and {self.other} to other readers of YAML."


def resolve(text: str) -> str | int | float | bool | Ambiguous | None:
    """The value of a plain scalar, or why it is ambiguous."""
    if text in _CORE:
        return _CORE[text]
    if text[0].isalpha() or text[0] in "~=<":
        return _word(text)
    if _INTEGER.fullmatch(text):
        if len(text) > _SAFE_DIGITS + 1 or abs(int(text)) > _SAFE_INTEGER:
            return Ambiguous(NUMBER_RANGE, "beyond what JSON and spreadsheets keep exactly")
        return int(text)
    if _FLOAT.fullmatch(text):
        value = float(text)
        if value in (float("inf"), float("-inf")):
            return Ambiguous(NUMBER_RANGE, "too large for a number")
        return value
    if _NUMBER.fullmatch(text):
        return Ambiguous(AMBIGUOUS, "a number")
    if _SEXAGESIMAL.fullmatch(text):
        return Ambiguous(AMBIGUOUS, "a number in base 60")
    if _DATE.fullmatch(text):
        return Ambiguous(AMBIGUOUS, "a date")
    return text


def _word(text: str) -> str | Ambiguous:
    if text in _TRUE:
        return Ambiguous(AMBIGUOUS, "`true`")
    if text in _FALSE:
        return Ambiguous(AMBIGUOUS, "`false`")
    if text in _NULL:
        return Ambiguous(AMBIGUOUS, "`null`")
    if text == "=":
        return Ambiguous(AMBIGUOUS, "a default value")
    return text


def key_mend(text: str) -> str:
    """How to mend a key that other readers take for something else."""
    return f'Put it in quotes (`"{text}":`), or choose another key.'


def value_mend(text: str) -> str:
    """How to mend a value that other readers take for something else."""
    quoted = f'`"{text}"`'
    if text in _TRUE:
        return f"Write {quoted} for the text, `true` for the truth value."
    if text in _FALSE:
        return f"Write {quoted} for the text, `false` for the truth value."
    if text in _NULL:
        return f"Leave the value out for nothing, write {quoted} for the text."
    plain = _plain_number(text)
    return f"Write {quoted} for the text, `{plain}` for the number." if plain else f"Write {quoted}."


def _plain_number(text: str) -> str:
    """The one spelling of a number that all readers agree on, where that is no guess."""
    bare = text.replace("_", "").removeprefix("+")
    if bare != text and (_INTEGER.fullmatch(bare) or _FLOAT.fullmatch(bare)) and len(bare) < _SAFE_DIGITS:
        return bare
    if len(bare) < _SAFE_DIGITS and re.fullmatch(r"-?[1-9][0-9]*(?:\.[0-9]*)?[eE]\+?[0-9]{1,2}", bare):
        value = float(bare)
        return str(int(value)) if value.is_integer() and abs(value) <= _SAFE_INTEGER else ""
    return ""
