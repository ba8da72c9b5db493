"""Agendas of the small spec, changed file by file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from abmspec.agenda import Agenda, Item, assemble, meeting_of
from abmspec.check import check
from abmspec.diff import Change
from abmspec.resolve import Resolved
from tests.specs import resolved_with

TODAY = date(2026, 10, 1)


def agenda_of(
    resolved: Resolved,
    day: date | None = None,
    *,
    pulls: tuple[Item, ...] = (),
    changes: tuple[Change, ...] | str = (),
) -> Agenda:
    """The agenda of a spec's next meeting, or of one on another day."""
    meeting = meeting_of(resolved.spec.governance.council, TODAY, day)
    found, _ = check(resolved, TODAY)
    return assemble(resolved, meeting, found, pulls=pulls, changes=changes)


def items(topic: str, changed: Mapping[str, str | None] | None = None, day: date | None = None) -> list[Item]:
    """The items of one topic for the small spec with changes."""
    (section,) = (each for each in agenda_of(resolved_with(changed), day).sections if each.id == topic)
    return list(section.items)
