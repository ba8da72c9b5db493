"""Business time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abmspec.duration import Duration
from abmspec.gate.calendar import BusinessTime, end_of
from abmspec.model.taxonomy import Calendar

UTC_HOURS = Calendar()
PARIS = Calendar(time_zone="Europe/Paris", hours="09:00-17:30", holidays=("FR",))
TOKYO = Calendar(time_zone="Asia/Tokyo", hours="09:00-18:00", holidays=("JP",))
RIYADH = Calendar(time_zone="Asia/Riyadh", hours="08:00-16:00", holidays=("SA",))
CLOSED = Calendar(hours="17:00-09:00")


@pytest.mark.parametrize(
    ("calendar", "start", "term", "end"),
    [
        # A Thursday.
        (UTC_HOURS, "2026-10-01T09:00", "2 business hours", "2026-10-01T11:00"),
        (UTC_HOURS, "2026-10-01T16:00", "2 business hours", "2026-10-02T10:00"),
        (UTC_HOURS, "2026-10-01T03:00", "1 business hour", "2026-10-01T10:00"),
        (UTC_HOURS, "2026-10-02T16:30", "1 business hour", "2026-10-05T09:30"),
        (UTC_HOURS, "2026-10-03T12:00", "1 business day", "2026-10-06T09:00"),
        (UTC_HOURS, "2026-10-01T10:00", "2 business days", "2026-10-05T10:00"),
        (UTC_HOURS, "2026-10-01T22:00", "1 business day", "2026-10-05T09:00"),
        (UTC_HOURS, "2026-10-01T09:00", "3 days", "2026-10-04T09:00"),
        (UTC_HOURS, "2026-10-01T09:00", "90 minutes", "2026-10-01T10:30"),
        # Paris is two hours ahead; the clocks go back on the 25th of October.
        (PARIS, "2026-10-01T06:00", "1 business hour", "2026-10-01T08:00"),
        (PARIS, "2026-10-23T14:00", "1 business day", "2026-10-26T15:00"),
        # Bastille Day is a Tuesday.
        (PARIS, "2026-07-13T08:00", "1 business day", "2026-07-15T08:00"),
        # Tokyo opens at midnight UTC; the 12th of October is a holiday.
        (TOKYO, "2026-10-09T08:00", "2 business hours", "2026-10-13T01:00"),
        # Friday and Saturday are the weekend.
        (RIYADH, "2026-10-01T12:00", "2 business hours", "2026-10-04T06:00"),
        (UTC_HOURS, "2026-10-01T10:00", "99999 business hours", "2074-08-30T05:48"),
        (CLOSED, "2026-10-01T10:00", "1 business hour", "2026-10-01T11:00"),
        (Calendar(time_zone="Nowhere/At-all"), "2026-10-01T10:00", "1 business hour", "2026-10-01T11:00"),
        (Calendar(hours="00:00-24:00"), "2026-10-01T10:00", "1 business hour", "2026-10-01T11:00"),
        (Calendar(holidays=("XK", "QZ")), "2026-10-01T10:00", "1 business hour", "2026-10-01T11:00"),
    ],
)
def test_a_term_ends(calendar: Calendar, start: str, term: str, end: str) -> None:
    ended = end_of(term, _utc(start), BusinessTime.of(calendar))
    assert ended == _utc(end)
    assert ended.tzinfo is UTC


@given(
    st.integers(0, 366 * 24 * 60),
    st.integers(1, 60),
    st.integers(1, 60),
    st.sampled_from(["hour", "day"]),
    st.sampled_from([UTC_HOURS, PARIS, TOKYO, RIYADH]),
)
def test_terms_add_up(minute: int, one: int, other: int, unit: str, calendar: Calendar) -> None:
    """What ends within opening hours can be gone on from."""
    hours = BusinessTime.of(calendar)
    begun = _utc("2026-01-01") + timedelta(minutes=minute)
    parts = hours.after(hours.after(begun, _term(one, unit)), _term(other, unit))
    assert parts == hours.after(begun, _term(one + other, unit)) > begun


def _term(amount: int, unit: str) -> Duration:
    return Duration(amount, "hour" if unit == "hour" else "day", business=True)


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
