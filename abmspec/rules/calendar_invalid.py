"""Business hours lie in a time zone that exists, and end after they begin."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.codes import is_time_zone
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.load import PROJECT_PATH
from abmspec.model.taxonomy import Calendar
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    yield from _calendar("project", Anchor(PROJECT_PATH, ("calendar",)), spec.project.calendar)
    for region in spec.regions.values():
        if region.calendar is not None and spec.says(region.at("calendar")):
            yield from _calendar(region.address, region.at("calendar"), region.calendar)


def _calendar(address: str, at: Anchor, calendar: Calendar) -> Iterator[Finding]:
    if not is_time_zone(calendar.time_zone):
        yield Finding(
            address,
            at.child("time_zone"),
            f"There is no time zone `{calendar.time_zone}`.",
            "Write a continent and a city, as `Europe/Paris`, or `Etc/UTC`.",
        )
    opens, _, closes = calendar.hours.partition("-")
    if closes <= opens:
        yield Finding(
            address,
            at.child("hours"),
            f"Business opens at {opens} and closes at {closes}, so it is never open.",
            f'Write the earlier time first: `"{closes}-{opens}"`.'
            if closes < opens
            else "Write when it closes.",
        )


RULE = SpecRule(
    Rule(
        "calendar-invalid",
        Severity.ERROR,
        "Business hours lie in a time zone that exists, and end after they begin.",
    ),
    check,
)
