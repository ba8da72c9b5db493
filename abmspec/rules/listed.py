"""Values of picklists as their list and every region's additions hold them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from abmspec.model.entity import GLOBAL
from abmspec.model.region import PicklistOverlay
from abmspec.model.spec import Spec, carries_prefix
from abmspec.model.taxonomy import Picklist, Value
from abmspec.source import Anchor


class Listed(NamedTuple):
    """One value where it is defined: in its list, or in the overlay of the region that adds it."""

    id: str
    value: Value
    holder: Picklist | PicklistOverlay

    @property
    def scope(self) -> str:
        """Whose value it is."""
        return self.holder.scope

    @property
    def address(self) -> str:
        """Its address."""
        return f"{self.holder.address}.value.{self.id}"

    @property
    def at(self) -> Anchor:
        """Its place."""
        return self.holder.at("values", self.id)


class WholeList(NamedTuple):
    """A picklist with what every region adds to it, and the overlays that say so, parents before children."""

    picklist: Picklist
    values: tuple[Listed, ...]
    overlays: tuple[PicklistOverlay, ...]

    def parents(self, listed: Listed) -> str:
        """The picklist whose values `maps_to` names: this one for what a region adds, else the one it rolls up to."""
        return self.picklist.rolls_up_to if listed.holder is self.picklist else self.picklist.id

    @property
    def base(self) -> Iterator[Listed]:
        """The list's own values."""
        return (listed for listed in self.values if listed.holder is self.picklist)

    @property
    def added(self) -> Iterator[Listed]:
        """The values that regions add."""
        return (listed for listed in self.values if listed.holder is not self.picklist)


def circle(lists: tuple[WholeList, ...], id: str) -> tuple[str, ...]:
    """The lists by which one rolls up to itself, beginning with it; empty where it does not."""
    above = {whole.picklist.id: whole.picklist.rolls_up_to for whole in lists}
    chain = [id]
    while (next_ := above.get(chain[-1], "")) and next_ not in chain:
        chain.append(next_)
    return tuple(chain) if next_ == id else ()


def whole_lists(spec: Spec) -> Iterator[WholeList]:
    """Every picklist, once, with its overlays."""
    overlays: dict[str, list[PicklistOverlay]] = {}
    for overlay in spec.overlays.values():
        for change in overlay.picklists.values():
            overlays.setdefault(change.id, []).append(change)
    for own in spec.owns:
        for picklist in own.picklists.values():
            changes = tuple(overlays.get(picklist.id, ()))
            values = [Listed(id, value, picklist) for id, value in picklist.values.items()]
            for change in changes:
                values += [
                    Listed(id, value, change)
                    for id, value in change.values.items()
                    if carries_prefix(id, change.scope)
                ]
            yield WholeList(picklist, tuple(values), changes)


def see_each_other(spec: Spec, one: str, other: str) -> bool:
    """Whether there is a region (or the global scope) that sees what both scopes define."""
    if GLOBAL in (one, other) or one == other:
        return True
    return one in spec.ancestors(other) or other in spec.ancestors(one)
