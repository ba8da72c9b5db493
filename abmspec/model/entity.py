"""What everything in a spec has: an id, a place, a label, an owner, a life."""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from abmspec import address
from abmspec.address import in_region
from abmspec.condition import Condition
from abmspec.source import Anchor

GLOBAL = address.GLOBAL
SINGLE_NOUNS = frozenset(
    {
        "charter",
        "icp",
        "tiers",
        "lifecycle",
        "buying-groups",
        "routing",
        "jurisdictions",
        "systems",
        "council",
        "change-policy",
    }
)
Status = Literal["proposed", "active", "deprecated", "retired"]


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A nested piece of an entity, read as it stands in the YAML; its id is its key in the mapping that holds it."""


class Successor(Part, frozen=True, kw_only=True):
    """One branch of a split: what matches `when` becomes `value`; the last branch has no condition."""

    value: str
    when: Condition | None = None


class Deprecation(Part, frozen=True, kw_only=True):
    """Why and when something goes. Dates are ISO 8601 (`2026-03-01`)."""

    date: str
    sunset: str = ""
    reason: str = ""
    replaced_by: str | tuple[Successor, ...] = ""

    @property
    def successors(self) -> tuple[str, ...]:
        """The ids that take over, in the order in which they are tried."""
        if isinstance(self.replaced_by, str):
            return (self.replaced_by,) if self.replaced_by else ()
        return tuple(branch.value for branch in self.replaced_by)


class Living(Part, frozen=True, kw_only=True):
    """A piece with a life of its own. `retired` is a tombstone: the id stays taken for ever."""

    label: str = ""
    labels: dict[str, str] = {}
    description: str = ""
    status: Status = "active"
    since: str = ""
    deprecated: Deprecation | None = None
    renamed_from: str = ""

    @property
    def in_use(self) -> bool:
        """Whether records may still carry it as a current value: active or deprecated."""
        return self.status in ("active", "deprecated")


class Entity(Living, frozen=True, kw_only=True):
    """A thing with an address of its own.

    `id`, `path`, `scope` (`global` or the region that owns it) and `route` (its place in the file) come from the
    layout. `owner` is a role id, stated or by default; `defaulted` names the attributes that came from the file's
    `defaults:`.
    """

    noun: ClassVar[str] = ""

    id: str
    path: str
    scope: str = GLOBAL
    route: tuple[str | int, ...] = ()
    owner: str = ""
    defaulted: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How others of the spec refer to it: its id."""
        return self.id

    @property
    def local_address(self) -> str:
        """Its address without the region: `picklist.industry`; of what there is but one of, just the noun (`icp`)."""
        return self.noun if self.noun in SINGLE_NOUNS else f"{self.noun}.{self.name}"

    @property
    def address(self) -> str:
        """`picklist.industry`, `region.dach.picklist.dach-branche`: how the CLI, the diff and findings speak of it.

        What a region overlays has the region's prefix too: `region.emea.picklist.industry`.
        """
        return in_region(self.local_address, self.scope)

    def at(self, *route: str | int, on_key: bool = False) -> Anchor:
        """The anchor of an attribute of this entity (or of the default that supplied it)."""
        if route and route[0] in self.defaulted:
            return Anchor(self.path, ("defaults", *route), on_key)
        return Anchor(self.path, self.route + route, on_key)

    def key(self, *route: str | int) -> Anchor:
        """The key of an attribute; without a route that of the entity itself."""
        return self.at(*route, on_key=True)
