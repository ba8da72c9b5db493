"""A new thing before it is written, and what new things have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from abmspec.model.spec import Spec
from abmspec.proposal.placement import Piece, Removal, home_of
from abmspec.proposal.question import Case, Question


class Made(NamedTuple):
    """A new thing, what comes with it elsewhere or goes there, and what to know of it."""

    piece: Piece
    notes: tuple[str, ...] = ()
    others: tuple[Piece, ...] = ()
    removals: tuple[Removal, ...] = ()


def data_of(case: Case, **more: Any) -> dict[str, Any]:
    """What a new thing says: its label, what was asked for, and more; without what is empty."""
    said = {"label": case.request.label, **case.request.attributes, **more}
    return {key: value for key, value in said.items() if value not in (None, "", [], {})}


def region_question(case: Case) -> Question:
    """Whose it is."""
    return Question(
        "region", "which region's it is (empty: everybody's)", tuple(case.spec.regions), needed=False
    )


def roles(spec: Spec) -> tuple[str, ...]:
    """The roles that can answer for something: in use, and no queues."""
    return tuple(id for id, role in spec.governance.roles.items() if role.in_use and role.group != "queue")


def owner_question(case: Case, kind: str) -> Iterator[Question]:
    """Who answers for it, where neither the folder nor the region says so."""
    if owner_of(case, kind):
        yield Question("owner", "who answers for it", roles(case.spec), silent=True, needed=False)
    else:
        yield Question("owner", "who answers for it", roles(case.spec))


def owner_of(case: Case, kind: str) -> str:
    """The owner that a new file of a kind has by default: its region's, or that of its folder in `abmspec.yaml`."""
    spec, region = case.spec, case.request.region
    if region:
        return spec.regions[region].owner if region in spec.regions else ""
    return spec.project.owner_of(home_of(spec, kind, "", "new").path.rpartition("/")[0])


def owner_note(case: Case, kind: str) -> Iterator[str]:
    """Who answers for it by default."""
    if not case.said("owner"):
        why = f"`{case.request.region}` has" if case.request.region else "`owners` in abmspec.yaml says"
        yield f"Its owner is `{owner_of(case, kind)}`, as {why}."
