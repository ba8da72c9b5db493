"""Global backbone plus nested overlays: what holds in each region, and where every attribute comes from.

Merging follows what an overlay may do and takes no notice of anything else: what an overlay may not do is for the
rules to say. A region without an overlay of a thing shares the very object with its parent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import msgspec

from abmspec import condition
from abmspec.model.entity import GLOBAL, Deprecation, Entity
from abmspec.model.playbook import Content, Cta, Play
from abmspec.model.region import PicklistOverlay, Region
from abmspec.model.spec import Overlay, Spec, carries_prefix
from abmspec.model.taxonomy import Field, Picklist, PrivacyRule, RoutedRole, Routing, Segment, Tiers, Value
from abmspec.source import Anchor

T = TypeVar("T")
Origins = Mapping[str, tuple[Anchor, ...]]


@dataclass(frozen=True, slots=True)
class View:
    """What holds in one scope: `global`, or a region with all it inherits.

    Picklists keep hidden values; `hidden_values` (by picklist) and `hidden_fields` name what is not offered here.
    `origins` maps the address of an attribute, without the region (`picklist.industry.value.fintech.labels.fr`), to the
    anchors that set it, the one that holds first and what it overrode after it. Only what an overlay touched is in it.
    """

    scope: str
    picklists: dict[str, Picklist]
    hidden_values: dict[str, frozenset[str]]
    fields: dict[str, Field]
    hidden_fields: frozenset[str]
    segments: dict[str, Segment]
    tiers: Tiers | None
    routing: Routing | None
    privacy: dict[str, PrivacyRule]
    plays: dict[str, Play]
    content: dict[str, Content]
    ctas: dict[str, Cta]
    origins: Origins

    def offered(self, picklist: str) -> dict[str, Value]:
        """The picklist's values that records here may take: in use and not hidden."""
        hidden = self.hidden_values.get(picklist, frozenset())
        values = self.picklists[picklist].values
        return {id: value for id, value in values.items() if value.in_use and id not in hidden}

    @property
    def definitions(self) -> dict[str, condition.Condition]:
        """The segments' conditions by id, for `condition.expand`."""
        return {id: segment.when for id, segment in self.segments.items() if segment.when is not None}

    def picklist_of(self, field: str) -> Picklist | None:
        """The picklist of a field by name (`account.industry`); None if it has none or is unknown here."""
        known = self.fields.get(field)
        return self.picklists.get(known.picklist) if known and known.picklist else None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The spec in every scope. `regions` has every region, pilots too, parents before children."""

    spec: Spec
    backbone: View
    regions: dict[str, View]

    @property
    def views(self) -> tuple[View, ...]:
        """The global view, then each region's."""
        return (self.backbone, *self.regions.values())

    def view(self, scope: str) -> View:
        """The view of `global` or of a region. KeyError for one that does not exist."""
        return self.backbone if scope == GLOBAL else self.regions[scope]

    def deployed_regions(self) -> tuple[Region, ...]:
        """Regions whose own things reach systems: live, and suspended ones (inactive there). Never under a pilot."""
        spec = self.spec
        return tuple(
            region
            for region in spec.regions.values()
            if all(spec.regions[above].stage != "pilot" for above in spec.ancestors(region.id))
        )

    def is_suspended(self, region: str) -> bool:
        """Whether the region or one above it is suspended."""
        return any(self.spec.regions[above].stage == "suspended" for above in self.spec.ancestors(region))

    def find_picklist(self, id: str) -> tuple[View, Picklist] | None:
        """A picklist wherever it is defined: the view of its own scope, and itself."""
        for view in self.views:
            found = view.picklists.get(id)
            if found is not None:
                return view, found
        return None

    def conditions(self) -> Iterator[Predicate]:
        """Every condition of the spec, once, in the scope that wrote it."""
        yield from _conditions(self)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A condition in its place: whose it is, in which scope, about which object's records."""

    address: str
    at: Anchor
    scope: str
    object: str
    when: condition.Condition


def resolve(spec: Spec) -> Resolved:
    """Every scope's view. Pure; the same spec gives equal views."""
    own = spec.own
    backbone = View(
        scope=GLOBAL,
        picklists=own.picklists,
        hidden_values={},
        fields=own.fields,
        hidden_fields=frozenset(),
        segments=own.segments,
        tiers=spec.tiers,
        routing=spec.routing,
        privacy=own.privacy,
        plays=own.plays,
        content=own.content,
        ctas=own.ctas,
        origins={},
    )
    regions: dict[str, View] = {}
    for region in spec.regions.values():
        parent = regions[region.parent] if region.parent else backbone
        regions[region.id] = _Merge(parent, region, spec.overlays[region.id]).view()
    return Resolved(spec, backbone, regions)


class _Merge:
    """One overlay over its parent's view. Lives for one region."""

    def __init__(self, parent: View, region: Region, overlay: Overlay) -> None:
        self.parent = parent
        self.region = region
        self.overlay = overlay
        self.origins: dict[str, tuple[Anchor, ...]] = {}

    def view(self) -> View:
        parent, overlay = self.parent, self.overlay
        picklists = {**parent.picklists, **overlay.own.picklists}
        hidden_values = dict(parent.hidden_values)
        for id, change in overlay.picklists.items():
            if id in parent.picklists:
                picklists[id] = self._picklist(parent.picklists[id], change)
                hidden_values[id] = hidden_values.get(id, frozenset()).union(change.hide)
        merged = replace(
            parent,
            scope=self.region.id,
            picklists=picklists,
            hidden_values=hidden_values,
            fields=self._fields(),
            hidden_fields=self._hidden_fields(),
            segments=self._segments(picklists),
            tiers=self._tiers(),
            routing=self._routing(),
            privacy={**parent.privacy, **overlay.own.privacy},
            plays=self._plays(),
            content=self._content(),
            ctas={**parent.ctas, **overlay.own.ctas},
        )
        return replace(merged, origins={**parent.origins, **self.origins} if self.origins else parent.origins)

    def _set(self, attribute: str, at: Anchor, before: Anchor | None) -> None:
        """Records that `at` now holds `attribute` and what it overrode, if anything."""
        earlier = self.parent.origins.get(attribute) or ((before,) if before else ())
        self.origins[attribute] = (at, *earlier)

    def _labels(self, thing: Entity, change: Entity) -> dict[str, str]:
        """The thing's texts with the overlay's nearest; each remembered with its origin."""
        for language in change.labels:
            before = thing.at("labels", language) if language in thing.labels else None
            name = f"{thing.noun}.{thing.name}.labels.{language}"
            self._set(name, change.at("labels", language), before)
        return {**thing.labels, **change.labels}

    # -------------------------------------------------------------- picklists

    def _picklist(self, picklist: Picklist, change: PicklistOverlay) -> Picklist:
        values = dict(picklist.values)
        added: dict[str, Value] = {}
        for id, value in change.values.items():
            if carries_prefix(id, self.region.id):
                added[id] = value
                self._set(f"picklist.{picklist.id}.value.{id}", change.at("values", id), None)
            elif id in values:
                values[id] = self._value(picklist, id, values[id], change, value)
        for id in change.hide:
            self._set(f"picklist.{picklist.id}.value.{id}.hidden", change.at("hide"), None)
        labels = self._labels(picklist, change)
        return msgspec.structs.replace(picklist, values=_in_order(values, added), labels=labels)

    def _value(
        self, picklist: Picklist, id: str, value: Value, change: PicklistOverlay, said: Value
    ) -> Value:
        """A value from above with the overlay's texts."""
        address = f"picklist.{picklist.id}.value.{id}"
        holder = Anchor(value.path or picklist.path, ("values", id))
        for language in said.labels:
            before = holder.child("labels", language) if language in value.labels else None
            self._set(f"{address}.labels.{language}", change.at("values", id, "labels", language), before)
        return msgspec.structs.replace(value, labels={**value.labels, **said.labels})

    # -------------------------------------------------------------- fields

    def _fields(self) -> dict[str, Field]:
        if not self.overlay.fields and not self.overlay.own.fields:
            return self.parent.fields
        fields = {**self.parent.fields, **self.overlay.own.fields}
        for overlay in self.overlay.fields.values():
            for id, change in overlay.tightened.items():
                name = f"{overlay.object}.{id}"
                base = self.parent.fields.get(name)
                if base is None:
                    continue
                if change.required and not base.required:
                    self._set(f"field.{name}.required", change.at("required"), base.at("required"))
                fields[name] = msgspec.structs.replace(
                    base, labels=self._labels(base, change), required=base.required or change.required
                )
        return fields

    def _hidden_fields(self) -> frozenset[str]:
        """Hidden fields by name. What is locked (`backbone`) stays."""
        hidden = set(self.parent.hidden_fields)
        for overlay in self.overlay.fields.values():
            for id in overlay.hide:
                name = f"{overlay.object}.{id}"
                base = self.parent.fields.get(name)
                if base is not None and not base.backbone:
                    hidden.add(name)
                    self._set(f"field.{name}.hidden", overlay.at("hide"), None)
        return frozenset(hidden)

    # -------------------------------------------------------------- segments, tiers, routing

    def _segments(self, picklists: dict[str, Picklist]) -> dict[str, Segment]:
        segments = {**self.parent.segments, **self.overlay.own.segments}
        for id, change in self.overlay.segments.items():
            base = self.parent.segments.get(id)
            if base is None:
                continue
            merged = msgspec.structs.replace(base, labels=self._labels(base, change))
            if change.use_instead:
                merged = msgspec.structs.replace(
                    merged,
                    when=self._driven(base, change.use_instead, picklists),
                    use_instead={**base.use_instead, **change.use_instead},
                    reason=change.reason,
                )
                self._set(f"segment.{id}.when", change.at("use_instead"), base.at("when"))
                self._set(f"segment.{id}.use_instead", change.at("use_instead"), None)
                self._set(f"segment.{id}.reason", change.at("reason"), None)
            segments[id] = merged
        return segments

    def _driven(
        self, segment: Segment, use_instead: dict[str, str], picklists: dict[str, Picklist]
    ) -> condition.Condition | None:
        """The segment's condition by other fields; as it was where that cannot be said (a rule reports it)."""
        if segment.when is None:
            return None
        try:
            return drive(segment.when, use_instead, self.parent.fields | self.overlay.own.fields, picklists)
        except condition.NoCounterpart:
            return segment.when

    def _tiers(self) -> Tiers | None:
        base, change = self.parent.tiers, self.overlay.tiers
        if base is None or change is None:
            return base
        tiers = dict(base.tiers)
        for id, capacity in change.capacity.items():
            if id in tiers:
                self._set(f"tier.{id}.capacity", change.at("capacity", id), base.at("tiers", id, "capacity"))
                tiers[id] = msgspec.structs.replace(tiers[id], capacity=capacity)
        factors = dict(base.factors)
        for id, weight in change.weights.items():
            if id in factors:
                self._set(
                    f"tiers.factors.{id}.weight", change.at("weights", id), base.at("factors", id, "weight")
                )
                factors[id] = msgspec.structs.replace(factors[id], weight=weight)
        return msgspec.structs.replace(base, tiers=tiers, factors=factors)

    def _routing(self) -> Routing | None:
        base, change = self.parent.routing, self.overlay.routing
        if base is None or change is None:
            return base
        roles = dict(base.roles)
        for id, role in change.roles.items():
            if id in roles:
                roles[id] = _prepended(role, roles[id])
                for kind in ("rules", "territories"):
                    for name in getattr(role, kind):
                        self._set(f"routing.{id}.{kind}.{name}", change.at("roles", id, kind, name), None)
        return msgspec.structs.replace(base, roles=roles)

    # -------------------------------------------------------------- playbooks

    def _plays(self) -> dict[str, Play]:
        plays = {**self.parent.plays, **self.overlay.own.plays}
        for id, change in self.overlay.plays.items():
            base = self.parent.plays.get(id)
            if base is None:
                continue
            steps = dict(base.steps)
            for name, step in change.steps.items():
                if name not in steps:
                    continue
                self._set(f"play.{id}.steps.{name}", change.at("steps", name), base.at("steps", name))
                if step.skip:
                    del steps[name]
                elif step.day is not None:
                    steps[name] = msgspec.structs.replace(steps[name], day=step.day)
            for slot in change.content:
                before = base.at("slots", slot) if slot in base.slots else None
                self._set(f"play.{id}.content.{slot}", change.at("content", slot), before)
            for date in ("starts", "ends"):
                if getattr(change, date):
                    self._set(f"play.{id}.{date}", change.at(date), base.at(date))
            plays[id] = msgspec.structs.replace(
                base,
                labels=self._labels(base, change),
                steps=steps,
                localized={**base.localized, **change.content},
                starts=change.starts or base.starts,
                ends=change.ends or base.ends,
            )
        return plays

    def _content(self) -> dict[str, Content]:
        content = {**self.parent.content, **self.overlay.own.content}
        for id, change in self.overlay.content.items():
            base = self.parent.content.get(id)
            if base is None:
                continue
            for locale in change.locales:
                before = base.at("locales", locale) if locale in base.locales else None
                self._set(f"content.{id}.locales.{locale}", change.at("locales", locale), before)
            content[id] = msgspec.structs.replace(base, locales={**base.locales, **change.locales})
        return content


def _in_order(values: dict[str, Value], added: dict[str, Value]) -> dict[str, Value]:
    """The values with the added ones at the end, or right behind the one that their `after` names."""
    if not added:
        return values
    ids = list(values)
    behind: dict[str, int] = {}
    for id, value in added.items():
        if value.after in ids:
            place = ids.index(value.after) + 1 + behind.get(value.after, 0)
            behind[value.after] = behind.get(value.after, 0) + 1
            ids.insert(place, id)
        else:
            ids.append(id)
    everything = {**values, **added}
    return {id: everything[id] for id in ids}


# Steps of a routing order that answer for what no rule decided.
LAST_STEPS = ("enrichment", "territory")


def _prepended(role: RoutedRole, base: RoutedRole) -> RoutedRole:
    """The parent's role with a region's rules and territories tried first."""
    order = base.order
    own_rules = tuple(id for id in role.rules if id not in order)
    if own_rules:
        before = (*base.rules, *LAST_STEPS)
        at = min((order.index(id) for id in before if id in order), default=len(order))
        order = (*order[:at], *own_rules, *order[at:])
    return msgspec.structs.replace(
        base,
        order=order,
        rules={**role.rules, **{id: rule for id, rule in base.rules.items() if id not in role.rules}},
        territories={
            **role.territories,
            **{id: where for id, where in base.territories.items() if id not in role.territories},
        },
    )


def drive(
    when: condition.Condition,
    use_instead: Mapping[str, str],
    fields: Mapping[str, Field],
    picklists: Mapping[str, Picklist],
) -> condition.Condition:
    """The condition by other fields: a number's bounds become the bands that cover them exactly.

    Raises condition.NoCounterpart where the other field cannot tell what is asked.
    """
    replacements = {old: _replacement(old, new, fields, picklists) for old, new in use_instead.items()}
    return condition.substitute(when, replacements)


def _replacement(
    old: str, new: str, fields: Mapping[str, Field], picklists: Mapping[str, Picklist]
) -> condition.Replacement:
    """How the new field answers for the old one: by bands of its number, by finer values, or with the same values."""
    field, replaced = fields.get(new), fields.get(old)
    picklist = picklists.get(field.picklist) if field else None
    if picklist is None:
        return condition.Replacement(new)
    active = {id: value for id, value in picklist.values.items() if value.status == "active"}
    if picklist.bands_of == old:
        # A region's band nests in a global one, which a condition on the global one covers.
        bands = {id: (value.from_, value.to) for id, value in active.items() if not value.maps_to}
        return condition.Replacement(new, bands=bands)
    if replaced is not None and picklist.rolls_up_to and picklist.rolls_up_to == replaced.picklist:
        return condition.Replacement(new, rolls_up={id: value.maps_to for id, value in active.items()})
    return condition.Replacement(new)


def _conditions(resolved: Resolved) -> Iterator[Predicate]:
    spec = resolved.spec
    yield from _segment_conditions(spec)
    yield from _split_conditions(spec)
    if spec.icp is not None:
        yield Predicate(spec.icp.address, spec.icp.at("when"), GLOBAL, "account", spec.icp.when)
    yield from _lifecycle_conditions(spec)
    if spec.routing is not None:
        yield from _routing_conditions(spec.routing, spec.routing.roles, GLOBAL)
    for id, overlay in spec.overlays.items():
        if overlay.routing is not None:
            yield from _routing_conditions(overlay.routing, overlay.routing.roles, id)
    for kpi in spec.kpis.values():
        for name, measure in (("numerator", kpi.numerator), ("denominator", kpi.denominator)):
            if measure is not None and measure.when is not None:
                yield Predicate(kpi.address, kpi.at(name, "when"), GLOBAL, measure.object, measure.when)


def _segment_conditions(spec: Spec) -> Iterator[Predicate]:
    for own in spec.owns:
        for segment in own.segments.values():
            if segment.when is not None:
                yield Predicate(segment.address, segment.at("when"), segment.scope, "account", segment.when)


def _split_conditions(spec: Spec) -> Iterator[Predicate]:
    """The conditions that split what is deprecated, values and everything else."""
    objects = _objects_of_lists(spec)
    for entity in spec.entities():
        object_ = entity.object if isinstance(entity, Field) else "account"
        yield from _branches(entity, entity.address, entity.at(), entity.deprecated, object_)
        if isinstance(entity, Picklist):
            yield from _successions(entity, entity.values, objects.get(entity.id, "account"))
    for overlay in spec.overlays.values():
        for change in overlay.picklists.values():
            yield from _successions(change, change.values, objects.get(change.id, "account"))
    if spec.tiers is not None:
        for id, tier in spec.tiers.tiers.items():
            at = spec.tiers.at("tiers", id)
            yield from _branches(spec.tiers, f"tier.{id}", at, tier.deprecated, "account")


def _objects_of_lists(spec: Spec) -> dict[str, str]:
    """By picklist, the object whose records hold its values: accounts where several do."""
    objects: dict[str, str] = {}
    for own in spec.owns:
        for field in own.fields.values():
            if field.picklist and objects.setdefault(field.picklist, field.object) != field.object:
                objects[field.picklist] = "account"
    return objects


def _lifecycle_conditions(spec: Spec) -> Iterator[Predicate]:
    lifecycle = spec.lifecycle
    if lifecycle is None:
        return
    for id, stage in lifecycle.stages.items():
        if stage.enter is not None:
            at = lifecycle.at("stages", id, "enter")
            yield Predicate(f"lifecycle.stage.{id}", at, GLOBAL, "account", stage.enter)
    for id, points in lifecycle.lead_scoring.actions.items() if lifecycle.lead_scoring else ():
        if points.when is not None:
            at = lifecycle.at("lead_scoring", "actions", id, "when")
            yield Predicate(lifecycle.address, at, GLOBAL, "contact", points.when)


def _successions(thing: Entity, values: Mapping[str, Value], object_: str) -> Iterator[Predicate]:
    """The conditions that split a deprecated value."""
    for id, value in values.items():
        if value.deprecated is not None:
            address, at = f"{thing.address}.value.{id}", thing.at("values", id)
            yield from _branches(thing, address, at, value.deprecated, object_)


def _branches(
    thing: Entity, address: str, at: Anchor, deprecation: Deprecation | None, object_: str
) -> Iterator[Predicate]:
    if deprecation is None or isinstance(deprecation.replaced_by, str):
        return
    for index, branch in enumerate(deprecation.replaced_by):
        if branch.when is not None:
            place = at.child("deprecated", "replaced_by", index, "when")
            yield Predicate(address, place, thing.scope, object_, branch.when)


def _routing_conditions(thing: Entity, roles: Mapping[str, RoutedRole], scope: str) -> Iterator[Predicate]:
    for id, role in roles.items():
        for name, rule in role.rules.items():
            if rule.when is not None:
                at = thing.at("roles", id, "rules", name, "when")
                yield Predicate(f"{thing.address}.{id}.rule.{name}", at, scope, "account", rule.when)
        for name, territory in role.territories.items():
            if territory.when is not None:
                at = thing.at("roles", id, "territories", name, "when")
                yield Predicate(
                    f"{thing.address}.{id}.territory.{name}", at, scope, "account", territory.when
                )
