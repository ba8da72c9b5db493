"""From what somebody asks for to the edits of the spec that do it. Pure: files' contents in, changes out."""

from __future__ import annotations

from abmspec.proposal.proposal import Proposal, ProposalRefused, Similar
from abmspec.proposal.request import (
    Add,
    AnyRequest,
    Deprecate,
    Hide,
    Kind,
    Map,
    Relabel,
    Rename,
    Retire,
    Translate,
)  # fmt: skip
from abmspec.proposal.working_out import propose

__all__ = [
    "Add", "AnyRequest", "Deprecate", "Hide", "Kind", "Map", "Proposal", "ProposalRefused", "Relabel", "Rename",
    "Retire", "Similar", "Translate", "propose",
]  # fmt: skip
