"""Everything in a spec that a change can be of: things with an address, and the parts of them that have one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from abmspec.address import GLOBAL, address_of
from abmspec.load import PROJECT_PATH
from abmspec.model import governance, playbook, region, taxonomy
from abmspec.model.entity import Entity, Living, Part
from abmspec.model.spec import Overlay, Spec
from abmspec.source import Anchor

# The mappings of a thing whose entries have an address of their own, and what such an entry is.
PARTS: Mapping[type[Part], Mapping[str, str]] = {
    taxonomy.Picklist: {"values": "value"},
    region.PicklistOverlay: {"values": "value"},
    taxonomy.Tiers: {"tiers": "tier", "factors": "factor"},
    taxonomy.Lifecycle: {"stages": "stage", "slas": "sla"},
    taxonomy.BuyingGroups: {"roles": "buying-group-role"},
    taxonomy.Routing: {"roles": "routed-role"},
    region.RoutingOverlay: {"roles": "routed-role"},
    taxonomy.Charter: {"outcomes": "outcome", "objectives": "objective", "decisions": "charter-decision"},
    taxonomy.Systems: {"systems": "system"},
    taxonomy.Jurisdictions: {"jurisdictions": "jurisdiction"},
    governance.Council: {"seats": "seat"},
    governance.ChangePolicy: {"rules": "policy-rule", "freezes": "freeze"},
}
# What says something about a thing from above. Alone it is no thing: one that says nothing is as good as none.
OVERLAYS = (
    region.PicklistOverlay, region.FieldsOverlay, region.FieldOverlay, region.SegmentOverlay, region.TiersOverlay,
    region.RoutingOverlay, playbook.PlayOverlay, playbook.ContentOverlay,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """Something with an address: an entity, or a part of one.

    `noun` is what it is, `id` its id there, `at` its place. `holder` is the entity that it stands in, or itself; None
    of the project.
    """

    address: str
    noun: str
    id: str
    scope: str
    part: Part
    at: Anchor
    holder: Entity | None

    @property
    def label(self) -> str:
        """What people call it; empty where it has no label."""
        return str(getattr(self.part, "label", ""))

    @property
    def life(self) -> Living | None:
        """Itself, if it has a life and could end as a tombstone."""
        return self.part if isinstance(self.part, Living) and self.noun not in LIFELESS else None

    @property
    def is_overlay(self) -> bool:
        """Whether it only says something about a thing from above."""
        if isinstance(self.part, taxonomy.Value):
            return isinstance(self.holder, region.PicklistOverlay) and not self.part_is_own
        return isinstance(self.part, OVERLAYS) or (self.noun == "routed-role" and self.scope != GLOBAL)

    @property
    def part_is_own(self) -> bool:
        """Whether the id says that the region owns it."""
        return self.id.startswith(f"{self.scope}-")


# Of these there is but one, they are records of a decision, or they are about single accounts: they may go.
LIFELESS = frozenset(
    {
        "charter", "icp", "tiers", "lifecycle", "buying-groups", "routing", "jurisdictions", "systems", "council",
        "change-policy", "waiver", "decision", "emergency", "account-override", "account-plan", "learning", "fields",
    }
)  # fmt: skip


def of_project(spec: Spec) -> Item:
    """`abmspec.yaml`."""
    return Item("project", "project", "", GLOBAL, spec.project, Anchor(PROJECT_PATH), None)


def of_entity(entity: Entity) -> Item:
    """An entity by itself."""
    return Item(entity.address, entity.noun, entity.id, entity.scope, entity, entity.key(), entity)


def parts_of(entity: Entity) -> Iterator[Item]:
    """The parts of an entity that have an address."""
    for mapping, noun in PARTS.get(type(entity), {}).items():
        for id, part in getattr(entity, mapping).items():
            address = address_of(entity.noun, entity.id, entity.scope, (mapping, id))
            yield Item(address, noun, id, entity.scope, part, entity.key(mapping, id), entity)


def entities(spec: Spec) -> Iterator[Entity]:
    """Every entity of the spec, in the order of the format: the backbone, governance, regions, accounts."""
    yield from spec.entities()
    governance = spec.governance
    for single in (governance.council, governance.policy):
        if single is not None:
            yield single
    for records in (
        governance.roles, governance.activities, governance.waivers, governance.decisions, governance.emergencies,
        spec.account_overrides, spec.account_plans,
    ):  # fmt: skip
        yield from records.values()
    for overlay in spec.overlays.values():
        yield from _overlay(overlay)


def _overlay(overlay: Overlay) -> Iterator[Entity]:
    yield from overlay.picklists.values()
    for fields in overlay.fields.values():
        yield fields
        yield from fields.tightened.values()
    yield from overlay.segments.values()
    yield from overlay.plays.values()
    yield from overlay.content.values()
    for single in (overlay.tiers, overlay.routing):
        if single is not None:
            yield single


# What a policy and the RACI call a change, by what changed: first its kind, then finer names. Others are their own.
_KINDS: Mapping[str, tuple[str, ...]] = {
    "value": ("picklist", "value"),
    "fields": ("field",),
    "tiers": ("tier", "tiers"),
    "factor": ("tier", "factor"),
    "stage": ("lifecycle", "stage"),
    "sla": ("lifecycle",),
    "buying-group-role": ("buying-groups",),
    "routed-role": ("routing", "territory"),
    "outcome": ("charter", "outcome"),
    "objective": ("charter", "objective"),
    "charter-decision": ("charter",),
    "systems": ("system", "systems"),
    "system": ("system", "systems"),
    "jurisdictions": ("jurisdiction", "jurisdictions"),
    "jurisdiction": ("jurisdiction", "jurisdictions"),
    "project": ("governance", "project"),
    "role": ("governance", "role"),
    "council": ("governance", "council"),
    "seat": ("governance", "council", "seat"),
    "raci": ("governance", "raci"),
    "change-policy": ("governance", "change-policy"),
    "policy-rule": ("governance", "change-policy"),
    "freeze": ("governance", "change-policy"),
    "waiver": ("governance", "waiver"),
    "decision": ("governance", "decision"),
    "emergency": ("governance", "emergency"),
}
GOVERNANCE = frozenset(
    noun for noun, kinds in _KINDS.items() if kinds[0] in ("governance", "jurisdiction")
) | {"privacy"}
ACCOUNTS = frozenset({"account-override", "account-plan"})


def kinds_of(noun: str) -> tuple[str, ...]:
    """What a policy and the RACI may call a change of it: the kind first."""
    return _KINDS.get(noun, (noun,))
