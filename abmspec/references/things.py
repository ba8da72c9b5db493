"""Everything in a spec that something else can refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from abmspec.model.entity import GLOBAL, Entity, Living
from abmspec.model.spec import Own, Spec, carries_prefix
from abmspec.model.taxonomy import Charter, Decision, Objective, Outcome, Value
from abmspec.references.reference import Thing, global_address
from abmspec.source import Anchor


def things(spec: Spec) -> Iterator[Thing]:
    """Every thing with an address: global ones, then each region's own, then who governs."""
    yield from _own(spec.own)
    for overlay in spec.overlays.values():
        yield from _own(overlay.own)
        for change in overlay.picklists.values():
            own = {id: value for id, value in change.values.items() if carries_prefix(id, overlay.region)}
            yield from _values(change, own)
    for region in spec.regions.values():
        yield _entity(region)
    for kpi in spec.kpis.values():
        yield _entity(kpi)
    yield from _singles(spec)
    yield from _governance(spec)
    yield from _objects(spec)
    for plan in spec.account_plans.values():
        for kind, parts in (("plan-objective", plan.objectives), ("strategy", plan.strategies)):
            holder = "objectives" if kind == "plan-objective" else "strategies"
            for id, part in parts.items():
                address = global_address(kind, id, plan.id)
                yield Thing(address, kind, id, GLOBAL, plan.key(holder, id), part.label, plan.id)


def _entity(entity: Entity) -> Thing:
    return Thing(
        entity.address, entity.noun, entity.name, _scope(entity), entity.key(), entity.label,
        "", entity.status, entity.deprecated,
    )  # fmt: skip


def _scope(entity: Entity) -> str:
    return entity.scope or GLOBAL


def _own(own: Own) -> Iterator[Thing]:
    for entity in own.entities():
        yield _entity(entity)
    for picklist in own.picklists.values():
        yield from _values(picklist, picklist.values)
    for play in own.plays.values():
        for id, step in play.steps.items():
            address = f"{play.address}.step.{id}"
            yield Thing(address, "step", id, _scope(play), play.key("steps", id), step.label, play.id)


def _values(holder: Entity, values: Mapping[str, Value]) -> Iterator[Thing]:
    prefix, scope, within = f"{holder.address}.value.", _scope(holder), holder.id
    path, route = holder.path, (*holder.route, "values")
    for id, value in values.items():
        yield Thing(
            prefix + id, "value", id, scope, Anchor(path, (*route, id), True), value.label,
            within, value.status, value.deprecated,
        )  # fmt: skip


def _singles(spec: Spec) -> Iterator[Thing]:
    for single in (
        spec.charter, spec.icp, spec.tiers, spec.lifecycle, spec.buying_groups, spec.routing, spec.jurisdictions,
        spec.systems,
    ):  # fmt: skip
        if single is not None:
            yield _entity(single)
    if spec.tiers is not None:
        yield from _living("tier", spec.tiers, "tiers", spec.tiers.tiers)
        for id, factor in spec.tiers.factors.items():
            address = global_address("factor", id)
            yield Thing(address, "factor", id, GLOBAL, spec.tiers.key("factors", id), factor.label)
    if spec.lifecycle is not None:
        yield from _living("stage", spec.lifecycle, "stages", spec.lifecycle.stages)
    if spec.systems is not None:
        yield from _living("system", spec.systems, "systems", spec.systems.systems)
    if spec.jurisdictions is not None:
        for id, jurisdiction in spec.jurisdictions.jurisdictions.items():
            at = spec.jurisdictions.key("jurisdictions", id)
            yield Thing(
                global_address("jurisdiction", id), "jurisdiction", id, GLOBAL, at, jurisdiction.label
            )
    if spec.charter is not None:
        yield from _charter(spec.charter)


def _charter(charter: Charter) -> Iterator[Thing]:
    groups: tuple[tuple[str, str, Mapping[str, Objective | Outcome | Decision]], ...] = (
        ("objective", "objectives", charter.objectives),
        ("outcome", "outcomes", charter.outcomes),
        ("decision", "decisions", charter.decisions),
    )
    for kind, under, parts in groups:
        for id, part in parts.items():
            yield Thing(global_address(kind, id), kind, id, GLOBAL, charter.key(under, id), part.label)


def _living(kind: str, holder: Entity, under: str, parts: Mapping[str, Living]) -> Iterator[Thing]:
    for id, part in parts.items():
        yield Thing(
            global_address(kind, id), kind, id, GLOBAL, holder.key(under, id), part.label,
            "", part.status, part.deprecated,
        )  # fmt: skip


def _governance(spec: Spec) -> Iterator[Thing]:
    governance = spec.governance
    for each in (
        governance.roles, governance.activities, governance.waivers, governance.decisions, governance.emergencies,
    ):  # fmt: skip
        for entity in each.values():
            kind = "recorded-decision" if entity.noun == "decision" else entity.noun
            yield _entity(entity)._replace(kind=kind)
    if governance.council is not None:
        yield _entity(governance.council)
        for id, seat in governance.council.seats.items():
            at = governance.council.key("seats", id)
            yield Thing(global_address("seat", id), "seat", id, GLOBAL, at, seat.label)
    if governance.policy is not None:
        yield _entity(governance.policy)
        for id in governance.policy.rules:
            at = governance.policy.key("rules", id)
            yield Thing(global_address("policy-rule", id), "policy-rule", id, GLOBAL, at)


def _objects(spec: Spec) -> Iterator[Thing]:
    """What has fields is an object; the users of a system are one without any."""
    seen = set()
    for own in spec.owns:
        for field in own.fields.values():
            if field.object not in seen:
                seen.add(field.object)
                at = field.at()._replace(route=())
                yield Thing(global_address("object", field.object), "object", field.object, GLOBAL, at)
