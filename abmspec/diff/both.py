"""Two specs side by side, and what judging a change asks of them. What costs time is made on first need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from abmspec.condition import Condition
from abmspec.diff.conditions import Conditions
from abmspec.diff.inventory import Item
from abmspec.diff.renames import Renames
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
        self.conditions = Conditions(base, head, self._by_new_ids)
        self.scope = Scope()
        self.renames = Renames({}, {}, self.at_base)

    def _by_new_ids(self, when: Condition) -> Condition:
        return self.renames.followed(when)

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

    @cached_property
    def _namings(self) -> Mapping[tuple[str, str, str], tuple[Reference, ...]]:
        """What needs a thing after the change, by its kind, what it is within, and its id."""
        found: dict[tuple[str, str, str], list[Reference]] = {}
        for use in self.at_head.all:
            if use.how not in NO_USE:
                found.setdefault((use.kind, use.within, use.id), []).append(use)
        return {key: tuple(uses) for key, uses in found.items()}

    def users(self, address: str) -> tuple[str, ...]:
        """Whatever still needs a thing after the change, by address. The thing itself and overlays of it do not."""
        index = self.at_head
        uses = index.uses(address) if address.startswith(WHOLE) else index.to.get(address, ())
        own = f".{address}"
        return tuple(
            sorted({use.source for use in uses if use.how not in NO_USE and not use.source.endswith(own)})
        )

    def users_in(self, region: str, kind: str, within: str, id: str) -> tuple[str, ...]:
        """Whatever a region, or one in it, has after the change that needs a thing, by address."""
        inside = self.head.spec.descendants(region)
        uses = self._namings.get((kind, within, id), ())
        return tuple(sorted({use.source for use in uses if use.scope in inside and use.how not in NO_NEED}))


# References that stay right when what they name goes.
NO_USE = frozenset({"overlays", "hide", "renamed_from", "replaced_by", "address", "addresses", "after"})
# References that stay right when what they name is only not offered.
NO_NEED = frozenset({"maps_to", "allowed_for"})
# Things that have parts which others name; all else is named by its own address alone.
WHOLE = ("picklist.", "play.", "region.")
