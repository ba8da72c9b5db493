"""Uses moved from a thing to what takes over, each as its region sees it."""

from __future__ import annotations

from typing import NamedTuple

from abmspec.proposal.basis import Basis
from abmspec.proposal.draft import Draft
from abmspec.proposal.writing import Spelling, written_at
from abmspec.references import Reference, Thing
from abmspec.source import Anchor, value_at


class Left(NamedTuple):
    """A use that stays as it is, and why."""

    use: Reference
    why: str


class Replacement:
    """The moving of one thing's uses. `moved`, `dropped` and `left` say what became of each."""

    def __init__(self, basis: Basis, draft: Draft, old: Thing, new: Thing) -> None:
        self.basis = basis
        self.draft = draft
        self.old = old
        self.new = new
        self.spelling = Spelling(old.id, new.id)
        self.moved: list[Reference] = []
        self.dropped: list[Reference] = []
        self.left: list[Left] = []

    def make(self) -> None:
        """Moves every use that can be moved for certain."""
        for use in self.basis.uses(self.old):
            if use.target == self.old.address:
                self._use(use)
            else:
                self.left.append(Left(use, f"it names `{use.id}` of it, and that is for somebody to decide"))

    def _use(self, use: Reference) -> None:
        name = self.spelling.of(written_at(self.basis, use.at))
        why = self._hindrance(use, name)
        if why or name is None:
            self.left.append(Left(use, why))
        elif not self._is_needed(use, name):
            self._drop(use)
        else:
            self.draft.set(use.at, name)
            self.moved.append(use)

    def _hindrance(self, use: Reference, name: str | None) -> str:
        """Why a use cannot be moved at all; empty where it can."""
        if name is None:
            return "it is not written there by that name"
        if "@" in name:
            return f"it names a version of `{self.old.id}`: say which version of `{self.new.id}`"
        other = self.basis.declared_at(use.at)
        if other is not None:
            return f"`{other.address}` is called so: deprecate that too"
        if use.source == self.new.address:
            return f"`{self.new.id}` would name itself"
        return ""

    def _is_needed(self, use: Reference, name: str) -> bool:
        """Whether the replacement has to stand there: the region offers it, and it stands there not yet."""
        beside = self._beside(use.at)
        return name not in beside and not self.basis.hides(use.scope, self.new)

    def _beside(self, at: Anchor) -> list[object]:
        """What stands in the same list or mapping as a name."""
        if not at.on_key and not isinstance(at.route[-1], int):
            return []
        return list(value_at(self.basis.documents[at.path].data, at.route[:-1]))

    def _drop(self, use: Reference) -> None:
        """Takes away a use that the replacement does not need, where something is left then."""
        beside = self._beside(use.at)
        others = [
            each
            for number, each in enumerate(beside)
            if not self.draft.is_removed(Anchor(use.at.path, (*use.at.route[:-1], number)))
        ]
        if len(others) > 1:
            self.draft.remove(use.at)
            self.dropped.append(use)
        else:
            region = use.scope
            self.left.append(Left(use, f"`{region}` hides `{self.new.id}`, and nothing else stands there"))
