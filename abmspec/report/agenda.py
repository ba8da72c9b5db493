"""The council's agenda: Markdown for people, JSON for whatever is told of it, lines for a calendar entry.

What a spec says is text there: no mark-up, no mention of anybody, no link.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from typing import Any

import msgspec

from abmspec.agenda import Agenda, Item, Section
from abmspec.agenda.figures import Figures, Point, Waiting
from abmspec.jsontext import json_text
from abmspec.report.markdown import prose
from abmspec.report.text import visible
from abmspec.words import counted

# Characters. GitHub takes no issue and no comment above 65,536.
LARGEST = 60_000
# Longer sections are folded, so that the page can be seen whole; but for what is to be decided.
UNFOLDED = 8
MOST_IN_ENTRY = 12
HOURS_A_DAY = 24


def as_json(agenda: Agenda) -> str:
    """The agenda as one document: what a webhook gets."""
    data: dict[str, Any] = msgspec.to_builtins(agenda)
    return json_text({"version": 1, **data})


# -- Markdown ---------------------------------------------------------------------------------------


def as_markdown(agenda: Agenda) -> str:
    """A summary, then a section for each topic with something to say. Long ones are folded, the longest cut."""
    parts = ["\n".join(_head(agenda))]
    if agenda.figures is not None:
        parts.append("\n".join(_figures(agenda.figures)))
    room = LARGEST - sum(map(len, parts))
    sections = []
    for section in agenda.sections:
        if section.items or section.missing:
            # What comes after a long section has a right to be read too.
            sections.append(_section(section, room // 2))
            room -= len(sections[-1])
    head, *figures = parts
    return "\n".join((head, *sections, *figures))


def _head(agenda: Agenda) -> Iterator[str]:
    yield f"# {prose(agenda.council)}: {_long(agenda.meeting.date)}"
    yield ""
    yield prose(" ".join(_about(agenda)))
    yield ""
    busy = [section for section in agenda.sections if section.items]
    if busy:
        yield "| topic | items | past their day |"
        yield "|---|--:|--:|"
        for section in busy:
            yield f"| {section.title} | {len(section.items)} | {section.overdue or ''} |"
        yield ""
    idle = [section.title.lower() for section in agenda.sections if not section.items and not section.missing]
    if idle:
        yield f"Nothing to say on: {' · '.join(idle)}."
        yield ""


def _about(agenda: Agenda) -> Iterator[str]:
    """The facts of the meeting, in sentences."""
    meeting = agenda.meeting
    yield f"{agenda.label}. The council meets {meeting.cadence}; {meeting.quorum} of {meeting.seats} seats decide."
    if meeting.chair:
        yield f"In the chair: {meeting.chaired_by}."
    yield f"This looks back to {_long(meeting.last)} and ahead to {_long(meeting.following)}, the meeting after it."
    if meeting.is_projected:
        yield "The day follows from the cadence, since the one that the council's file states has passed."
    if agenda.errors:
        are = "is" if agenda.errors == 1 else "are"
        yield f"There {are} {counted(agenda.errors, 'error')} in the spec: `abmspec check` lists them."


def _section(section: Section, room: int) -> str:
    lines = [f"## {section.title}", ""]
    if section.missing:
        return "\n".join((*lines, prose(section.missing), ""))
    lines += [section.ask, ""]
    rows = _rows(section.items)
    shown = _fitting(rows, room)
    if len(shown) < len(rows):
        more = f"… and {len(rows) - len(shown)} more: `abmspec agenda --format json` has all of them."
        shown += ["", more]
    if len(section.items) > UNFOLDED and section.id != "decisions":
        summary = f"<summary>{counted(len(section.items), 'item')}</summary>"
        return "\n".join((*lines, f"<details>{summary}", "", *shown, "", "</details>", ""))
    return "\n".join((*lines, *shown, ""))


def _fitting(rows: list[str], room: int) -> list[str]:
    """The first rows, as many as there is room for; the heading and one row in any case."""
    sizes = accumulate(len(row) + 1 for row in rows)
    return [
        row for number, (row, size) in enumerate(zip(rows, sizes, strict=True)) if number < 3 or size <= room
    ]


def _rows(items: tuple[Item, ...]) -> list[str]:
    """The items as a table, without the columns that have nothing in them."""
    columns = {
        "what": [
            f"{prose(item.text)} [open]({item.url})" if item.url else prose(item.text) for item in items
        ],
        "by": [f"**{item.due}**" if item.is_overdue else item.due for item in items],
        "who": [prose(item.who) for item in items],
    }
    filled = {name: cells for name, cells in columns.items() if any(cells)}
    rows = zip(*filled.values(), strict=True)
    return [
        f"| {' | '.join(filled)} |",
        f"|{'---|' * len(filled)}",
        *(f"| {' | '.join(cells)} |" for cells in rows),
    ]


def _figures(figures: Figures) -> Iterator[str]:
    yield "## Figures"
    yield ""
    yield f"From {_long(figures.since)} to {_long(figures.until)}, out of the history."
    yield ""
    yield f"- Definitions that contradict each other or may mean the same, now: {figures.conflicts}"
    yield f"- Time to approve, from the first commit to the merge: {_waited(figures.approval)}"
    for name, waiting in figures.approval_by_class.items():
        yield f"  - {name}: {_waited(waiting)}"
    if figures.is_cut:
        yield "- There are older merges that were not looked at: raise `--limit`."
    yield ""
    if figures.points:
        yield "| at the end of | conflicting definitions | changes by class and region |"
        yield "|---|--:|---|"
        for point in figures.points:
            known = "unreadable" if point.conflicts is None else str(point.conflicts)
            yield f"| {prose(point.name)} | {known} | {prose(_changed(point))} |"
        yield ""


def _waited(waiting: Waiting) -> str:
    if waiting.median_hours is None:
        return "not known, nothing was merged by a merge commit"
    hours = waiting.median_hours
    took = f"{hours:g} hours" if hours < 2 * HOURS_A_DAY else f"{hours / HOURS_A_DAY:.1f} days"
    return f"{took} (median of {counted(waiting.merges, 'merge')})"


def _changed(point: Point) -> str:
    said = [f"{each.count} {each.change_class} in `{each.scope}`" for each in point.changes]
    return ", ".join(said) or "none"


def _long(day: str) -> str:
    """`14 October 2026`."""
    there = date.fromisoformat(day)
    return f"{there.day} {there:%B %Y}"


# -- lines ------------------------------------------------------------------------------------------


def as_lines(agenda: Agenda) -> Iterator[str]:
    """The agenda for where there is no mark-up. Of long sections the first items, and how many more there are."""
    yield visible(" ".join(_about(agenda)).replace("`", ""))
    for section in agenda.sections:
        if not section.items:
            continue
        yield ""
        yield f"{section.title.upper()} ({len(section.items)}). {section.ask}"
        for item in section.items[:MOST_IN_ENTRY]:
            who = f" [{item.who}]" if item.who else ""
            yield visible(f"- {item.text.replace('`', '')}{who} {item.url}".rstrip())
        if len(section.items) > MOST_IN_ENTRY:
            yield f"- … and {len(section.items) - MOST_IN_ENTRY} more"
