"""Who sits at the table: empty seats, and whether enough people can come."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.agenda.agenda import Item
from abmspec.agenda.briefing import Briefing, called
from abmspec.model.governance import Council
from abmspec.words import counted, listing


def seats(briefing: Briefing) -> Iterator[Item]:
    """Seats without anybody, regions without a seat, and a quorum that cannot come together."""
    council = briefing.spec.governance.council
    if council is None:
        return
    yield from _quorum(briefing, council)
    for id, seat in council.seats.items():
        role = briefing.spec.governance.roles.get(seat.role)
        if role is not None and not role.members:
            stand_ins = (
                f"; {listing([f'`{each}`' for each in role.deputies], 'or')} may come"
                if role.deputies
                else ""
            )
            text = f"The seat {called(id, seat.label)} is empty: `{seat.role}` has no member{stand_ins}."
            yield briefing.item(text, f"council.seat.{id}", owner=seat.role)
    for region in briefing.spec.regions.values():
        if region.stage != "suspended" and not region.council_seat:
            text = f"The region {called(region.id, region.label)} has no seat."
            yield briefing.item(text, region.address)


def _quorum(briefing: Briefing, council: Council) -> Iterator[Item]:
    """Where the same few people hold the seats, the quorum of seats may never be one of people."""
    roles = briefing.spec.governance.roles
    people = {
        person.casefold()
        for seat in council.seats.values()
        if seat.role in roles
        for person in (*roles[seat.role].members, *roles[seat.role].deputies)
    }
    if len(people) < council.quorum:
        text = (
            f"The quorum is {council.quorum}, and {counted(len(people), 'person')} hold all the seats or stand in "
            "for them: it can never decide."
        )
        yield briefing.item(text.replace("1 person hold", "1 person holds"), council.address)
