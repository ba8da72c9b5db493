"""Uses moved from a thing to what takes over, each as its region sees it."""

from __future__ import annotations

from typing import NamedTuple

from abmspec.proposal.basis import Basis
from abmspec.proposal.draft import Draft
from abmspec.proposal.writing import Spelling, written_at
from abmspec.references import Reference, Thing
from abmspec.source import Anchor, value_at


class Unmoved(NamedTuple):
    """A use that does not move, and why."""

    use: Reference
    why: str


class Replacement:
    """The moving of one thing's uses: those that `moved`, those that are `dropped`, and those `left` as they are."""

    def __init__(self, basis: Basis, draft: Draft, old: Thing, new: Thing) -> None:
        self.basis = basis
        self.draft = draft
        self.old = old
        self.new = new
        self.spelling = Spelling(old.id, new.id)
        self.moved: list[Reference] = []
        self.dropped: list[Unmoved] = []
        self.left: list[Unmoved] = []

    def make(self) -> None:
        """Moves every use that can be moved for certain."""
        for use in self.basis.uses(self.old):
            if use.target == self.old.address:
                self._use(use)
            else:
                self.left.append(
                    Unmoved(use, f"it names `{use.id}` of it, and that is for somebody to decide")
                )

    def _use(self, use: Reference) -> None:
        name = self.spelling.of(written_at(self.basis, use.at))
        why = self._hindrance(use, name)
        if why or name is None:
            self.left.append(Unmoved(use, why))
        elif needless := self._needless(use, name):
            self._drop(use, needless)
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

    def _needless(self, use: Reference, name: str) -> str:
        """Why the replacement has no business there; empty where it has."""
        if name in self._beside(use.at):
            return f"`{self.new.id}` stands there already"
        return f"`{use.scope}` hides `{self.new.id}`" if self.basis.hides(use.scope, self.new) else ""

    def _beside(self, at: Anchor) -> list[object]:
        """What stands in the same list or mapping as a name."""
        if not at.on_key and not isinstance(at.route[-1], int):
            return []
        return list(value_at(self.basis.documents[at.path].data, at.route[:-1]))

    def _drop(self, use: Reference, why: str) -> None:
        """Takes away a use, where something else stands beside it."""
        if len(self._beside(use.at)) > 1:
            self.draft.remove(use.at)
            self.dropped.append(Unmoved(use, why))
        else:
            self.left.append(Unmoved(use, f"{why}, and nothing else stands there"))
