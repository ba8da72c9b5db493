"""Business time: when a term that was set in business hours or days is over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from abmspec.codes import is_time_zone
from abmspec.duration import Duration, parse_duration
from abmspec.model.taxonomy import Calendar

# Whoever closes for longer than that has no business days.
MOST_DAYS = 1000
# Nobody counts the days of a longer term one by one, in hours of wall time: ten years.
LONGEST = 90_000


@dataclass(frozen=True, slots=True)
class BusinessTime:
    """The opening hours of one place. `holidays` are codes of countries, whose public holidays are no business days."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Etc/UTC"))
    opens: time = time(9)
    closes: time = time(17)
    holidays: tuple[str, ...] = ()

    @classmethod
    def of(cls, calendar: Calendar) -> BusinessTime:
        """What a calendar says. One that `calendar-invalid` finds fault with counts as nine to five, UTC."""
        opens, _, closes = calendar.hours.partition("-")
        if not is_time_zone(calendar.time_zone) or closes <= opens:
            return cls()
        return cls(
            ZoneInfo(calendar.time_zone), _time(opens), _time(closes), tuple(sorted(calendar.holidays))
        )

    def day_of(self, moment: datetime) -> date:
        """The day that it is there."""
        return moment.astimezone(self.zone).date()

    def after(self, start: datetime, term: Duration) -> datetime:
        """When a term that begins at `start` is over, in UTC.

        Business hours count while it is open. Business days begin with the next opening, and end at the same time of
        a later business day. A term of more than ten years is only reckoned by its mean length.
        """
        if not term.business:
            return term.after(start)
        if term.hours > LONGEST:
            return start + timedelta(hours=term.hours)
        now = self._open_from(start.astimezone(self.zone))
        if term.unit == "day":
            day = now.date()
            for _ in range(term.amount):
                day = self._next_business_day(day)
            return self._at(day, now.time())
        left = timedelta(hours=term.amount)
        while left > (today := self._at(now.date(), self.closes) - now.astimezone(UTC)):
            left -= today
            now = datetime.combine(self._next_business_day(now.date()), self.opens, self.zone)
        return now.astimezone(UTC) + left

    def _open_from(self, now: datetime) -> datetime:
        """The moment itself where it is open then, else the next opening."""
        if self._is_business_day(now.date()) and now.time() < self.closes:
            return max(now, datetime.combine(now.date(), self.opens, self.zone))
        return datetime.combine(self._next_business_day(now.date()), self.opens, self.zone)

    def _next_business_day(self, day: date) -> date:
        for _ in range(MOST_DAYS):
            day += timedelta(1)
            if self._is_business_day(day):
                break
        return day

    def _is_business_day(self, day: date) -> bool:
        weekend, closed = days_off(self.holidays, day.year)
        return day.weekday() not in weekend and day not in closed

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


def end_of(term: str, start: datetime, hours: BusinessTime) -> datetime:
    """When the term that a spec states is over."""
    return hours.after(start, parse_duration(term))


@cache
def days_off(countries: tuple[str, ...], year: int) -> tuple[Collection[int], Collection[date]]:
    """The weekend of the first country (Monday is 0), and the public holidays of all of them in a year.

    A country whose holidays are not known has none, and Saturday and Sunday are its weekend.
    """
    import holidays

    known = holidays.list_supported_countries(include_aliases=False)
    calendars = [holidays.country_holidays(each, years=year) for each in countries if each in known]
    weekend = calendars[0].weekend if calendars else {5, 6}
    return frozenset(weekend), frozenset(day for calendar in calendars for day in calendar)


def _time(text: str) -> time:
    return time(23, 59) if text == "24:00" else time.fromisoformat(text)
