"""How a thing is written where something names it."""

from __future__ import annotations

from typing import NamedTuple

from abmspec.proposal.basis import Basis
from abmspec.proposal.proposal import ProposalRefused
from abmspec.source import Anchor, value_at


class Spelling(NamedTuple):
    """A thing's id before and after; a field's with its object."""

    before: str
    after: str

    @property
    def key_before(self) -> str:
        """The old id as the thing's own file has it."""
        return self.before.rpartition(".")[2]

    @property
    def key_after(self) -> str:
        """The new id as the thing's own file has it."""
        return self.after.rpartition(".")[2]

    def of(self, written: object) -> str | None:
        """What to write instead of a name; None where it is not this thing's."""
        if written == self.before:
            return self.after
        if written == self.key_before:
            return self.key_after
        if isinstance(written, str) and written.startswith(f"{self.before}@"):
            return self.after + written.removeprefix(self.before)
        return None


def written_at(basis: Basis, at: Anchor) -> object:
    """The name that stands at an anchor, as a key or as a value; None where nothing does."""
    document = basis.documents[at.path]
    if not document.holds(at.route):
        return None
    return at.route[-1] if at.on_key else value_at(document.data, at.route)


def retold(basis: Basis, at: Anchor, spelling: Spelling) -> str:
    """What to write at an anchor. ProposalRefused where the old name does not stand there."""
    new = spelling.of(written_at(basis, at))
    if new is None:
        raise ProposalRefused(
            f"`{spelling.before}` is named in {basis.place(at)} in a way that cannot be changed for certain. Change it "
            "by hand first."
        )
    return new
