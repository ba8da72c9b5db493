"""What people write for a number, a duration or a day, and what a spec has for it."""

from __future__ import annotations

import pytest

from abmspec.schema import meant


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1,000,000", "1000000"),
        ("2'001", "2001"),
        ("$50m", "50000000"),
        ("1.5k", "1500"),
        ("2 bn", "2000000000"),
        ("30%", "30"),
        ("12.5 %", "12.5"),
        ("thirty", ""),
        ("1,00", ""),
        ("enterprise", ""),
    ],
)
def test_numbers(text: str, plain: str) -> None:
    assert meant.number(text) == plain


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2h", "2 hours"),
        ("1 hr", "1 hour"),
        ("30D", "30 days"),
        ("2 business day", "2 business days"),
        ("14.09.2026", "2026-09-14"),
        ("04.05.2026", "2026-05-04"),
        ("2026/9/4", "2026-09-04"),
        ("09/14/2026", "2026-09-14"),
        ("14/9/2026", "2026-09-14"),
        ("4/5/2026", None),
        ("2 fortnights", None),
        ("soon", None),
    ],
)
def test_durations_and_days(text: str, form: str | None) -> None:
    assert next(meant.texts(text), None) == form
