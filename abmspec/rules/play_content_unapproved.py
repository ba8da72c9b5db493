"""Plays that run use approved content."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.playbook import Play
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.variations import content_seen, plays
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    resolved = subject.resolved
    for play in plays(resolved):
        if not play.in_use:
            continue
        seen = set()
        for name, at in _used(play):
            content = content_seen(resolved, play.scope, name)
            # What is only proposed has a rule of its own.
            if content is None or not content.in_use or content.state == "approved" or name in seen:
                continue
            seen.add(name)
            state = "a draft" if content.state == "draft" else "still in review"
            yield Finding(
                play.address,
                at,
                f"The play runs, and `{content.id}`, which it uses here, is {state}.",
                "Have the content approved, or set the play's `status: proposed` until it is.",
                ((content.at("state"), "its state"),),
            )


def _used(play: Play) -> Iterator[tuple[str, Anchor]]:
    for id, step in play.steps.items():
        for index, name in enumerate(step.content):
            yield name, play.at("steps", id, "content", index)
    for slot, name in play.slots.items():
        yield name, play.at("slots", slot)


RULE = SpecRule(
    Rule("play-content-unapproved", Severity.ERROR, "A play that runs uses only approved content."),
    check,
)
