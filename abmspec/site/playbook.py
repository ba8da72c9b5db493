"""Pages about plays: each play with its steps and localisations, the content library, what was learnt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from abmspec.model.playbook import Content, ContentOverlay, Cta, Experiment, Learning, Play, PlayOverlay
from abmspec.site.context import Library, merged
from abmspec.site.page import Page


class Localisation(NamedTuple):
    """What one region makes of a play."""

    region: str
    overlay: PlayOverlay


class LocalContent(NamedTuple):
    """What one region adds to a content item."""

    region: str
    overlay: ContentOverlay


def pages(library: Library) -> Iterator[Page]:
    """The plays, the library, the learnings."""
    plays = plays_of(library)
    if plays:
        yield Page("plays/index.html", "Plays", _index(library, plays.values()))
    for play in plays.values():
        path = f"plays/{play.id}.html"
        html = library.page(path, "play.html", play=play, localisations=list(_localisations(library, play)))
        yield Page(path, play.label or play.id, html)
    content = content_of(library)
    ctas = ctas_of(library)
    if content or ctas:
        html = library.page(
            "plays/content.html",
            "content.html",
            kinds=_by_kind(content.values()),
            local={id: list(_local_content(library, id)) for id in content},
            ctas=list(ctas.values()),
        )
        yield Page("plays/content.html", "Content library", html)
    experiments, learnings = experiments_of(library), learnings_of(library)
    if experiments or learnings:
        html = library.page(
            "plays/learnings.html",
            "learnings.html",
            experiments=list(experiments.values()),
            learnings=sorted(learnings.values(), key=lambda each: each.date, reverse=True),
        )
        yield Page("plays/learnings.html", "Experiments and learnings", html)


def plays_of(library: Library) -> dict[str, Play]:
    """Every play by id: global ones, then the regions' own."""
    return merged(own.plays for own in library.spec.owns)


def content_of(library: Library) -> dict[str, Content]:
    """Every content item by id."""
    return merged(own.content for own in library.spec.owns)


def ctas_of(library: Library) -> dict[str, Cta]:
    """Every call to action by id."""
    return merged(own.ctas for own in library.spec.owns)


def experiments_of(library: Library) -> dict[str, Experiment]:
    """Every experiment by id."""
    return merged(own.experiments for own in library.spec.owns)


def learnings_of(library: Library) -> dict[str, Learning]:
    """Every learning by id."""
    return merged(own.learnings for own in library.spec.owns)


def _index(library: Library, plays: Iterable[Play]) -> bytes:
    plays = sorted(plays, key=lambda play: not play.in_use)
    tiers = list(library.spec.tiers.tiers) if library.spec.tiers else []
    stages = list(library.spec.lifecycle.stages) if library.spec.lifecycle else []
    channels = sorted({step.channel for play in plays for step in play.steps.values()})
    return library.page(
        "plays/index.html", "plays.html", plays=plays, tiers=tiers, stages=stages, channels=channels,
        regions={play.id: [each.region for each in _localisations(library, play)] for play in plays},
    )  # fmt: skip


def _localisations(library: Library, play: Play) -> Iterator[Localisation]:
    for region, overlay in library.spec.overlays.items():
        if play.id in overlay.plays:
            yield Localisation(region, overlay.plays[play.id])


def _local_content(library: Library, id: str) -> Iterator[LocalContent]:
    for region, overlay in library.spec.overlays.items():
        if id in overlay.content:
            yield LocalContent(region, overlay.content[id])


def _by_kind(content: Iterable[Content]) -> list[tuple[str, list[Content]]]:
    found: dict[str, list[Content]] = {}
    for each in content:
        found.setdefault(each.kind, []).append(each)
    return list(found.items())
