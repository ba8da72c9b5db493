"""Addresses: how the CLI, the diff, findings and the site speak of a thing (`picklist.industry.value.fintech`)."""

from __future__ import annotations

from collections.abc import Container

from abmspec.source import Route

# The scope of what belongs to no region.
GLOBAL = "global"

# The address of a file's subject by its kind; kinds that are not named are their own address (`icp`).
_FILES = {
    "picklist": "picklist.{id}",
    "fields": "fields.{id}",
    "segment": "segment.{id}",
    "play": "play.{id}",
    "content": "content.{id}",
    "experiment": "experiment.{id}",
    "learning": "learning.{id}",
    "waiver": "waiver.{id}",
    "decision": "decision.{id}",
    "emergency": "emergency.{id}",
    "account-override": "account-override.{id}",
    "account-plan": "account-plan.{id}",
}
# What stands in a file under one of its keys, by id.
_PARTS = {
    "picklist": {"values": "picklist.{id}.value"},
    "fields": {"fields": "field.{id}"},
    "tiers": {"tiers": "tier", "factors": "tiers.factor", "capacity": "tier", "weights": "tiers.factor"},
    "lifecycle": {"stages": "lifecycle.stage", "slas": "lifecycle.sla"},
    "buying-groups": {"roles": "buying-groups.role"},
    "routing": {"roles": "routing"},
    "kpis": {"kpis": "kpi"},
    "jurisdictions": {"jurisdictions": "jurisdiction"},
    "privacy": {"rules": "privacy"},
    "systems": {"systems": "system"},
    "charter": {"outcomes": "charter.outcome", "objectives": "charter.objective", "decisions": "charter.decision"},
    "roles": {"roles": "role"},
    "council": {"seats": "council.seat"},
    "raci": {"activities": "raci"},
    "change-policy": {"rules": "change-policy.rule", "freezes": "change-policy.freeze"},
    "ctas": {"ctas": "cta"},
}  # fmt: skip


def address_of(kind: str, id: str, region: str, route: Route = ()) -> str:
    """The address of the thing that `route` leads into, in a file of this kind, id and region (`""`: global).

    The nearest thing with an address counts: a route to a value's label gives the value, one to a file's own
    attribute the file's subject (`picklist.industry`; `tiers` where there is but one).
    """
    if kind == "region":
        return f"region.{region or id}"
    subject = kind.removesuffix("-overlay").removesuffix("-regional")
    local = _FILES.get(subject, subject).format(id=id)
    parts = _PARTS.get(subject, {})
    if len(route) > 1 and route[0] in parts:
        local = f"{parts[str(route[0])].format(id=id)}.{route[1]}"
    return in_region(local, region)


def in_region(local: str, region: str) -> str:
    """A region's address of what is called `local` there; `""` and `global` are no region."""
    return local if region in ("", GLOBAL) else f"region.{region}.{local}"


def split_region(address: str, regions: Container[str]) -> tuple[str, str]:
    """The region that an address begins with and the rest: `region.emea.picklist.x` → `("emea", "picklist.x")`."""
    words = address.split(".", 2)
    if words[0] == "region" and len(words) == 3 and words[1] in regions:
        return words[1], words[2]
    return "", address
