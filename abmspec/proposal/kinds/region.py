"""A new region: a folder below its parent's, with a `region.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import get_args, get_type_hints

from abmspec.codes import USUAL_SLIPS, country_name, is_country, main_locales
from abmspec.model.region import GoToMarket, Region
from abmspec.model.spec import Spec
from abmspec.proposal import naming
from abmspec.proposal.made import Made, data_of, roles
from abmspec.proposal.placement import Home, Piece, Removal, home_of
from abmspec.proposal.proposal import ProposalRefused
from abmspec.proposal.question import Case, Question
from abmspec.rules.region_depth import DEEPEST
from abmspec.words import listing, quoted, slug

_GTM = {
    "route": "how it sells",
    "coverage": "how it covers accounts",
    "focus": "on whom it concentrates",
    "maturity": "how far the market is",
    "partner_coverage": "how much of the market partners cover",
}


def questions(case: Case) -> Iterator[Question]:
    """What has to be said of a region. Of one inside another, most comes from that one."""
    spec, request = case.spec, case.request
    yield from naming.questions(case, prefixed=False)
    yield Question(
        "region",
        "in which region it lies (empty: in none)",
        tuple(spec.regions),
        needed=False,
        flag="--parent",
    )
    takes_otherwise = bool(case.said("claims") or case.said("subdivisions"))
    yield Question(
        "countries",
        "which countries it has, as `IS`",
        closed=False,
        several=True,
        needed=not takes_otherwise,
    )
    parent = spec.regions.get(request.region)
    _require_free(spec, case.said("countries") or (), parent)
    yield Question(
        "locales", "in which locales it writes", default=main_locales(case.said("countries") or ()) or None,
        closed=False, several=True, needed=False,
    )  # fmt: skip
    if parent is None:
        yield from _of_the_top(case)
    else:
        yield Question("owner", "who answers for it", roles(spec), needed=False, silent=True)
    yield from _stage(case, parent)


def _of_the_top(case: Case) -> Iterator[Question]:
    """What a region inside another takes from there."""
    yield Question("owner", "who answers for it", roles(case.spec))
    hints = get_type_hints(GoToMarket)
    for name, text in _GTM.items():
        choices = tuple(each for each in get_args(hints[name]) if each)
        yield Question(f"gtm.{name}", text, choices)
    council = case.spec.governance.council
    if council is not None:
        free = tuple(id for id, seat in council.seats.items() if not seat.region)
        yield Question(
            "council_seat", "which seat on the council speaks for it (one that is not there yet is added)", free,
            closed=False,
        )  # fmt: skip


def _stage(case: Case, parent: Region | None) -> Iterator[Question]:
    """How far it is. Only what nothing stands in the way of is live at once."""
    live = parent is not None and parent.stage == "live"
    yield Question("stage", "how far it is", ("live", "pilot"), default="live" if live else "pilot")
    if case.said("stage") == "pilot":
        yield Question(
            "pilot.exit_criteria", "what the pilot must show before it goes live", closed=False, several=True,
            flag="--exit-criterion",
        )  # fmt: skip
        yield Question("pilot.review_by", "by when the pilot is reviewed (as 2027-03-31)", closed=False)


def make(case: Case) -> Made:
    """The region's file, and its seat on the council where that is new."""
    spec, id = case.spec, case.request.id
    parent = spec.regions.get(case.request.region)
    _require_fit(case, parent)
    home = Home(f"{parent.folder if parent else 'regions'}/{id}/region.yaml", "region")
    data = data_of(case)
    criteria = case.said("pilot.exit_criteria")
    if criteria and not isinstance(criteria, Mapping):
        data["pilot"] = {**data["pilot"], "exit_criteria": {slug(each): {"label": each} for each in criteria}}
    others, notes = _seat(case) if parent is None else ((), tuple(_taken_over(case, parent)))
    moving = dict(_moving(spec, case.said("countries") or (), parent))
    return Made(
        Piece(home, id, data),
        (*_moved(case, moving), *notes, *_notes(case)),
        others,
        tuple(_removal(spec.regions[above], codes) for above, codes in moving.items()),
    )


def _require_free(spec: Spec, countries: Iterable[str], parent: Region | None) -> None:
    """ProposalRefused for what is no country, and for one of a region in which the new one does not lie."""
    above = spec.ancestors(parent.id) if parent else ()
    for code in countries:
        if not is_country(code):
            near = USUAL_SLIPS.get(code, code.upper())
            hint = (
                f"Did you mean `{near}`?"
                if is_country(near)
                else "Countries are written in two letters, as `IS`."
            )
            raise ProposalRefused(f"`{code}` is no country of ISO 3166-1. {hint}")
        for region in spec.regions.values():
            if region.in_use and region.id not in above and code in region.countries:
                raise ProposalRefused(
                    f"{country_name(code)} (`{code}`) is a country of `{region.id}` already "
                    f"({region.path}), and a country belongs to one region. Where the new region lies in that one, say "
                    f"--parent {region.id}, and it moves; else take it out of `countries` there first."
                )


def _moving(
    spec: Spec, countries: Iterable[str], parent: Region | None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The regions above that have countries of the new one, and which: the most specific region has a country."""
    for above in spec.ancestors(parent.id) if parent else ():
        if codes := tuple(code for code in spec.regions[above].countries if code in countries):
            yield above, codes


def _removal(region: Region, codes: tuple[str, ...]) -> Removal:
    """Countries taken out of the file of a region."""
    if len(codes) == len(region.countries):
        return Removal(region.path, "region", (("countries",),))
    places = (region.countries.index(code) for code in codes)
    return Removal(region.path, "region", tuple(("countries", place) for place in places))


def _moved(case: Case, moving: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Which countries come from above, and what that does to their accounts."""
    for above, codes in moving.items():
        names = listing([f"{country_name(code)} (`{code}`)" for code in codes], "and")
        yield (
            f"{names} {'moves' if len(codes) == 1 else 'move'} here from `{above}`: accounts there are of "
            f"`{case.request.id}` then, and of `{above}` through it."
        )


def _require_fit(case: Case, parent: Region | None) -> None:
    """ProposalRefused where there is no room for the region in its parent, or it is ahead of its time."""
    spec, id, live = case.spec, case.request.id, case.said("stage") == "live"
    if parent is None:
        if live and spec.charter is not None:
            raise ProposalRefused(
                f"`{id}` would be a region at the top, and such a one goes live when its leaders have agreed to the "
                f"charter. Begin with --stage pilot, record who agreed under `sign_off` in {spec.charter.path}, and "
                "take it live then."
            )
        return
    if live and parent.stage != "live":
        raise ProposalRefused(
            f"`{parent.id}` is {'a pilot' if parent.stage == 'pilot' else parent.stage}, so nothing inside it can be "
            "live. Say --stage pilot."
        )
    if len(spec.ancestors(parent.id)) >= DEEPEST and not case.request.reason:
        raise ProposalRefused(
            f"`{parent.id}` is {DEEPEST} levels below headquarters, and regions nest no deeper. Put `{id}` beside it, "
            "make it a segment, or say why with --reason."
        )


def _seat(case: Case) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The seat that a region at the top speaks from, added where there is none of the name."""
    council, seat = case.spec.governance.council, str(case.said("council_seat"))
    if council is None:
        return (), ()
    if seat not in council.seats:
        owner, id = case.said("owner"), case.request.id
        home = home_of(case.spec, "council", "", "", "seats")
        new = Piece(home, seat, {"label": case.request.label, "role": owner, "region": id})
        return (new,), (
            f"The council gets a seat `{seat}`, held by `{owner}`; its quorum stays {council.quorum}.",
        )
    theirs = council.seats[seat].region
    if theirs and theirs != case.request.id:
        raise ProposalRefused(
            f"The seat `{seat}` is that of `{theirs}`. Name another, or one that is not there yet."
        )
    return (), ()


def _taken_over(case: Case, parent: Region) -> Iterator[str]:
    """What the region has from the one that it lies in, because it says nothing of its own."""
    has = {
        "owner": f"the owner `{parent.owner}`",
        "council_seat": f"the seat `{parent.council_seat}` on the council",
        "gtm": "how it sells",
        "calendar": f"the calendar ({parent.calendar.time_zone})" if parent.calendar else "",
        "systems": "its place in the systems" if parent.systems else "",
    }
    taken = [text for name, text in has.items() if text and case.said(name) is None]
    if taken:
        yield (
            f"From `{parent.id}` it has {listing(taken, 'and')}: say in its region.yaml what is otherwise."
        )


def _notes(case: Case) -> Iterator[str]:
    countries, locales = case.said("countries") or (), case.said("locales") or ()
    if locales and list(locales) == main_locales(countries):
        yield f"It writes in {quoted(locales)}, the main language of its countries; --locales says otherwise."
    if case.said("stage") == "pilot":
        yield "As a pilot it is checked and shown, and nothing of it is deployed."
