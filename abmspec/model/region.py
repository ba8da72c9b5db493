"""Regions and their overlays. What an overlay may say is all there is room for here."""

from __future__ import annotations

from typing import ClassVar, Literal

from abmspec.model.entity import Entity, Part
from abmspec.model.taxonomy import Calendar, Field, RoutedRole, Value


class GoToMarket(Part, frozen=True, kw_only=True):
    """How a region sells."""

    route: Literal["direct", "partner", "hybrid", ""] = ""
    coverage: Literal["named", "volume", "mixed", ""] = ""
    focus: Literal["enterprise", "mid-market", "smb", "mixed", ""] = ""
    maturity: Literal["emerging", "developing", "established", ""] = ""
    partner_coverage: Literal["none", "low", "medium", "high", ""] = ""


class RegionSystem(Part, frozen=True, kw_only=True):
    """What a region is in one system: record types by object, a workspace, a partition."""

    record_types: dict[str, tuple[str, ...]] = {}
    workspace: str = ""
    partition: str = ""


class ExitCriterion(Part, frozen=True, kw_only=True):
    """What a pilot must show before it goes live: a KPI's bound, or a statement; `met` is the date it was."""

    label: str
    kpi: str = ""
    at_least: float | None = None
    at_most: float | None = None
    met: str = ""


class Pilot(Part, frozen=True, kw_only=True):
    """The terms of a pilot."""

    started: str = ""
    review_by: str = ""
    exit_criteria: dict[str, ExitCriterion] = {}


class Claims(Part, frozen=True, kw_only=True):
    """Takes accounts by condition before countries are looked at."""

    segment: str


class Region(Entity, frozen=True, kw_only=True):
    """`region.yaml`. `parent` is the region whose folder holds this one's (empty at the top), `folder` its path."""

    noun: ClassVar[str] = "region"

    parent: str = ""
    folder: str = ""
    countries: tuple[str, ...] = ()
    subdivisions: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    gtm: GoToMarket = GoToMarket()
    council_seat: str = ""
    stage: Literal["pilot", "live", "suspended"] = "live"
    pilot: Pilot | None = None
    claims: Claims | None = None
    calendar: Calendar | None = None
    systems: dict[str, RegionSystem] = {}


class PicklistOverlay(Entity, frozen=True, kw_only=True):
    """A region's additions to a picklist of somebody above it; `id` is that picklist's."""

    noun: ClassVar[str] = "picklist"

    values: dict[str, Value] = {}
    hide: tuple[str, ...] = ()


class FieldOverlay(Entity, frozen=True, kw_only=True):
    """A region's tightening of a field; `object` and `id` are that field's."""

    noun: ClassVar[str] = "field"

    object: str
    required: bool = False

    @property
    def name(self) -> str:
        """`account.industry`, as the field's own."""
        return f"{self.object}.{self.id}"


class FieldsOverlay(Entity, frozen=True, kw_only=True):
    """A region's `fields/<object>.yaml`: its own fields, what it tightens, what it hides (ids)."""

    noun: ClassVar[str] = "fields"

    object: str
    own: dict[str, Field] = {}
    tightened: dict[str, FieldOverlay] = {}
    hide: tuple[str, ...] = ()


class SegmentOverlay(Entity, frozen=True, kw_only=True):
    """The same segment by other fields: `use_instead` maps a field name to the one that drives it here."""

    noun: ClassVar[str] = "segment"

    use_instead: dict[str, str] = {}
    reason: str = ""


class TiersOverlay(Entity, frozen=True, kw_only=True):
    """A region's share of capacity and, within guardrails, its weights."""

    noun: ClassVar[str] = "tiers"

    capacity: dict[str, int] = {}
    weights: dict[str, float] = {}
    reason: str = ""


class RoutingOverlay(Entity, frozen=True, kw_only=True):
    """Rules and territories that come before the parent's."""

    noun: ClassVar[str] = "routing"

    roles: dict[str, RoutedRole] = {}
