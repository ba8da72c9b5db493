"""What a request comes to, and who works it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from abmspec.edit import Change, EditRefused
from abmspec.proposal.request import Add, AnyRequest
from abmspec.resolve import Resolved


class ProposalRefused(Exception):
    """The request cannot be met. The message says why, and what would be possible instead."""


class NothingThere(ProposalRefused):
    """The request names something that does not exist. The message has what may have been meant."""


@dataclass(frozen=True, slots=True)
class Similar:
    """Something that exists already and may be what is asked for; `why` is the name that says so: `label "Fintech"`."""

    address: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """The changes that meet a request, the address that it is about, what exists already, what to know of it."""

    address: str
    changes: tuple[Change, ...]
    similar: tuple[Similar, ...] = ()
    notes: tuple[str, ...] = ()


def propose(resolved: Resolved, contents: Mapping[str, bytes], request: AnyRequest, today: date) -> Proposal:
    """The changes that meet a request. `contents` are the spec's files by path. ProposalRefused where it cannot be."""
    from abmspec.proposal.reading import require_fit

    require_fit(request)
    try:
        if isinstance(request, Add):
            from abmspec.proposal import addition

            return addition.add(resolved, contents, request, today)
        from abmspec.proposal import alteration

        return alteration.alter(resolved, contents, request, today)
    except EditRefused as refusal:
        raise ProposalRefused(str(refusal)) from refusal
