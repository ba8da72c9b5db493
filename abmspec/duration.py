"""Durations, in one grammar everywhere: `90 days`, `2 business hours`, `7 years`."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar, cast

Unit = Literal["minute", "hour", "day", "week", "month", "year"]

_GRAMMAR = re.compile(r"([1-9][0-9]{0,4}) (business )?(minute|hour|day|week|month|year)s?", re.ASCII)
_BUSINESS_UNITS = ("hour", "day")
_HOURS: dict[str, float] = {
    "minute": 1 / 60,
    "hour": 1,
    "day": 24,
    "week": 168,
    "month": 730.485,
    "year": 8765.82,
}
_BUSINESS_HOURS: dict[str, float] = {"hour": 168 / 40, "day": 168 / 5}

Moment = TypeVar("Moment", date, datetime)


@dataclass(frozen=True, slots=True)
class Duration:
    """A stretch of time as it was written. `business` counts hours or days of a business calendar only.

    Ordered approximately, by mean length (a working week has five days of eight hours): `12 months` and `1 year`
    are each at most the other, though not equal.
    """

    amount: int
    unit: Unit
    business: bool = False

    def __str__(self) -> str:
        return f"{self.amount} {'business ' * self.business}{self.unit}{'s' * (self.amount != 1)}"

    def __lt__(self, other: Duration) -> bool:
        return self.hours < other.hours

    def __le__(self, other: Duration) -> bool:
        return self.hours <= other.hours

    def __gt__(self, other: Duration) -> bool:
        return self.hours > other.hours

    def __ge__(self, other: Duration) -> bool:
        return self.hours >= other.hours

    @property
    def hours(self) -> float:
        """The mean length in hours of wall time."""
        return round(self.amount * (_BUSINESS_HOURS if self.business else _HOURS)[self.unit], 6)

    @property
    def months(self) -> int | None:
        """The length in calendar months; None for units that are no multiple of one."""
        return {"month": self.amount, "year": 12 * self.amount}.get(self.unit)

    @property
    def fixed(self) -> timedelta | None:
        """The exact length of minutes, hours, days and weeks; None for months, years and business time."""
        if self.business or self.unit in ("month", "year"):
            return None
        return timedelta(**{f"{self.unit}s": self.amount})

    def before(self, moment: Moment) -> Moment:
        """The moment this much earlier. A month that is too short answers with its last day.

        ValueError for business time, which needs a calendar, and for minutes or hours before a mere date.
        What would lie outside the years 1 to 9999 answers with the first or last day there is.
        """
        return self._shift(moment, -1)

    def after(self, moment: Moment) -> Moment:
        """The moment this much later, under the same terms as `before`."""
        return self._shift(moment, 1)

    def _shift(self, moment: Moment, sign: int) -> Moment:
        if self.business:
            raise ValueError(f"`{self}` needs a business calendar")
        if self.unit in ("minute", "hour") and not isinstance(moment, datetime):
            raise ValueError(f"`{self}` needs a time of day, not only a date")
        try:
            if self.months is not None:
                month = moment.year * 12 + moment.month - 1 + sign * self.months
                year, month = month // 12, month % 12 + 1
                return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
            return moment + sign * cast(timedelta, self.fixed)
        except (OverflowError, ValueError):
            end = type(moment).min if sign < 0 else type(moment).max
            return moment.replace(year=end.year, month=end.month, day=end.day)


def parse_duration(text: str) -> Duration:
    """The duration that a text writes. ValueError, with what is expected, where it writes none."""
    match = _GRAMMAR.fullmatch(text)
    if match is None:
        raise ValueError(
            f"`{text}` is no duration: write a number and a unit, as `90 days` or `2 business hours`"
        )
    amount, business, unit = match.groups()
    if business and unit not in _BUSINESS_UNITS:
        raise ValueError(f"`{text}` is no duration: business time is counted in hours or days")
    return Duration(int(amount), cast(Unit, unit), business is not None)
