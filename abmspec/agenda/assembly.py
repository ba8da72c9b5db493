"""Puts an agenda together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from abmspec.agenda import decisions, leftovers, reviews
from abmspec.agenda.agenda import Agenda, Item, Section, Sitting
from abmspec.agenda.briefing import Briefing, called, plain
from abmspec.agenda.figures import Figures, counts
from abmspec.agenda.learnt import learnt
from abmspec.agenda.meeting import Meeting
from abmspec.agenda.seats import seats
from abmspec.diagnostic import Diagnostic, Severity
from abmspec.diff.change import Change
from abmspec.model.entity import GLOBAL
from abmspec.model.governance import Council
from abmspec.resolve import Resolved
from abmspec.words import capitalized, counted, listing

# The picklist of what is sold, one of the charter's shared concepts.
PRODUCTS = "product-family"
SHOWN = 5


def assemble(
    resolved: Resolved,
    meeting: Meeting,
    found: tuple[Diagnostic, ...],
    *,
    pulls: tuple[Item, ...] = (),
    changes: tuple[Change, ...] | str = "",
    figures: Figures | None = None,
) -> Agenda:
    """The agenda of a meeting. `found` is what `check` finds in the spec.

    `changes` are those since the meeting before, or a sentence that says why they are not known.
    """
    council = resolved.spec.governance.council
    assert council is not None, "a meeting is one of a council"
    briefing, project = Briefing(resolved, meeting), resolved.spec.project
    return Agenda(
        project=project.name,
        label=plain(project.label or project.name),
        council=plain(council.label or "Council"),
        meeting=_sitting(briefing, council),
        sections=tuple(_sections(briefing, found, pulls, changes)),
        errors=sum(each.severity is Severity.ERROR for each in found),
        figures=figures,
    )


def _sitting(briefing: Briefing, council: Council) -> Sitting:
    calendar, meeting = briefing.spec.project.calendar, briefing.meeting
    seat = council.seats.get(council.chair)
    chair = seat.role if seat is not None else ""
    return Sitting(
        date=meeting.day.isoformat(),
        last=meeting.last.isoformat(),
        following=meeting.following.isoformat(),
        cadence=council.cadence,
        is_projected=meeting.is_projected,
        time_zone=calendar.time_zone,
        opens=calendar.hours.partition("-")[0],
        chair=chair,
        chaired_by=briefing.role(chair) if chair else "",
        seats=len(council.seats),
        quorum=council.quorum,
    )


def _sections(
    briefing: Briefing,
    found: tuple[Diagnostic, ...],
    pulls: tuple[Item, ...],
    changes: tuple[Change, ...] | str,
) -> Iterator[Section]:
    wanted = (*pulls, *decisions.going(briefing), *decisions.pilots(briefing), *decisions.proposed(briefing))
    yield Section(id="decisions", title="Decisions wanted", ask="The council decides each.", items=wanted)
    yield Section(
        id="reviews",
        title="Reviews that are due",
        ask="Say who looks at each, and by when.",
        items=tuple(reviews.reviews(briefing)),
    )
    yield Section(
        id="waivers",
        title="Waivers",
        ask="Let each end, or give it a new term and a reason.",
        items=tuple(reviews.waivers(briefing, found)),
    )
    yield Section(
        id="duplicates",
        title="Definitions that may mean the same",
        ask="Keep one of each pair, or have them told apart.",
        items=tuple(_duplicates(briefing, found)),
    )
    yield Section(
        id="orphans",
        title="What leads nowhere",
        ask="Put each to use, or retire it.",
        items=tuple(leftovers.orphans(briefing)),
    )
    yield Section(
        id="unused",
        title="Values that nothing in the spec names",
        ask="No segment, play, score, map or route names them. Retire those that accounts do not carry either.",
        items=tuple(leftovers.unused(briefing)),
    )
    yield Section(
        id="seats",
        title="Seats and quorum",
        ask="Fill the seats.",
        items=tuple(seats(briefing)),
    )
    yield Section(
        id="freezes",
        title="Freezes ahead",
        ask="What is decided now merges before or after these.",
        items=tuple(reviews.freezes(briefing)),
    )
    yield Section(
        id="learnt",
        title="Learnt since the last meeting",
        ask="Say what follows for other segments and regions.",
        items=tuple(learnt(briefing)),
    )
    yield Section(
        id="changes",
        title="Changed since the last meeting",
        ask="For information.",
        items=() if isinstance(changes, str) else tuple(_changes(briefing, changes)),
        missing=changes if isinstance(changes, str) else "",
    )


def _duplicates(briefing: Briefing, found: Iterable[Diagnostic]) -> Iterator[Item]:
    for each in found:
        if each.rule == "near-duplicate":
            yield briefing.item(each.message, each.address)


def _changes(briefing: Briefing, changes: tuple[Change, ...]) -> Iterator[Item]:
    """How regions sell and what is sold, one by one; then a line for each class in each scope, the gravest first."""
    for change in changes:
        if _is_of_market(change):
            why = "; ".join(plain(reason.why).rstrip(".") for reason in change.reasons)
            text = f"Product and go-to-market: {called(change.address, change.label)}. {capitalized(why)}."
            yield briefing.item(text, change.address)
    for each in counts(changes):
        there = [
            change.address
            for change in changes
            if (change.change_class, change.scope) == (each.change_class, each.scope)
        ]
        where = "globally" if each.scope == GLOBAL else f"in `{each.scope}`"
        named = [f"`{plain(address)}`" for address in there[:SHOWN]]
        more = [f"{len(there) - SHOWN} more"] if len(there) > SHOWN else []
        count = counted(each.count, f"{each.change_class} change")
        text = f"{count} {where}: {listing([*named, *more], 'and')}."
        yield Item(text=text, scope=each.scope, parts=tuple(there))


def _is_of_market(change: Change) -> bool:
    """Whether it changes how a region sells, or the list of products."""
    sells = any(reason.attribute.partition(".")[0] == "gtm" for reason in change.reasons)
    return sells or f"{change.address}.".startswith(f"picklist.{PRODUCTS}.")
