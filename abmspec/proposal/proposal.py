"""What a request comes to: changes, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass

from abmspec.edit import Change


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
