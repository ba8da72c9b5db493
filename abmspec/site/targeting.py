"""Pages about whom the programme is for: profile, tiers, segments, buying groups, lifecycle, routing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from abmspec.model.entity import GLOBAL
from abmspec.model.region import TiersOverlay
from abmspec.model.taxonomy import Example, Segment, Tiers, factor_score
from abmspec.site.context import Library, merged
from abmspec.site.page import Page


class Contribution(NamedTuple):
    """What one factor gives an example: its score and how many points of the total that makes."""

    factor: str
    label: str
    score: float
    points: float


class Scored(NamedTuple):
    """An example with its computed score and the tier that it makes."""

    example: Example
    score: float
    tier: str
    contributions: tuple[Contribution, ...]


class Variant(NamedTuple):
    """How a region sees a segment: by other fields, and why."""

    region: str
    segment: Segment
    reason: str


class Share(NamedTuple):
    """What a region states about tiers: its capacity and weights."""

    region: str
    depth: int
    overlay: TiersOverlay


def pages(library: Library) -> Iterator[Page]:
    """Every page about targeting that the spec has something to say on."""
    spec = library.spec
    if spec.icp is not None:
        yield Page(
            "icp.html",
            spec.icp.label or "Ideal customer profile",
            library.page("icp.html", "icp.html", icp=spec.icp),
        )
    if spec.tiers is not None:
        yield Page("tiers.html", spec.tiers.label or "Tiers", _tiers(library, spec.tiers))
    yield from _segments(library)
    if spec.buying_groups is not None:
        html = library.page("buying-groups.html", "buying-groups.html", groups=spec.buying_groups)
        yield Page("buying-groups.html", spec.buying_groups.label or "Buying groups", html)
    if spec.lifecycle is not None:
        html = library.page("lifecycle.html", "lifecycle.html", lifecycle=spec.lifecycle)
        yield Page("lifecycle.html", spec.lifecycle.label or "Lifecycle", html)
    if spec.routing is not None:
        html = library.page("routing.html", "routing.html", routing=spec.routing)
        yield Page("routing.html", spec.routing.label or "Routing", html)


def segments_of(library: Library) -> dict[str, Segment]:
    """Every segment by id, global ones first, then the regions' own."""
    return merged(own.segments for own in library.spec.owns)


def score(tiers: Tiers, example: Example) -> Scored:
    """An example's score, factor by factor, and the tier that it makes."""
    record = dict(example.record)
    contributions = []
    for id, factor in tiers.factors.items():
        points = factor_score(factor, record)
        contributions.append(Contribution(id, factor.label or id, points, points * factor.weight / 100))
    total = tiers.score(record)
    return Scored(example, total, tiers.tier_of(total), tuple(contributions))


def _tiers(library: Library, tiers: Tiers) -> bytes:
    spec = library.spec
    shares = [
        Share(id, len(spec.ancestors(id)) - 1, overlay.tiers)
        for id, overlay in spec.overlays.items()
        if overlay.tiers is not None
    ]
    return library.page(
        "tiers.html",
        "tiers.html",
        tiers=tiers,
        shares=shares,
        reweighted=[share for share in shares if share.overlay.weights],
        scored={
            id: [score(tiers, each) for each in tier.examples.values()] for id, tier in tiers.tiers.items()
        },
    )


def _segments(library: Library) -> Iterator[Page]:
    segments = segments_of(library)
    if not segments:
        return
    decisions = list(library.spec.charter.decisions) if library.spec.charter else []
    groups = [(id, [each for each in segments.values() if each.decision == id]) for id in decisions]
    rest = [each for each in segments.values() if each.decision not in decisions]
    html = library.page(
        "segments/index.html",
        "segments.html",
        groups=[(id, _by_life(members)) for id, members in groups if members],
        rest=_by_life(rest),
        count=sum(each.in_use for each in segments.values()),
    )
    yield Page("segments/index.html", "Segments", html)
    for segment in segments.values():
        yield Page(f"segments/{segment.id}.html", segment.label or segment.id, _segment(library, segment))


def _by_life(segments: list[Segment]) -> list[Segment]:
    """Priority ones first, then the rest as written, those that are gone last."""
    return sorted(segments, key=lambda each: (not each.in_use, not each.priority, each.scope != GLOBAL))


def _segment(library: Library, segment: Segment) -> bytes:
    spec, resolved = library.spec, library.resolved
    variants = [
        Variant(id, resolved.regions[id].segments[segment.id], overlay.segments[segment.id].reason)
        for id, overlay in spec.overlays.items()
        if segment.id in overlay.segments and segment.id in resolved.regions[id].segments
    ]
    within = [each for each in segments_of(library).values() if each.within == segment.id]
    plays = [
        play
        for view in resolved.views
        for play in view.plays.values()
        if segment.id in play.for_.segments and play.scope == view.scope
    ]
    return library.page(
        f"segments/{segment.id}.html",
        "segment.html",
        segment=segment,
        variants=variants,
        within=within,
        plays=plays,
        scope=segment.scope if segment.scope in resolved.regions else GLOBAL,
    )
