"""A new segment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from abmspec.model.taxonomy import Consumer
from abmspec.proposal import naming
from abmspec.proposal.made import Made, data_of, owner_note, owner_question, region_question
from abmspec.proposal.placement import Piece, home_of
from abmspec.proposal.question import Case, Question


def questions(case: Case) -> Iterator[Question]:
    """What has to be said of a segment: what it is for, who uses it and who is in it."""
    spec = case.spec
    yield region_question(case)
    yield from naming.questions(case)
    if case.request.region:
        within = tuple(id for id, segment in spec.own.segments.items() if segment.in_use)
        yield Question("within", "in which global segment it lies", within)
    decisions = tuple(spec.charter.decisions) if spec.charter is not None else ()
    yield Question("decision", "which decision it is for", decisions)
    yield Question("consumers", "who uses it", get_args(Consumer), several=True)
    yield Question(
        "when", "who is in it, as a condition (`{field: account.industry, in: [retail]}`)", closed=False
    )
    kpis = tuple(id for id, kpi in spec.kpis.items() if kpi.in_use)
    yield Question("kpis", "by which key figures it is judged", kpis, several=True, needed=False)
    yield from owner_question(case, "segment")


def make(case: Case) -> Made:
    """The segment's file."""
    request = case.request
    kind = "segment-regional" if request.region else "segment"
    home = home_of(case.spec, kind, request.region, request.id)
    return Made(Piece(home, request.id, data_of(case)), tuple(owner_note(case, "segment")))
