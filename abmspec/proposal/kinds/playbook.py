"""A new play, and new content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args, get_type_hints

from abmspec.model.playbook import Content
from abmspec.proposal import naming
from abmspec.proposal.made import Made, data_of, owner_note, owner_question, region_question
from abmspec.proposal.placement import Piece, home_of
from abmspec.proposal.question import Case, Question


def questions(case: Case) -> Iterator[Question]:
    """What has to be said of a play. It begins as proposed, so that its steps and content can follow."""
    yield region_question(case)
    yield from naming.questions(case)
    yield Question("objective", "what it wants to reach", closed=False)
    view = case.resolved.regions.get(case.request.region, case.resolved.backbone)
    tiers = tuple(view.tiers.tiers) if view.tiers is not None else ()
    yield Question("for.tiers", "accounts of which tiers it is for", tiers, several=True, needed=False)
    segments = tuple(id for id, each in view.segments.items() if each.in_use)
    yield Question(
        "for.segments", "accounts of which segments it is for", segments, several=True, needed=False
    )
    stages = tuple(case.spec.lifecycle.stages) if case.spec.lifecycle is not None else ()
    yield Question("for.stages", "accounts at which stages it is for", stages, several=True, needed=False)
    ctas = tuple(id for id, each in view.ctas.items() if each.in_use)
    yield Question("cta", "which call to action it carries", ctas)
    yield Question(
        "steps",
        "which steps it has (as `invite: {day: 0, channel: email, owner: sdr}`)",
        closed=False,
        flag="--step",
    )
    kpis = tuple(id for id, kpi in case.spec.kpis.items() if kpi.in_use)
    yield Question("kpis", "by which key figures it is judged", kpis, several=True)
    yield Question("status", "whether it runs", ("proposed", "active"), default="proposed")
    yield from owner_question(case, "play")


def make(case: Case) -> Made:
    """The play's file."""
    request = case.request
    home = home_of(case.spec, "play", request.region, request.id)
    data = data_of(case)
    data.setdefault("for", {})
    notes = list(owner_note(case, "play"))
    if data.get("status") == "proposed":
        notes.append("It is proposed, and reaches no system. Take `status: proposed` out when it is to run.")
    return Made(Piece(home, request.id, data), tuple(notes))


def content_questions(case: Case) -> Iterator[Question]:
    """What has to be said of content. It begins as a draft."""
    yield region_question(case)
    yield from naming.questions(case)
    yield Question("kind", "what it is", get_args(get_type_hints(Content)["kind"]))
    yield Question("url", "where it is (empty: nowhere yet)", closed=False, needed=False)
    yield from owner_question(case, "content")


def make_content(case: Case) -> Made:
    """The content's file."""
    request = case.request
    home = home_of(case.spec, "content", request.region, request.id)
    data = {"version": 1, "state": "draft", **data_of(case)}
    notes = [*owner_note(case, "content")]
    if data["state"] == "draft":
        notes.append(
            "It is a draft. Plays that run need `state: approved`, with everybody's approval on record."
        )
    return Made(Piece(home, request.id, data), tuple(notes))
