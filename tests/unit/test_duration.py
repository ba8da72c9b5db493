from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from abmspec.duration import Duration, parse_duration


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("90 days", Duration(90, "day")),
        ("1 day", Duration(1, "day")),
        ("2 business hours", Duration(2, "hour", business=True)),
        ("7 years", Duration(7, "year")),
        ("20 minutes", Duration(20, "minute")),
    ],
)
def test_grammar(text: str, duration: Duration) -> None:
    assert parse_duration(text) == duration
    assert str(duration) == text


@pytest.mark.parametrize(
    "text",
    ["", "days", "90", "0 days", "-1 days", "1.5 days", "90  days", "90 Days", "P90D", "٣ days", "1 day\n"],
)
def test_bad_text_is_told_what_is_expected(text: str) -> None:
    with pytest.raises(ValueError, match="write a number and a unit"):
        parse_duration(text)


def test_business_time_is_hours_or_days() -> None:
    with pytest.raises(ValueError, match="counted in hours or days"):
        parse_duration("2 business months")


def test_order_is_by_mean_length() -> None:
    texts = [
        "20 minutes",
        "1 hour",
        "2 business hours",
        "1 day",
        "1 business day",
        "1 week",
        "1 month",
        "1 year",
    ]
    assert sorted(map(parse_duration, reversed(texts))) == [parse_duration(text) for text in texts]
    assert parse_duration("7 days") != parse_duration("1 week")
    year, months = parse_duration("1 year"), parse_duration("12 months")
    assert year <= months <= year
    assert not year < months
    assert not year > months
    assert months >= year


def test_months_end_on_the_last_day_there_is() -> None:
    month = parse_duration("1 month")
    assert month.before(date(2026, 3, 31)) == date(2026, 2, 28)
    assert month.after(date(2028, 1, 31)) == date(2028, 2, 29)
    assert parse_duration("2 years").before(date(2028, 2, 29)) == date(2026, 2, 28)
    assert parse_duration("1 year").after(date(2026, 12, 1)) == date(2027, 12, 1)


def test_times_keep_their_zone() -> None:
    assert parse_duration("2 hours").before(datetime(2026, 1, 1, tzinfo=UTC)) == datetime(
        2025, 12, 31, 22, tzinfo=UTC
    )


def test_there_is_no_time_before_the_first_day() -> None:
    assert parse_duration("3000 years").before(date(2026, 1, 1)) == date.min
    assert parse_duration("9000 years").after(date(2026, 1, 1)) == date.max
    assert parse_duration("99999 weeks").before(date(1000, 1, 1)) == date.min


@pytest.mark.parametrize("text", ["2 business days", "2 hours"])
def test_what_a_date_alone_cannot_answer(text: str) -> None:
    with pytest.raises(ValueError, match="needs a"):
        parse_duration(text).before(date(2026, 1, 1))


def test_months_are_never_three_days_off_their_mean() -> None:
    # The order of durations in conditions rests on it.
    for day in (date(2023, 1, 1) + timedelta(days) for days in range(0, 1500, 7)):
        for months in (1, 2, 3, 6, 12, 18, 24, 59, 84):
            duration = Duration(months, "month")
            assert abs((day - duration.before(day)).days - duration.hours / 24) < 3
