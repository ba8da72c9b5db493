"""What the backbone refers to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from abmspec import condition
from abmspec.model.entity import Deprecation, Entity, Living
from abmspec.model.region import PicklistOverlay
from abmspec.model.spec import Own
from abmspec.model.taxonomy import (
    BuyingGroups,
    Charter,
    Example,
    Field,
    Icp,
    Jurisdictions,
    Kpi,
    Lifecycle,
    Picklist,
    PrivacyRule,
    RoutedRole,
    Routing,
    Segment,
    Systems,
    Tiers,
    Value,
    qualified,
)  # fmt: skip
from abmspec.references.finder import Finder
from abmspec.references.reference import Reference
from abmspec.resolve import Predicate
from abmspec.source import Anchor

RETIRED = "retired"
ACTIVITY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def of_life(finder: Finder, entity: Entity) -> Iterator[Reference]:
    """What an entity's life and ownership name: its owner, its successors, what it was before."""
    if entity.owner:
        at = finder.owner(entity)
        if at is not None:
            yield finder.refer(entity, at, "owner", "role", entity.owner)
    prefix = f"{entity.object}." if isinstance(entity, Field) else ""
    yield from of_living(
        finder, entity.address, entity.at(), entity, entity.noun, scope=entity.scope, prefix=prefix
    )


def of_living(
    finder: Finder,
    source: str,
    at: Anchor,
    living: Living,
    kind: str,
    *,
    scope: str,
    within: str = "",
    prefix: str = "",
) -> Iterator[Reference]:
    """Successors and predecessor of anything with a life.

    `at` is the place of the thing itself, `prefix` what full names have before the ids that it states.
    """
    if living.renamed_from:
        where, name = at.child("renamed_from"), prefix + living.renamed_from
        yield finder.refer(source, where, "renamed_from", kind, name, scope=scope, within=within)
    if living.deprecated is not None:
        for where, id in successors(living.deprecated, at):
            yield finder.refer(source, where, "replaced_by", kind, prefix + id, scope=scope, within=within)


def successors(deprecation: Deprecation, at: Anchor) -> Iterator[tuple[Anchor, str]]:
    """Each id that takes over, with its place."""
    here = at.child("deprecated", "replaced_by")
    if isinstance(deprecation.replaced_by, str):
        if deprecation.replaced_by:
            yield here, deprecation.replaced_by
        return
    for index, branch in enumerate(deprecation.replaced_by):
        yield here.child(index, "value"), branch.value


def of_own(finder: Finder, own: Own) -> Iterator[Reference]:
    """The things of one scope that belong to the taxonomy: global ones, or a region's own."""
    for picklist in own.picklists.values():
        yield from of_picklist(finder, picklist)
    for field in own.fields.values():
        yield from of_field(finder, field)
    for segment in own.segments.values():
        yield from of_segment(finder, segment)
    for rule in own.privacy.values():
        yield from of_privacy(finder, rule)


def of_picklist(finder: Finder, picklist: Picklist) -> Iterator[Reference]:
    yield from of_life(finder, picklist)
    if picklist.status == RETIRED:
        return
    yield from finder.keys(picklist, "systems", "system", picklist.systems, "systems")
    yield from finder.one(picklist, "bands_of", "field", picklist.bands_of, "bands_of")
    yield from finder.one(
        picklist, "when_unknown", "value", picklist.when_unknown, "when_unknown", within=picklist.id
    )
    yield from finder.one(picklist, "rolls_up_to", "picklist", picklist.rolls_up_to, "rolls_up_to")
    yield from of_values(finder, picklist, picklist.values, picklist.rolls_up_to)


def of_values(
    finder: Finder, holder: Picklist | PicklistOverlay, values: Mapping[str, Value], parents: str
) -> Iterator[Reference]:
    """What values name. `parents` is the list that `maps_to` speaks of; each system is named once a list."""
    systems: set[str] = set()
    for id, value in values.items():
        new = value.systems.keys() - systems
        if not (
            new or value.maps_to or value.deprecated or value.renamed_from or value.after or value.allowed_for
        ):
            continue  # Of twenty thousand values, nearly all.
        systems |= new
        yield from _of_value(finder, holder, id, value, parents, sorted(new))


def _of_value(
    finder: Finder,
    holder: Picklist | PicklistOverlay,
    id: str,
    value: Value,
    parents: str,
    systems: list[str],
) -> Iterator[Reference]:
    source, at = f"{holder.address}.value.{id}", holder.at("values", id)
    scope, list_ = holder.scope, holder.id
    yield from of_living(finder, source, at, value, "value", scope=scope, within=list_)
    if value.status == RETIRED:
        return
    for system in systems:
        where = at.child("systems", system, on_key=True)
        yield finder.refer(source, where, "systems", "system", system, scope=scope)
    if value.maps_to:
        where = at.child("maps_to")
        yield finder.refer(source, where, "maps_to", "value", value.maps_to, scope=scope, within=parents)
    for index, parent in enumerate(value.allowed_for):
        where = at.child("allowed_for", index)
        yield finder.refer(source, where, "allowed_for", "value", parent, scope=scope, within=parents)
    if value.after:
        where = at.child("after")
        yield finder.refer(source, where, "after", "value", value.after, scope=scope, within=list_)


def of_field(finder: Finder, field: Field) -> Iterator[Reference]:
    yield from of_life(finder, field)
    if field.status == RETIRED:
        return
    for how, kind, id in (
        ("picklist", "picklist", field.picklist),
        ("to", "object", field.to),
        ("detail_of", "field", qualified(field.detail_of, field.object) if field.detail_of else ""),
        ("depends_on", "field", qualified(field.depends_on, field.object) if field.depends_on else ""),
        ("system_of_record", "system", field.system_of_record),
        ("quality_owner", "role", field.quality_owner),
        ("change_route", "raci", field.change_route if ACTIVITY.fullmatch(field.change_route) else ""),
    ):
        if id:
            yield finder.refer(field, finder.stated(field, how) or field.at(how), how, kind, id)
    if field.derived is not None:
        for how in ("band_of", "count_distinct", "count", "sum", "latest"):
            yield from of_input(finder, field, "derived", getattr(field.derived, how), "derived", how)
    for system in field.systems:
        at = finder.stated(field, "systems", system) or field.at("systems", system)
        yield finder.refer(field, at.key(), "systems", "system", system)


def of_input(finder: Finder, entity: Entity, how: str, name: str, *route: str | int) -> Iterator[Reference]:
    """A field, or an object whose records are counted."""
    if not name:
        return
    if "." not in name and isinstance(entity, Field) and route[-1] != "count":
        name = qualified(name, entity.object)
    yield finder.refer(entity, entity.at(*route), how, "field" if "." in name else "object", name)


def of_segment(finder: Finder, segment: Segment) -> Iterator[Reference]:
    yield from of_life(finder, segment)
    if segment.status == RETIRED:
        return
    yield from finder.one(segment, "decision", "decision", segment.decision, "decision")
    yield from finder.one(segment, "within", "segment", segment.within, "within")
    yield from finder.each(segment, "kpis", "kpi", segment.kpis, "kpis")
    yield from of_use_instead(finder, segment, segment.use_instead)


def of_use_instead(finder: Finder, entity: Entity, fields: Mapping[str, str]) -> Iterator[Reference]:
    """The fields that are replaced, and those that stand in for them."""
    for old, new in fields.items():
        yield finder.refer(entity, entity.key("use_instead", old), "use_instead", "field", old)
        yield finder.refer(entity, entity.at("use_instead", old), "use_instead", "field", new)


def of_privacy(finder: Finder, rule: PrivacyRule) -> Iterator[Reference]:
    yield from of_life(finder, rule)
    yield from finder.one(rule, "jurisdiction", "jurisdiction", rule.jurisdiction, "jurisdiction")
    yield from finder.one(rule, "counsel_owner", "role", rule.counsel_owner, "counsel_owner")
    if rule.applies_to is not None:
        yield from finder.each(rule, "applies_to", "field", rule.applies_to.fields, "applies_to", "fields")


def of_singles(finder: Finder) -> Iterator[Reference]:
    """The things that exist once, and the KPIs."""
    spec = finder.spec
    for kpi in spec.kpis.values():
        yield from _kpi(finder, kpi)
    for single, collect in (
        (spec.charter, _charter),
        (spec.icp, _icp),
        (spec.tiers, _tiers),
        (spec.lifecycle, _lifecycle),
        (spec.buying_groups, _buying_groups),
        (spec.routing, _routing),
        (spec.jurisdictions, _jurisdictions),
        (spec.systems, _systems),
    ):
        if single is not None:
            collector: Callable[[Finder, Any], Iterator[Reference]] = collect
            yield from collector(finder, single)


def _icp(finder: Finder, icp: Icp) -> Iterator[Reference]:
    yield from of_life(finder, icp)
    yield from _examples(finder, icp, icp.examples, "examples")


def _routing(finder: Finder, routing: Routing) -> Iterator[Reference]:
    yield from of_routing(finder, routing, routing.roles)
    for object_, order in routing.region_of.items():
        yield from _region_of(finder, routing, object_, order)


def _jurisdictions(finder: Finder, jurisdictions: Jurisdictions) -> Iterator[Reference]:
    yield from of_life(finder, jurisdictions)
    for id, jurisdiction in jurisdictions.jurisdictions.items():
        if jurisdiction.within:
            at = jurisdictions.at("jurisdictions", id, "within")
            yield finder.refer(f"jurisdiction.{id}", at, "within", "jurisdiction", jurisdiction.within)


def _examples(
    finder: Finder, entity: Entity, examples: Mapping[str, Example], *route: str
) -> Iterator[Reference]:
    """Fields of made-up records, and the values that they hold."""
    for id, example in examples.items():
        for field, held in example.record.items():
            at = entity.at(*route, id, "record", field)
            yield finder.refer(entity, at.key(), "examples", "field", field)
            list_ = finder.list_of(field, entity.scope)
            several = held if isinstance(held, tuple) else (held,)
            for index, value in enumerate(several if list_ else ()):
                if isinstance(value, str):
                    where = at.child(index) if isinstance(held, tuple) else at
                    yield finder.refer(entity, where, "examples", "value", value, within=list_)


def _charter(finder: Finder, charter: Charter) -> Iterator[Reference]:
    yield from of_life(finder, charter)
    for id, outcome in charter.outcomes.items():
        if outcome.kpi:
            source = f"charter.outcome.{id}"
            yield finder.refer(source, charter.at("outcomes", id, "kpi"), "kpi", "kpi", outcome.kpi)
    for id, objective in charter.objectives.items():
        source = f"charter.objective.{id}"
        at = charter.at("objectives", id)
        if objective.outcome:
            yield finder.refer(source, at.child("outcome"), "outcome", "outcome", objective.outcome)
        if objective.owner:
            yield finder.refer(source, at.child("owner"), "owner", "role", objective.owner)
    yield from finder.each(charter, "success_metrics", "kpi", charter.success_metrics, "success_metrics")
    for concept, field in charter.non_negotiable.items():
        at = charter.at("non_negotiable", concept)
        yield finder.refer(charter, at, "non_negotiable", "field", field)
    for id, signed in charter.sign_off.items():
        yield finder.refer(charter, charter.at("sign_off", id, "role"), "sign_off", "role", signed.role)
        if signed.scope != "global":
            at = charter.at("sign_off", id, "scope")
            yield finder.refer(charter, at, "sign_off", "region", signed.scope)


def _tiers(finder: Finder, tiers: Tiers) -> Iterator[Reference]:
    yield from of_life(finder, tiers)
    yield from finder.one(tiers, "nominate", "role", tiers.nominate, "nominate")
    yield from finder.one(tiers, "approve", "role", tiers.approve, "approve")
    for id, factor in tiers.factors.items():
        source = f"tiers.factor.{id}"
        if factor.field:
            yield finder.refer(source, tiers.at("factors", id, "field"), "field", "field", factor.field)
        for index, name in enumerate(factor.fields):
            yield finder.refer(source, tiers.at("factors", id, "fields", index), "fields", "field", name)
        lists = {finder.list_of(name, tiers.scope) for name in factor.inputs} - {""}
        if len(lists) == 1:
            (list_,) = lists
            for value in factor.scores:
                at = tiers.key("factors", id, "scores", value)
                yield finder.refer(source, at, "scores", "value", value, within=list_)
    for id, tier in tiers.tiers.items():
        source = f"tier.{id}"
        yield from of_living(finder, source, tiers.at("tiers", id), tier, "tier", scope=tiers.scope)
        for index, kpi in enumerate(tier.kpis):
            yield finder.refer(source, tiers.at("tiers", id, "kpis", index), "kpis", "kpi", kpi)
        yield from _examples(finder, tiers, tier.examples, "tiers", id, "examples")


def _lifecycle(finder: Finder, lifecycle: Lifecycle) -> Iterator[Reference]:
    yield from of_life(finder, lifecycle)
    yield finder.refer(lifecycle, lifecycle.at("field"), "field", "field", lifecycle.field)
    list_ = finder.list_of(lifecycle.field, lifecycle.scope)
    for id, stage in lifecycle.stages.items():
        source, at = f"lifecycle.stage.{id}", lifecycle.at("stages", id)
        yield from of_living(finder, source, at, stage, "stage", scope=lifecycle.scope)
        if list_ and stage.status != RETIRED:
            yield finder.refer(source, at.key(), "stages", "value", id, within=list_)
        if stage.owner:
            yield finder.refer(source, at.child("owner"), "owner", "role", stage.owner)
        if stage.sla is not None:
            yield finder.refer(source, at.child("sla", "owner"), "sla", "role", stage.sla.owner)
    for id, sla in lifecycle.slas.items():
        yield finder.refer(lifecycle, lifecycle.at("slas", id, "owner"), "sla", "role", sla.owner)


def _buying_groups(finder: Finder, groups: BuyingGroups) -> Iterator[Reference]:
    yield from of_life(finder, groups)
    yield finder.refer(groups, groups.at("field"), "field", "field", groups.field)
    list_ = finder.list_of(groups.field, groups.scope)
    if list_:
        used = [id for id, role in groups.roles.items() if role.status != RETIRED]
        yield from finder.keys(groups, "roles", "value", used, "roles", within=list_)
    for tier, coverage in groups.coverage.items():
        yield finder.refer(groups, groups.key("coverage", tier), "coverage", "tier", tier)
        if list_:
            yield from finder.each(
                groups, "coverage", "value", coverage.roles, "coverage", tier, "roles", within=list_
            )


def of_routing(finder: Finder, routing: Entity, roles: Mapping[str, RoutedRole]) -> Iterator[Reference]:
    """The global routing, or a region's part of it."""
    yield from of_life(finder, routing)
    for id, role in roles.items():
        yield finder.refer(routing, routing.key("roles", id), "roles", "role", id)
        for name, rule in role.rules.items():
            source = f"{routing.address}.{id}.rule.{name}"
            at = routing.at("roles", id, "rules", name)
            if rule.keep:
                yield finder.refer(source, at.child("keep"), "keep", "field", rule.keep, scope=routing.scope)
            if rule.to:
                yield finder.refer(source, at.child("to"), "to", "role", rule.to, scope=routing.scope)
        for name, territory in role.territories.items():
            source = f"{routing.address}.{id}.territory.{name}"
            at = routing.at("roles", id, "territories", name, "to")
            yield finder.refer(source, at, "to", "role", territory.to, scope=routing.scope)
        if role.on_conflict is not None:
            at = routing.at("roles", id, "on_conflict")
            yield finder.refer(routing, at.child("agree"), "on_conflict", "role", role.on_conflict.agree)
            yield finder.refer(routing, at.child("else"), "on_conflict", "role", role.on_conflict.else_)


def _region_of(finder: Finder, routing: Routing, object_: str, order: tuple[str, ...]) -> Iterator[Reference]:
    yield finder.refer(routing, routing.key("region_of", object_), "region_of", "object", object_)
    for index, name in enumerate(order):
        if name != "claims":
            kind = "field" if "." in name else "object"
            yield finder.refer(routing, routing.at("region_of", object_, index), "region_of", kind, name)


def _systems(finder: Finder, systems: Systems) -> Iterator[Reference]:
    yield from of_life(finder, systems)
    for id, system in systems.systems.items():
        source, at = f"system.{id}", systems.at("systems", id)
        yield from of_living(finder, source, at, system, "system", scope=systems.scope)
        if system.status == RETIRED:
            continue
        if system.owner:
            yield finder.refer(source, at.child("owner"), "owner", "role", system.owner)
        if system.keys_from:
            yield finder.refer(source, at.child("keys_from"), "keys_from", "system", system.keys_from)
        for index, region in enumerate(system.regions):
            yield finder.refer(source, at.child("regions", index), "regions", "region", region)


def _kpi(finder: Finder, kpi: Kpi) -> Iterator[Reference]:
    yield from of_life(finder, kpi)
    if kpi.status == RETIRED:
        return
    yield from finder.one(kpi, "objective", "objective", kpi.objective, "objective")
    yield from finder.keys(
        kpi, "targets", "region", (scope for scope in kpi.targets if scope != "global"), "targets"
    )
    yield from finder.each(kpi, "tiers", "tier", kpi.tiers, "tiers")
    for name, measure in (("numerator", kpi.numerator), ("denominator", kpi.denominator)):
        if measure is not None:
            for how in ("count", "count_distinct", "sum", "average"):
                yield from of_input(finder, kpi, name, getattr(measure, how), name, how)


def of_condition(finder: Finder, predicate: Predicate) -> Iterator[Reference]:
    """Everything that a condition names: fields and their values, segments, tiers, regions, objects."""
    for route, node in condition.walk(predicate.when):
        at = predicate.at.child(*route)
        named: list[tuple[Anchor, str, str, str]] = []
        match node:
            case condition.Compare(field, operator, operand):
                named.append((at.child("field"), "field", field, ""))
                list_ = finder.list_of(field, predicate.scope)
                if isinstance(operand, tuple):
                    held = [(at.child(operator, index), value) for index, value in enumerate(operand)]
                else:
                    held = [(at.child(operator), operand)] if operator == "is" else []
                named += [
                    (where, "value", value, list_)
                    for where, value in held
                    if list_ and isinstance(value, str)
                ]
            case condition.InSegment(segment):
                named.append((at.child("segment"), "segment", segment, ""))
            case condition.InTier(tiers):
                named += [(at.child("tier", index), "tier", tier, "") for index, tier in enumerate(tiers)]
            case condition.InRegion(regions):
                named += [
                    (at.child("region", index), "region", region, "") for index, region in enumerate(regions)
                ]
            case condition.Exists(object_, _, _):
                named.append((at.child("exists"), "object", object_, ""))
        for where, kind, id, within in named:
            yield finder.refer(
                predicate.address, where, "when", kind, id, scope=predicate.scope, within=within
            )
