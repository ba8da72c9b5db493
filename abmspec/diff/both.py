"""Two specs side by side, and what judging a change asks of them. What costs time is made on first need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from abmspec.diff.conditions import Conditions
from abmspec.diff.inventory import Item
from abmspec.diff.stored import Scope, Stored
from abmspec.references import Reference, ReferenceIndex
from abmspec.resolve import Resolved


@dataclass(frozen=True, slots=True)
class Pair:
    """A thing before and after. One of the two may be missing, never both.

    `renamed_from` is the address before, where the thing got another; its tombstone belongs to it.
    """

    before: Item | None
    after: Item | None
    renamed_from: str = ""

    @property
    def item(self) -> Item:
        """The thing as it is now; as it was, where it is gone."""
        found = self.after or self.before
        assert found is not None
        return found


class Both:
    """The spec before and after. `carried` says how many accounts carry a value, by address, where that is known."""

    def __init__(
        self, base: Resolved, head: Resolved, today: date, carried: Mapping[str, int] | None = None
    ) -> None:
        self.base = base
        self.head = head
        self.today = today
        self.carried: Mapping[str, int] = carried or {}
        self.conditions = Conditions(base, head)
        self.scope = Scope()

    @cached_property
    def stored(self) -> Stored:
        """What systems hold of what changed."""
        return Stored(self.base, self.head, self.scope)

    @cached_property
    def at_base(self) -> ReferenceIndex:
        """Who names whom before."""
        return ReferenceIndex(self.base)

    @cached_property
    def at_head(self) -> ReferenceIndex:
        """Who names whom after."""
        return ReferenceIndex(self.head)

    def users(self, address: str) -> tuple[Reference, ...]:
        """What still needs the thing after the change: history and overlays of the thing itself are no use."""
        return tuple(
            use
            for use in self.at_head.uses(address)
            if use.how not in NO_USE and not _is_of(use.source, address)
        )


# References that stay right when what they name goes.
NO_USE = frozenset({"overlays", "hide", "renamed_from", "replaced_by", "address", "addresses", "after"})


def _is_of(source: str, address: str) -> bool:
    return source.endswith(f".{address}")
