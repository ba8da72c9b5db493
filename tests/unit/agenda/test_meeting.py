"""When the council meets."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abmspec.agenda import NoMeeting, meeting_of
from abmspec.model.governance import Council


def council(next_meeting: str = "2026-10-14", cadence: str = "monthly") -> Council:
    assert cadence in ("monthly", "quarterly")
    return Council(
        id="council",
        path="taxonomy/governance/council.yaml",
        seats={},
        quorum=1,
        cadence="monthly" if cadence == "monthly" else "quarterly",
        next_meeting=next_meeting,
    )


@pytest.mark.parametrize(
    ("next_meeting", "cadence", "today", "stated", "expected"),
    [
        ("2026-10-14", "monthly", "2026-10-01", None, ("2026-09-14", "2026-10-14", "2026-11-14", False)),
        ("2026-10-14", "monthly", "2026-10-14", None, ("2026-09-14", "2026-10-14", "2026-11-14", False)),
        ("2026-10-14", "monthly", "2026-10-15", None, ("2026-10-14", "2026-11-14", "2026-12-14", True)),
        ("2026-10-14", "quarterly", "2026-10-01", None, ("2026-07-14", "2026-10-14", "2027-01-14", False)),
        ("2026-10-14", "quarterly", "2027-02-01", None, ("2027-01-14", "2027-04-14", "2027-07-14", True)),
        # The last day of a month stays one, though February is short.
        ("2026-12-31", "monthly", "2027-03-01", None, ("2027-02-28", "2027-03-31", "2027-04-30", True)),
        (
            "2026-10-14",
            "monthly",
            "2026-10-01",
            "2026-11-11",
            ("2026-10-11", "2026-11-11", "2026-12-11", False),
        ),
        ("", "monthly", "2026-10-01", "2026-11-11", ("2026-10-11", "2026-11-11", "2026-12-11", False)),
    ],
)
def test_the_meeting_and_its_neighbours(
    next_meeting: str, cadence: str, today: str, stated: str | None, expected: tuple[str, str, str, bool]
) -> None:
    day = date.fromisoformat(stated) if stated else None
    found = meeting_of(council(next_meeting, cadence), date.fromisoformat(today), day)
    last, on, following, projected = expected
    assert found.day == date.fromisoformat(on)
    assert found.following == date.fromisoformat(following)
    assert found.is_projected == projected
    # What the meeting before was, the cadence alone tells: its day may differ where months are short.
    assert abs((found.last - date.fromisoformat(last)).days) <= 3


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_it_never_lies_behind_and_is_the_first_that_does_not(stated: date, today: date) -> None:
    found = meeting_of(council(stated.isoformat()), today)
    assert found.last < found.day < found.following
    assert found.day >= today
    assert found.day == stated or found.last < today
    assert found.is_projected == (stated < today)


@pytest.mark.parametrize(
    ("one", "said"), [(None, "There is no council"), (council(""), 'Add `next_meeting: "2026-10-14"`')]
)
def test_without_a_day_it_is_said_how_to_give_one(one: Council | None, said: str) -> None:
    with pytest.raises(NoMeeting, match=said):
        meeting_of(one, date(2026, 10, 1))
