"""The agenda as Markdown, JSON and a calendar entry."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from abmspec.agenda import Agenda, Item
from abmspec.agenda.agenda import Section, Topic
from abmspec.agenda.figures import Count, Figures, Point, Waiting
from abmspec.report.agenda import LARGEST, as_json, as_lines, as_markdown
from abmspec.report.invitation import Appointment, as_invitation
from tests.conftest import ROOT
from tests.golden import tree
from tests.specs import resolved_in, resolved_with
from tests.unit.agenda.agendas import TODAY, agenda_of

GOLDEN = ROOT / "tests" / "golden" / "agenda"
APPOINTMENT = Appointment(TODAY, time(14, 30), timedelta(minutes=90))
HOSTILE = (
    "<img src=x onerror=alert(1)> @octocat [x](https://evil.example) https://evil.example #1 `code` | a **b**"
)


def agenda_with(*items: Item, topic: Topic = "decisions", figures: Figures | None = None) -> Agenda:
    """The small spec's agenda with just these items, of one topic."""
    agenda = agenda_of(resolved_with())
    section = Section(id=topic, title="Decisions wanted", ask="The council decides each.", items=items)
    return Agenda(
        project=agenda.project,
        label=agenda.label,
        council=agenda.council,
        meeting=agenda.meeting,
        sections=(section,),
        figures=figures,
    )


def hostile() -> Agenda:
    """An agenda of a spec whose every text is hostile."""
    said = json.dumps(HOSTILE)
    return agenda_of(
        resolved_with(
            {
                "taxonomy/picklists/industry.yaml": (
                    f"label: {said}\ndescription: {said}\nextensible: true\nvalues:\n"
                    f"  technology: {{label: Technology}}\n  farming: {{label: {said}, status: proposed}}\n"
                ),
                "taxonomy/governance/council.yaml": (
                    f"label: {said}\ncadence: monthly\nquorum: 2\nchair: chair\nnext_meeting: '2026-10-14'\n"
                    f"seats:\n  chair: {{label: {said}, role: leadership}}\n"
                ),
            }
        ),
        pulls=(Item(text=f"Pull request 1: {HOSTILE}\r\nEND:VEVENT\r\nBEGIN:VALARM"),),
    )


# -- Markdown -----------------------------------------------------------------------------------------


def test_the_reference_spec_as_markdown() -> None:
    agenda = agenda_of(
        resolved_in(ROOT), changes="What changed is not known: the project is in no Git repository."
    )
    tree.check({"agenda.md": as_markdown(agenda).encode()}, GOLDEN)


def test_the_reference_spec_in_winter_as_markdown() -> None:
    agenda = agenda_of(resolved_in(ROOT), date(2027, 1, 14))
    tree.check({"agenda.md": as_markdown(agenda).encode()}, GOLDEN.with_name("agenda-in-winter"))


def test_what_a_spec_says_is_no_mark_up() -> None:
    page = lxml.html.fromstring(
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(as_markdown(hostile()))
    )
    assert {element.tag for element in page.iter()} <= {
        "div", "h1", "h2", "p", "table", "thead", "tbody", "tr", "th", "td", "code",
    }  # fmt: skip
    assert not re.search(r"@\w|://|www\.", "".join(page.xpath("//text()[not(ancestor::code)]")))
    said = " ".join(HOSTILE.replace("`", "'").split())
    shown = page.text_content().replace("\u200b", "")
    assert shown.count(said) == 2


def test_a_pull_request_is_linked() -> None:
    shown = as_markdown(agenda_with(Item(text="Pull request 1.", url="https://github.com/o/n/pull/1")))
    assert "| Pull request 1. [open](https://github.com/o/n/pull/1) |" in shown


def test_what_is_past_its_day_stands_out() -> None:
    items = (Item(text="One.", due="2026-10-01", is_overdue=True), Item(text="Two.", due="2026-10-30"))
    shown = as_markdown(agenda_with(*items))
    assert "| Decisions wanted | 2 | 1 |" in shown
    assert "| One. | **2026-10-01** |" in shown
    assert "| Two. | 2026-10-30 |" in shown


@pytest.mark.parametrize(
    ("topic", "count", "folded"), [("reviews", 8, False), ("reviews", 9, True), ("decisions", 9, False)]
)
def test_long_sections_are_folded_but_not_what_is_to_be_decided(
    topic: Topic, count: int, folded: bool
) -> None:
    shown = as_markdown(agenda_with(*(Item(text=f"Item {number}.") for number in range(count)), topic=topic))
    assert (f"<details><summary>{count} items</summary>" in shown) == folded


def test_the_longest_are_cut_and_the_rest_is_there() -> None:
    agenda = agenda_of(resolved_with())
    many = tuple(Item(text=f"Item {number}: {'x' * 200}.") for number in range(2000))
    sections = tuple(
        Section(id=section.id, title=section.title, ask=section.ask, items=many)
        for section in agenda.sections
    )
    cut = Agenda(
        project=agenda.project,
        label=agenda.label,
        council=agenda.council,
        meeting=agenda.meeting,
        sections=sections,
    )
    shown = as_markdown(cut)
    assert len(shown) < LARGEST + 5000
    assert shown.count("Item 0:") == len(sections)
    assert re.search(r"… and \d+ more: `abmspec agenda --format json` has all of them\.", shown)
    assert len(json.loads(as_json(cut))["sections"][0]["items"]) == 2000


FIGURES = Figures(
    since="2025-10-01",
    until="2026-10-01",
    conflicts=2,
    approval=Waiting(merges=3, median_hours=96),
    approval_by_class={"meaning": Waiting(merges=1, median_hours=24)},
    points=(
        Point(name="2026-08", commit="0" * 40, conflicts=1),
        Point(
            name="2026-09",
            commit="1" * 40,
            conflicts=None,
            changes=(Count(change_class="additive", scope="emea", count=2),),
        ),
    ),
    is_cut=True,
)


def test_figures_are_shown() -> None:
    shown = as_markdown(agenda_with(figures=FIGURES))
    assert "now: 2\n" in shown
    assert "merge: 4.0 days (median of 3 merges)\n" in shown
    assert "  - meaning: 24 hours (median of 1 merge)\n" in shown
    assert "raise `--limit`" in shown
    assert "| 2026-08 | 1 | none |\n| 2026-09 | unreadable | 2 additive in `emea` |" in shown


def test_figures_that_nothing_is_known_of_say_so() -> None:
    nothing = Figures(since="2025-10-01", until="2026-10-01", conflicts=0, approval=Waiting(merges=0))
    assert "not known, nothing was merged by a merge commit" in as_markdown(agenda_with(figures=nothing))


# -- JSON ---------------------------------------------------------------------------------------------


def test_json_has_everything_and_every_key() -> None:
    document = json.loads(as_json(agenda_with(Item(text="One."), figures=FIGURES)))
    assert document["version"] == 1
    assert document["sections"][0]["items"] == [
        {
            "text": "One.",
            "address": "",
            "scope": "global",
            "due": "",
            "overdue": False,
            "owner": "",
            "who": "",
            "url": "",
            "parts": [],
        }
    ]
    assert document["figures"]["points"][1]["changes"] == [{"class": "additive", "scope": "emea", "count": 2}]
    assert document["figures"]["cut"] is True


# -- the calendar entry -------------------------------------------------------------------------------


def read_back(content: bytes) -> tuple[icalendar.Calendar, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(content)
    assert isinstance(calendar, icalendar.Calendar)
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, icalendar.Event)
    return calendar, event


def test_an_entry_is_read_back() -> None:
    agenda = agenda_of(resolved_with())
    content = as_invitation(agenda, APPOINTMENT)
    calendar, event = read_back(content)
    zone = ZoneInfo("Europe/Berlin")
    assert event.decoded("dtstart") == datetime(2026, 10, 14, 14, 30, tzinfo=zone)
    assert event.decoded("dtend") == datetime(2026, 10, 14, 16, 0, tzinfo=zone)
    assert event.decoded("dtstamp") == datetime(2026, 10, 1, tzinfo=UTC)
    assert str(event["uid"]) == "council-2026-10-14@base-abm.abmspec"
    assert str(event["summary"]) == "ABM council: base-abm"
    assert str(event["description"]) == "\n".join(as_lines(agenda))
    assert "attendee" not in event
    assert [str(each["tzid"]) for each in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]


def test_lines_are_folded_and_ended_as_the_standard_has_it() -> None:
    content = as_invitation(agenda_of(resolved_in(ROOT)), APPOINTMENT)
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_the_same_input_gives_the_same_bytes_and_a_later_one_replaces_it() -> None:
    agenda = agenda_of(resolved_with())
    first, again = as_invitation(agenda, APPOINTMENT), as_invitation(agenda, APPOINTMENT)
    assert first == again
    _, before = read_back(first)
    _, after = read_back(as_invitation(agenda, replace(APPOINTMENT, written=date(2026, 10, 2))))
    assert before["uid"] == after["uid"]
    assert int(str(after["sequence"])) > int(str(before["sequence"]))


def test_utc_needs_no_definition() -> None:
    calendar, event = read_back(as_invitation(agenda_of(resolved_in(ROOT)), APPOINTMENT))
    assert calendar.walk("VTIMEZONE") == []
    assert event.decoded("dtstart") == datetime(2026, 10, 14, 14, 30, tzinfo=UTC)


def test_what_a_spec_says_adds_nothing_to_the_entry() -> None:
    agenda = hostile()
    calendar, event = read_back(as_invitation(agenda, APPOINTMENT))
    assert len(calendar.walk()) == len(
        read_back(as_invitation(agenda_of(resolved_with()), APPOINTMENT))[0].walk()
    )
    assert "END:VEVENT" in str(event["description"])
    assert str(event["description"]) == "\n".join(as_lines(agenda))


@given(st.text(max_size=200))
def test_any_text_comes_back_as_it_was_shown(text: str) -> None:
    agenda = agenda_with(Item(text=f"x{text}"))
    _, event = read_back(as_invitation(agenda, APPOINTMENT))
    assert str(event["description"]) == "\n".join(as_lines(agenda))


def test_a_long_section_is_counted_in_an_entry() -> None:
    lines = list(as_lines(agenda_with(*(Item(text=f"Item {number}.") for number in range(20)))))
    assert lines[-1] == "- … and 8 more"
