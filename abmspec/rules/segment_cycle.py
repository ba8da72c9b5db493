"""No segment is defined by itself."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.condition import InSegment, walk
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Segment
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    reported: set[frozenset[str]] = set()
    for view in subject.resolved.views:
        edges = {id: tuple(_named(segment, view.segments)) for id, segment in view.segments.items()}
        for circle, at in _circles(edges):
            if frozenset(circle) in reported:
                continue
            reported.add(frozenset(circle))
            segment = view.segments[circle[-1]]
            path = " → ".join(f"`{id}`" for id in (*circle, circle[0]))
            yield Finding(
                segment.address,
                at,
                f"Segments in a circle: {path}. Nobody can say who belongs to them.",
                "Say one of them by fields.",
                tuple((view.segments[id].key(), f"`{id}`") for id in circle[:-1]),
            )


def _named(segment: Segment, known: dict[str, Segment]) -> Iterator[tuple[str, Anchor]]:
    if segment.when is None:
        return
    for route, part in walk(segment.when):
        if isinstance(part, InSegment) and part.segment in known:
            yield part.segment, segment.at("when", *route, "segment")


def _circles(edges: dict[str, tuple[tuple[str, Anchor], ...]]) -> Iterator[tuple[tuple[str, ...], Anchor]]:
    """Each circle once, with the mention that closes it."""
    done: set[str] = set()
    for start, first in edges.items():
        if start in done:
            continue
        path = [start]
        pending = [(start, iter(first))]
        while pending:
            id, mentions = pending[-1]
            mention = next(mentions, None)
            if mention is None:
                pending.pop()
                path.pop()
                done.add(id)
                continue
            target, at = mention
            if target in path:
                yield tuple(path[path.index(target) :]), at
            elif target not in done:
                pending.append((target, iter(edges[target])))
                path.append(target)


RULE = SpecRule(Rule("segment-cycle", Severity.ERROR, "No segment is defined by itself."), check)
