"""Words in sentences: lists, plurals, articles, and what a misspelt name most likely means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_DIGITS = re.compile(r"[0-9]+")
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
# How like two names are, in percent, where one may be meant by the other.
_LIKELY = 70
# More like than that, and no other is meant.
_SURE = 85
# How like the words are by which two names differ, where one may be misspelt.
_ALIKE = 60


def listing(words: Sequence[str], joint: str) -> str:
    """`a, b and c`."""
    return f"{', '.join(words[:-1])} {joint} {words[-1]}" if len(words) > 1 else "".join(words)


def quoted(names: Iterable[str], joint: str = "and") -> str:
    """Names as they are written, listed: each in backquotes."""
    return listing([f"`{name}`" for name in names], joint)


def plural(noun: str) -> str:
    """`accounts`, `opportunities`, `plays`."""
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"


def counted(count: int, noun: str) -> str:
    """`1 file`, `3 files`."""
    return f"{count} {noun if count == 1 else plural(noun)}"


def with_article(noun: str) -> str:
    """`an account`, `a lead`."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def capitalized(text: str) -> str:
    """The text as a sentence begins; the rest as it is."""
    return f"{text[:1].upper()}{text[1:]}"


def slug(text: str) -> str:
    """The id that a text would give; empty where it gives none."""
    return _NOT_IN_IDS.sub("-", text.lower()).strip("-")


def nearest(name: str, names: Iterable[str]) -> str:
    """The one of `names` that a misspelt `name` most likely means, whatever its case; empty if none is near."""
    return next(iter(_near(name, names, 1)), "")


def certain(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that a misspelt `name` means for certain; None if it might be another, or none.

    What somebody may write without asking: `nearest` is only worth asking for.
    """
    wanted = slug(name)
    near = _near(name, names, 3)
    slips = [other for other in near if _is_slip(wanted, slug(other))]
    if len(slips) == 1:
        return slips[0]
    return near[0] if len(near) == 1 and _is_sure(wanted, slug(near[0])) else None


def _is_slip(name: str, other: str) -> bool:
    """Whether two names differ by case and marks alone, or by one letter."""
    from rapidfuzz.distance import DamerauLevenshtein

    return name == other or (min(len(name), len(other)) > 3 and DamerauLevenshtein.distance(name, other) == 1)


def _is_sure(name: str, other: str) -> bool:
    """Whether two names are that much alike, and neither is the other's opposite: `inactive` is no slip of `active`."""
    from rapidfuzz import fuzz

    return fuzz.ratio(name, other) >= _SURE and not (name.endswith(other) or other.endswith(name))


def did_you_mean(name: str, names: Iterable[str], most: int = 1) -> str:
    """`Did you mean …?` with the nearest of the names; empty if none is near."""
    near = _near(name, names, most)
    return f"Did you mean {quoted(near, 'or')}?" if near else ""


def _near(name: str, names: Iterable[str], most: int) -> list[str]:
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import DamerauLevenshtein

    wanted = slug(name)
    likely = {
        other: plain
        for other in names
        if not _differ_by_number(wanted, plain := slug(other)) and not _differ_by_word(wanted, plain)
    }
    found = process.extract(wanted, likely, scorer=fuzz.ratio, limit=most)
    begun = [other for other, plain in likely.items() if _begins_alike(wanted, plain)]
    if len(begun) == 1 and (not found or found[0][1] < _SURE):
        return begun
    return [
        other
        for plain, score, other in found
        if score >= _LIKELY or (len(plain) > 1 and DamerauLevenshtein.distance(wanted, plain) == 1)
    ]


def _begins_alike(name: str, other: str) -> bool:
    """Whether a name is the beginning of a longer one, but for its ending: `finance`, `financial-services`."""
    from rapidfuzz.distance import Prefix

    same = Prefix.similarity(name, other)
    return len(name) < len(other) and same >= max(5, 0.8 * len(name))


def _differ_by_number(name: str, other: str) -> bool:
    """A number is not misspelt: of `tier-1` and `tier-2` neither is near to `tier-4`."""
    return name != other and _DIGITS.sub("", name) == _DIGITS.sub("", other)


def _differ_by_word(name: str, other: str) -> bool:
    """Nor is a word put for another: of `briefing-email` and `briefing-deck` neither is near to `briefing-offer`."""
    from rapidfuzz import fuzz

    words, others = name.split("-"), other.split("-")
    own, its = [word for word in words if word not in others], [word for word in others if word not in words]
    if not own or not its or len(own) == len(words):
        return False
    one, another = "-".join(own), "-".join(its)
    return not (one.startswith(another) or another.startswith(one)) and fuzz.ratio(one, another) < _ALIKE
