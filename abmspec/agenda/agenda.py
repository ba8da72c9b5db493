"""What an agenda is: plain data, for the reports to show. Dates are ISO 8601."""

from __future__ import annotations

from typing import Literal

import msgspec

from abmspec.agenda.figures import Figures
from abmspec.model.entity import GLOBAL

Topic = Literal[
    "decisions",
    "reviews",
    "waivers",
    "duplicates",
    "orphans",
    "unused",
    "seats",
    "freezes",
    "learnt",
    "changes",
]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an agenda: a sentence, and what it is about.

    `due` is the day by which it wants an answer, `is_overdue` whether that lies before the meeting. `owner` is the
    role that answers for it, `who` that role's label. `parts` are addresses of which the sentence names only some.
    """

    text: str
    address: str = ""
    scope: str = GLOBAL
    due: str = ""
    is_overdue: bool = msgspec.field(name="overdue", default=False)
    owner: str = ""
    who: str = ""
    url: str = ""
    parts: tuple[str, ...] = ()


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One topic: what is asked of the council, and the items. `missing` says why nothing is known of it."""

    id: Topic
    title: str
    ask: str
    items: tuple[Item, ...] = ()
    missing: str = ""

    @property
    def overdue(self) -> int:
        """How many of the items are past their day."""
        return sum(item.is_overdue for item in self.items)


class Sitting(msgspec.Struct, frozen=True, kw_only=True):
    """The meeting itself. It looks back to `last` and ahead to `following`; `time_zone` is the project's.

    `chair` is the role in the chair, `chaired_by` that role's label.
    """

    date: str
    last: str
    following: str
    cadence: str
    is_projected: bool = msgspec.field(name="projected", default=False)
    time_zone: str = "Etc/UTC"
    opens: str = "09:00"
    chair: str = ""
    chaired_by: str = ""
    seats: int
    quorum: int


class Agenda(msgspec.Struct, frozen=True, kw_only=True):
    """What the council of a project meets about. `errors` counts those that `check` finds in the spec."""

    project: str
    label: str
    council: str
    meeting: Sitting
    sections: tuple[Section, ...]
    errors: int = 0
    figures: Figures | None = None
