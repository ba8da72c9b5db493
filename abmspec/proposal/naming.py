"""Ids and labels of new things, each made from the other where one is missing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from abmspec.model.spec import Spec, carries_prefix
from abmspec.proposal.proposal import ProposalRefused
from abmspec.proposal.question import Case, Question
from abmspec.references.reference import noun
from abmspec.words import capitalized, slug

LONGEST = 80
# Kinds of which a region's own carry its prefix.
PREFIXED = frozenset({"picklist", "value", "field", "segment", "play", "content"})
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_VALUE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def questions(case: Case, *, prefixed: bool = True) -> Iterator[Question]:
    """What a new thing is called, and its id. A region's own carries its prefix where `prefixed`."""
    region = case.request.region if prefixed else ""
    id, label = case.request.id, case.request.label
    yield Question("label", "what it is called", default=label_of(id, region) or None, closed=False)
    yield Question(
        "id",
        "by which id others refer to it",
        default=id_of(label, region) or None,
        closed=False,
        flag="an ID",
    )


def id_of(label: str, region: str) -> str:
    """The id that a label gives; empty where it gives none, for want of Latin letters."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", label) if not unicodedata.combining(each))
    made = slug(plain)
    return with_prefix(made, region) if made else ""


def label_of(id: str, region: str) -> str:
    """The label that an id gives, without the region's prefix."""
    return capitalized(without_prefix(id, region).replace("-", " "))


def with_prefix(id: str, region: str) -> str:
    """The id as a region's own; as it is where no region is named."""
    return id if not region or carries_prefix(id, region) else f"{region}-{id}"


def without_prefix(id: str, region: str) -> str:
    """The id without the region's prefix."""
    return id.removeprefix(f"{region}-") if region else id


def require_id(spec: Spec, kind: str, id: str, region: str) -> None:
    """ProposalRefused where a text is no id, or one that belongs to another region."""
    pattern = _VALUE_ID if kind == "value" else _ID
    if not pattern.fullmatch(id) or len(id) > LONGEST:
        hint = f", as `{made[:LONGEST]}`" if (made := id_of(id, "")) and pattern.fullmatch(made) else ""
        raise ProposalRefused(
            f"{id[:LONGEST]!r} is no id. Ids are lower-case words of at most {LONGEST} letters joined by hyphens{hint}."
        )
    if kind in (*PREFIXED, "region"):
        require_no_other(spec, kind, id, region)


def require_no_other(spec: Spec, kind: str, id: str, region: str) -> None:
    """ProposalRefused where an id begins with the prefix of another region."""
    for other in spec.regions.values():
        if carries_prefix(id, other.id) and other.id != region and not carries_prefix(region, other.id):
            raise ProposalRefused(
                f"`{id}` begins like what belongs to `{other.id}`, and a {noun(kind)} of "
                f"{f'`{region}`' if region else 'everybody'} may not. Choose another id"
                + (f", or add it to `{other.id}` with --region {other.id}." if kind != "region" else ".")
            )
