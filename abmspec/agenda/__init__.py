"""The council's next meeting: what wants a decision, what is due, what nobody uses, and what its figures say.

Pure: a resolved spec, a day and plain data in, an `Agenda` out.
"""

from __future__ import annotations

from abmspec.agenda.agenda import Agenda, Item, Section
from abmspec.agenda.assembly import assemble
from abmspec.agenda.meeting import Meeting, NoMeeting, meeting_of

__all__ = ["Agenda", "Item", "Meeting", "NoMeeting", "Section", "assemble", "meeting_of"]
