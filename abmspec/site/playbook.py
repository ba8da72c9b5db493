"""Pages about plays: each play with its steps and localisations, the content library, what was learnt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from abmspec.model.playbook import Content, ContentOverlay, Cta, Experiment, Learning, Play, PlayOverlay
from abmspec.model.spec import Own
from abmspec.site.context import Library
from abmspec.site.page import Page

T = TypeVar("T")


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
    return _everywhere({scope: own.plays for scope, own in _owns(library)})


def content_of(library: Library) -> dict[str, Content]:
    """Every content item by id."""
    return _everywhere({scope: own.content for scope, own in _owns(library)})


def ctas_of(library: Library) -> dict[str, Cta]:
    """Every call to action by id."""
    return _everywhere({scope: own.ctas for scope, own in _owns(library)})


def experiments_of(library: Library) -> dict[str, Experiment]:
    """Every experiment by id."""
    return _everywhere({scope: own.experiments for scope, own in _owns(library)})


def learnings_of(library: Library) -> dict[str, Learning]:
    """Every learning by id."""
    return _everywhere({scope: own.learnings for scope, own in _owns(library)})


def _owns(library: Library) -> Iterator[tuple[str, Own]]:
    yield "", library.spec.own
    for region, overlay in library.spec.overlays.items():
        yield region, overlay.own


def _everywhere(scopes: Mapping[str, Mapping[str, T]]) -> dict[str, T]:
    found: dict[str, T] = {}
    for things in scopes.values():
        for id, thing in things.items():
            found.setdefault(id, thing)
    return found


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
