"""The council's meeting as a calendar entry (RFC 5545). The one user of icalendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from abmspec.agenda import Agenda
from abmspec.codes import is_time_zone
from abmspec.report.agenda import as_lines
from abmspec.report.text import visible

# Zones that need no definition: a moment of them is written with a Z.
UTC_NAMES = frozenset({"UTC", "Etc/UTC", "Etc/GMT", "GMT", "Etc/UCT", "UCT", "Zulu", "Etc/Zulu"})


@dataclass(frozen=True, slots=True)
class Appointment:
    """What a calendar wants beside the agenda: when the entry was written, when the meeting begins, how long it is."""

    written: date
    begins: time
    lasts: timedelta


def as_invitation(agenda: Agenda, appointment: Appointment) -> bytes:
    """One event with the agenda as its description. ModuleNotFoundError where icalendar is not installed.

    The same agenda and appointment give the same bytes; a later one of the same meeting replaces it. Nobody is invited:
    roles have no addresses.
    """
    from icalendar import Calendar, Event, Timezone

    meeting = agenda.meeting
    zone = ZoneInfo(meeting.time_zone) if is_time_zone(meeting.time_zone) else ZoneInfo("Etc/UTC")
    begins = datetime.combine(date.fromisoformat(meeting.date), appointment.begins, zone)
    ends = (begins.astimezone(UTC) + appointment.lasts).astimezone(zone)
    event = Event()
    event.add("uid", f"council-{meeting.date}@{agenda.project}.abmspec")
    event.add("dtstamp", datetime.combine(appointment.written, time(), UTC))
    event.add("sequence", (appointment.written - date(1970, 1, 1)).days)
    event.add("summary", visible(f"{agenda.council}: {agenda.label}"))
    event.add("description", "\n".join(as_lines(agenda)))
    for name, moment in (("dtstart", begins), ("dtend", ends)):
        event.add(name, moment.astimezone(UTC) if zone.key in UTC_NAMES else moment)
    calendar = Calendar()
    calendar.add("prodid", "-//abmspec//agenda 1//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if zone.key not in UTC_NAMES:
        first, last = date(begins.year - 1, 1, 1), date(begins.year + 2, 1, 1)
        calendar.add_component(Timezone.from_tzid(zone.key, first_date=first, last_date=last))
    calendar.add_component(event)
    return bytes(calendar.to_ical())
