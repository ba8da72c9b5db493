"""What nobody uses, and what leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from abmspec.agenda.agenda import Item
from abmspec.agenda.briefing import Briefing, called
from abmspec.model.entity import GLOBAL
from abmspec.model.playbook import Play
from abmspec.model.taxonomy import Segment
from abmspec.references import Thing, noun
from abmspec.rules.variations import plays
from abmspec.words import capitalized, counted, listing, quoted

# Naming a value so is no use of it: its history, its place in the list, its texts, and made-up records.
NO_USE = frozenset(
    {"replaced_by", "renamed_from", "address", "addresses", "hide", "after", "overlays", "examples"}
)
SHOWN = 8


def unused(briefing: Briefing) -> Iterator[Item]:
    """Values that nothing of the spec asks for: list by list, then in one line the lists of which none is asked for."""
    lists: dict[tuple[str, str], list[Thing]] = {}
    for thing in briefing.references.things.values():
        if thing.kind == "value" and thing.in_use:
            lists.setdefault((thing.scope, thing.within), []).append(thing)
    used = _used(briefing)
    whole = []
    for (scope, picklist), values in sorted(lists.items(), key=lambda each: (each[0][0] != GLOBAL, each[0])):
        idle = [value for value in values if value.address not in used]
        if len(idle) == len(values) and scope == GLOBAL:
            whole.append(idle[0])
        elif idle:
            text = f"{_share(len(idle), len(values))} {_whose(scope, picklist)}: {_some(idle)}."
            parts = tuple(value.address for value in idle)
            yield briefing.item(text, _list_of(idle[0]), parts=parts)
    if whole:
        yield Item(
            text=f"Every value of {counted(len(whole), 'picklist')}, good for filters and reports alone: "
            f"{quoted(value.within for value in whole)}.",
            parts=tuple(_list_of(value) for value in whole),
        )


def _used(briefing: Briefing) -> frozenset[str]:
    """The values that something names, and those that roll up to one: what asks for that asks for them too."""
    references = [each for each in briefing.references.all if each.kind == "value" and each.how not in NO_USE]
    used = {each.target for each in references if each.source != each.target}
    parents = {each.source: each.target for each in references if each.how == "maps_to"}
    asked = {each.target for each in references if each.how != "maps_to"}
    return frozenset(used | {value for value, parent in parents.items() if parent in asked})


def _share(part: int, whole: int) -> str:
    if part < whole:
        return f"{part} of {counted(whole, 'value')}"
    return "The only value" if whole == 1 else f"All {whole} values"


def _whose(scope: str, picklist: str) -> str:
    if scope == GLOBAL:
        return f"of the picklist `{picklist}`"
    return f"that `{scope}` has in the picklist `{picklist}`"


def _list_of(value: Thing) -> str:
    return value.address.rpartition(".value.")[0]


def _some(values: list[Thing]) -> str:
    shown = [called(value.id, value.label) for value in values[:SHOWN]]
    more = len(values) - SHOWN
    return listing([*shown, f"{more} more"] if more > 0 else shown, "and")


def orphans(briefing: Briefing) -> Iterator[Item]:
    """What leads nowhere: segments, plays, content, calls to action and roles."""
    yield from _segments(briefing)
    yield from _plays(briefing)
    yield from _unplayed(briefing)
    yield from _roles(briefing)


def _segments(briefing: Briefing) -> Iterator[Item]:
    """Segments for which no play runs, not even for the segment that they lie within."""
    running = [play for play in plays(briefing.resolved) if play.in_use]
    for own in briefing.spec.owns:
        for segment in own.segments.values():
            if not segment.in_use or _has_play(briefing, segment, running):
                continue
            others = {each.source for each in briefing.users(segment.address, NO_USE)}
            used = f" It is named by {counted(len(others), 'other thing')}." if others else ""
            text = f"The segment {called(segment.id, segment.label)} unlocks no play.{used}"
            yield briefing.item(text, segment.address)


def _has_play(briefing: Briefing, segment: Segment, running: list[Play]) -> bool:
    """Whether the segment's scope, or one above it or below it, runs a play for it or for a segment around it."""
    spec, scope = briefing.spec, segment.scope
    below = spec.regions if scope == GLOBAL else spec.descendants(scope)
    near = {GLOBAL, *spec.ancestors(scope), *below}
    around = _around(briefing.resolved.view(scope).segments, segment.id)
    return any(play.scope in near and not around.isdisjoint(play.for_.segments) for play in running)


def _around(segments: Mapping[str, Segment], id: str) -> set[str]:
    """A segment and those that it lies within."""
    found: set[str] = set()
    while id in segments and id not in found:
        found.add(id)
        id = segments[id].within
    return found


def _plays(briefing: Briefing) -> Iterator[Item]:
    for play in plays(briefing.resolved):
        lacking = _lacking(play) if play.in_use else []
        if lacking:
            text = f"The play {called(play.id, play.label)} has {listing(lacking, 'and')}."
            yield briefing.item(text, play.address)


def _lacking(play: Play) -> list[str]:
    checks = {
        "no segment": play.for_.segments,
        "no KPI": play.kpis,
        "no step with an SLA": any(step.sla for step in play.steps.values()),
    }
    return [what for what, there in checks.items() if not there]


def _unplayed(briefing: Briefing) -> Iterator[Item]:
    """Content and calls to action that no play uses; a region's call to action stands in for the one it maps to."""
    index = briefing.references
    played = {each.target for each in index.all if ".play." in f".{each.source}" and each.how not in NO_USE}
    stands_in = {each.source for each in index.all if each.how == "maps_to" and each.target in played}
    for thing in index.things.values():
        if thing.kind in ("content", "cta") and thing.in_use and thing.address not in played | stands_in:
            text = f"{capitalized(noun(thing.kind))} {called(thing.id, thing.label)} is used by no play."
            yield briefing.item(text, thing.address)


def _roles(briefing: Briefing) -> Iterator[Item]:
    for role in briefing.spec.governance.roles.values():
        if role.in_use and not briefing.users(role.address, NO_USE):
            text = f"The role {called(role.id, role.label)} owns nothing, approves nothing, and has no seat."
            yield briefing.item(text, role.address)
