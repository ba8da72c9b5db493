"""When two names may well mean the same.

Digits distinguish: "Value 3 of 7" is not "Value 4 of 7"; so does a negation: "qualified" is not "unqualified". Whole
lists of names are brought to a comparable form at once, since they may hold twenty thousand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Of similar texts, this many letters are the same at one end.
SAME_END = 4
# Shorter texts differ by too little to say anything.
SHORTEST = 7
_SIMILAR = 91
_DIGITS = re.compile(r"\d+")
# Neither letters nor digits: punctuation, and accents once they stand apart (but for those of kana).
_MARKS = re.compile(r"[^\w\n\u3099\u309a]")
_PUNCTUATION = {code: None for code in range(128) if code != 10 and not chr(code).isalnum()}
_NEGATIONS = ("un", "non", "in", "dis", "il", "im", "ir", "not", "no")


def comparable(texts: Iterable[str]) -> list[str]:
    """The texts (of one line each) without case, accents, blanks and punctuation; `&` is "and"."""
    lines = list(texts)
    if not lines:
        return []
    joined = (
        "\n".join(lines).casefold().replace(" ", "").replace("-", "").replace("_", "").replace("&", "and")
    )
    if joined.isascii():
        return joined.translate(_PUNCTUATION).split("\n")
    return _MARKS.sub("", unicodedata.normalize("NFKD", joined)).split("\n")


def is_alike(one: str, other: str, text: str, other_text: str) -> bool:
    """Whether two names differ by little more than a slip. `text` and `other_text` are their comparable forms."""
    from rapidfuzz import fuzz

    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    return fuzz.ratio(text, other_text) >= _SIMILAR and not _is_negation(one, other)


def _is_negation(one: str, other: str) -> bool:
    """Whether the two differ in that one says the contrary ("qualified" and "unqualified")."""
    words, others = set(one.casefold().split()), set(other.casefold().split())
    only, other_only = words - others, others - words
    return any(
        long in (f"{negation}{short}", f"{negation}-{short}")
        for negation in _NEGATIONS
        for short, long in (
            *((a, b) for a in only for b in other_only),
            *((b, a) for a in only for b in other_only),
        )
    )
