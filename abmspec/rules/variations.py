"""The texts of the playbooks, wherever they are: of content, and of the slots that regions fill."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from abmspec.model.entity import GLOBAL
from abmspec.model.playbook import Content, LocalText, Play, PlayOverlay
from abmspec.resolve import Resolved
from abmspec.source import Anchor


class Variation(NamedTuple):
    """One text in one locale: whose it is, where it stands, and whether it counts as finished."""

    address: str
    scope: str
    locale: str
    at: Anchor
    text: LocalText
    is_finished: bool


class Localised(NamedTuple):
    """A region's change of a play that is in use, and the play as the region sees it."""

    change: PlayOverlay
    play: Play


def variations(resolved: Resolved) -> Iterator[Variation]:
    """Every text of content and plays that are not retired."""
    for content in contents(resolved):
        finished = content.state == "approved"
        for locale, text in content.locales.items():
            yield Variation(
                content.address, content.scope, locale, content.at("locales", locale), text, finished
            )
    for region, overlay in resolved.spec.overlays.items():
        for id, change in overlay.content.items():
            base = resolved.regions[region].content.get(id)
            if base is None or base.status == "retired":
                continue
            for locale, text in change.locales.items():
                at = change.at("locales", locale)
                yield Variation(change.address, region, locale, at, text, base.state == "approved")
    for play, _ in localisations(resolved):
        for slot, said in play.content.items():
            for locale, text in said.locales.items():
                at = play.at("content", slot, "locales", locale)
                yield Variation(play.address, play.scope, locale, at, text, True)


def contents(resolved: Resolved) -> Iterator[Content]:
    """Every content of every scope that is not retired."""
    for own in resolved.spec.owns:
        for content in own.content.values():
            if content.status != "retired":
                yield content


def plays(resolved: Resolved) -> Iterator[Play]:
    """Every play of every scope, as its own scope wrote it, that is not retired."""
    for own in resolved.spec.owns:
        for play in own.plays.values():
            if play.status != "retired":
                yield play


def localisations(resolved: Resolved) -> Iterator[Localised]:
    """What regions make of plays that they see and that are not retired."""
    for region, overlay in resolved.spec.overlays.items():
        seen = resolved.regions[region].plays
        for id, change in overlay.plays.items():
            play = seen.get(id)
            if play is not None and play.status != "retired":
                yield Localised(change, play)


def content_seen(resolved: Resolved, scope: str, name: str) -> Content | None:
    """The content that a scope means by a name, with or without a version (`briefing-invite@3`)."""
    view = resolved.view(scope if scope in resolved.regions else GLOBAL)
    return view.content.get(name.partition("@")[0])
