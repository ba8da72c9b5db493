"""Localised texts keep up with what they were made from."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.translation_ahead import made


def check(subject: Subject) -> Iterator[Finding]:
    for each in made(subject.resolved):
        content = each.content
        if each.version < content.version:
            yield Finding(
                each.address,
                each.at,
                f"`{each.slot}` is made from version {each.version} of `{content.id}`, "
                f"which has moved on to {content.version}.",
                f"Look at the text again, then write `from: {content.id}@{content.version}`.",
                ((content.at("version"), "its version"),),
            )


RULE = SpecRule(
    Rule(
        "translation-stale",
        Severity.WARNING,
        "A localised text is made from the newest version of its content.",
    ),
    check,
)
