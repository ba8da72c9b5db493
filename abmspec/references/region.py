"""What regions and their overlays refer to."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.model.region import FieldsOverlay, PicklistOverlay, Region, TiersOverlay
from abmspec.model.spec import Overlay, carries_prefix
from abmspec.references import taxonomy
from abmspec.references.finder import Finder
from abmspec.references.playbook import of_locales, of_play_overlay
from abmspec.references.reference import Reference


def of_region(finder: Finder, region: Region) -> Iterator[Reference]:
    """What `region.yaml` names itself: what is inherited is the parent's reference."""
    at = finder.stated(region, "owner")
    if region.owner and at is not None:
        yield finder.refer(region, at, "owner", "role", region.owner)
    yield from taxonomy.of_living(finder, region.address, region.at(), region, "region", scope=region.scope)
    if region.council_seat and finder.stated(region, "council_seat") is not None:
        yield from finder.one(region, "council_seat", "seat", region.council_seat, "council_seat")
    if region.claims is not None:
        at = region.at("claims", "segment")
        yield finder.refer(region, at, "claims", "segment", region.claims.segment, scope=region.id)
    systems = [id for id in region.systems if finder.stated(region, "systems", id) is not None]
    yield from finder.keys(region, "systems", "system", systems, "systems")
    if region.pilot is not None:
        for id, criterion in region.pilot.exit_criteria.items():
            yield from finder.one(
                region, "exit_criteria", "kpi", criterion.kpi, "pilot", "exit_criteria", id, "kpi"
            )


def of_overlay(finder: Finder, overlay: Overlay) -> Iterator[Reference]:
    """What a region says about things from above. Its own things are collected like global ones."""
    for list_ in overlay.picklists.values():
        yield from _picklist(finder, list_)
    for fields in overlay.fields.values():
        yield from _fields(finder, fields)
    for segment in overlay.segments.values():
        yield finder.refer(segment, segment.at(), "overlays", "segment", segment.id)
        yield from taxonomy.of_use_instead(finder, segment, segment.use_instead)
    if overlay.tiers is not None:
        yield from _tiers(finder, overlay.tiers)
    if overlay.routing is not None:
        yield from taxonomy.of_routing(finder, overlay.routing, overlay.routing.roles)
    for play in overlay.plays.values():
        yield finder.refer(play, play.at(), "overlays", "play", play.id)
        yield from of_play_overlay(finder, play)
    for content in overlay.content.values():
        yield finder.refer(content, content.at(), "overlays", "content", content.id)
        yield from of_locales(finder, content, content.locales, "locales")


def _picklist(finder: Finder, change: PicklistOverlay) -> Iterator[Reference]:
    yield finder.refer(change, change.at(), "overlays", "picklist", change.id)
    own, others = {}, []
    for id, value in change.values.items():
        if carries_prefix(id, change.scope):
            own[id] = value
        else:
            others.append(id)
    yield from finder.keys(change, "overlays", "value", others, "values", within=change.id)
    yield from finder.each(change, "hide", "value", change.hide, "hide", within=change.id)
    yield from taxonomy.of_values(finder, change, own, change.id)


def _fields(finder: Finder, change: FieldsOverlay) -> Iterator[Reference]:
    for field in change.tightened.values():
        yield finder.refer(field, field.key(), "overlays", "field", field.name)
    for index, id in enumerate(change.hide):
        name = f"{change.object}.{id}"
        yield finder.refer(change, change.at("hide", index), "hide", "field", name)


def _tiers(finder: Finder, change: TiersOverlay) -> Iterator[Reference]:
    yield from finder.keys(change, "capacity", "tier", change.capacity, "capacity")
    yield from finder.keys(change, "weights", "factor", change.weights, "weights")
