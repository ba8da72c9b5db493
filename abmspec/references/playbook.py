"""What plays, content, experiments and learnings refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from abmspec.model.entity import Entity
from abmspec.model.playbook import Approval, Content, LocalizedSlot, LocalText, Play, PlayOverlay
from abmspec.model.spec import Own
from abmspec.references.finder import Finder
from abmspec.references.reference import Reference
from abmspec.references.taxonomy import RETIRED, of_life


def of_playbook(finder: Finder, own: Own) -> Iterator[Reference]:
    """The things of one scope that belong to the playbooks."""
    for play in own.plays.values():
        yield from of_play(finder, play)
    for content in own.content.values():
        yield from of_content(finder, content)
    for cta in own.ctas.values():
        yield from of_life(finder, cta)
        if cta.status != RETIRED:
            yield from finder.one(cta, "maps_to", "cta", cta.maps_to, "maps_to")
    for experiment in own.experiments.values():
        yield from of_life(finder, experiment)
        yield from finder.one(experiment, "segment", "segment", experiment.segment, "segment")
        yield from finder.each(experiment, "plays", "play", experiment.plays, "plays")
        yield from finder.each(experiment, "regions", "region", experiment.regions, "regions")
        yield from finder.one(experiment, "metric", "kpi", experiment.metric, "metric")
        if experiment.outcome is not None:
            learnt = experiment.outcome.learning
            yield from finder.one(experiment, "outcome", "learning", learnt, "outcome", "learning")
    for learning in own.learnings.values():
        yield from of_life(finder, learning)
        yield from finder.each(learning, "plays", "play", learning.plays, "plays")
        yield from finder.one(learning, "experiment", "experiment", learning.experiment, "experiment")


def of_play(finder: Finder, play: Play) -> Iterator[Reference]:
    yield from of_life(finder, play)
    if play.status == RETIRED:
        return
    audience, groups = play.for_, finder.spec.buying_groups
    yield from finder.each(play, "for", "tier", audience.tiers, "for", "tiers")
    yield from finder.each(play, "for", "segment", audience.segments, "for", "segments")
    yield from finder.each(play, "for", "stage", audience.stages, "for", "stages")
    list_ = finder.list_of(groups.field, play.scope) if groups is not None else ""
    if list_:
        yield from finder.each(
            play, "for", "value", audience.buying_roles, "for", "buying_roles", within=list_
        )
    yield from finder.one(play, "cta", "cta", play.cta, "cta")
    yield from finder.each(play, "kpis", "kpi", play.kpis, "kpis")
    for slot, content in play.slots.items():
        yield from _content(finder, play, "slots", content, "slots", slot)
    yield from of_slots(finder, play, play.localized, "localized")
    for id, step in play.steps.items():
        source, at = f"{play.address}.step.{id}", play.at("steps", id)
        yield finder.refer(source, at.child("owner"), "owner", "role", step.owner, scope=play.scope)
        if step.cta:
            yield finder.refer(source, at.child("cta"), "cta", "cta", step.cta, scope=play.scope)
        for index, content in enumerate(step.content):
            name = content.partition("@")[0]
            where = at.child("content", index)
            yield finder.refer(source, where, "content", "content", name, scope=play.scope)


def of_play_overlay(finder: Finder, play: PlayOverlay) -> Iterator[Reference]:
    yield from finder.keys(play, "steps", "step", play.steps, "steps", within=play.id)
    yield from of_slots(finder, play, play.content, "content")


def of_slots(
    finder: Finder, play: Entity, slots: Mapping[str, LocalizedSlot], under: str
) -> Iterator[Reference]:
    """The content that localised slots were made from, and who approved them."""
    for slot, localized in slots.items():
        yield from _content(finder, play, "from", localized.from_, under, slot, "from")
        yield from of_locales(finder, play, localized.locales, under, slot, "locales")


def of_locales(
    finder: Finder, entity: Entity, locales: Mapping[str, LocalText], *route: str
) -> Iterator[Reference]:
    """Who approved the texts."""
    for locale, text in locales.items():
        if text.approval is not None:
            yield from _approval(finder, entity, text.approval, *route, locale, "approval")


def of_content(finder: Finder, content: Content) -> Iterator[Reference]:
    yield from of_life(finder, content)
    for id, approval in content.approvals.items():
        yield from _approval(finder, content, approval, "approvals", id)
    yield from of_locales(finder, content, content.locales, "locales")


def _approval(finder: Finder, entity: Entity, approval: Approval, *route: str) -> Iterator[Reference]:
    yield finder.refer(entity, entity.at(*route, "by"), "approval", "role", approval.by)


def _content(finder: Finder, entity: Entity, how: str, name: str, *route: str) -> Iterator[Reference]:
    """A content id, possibly at a version (`briefing-invite@3`)."""
    yield finder.refer(entity, entity.at(*route), how, "content", name.partition("@")[0])
