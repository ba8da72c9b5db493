"""When the council meets, and how far it looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from abmspec.duration import Duration
from abmspec.model.governance import Council

MONTHS = {"monthly": 1, "quarterly": 3}


class NoMeeting(Exception):
    """The spec does not say when the council meets. The message says how to."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting: its day, the one before it and the one after it.

    `is_projected` where the day that the spec states has passed, and this one follows from it by the cadence.
    """

    day: date
    last: date
    following: date
    is_projected: bool = False

    def is_due(self, day: str) -> bool:
        """Whether a day comes before the meeting after this one: the council sees no other in time."""
        return bool(day) and date.fromisoformat(day) <= self.following

    def is_overdue(self, day: str) -> bool:
        """Whether a day has passed when the council meets."""
        return bool(day) and date.fromisoformat(day) < self.day

    def is_since_last(self, day: str) -> bool:
        """Whether a day lies between the last meeting and this one."""
        return self.last <= date.fromisoformat(day) <= self.day


def meeting_of(council: Council | None, today: date, stated: date | None = None) -> Meeting:
    """The meeting on the stated day, or the next one from `today` by what the council's file says.

    NoMeeting where there is no council, or where nothing says when it meets.
    """
    if council is None:
        raise NoMeeting(
            "There is no council. Write taxonomy/governance/council.yaml, with its seats and cadence."
        )
    months = MONTHS[council.cadence]
    if stated is None and not council.next_meeting:
        raise NoMeeting(
            f"{council.path} does not say when the council meets. "
            'Add `next_meeting: "2026-10-14"`, or name the day with --date.'
        )
    day = first = stated or date.fromisoformat(council.next_meeting)
    periods = 0
    while stated is None and day < today:
        periods += 1
        day = Duration(months * periods, "month").after(first)
    term = Duration(months, "month")
    return Meeting(day, term.before(day), term.after(day), day != first)
