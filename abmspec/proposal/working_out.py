"""From a request to what it comes to. Additions and alterations have modules of their own, imported when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from abmspec.edit import EditRefused
from abmspec.proposal.proposal import Proposal, ProposalRefused
from abmspec.proposal.reading import require_fit
from abmspec.proposal.request import Add, AnyRequest
from abmspec.resolve import Resolved


def propose(resolved: Resolved, contents: Mapping[str, bytes], request: AnyRequest, today: date) -> Proposal:
    """The changes that meet a request. `contents` are the spec's files by path. ProposalRefused where it cannot be."""
    require_fit(request)
    try:
        if isinstance(request, Add):
            from abmspec.proposal import addition

            return addition.add(resolved, contents, request, today)
        from abmspec.proposal import alteration

        return alteration.alter(resolved, contents, request, today)
    except EditRefused as refusal:
        raise ProposalRefused(str(refusal)) from refusal
