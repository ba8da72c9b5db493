"""What people write where a spec wants a plain number, a duration or a day, in the form that it wants."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = re.compile(
    r"[$€£¥]?\s?([0-9]{1,3}(?:[,_' ][0-9]{3})+|[0-9]+)(\.[0-9]+)?\s?(%|k|m|bn)?", re.IGNORECASE
)
_TIMES = {"k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
_DURATION = re.compile(r"([0-9]+)\s?(business )?([a-z]+?)s?", re.IGNORECASE)
_UNITS = {
    "min": "minute", "minute": "minute", "h": "hour", "hr": "hour", "hour": "hour", "d": "day", "day": "day",
    "w": "week", "wk": "week", "week": "week", "mo": "month", "month": "month",
    "y": "year", "yr": "year", "year": "year",
}  # fmt: skip
_YEAR_FIRST = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})[-./]([0-9]{4})")


def number(text: str) -> str:
    """`1,000,000`, `$50m` and `30%` without marks; empty where the text is no number."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return ""
    whole, fraction, unit = re.sub(r"[^0-9]", "", found[1]), found[2] or "", (found[3] or "").lower()
    if unit in _TIMES:
        return f"{float(whole + fraction) * _TIMES[unit]:.0f}"
    return whole + fraction


def texts(text: str) -> Iterator[str]:
    """`2h` as `2 hours`; `14.09.2026` and `2026/9/14` as `2026-09-14`. Of 4/5/2026 nobody can tell."""
    if (found := _DURATION.fullmatch(text.strip())) and (unit := _UNITS.get(found[3].lower())):
        count = int(found[1])
        yield f"{count} {(found[2] or '').lower()}{unit}{'' if count == 1 else 's'}"
    if found := _YEAR_FIRST.fullmatch(text.strip()):
        yield f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    if found := _YEAR_LAST.fullmatch(text.strip()):
        one, other = int(found[1]), int(found[3])
        if found[2] == "." or one > 12 or one == other:
            yield f"{found[4]}-{other:02}-{one:02}"
        elif other > 12:
            yield f"{found[4]}-{one:02}-{other:02}"
