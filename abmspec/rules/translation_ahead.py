"""Localised texts are made from a version that there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.playbook import Content
from abmspec.resolve import Resolved
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.variations import content_seen, localisations
from abmspec.source import Anchor


class Made(NamedTuple):
    """A slot that a region filled: what it was made from, at which version, and where that is said."""

    address: str
    slot: str
    content: Content
    version: int
    at: Anchor


def made(resolved: Resolved) -> Iterator[Made]:
    """Every localised slot of plays in use whose content and version are known."""
    for change, _ in localisations(resolved):
        for slot, said in change.content.items():
            content = content_seen(resolved, change.scope, said.from_)
            version = said.from_.partition("@")[2]
            if content is not None and version.isdecimal():
                at = change.at("content", slot, "from")
                yield Made(change.address, slot, content, int(version), at)


def check(subject: Subject) -> Iterator[Finding]:
    for each in made(subject.resolved):
        content = each.content
        if each.version > content.version:
            yield Finding(
                each.address,
                each.at,
                f"`{each.slot}` is made from version {each.version} of `{content.id}`, "
                f"which is at version {content.version}.",
                f"Write `from: {content.id}@{content.version}`, or raise the content's version.",
                ((content.at("version"), "its version"),),
            )


RULE = SpecRule(
    Rule("translation-ahead", Severity.ERROR, "A localised text is made from a version that there is."),
    check,
)
