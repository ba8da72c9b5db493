"""Who feels a change: regions that see the thing otherwise, what depends on it, systems that store it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import msgspec

from abmspec import condition
from abmspec.address import GLOBAL, split_region
from abmspec.diff.both import Both, Pair
from abmspec.diff.change import ChangeClass, Impact, SystemImpact
from abmspec.diff.inventory import Item
from abmspec.diff.stored import Effect
from abmspec.model.entity import Entity
from abmspec.model.playbook import Experiment
from abmspec.model.region import FieldsOverlay, PicklistOverlay
from abmspec.model.taxonomy import Value
from abmspec.resolve import View

# References by which an answer depends on what they name.
CARRYING = frozenset(
    {
        "when", "use_instead", "within", "numerator", "denominator", "tiers", "scores", "field", "fields", "for",
        "content", "slots", "from", "cta", "derived", "picklist", "detail_of", "depends_on", "claims",
    }
)  # fmt: skip
# What passes a dependence on, by the noun that its address begins with.
PASSING = frozenset({"segment", "field"})
# Global things that every region sees as they are.
SHARED = frozenset({"icp", "lifecycle", "stage", "sla", "kpi", "buying-groups", "buying-group-role"})


class Impacts:
    """Works out the impact of changes between two specs."""

    def __init__(self, both: Both) -> None:
        self._both = both

    def of(self, pair: Pair, change_class: ChangeClass, effects: Iterable[Effect]) -> Impact:
        """Who feels one change. Wording and looks change no answer, so nothing depends on them."""
        reached = self._reached(pair) if change_class != "cosmetic" else ()
        found: dict[str, list[str]] = {"segment": [], "play": [], "kpi": []}
        for address in sorted(reached):
            noun = self._noun(address)
            if noun in found and self._is_near(pair.item, address):
                found[noun].append(address)
        return Impact(
            regions=tuple(self._regions(pair)),
            segments=tuple(found["segment"]),
            plays=tuple(found["play"]),
            kpis=tuple(found["kpi"]),
            systems=_systems(effects),
        )

    # -------------------------------------------------------------- regions

    def _regions(self, pair: Pair) -> Iterator[str]:
        base, head = self._both.base, self._both.head
        item = pair.item
        if item.noun == "region":
            yield from self._of_region(item.id)
            return
        for id in dict.fromkeys((*head.regions, *base.regions)):
            if self._is_shared(item, id) or self._differs(pair, base.regions.get(id), head.regions.get(id)):
                yield id

    def _is_shared(self, item: Item, region: str) -> bool:
        """Whether the region has to do with a thing of which no region has a view of its own."""
        if isinstance(item.part, Experiment):
            return region in (*item.part.regions, item.scope)
        return item.noun in SHARED or (item.noun == "role" and self._is_owned(region, item.id))

    def _differs(self, pair: Pair, was: View | None, now: View | None) -> bool:
        """Whether a region's view of the thing differs; of a region that comes or goes, whether it is its own."""
        if was is None or now is None:
            view = was or now
            return view is not None and view.scope == pair.item.scope
        before, after = _seen(was, pair.before or pair.item), _seen(now, pair.after or pair.item)
        # To equality the order of a mapping is nothing.
        return bool(before != after) or repr(before) != repr(after)

    def _of_region(self, region: str) -> Iterator[str]:
        """The region, and those in it that inherit what changed."""
        base, head = self._both.base.spec, self._both.head.spec
        for id in dict.fromkeys((*head.regions, *base.regions)):
            was, now = base.regions.get(id), head.regions.get(id)
            if id == region or (region in (*head.ancestors(id), *base.ancestors(id)) and was != now):
                yield id

    def _is_owned(self, region: str, role: str) -> bool:
        return any(
            spec.regions[region].owner == role
            for spec in (self._both.base.spec, self._both.head.spec)
            if region in spec.regions
        )

    # -------------------------------------------------------------- what depends on it

    @cached_property
    def _dependents(self) -> Mapping[str, frozenset[str]]:
        """By address, what depends on it, before or after."""
        found: dict[str, set[str]] = {}
        for index in (self._both.at_base, self._both.at_head):
            for reference in index.all:
                if reference.how in CARRYING:
                    found.setdefault(reference.target, set()).add(_whole(reference.source))
            for predicate in index.resolved.conditions():
                if any(isinstance(part, condition.FitsIcp) for _, part in condition.walk(predicate.when)):
                    found.setdefault("icp", set()).add(predicate.address)
        return {address: frozenset(sources) for address, sources in found.items()}

    def _reached(self, pair: Pair) -> set[str]:
        starts = {
            each for item in (pair.before, pair.after) if item is not None for each in self._starts(item)
        }
        reached: set[str] = set()
        pending = list(starts)
        while pending:
            for source in self._dependents.get(pending.pop(), ()):
                if source not in reached and source not in starts:
                    reached.add(source)
                    if self._noun(source) in PASSING:
                        pending.append(source)
        return reached

    def _is_near(self, item: Item, address: str) -> bool:
        """Whether what stands at the address and the thing can meet: of two regions, one has to be in the other."""
        spec = self._both.head.spec if item.scope in self._both.head.regions else self._both.base.spec
        region = split_region(address, self._known)[0] or GLOBAL
        return (
            GLOBAL in (item.scope, region)
            or region in spec.ancestors(item.scope)
            or item.scope in spec.ancestors(region)
        )

    def _tiers(self) -> tuple[str, ...]:
        tiers = self._both.head.spec.tiers or self._both.base.spec.tiers
        return tuple(f"tier.{id}" for id in tiers.tiers) if tiers is not None else ()

    def _noun(self, address: str) -> str:
        return split_region(address, self._known)[1].partition(".")[0]

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset((*self._both.base.regions, *self._both.head.regions))

    def _starts(self, item: Item) -> Iterator[str]:
        """The addresses by which others name what changed."""
        yield item.address
        holder = item.holder
        if isinstance(item.part, Value) and holder is not None and item.part.maps_to:
            # A condition on a value matches what rolls up to it.
            yield f"picklist.{getattr(holder, 'rolls_up_to', '') or holder.id}.value.{item.part.maps_to}"
        elif isinstance(item.part, PicklistOverlay):
            yield from (f"picklist.{item.id}.value.{id}" for id in item.part.hide)
        elif isinstance(item.part, FieldsOverlay):
            yield from (f"field.{item.part.object}.{id}" for id in item.part.hide)
        elif item.is_overlay and isinstance(item.part, Entity):
            yield item.part.local_address
            if item.noun == "tiers":
                yield from self._tiers()
        elif item.noun in ("tiers", "factor", "icp"):
            yield from (*self._tiers(), "icp")
        elif item.noun == "tier":
            # Who leaves a tier enters the next one.
            tiers = self._tiers()
            index = tiers.index(item.address) if item.address in tiers else len(tiers)
            yield from tiers[index + 1 : index + 2]


def _whole(address: str) -> str:
    """A play for its step."""
    return address.partition(".step.")[0]


# ------------------------------------------------------------------ what a region sees


def _seen(view: View, item: Item) -> Any:
    """The thing as the view has it; None where it is not there, or not offered."""
    holder = item.holder
    match item.noun:
        case "value" if holder is not None:
            picklist = view.picklists.get(holder.id)
            hidden = item.id in view.hidden_values.get(holder.id, ())
            return None if picklist is None or hidden else picklist.values.get(item.id)
        case "picklist":
            picklist = view.picklists.get(item.id)
            if picklist is None:
                return None
            shown = [id for id in picklist.values if id not in view.hidden_values.get(item.id, ())]
            return (msgspec.structs.replace(picklist, values={}), shown)
        case "field" if holder is not None:
            return None if holder.name in view.hidden_fields else view.fields.get(holder.name)
        case "fields" if isinstance(holder, FieldsOverlay):
            return frozenset(name for name in view.hidden_fields if name.startswith(f"{holder.object}."))
        case "tier":
            return view.tiers.tiers.get(item.id) if view.tiers else None
        case "factor":
            return view.tiers.factors.get(item.id) if view.tiers else None
        case "routed-role":
            return view.routing.roles.get(item.id) if view.routing else None
        case "tiers" | "routing":
            return getattr(view, item.noun)
    things: Mapping[str, Mapping[str, Entity]] = {
        "segment": view.segments, "play": view.plays, "content": view.content, "cta": view.ctas,
        "privacy": view.privacy,
    }  # fmt: skip
    return things.get(item.noun, {}).get(item.id)


# ------------------------------------------------------------------ systems


def _systems(effects: Iterable[Effect]) -> tuple[SystemImpact, ...]:
    """One verdict a system: the worst, with every sentence for it."""
    grouped: dict[str, list[Effect]] = {}
    for effect in effects:
        grouped.setdefault(effect.system, []).append(effect)
    return tuple(_verdict(system, group) for system, group in sorted(grouped.items()))


def _verdict(system: str, effects: list[Effect]) -> SystemImpact:
    breaking = [effect for effect in effects if effect.is_breaking]
    said = breaking or effects
    return SystemImpact(
        system=system,
        kind=said[0].kind,
        verdict="breaking" if breaking else "safe" if said[0].is_compiled else "by hand",
        why="; ".join(dict.fromkeys(effect.why for effect in said)),
    )
