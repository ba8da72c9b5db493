"""Regions fill the slots that a play opens to them, and every such slot has content."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.playbook import Play, PlayOverlay
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.variations import localisations, plays
from abmspec.words import certain, nearest, quoted


def check(subject: Subject) -> Iterator[Finding]:
    for play in plays(subject.resolved):
        for index, slot in enumerate(play.localizable):
            if slot not in play.slots:
                yield Finding(
                    play.address,
                    play.at("localizable", index),
                    f"Regions may fill `{slot}`, and no content says what it is made from.",
                    f"Add `{slot}: <content>` under `slots`, or take it out here.",
                )
    for change, play in localisations(subject.resolved):
        yield from _localised(change, play)


def _localised(change: PlayOverlay, play: Play) -> Iterator[Finding]:
    for slot, said in change.content.items():
        if slot not in play.localizable:
            near = nearest(slot, play.localizable)
            mend = f"Did you mean `{near}`?" if near else "Take it out"
            if not near and play.localizable:
                mend = f"{mend}; a region may fill {quoted(play.localizable)}"
            yield Finding(
                change.address,
                change.key("content", slot),
                f"The play `{play.id}` does not let regions fill `{slot}`.",
                mend if mend.endswith("?") else f"{mend}.",
                ((play.key("localizable") if play.localizable else play.key(), "what it lets regions fill"),),
                certain(slot, (other for other in play.localizable if other not in change.content)),
            )
            continue
        source, made_from = play.slots.get(slot, ""), said.from_.partition("@")[0]
        if source and made_from != source:
            yield Finding(
                change.address,
                change.at("content", slot, "from"),
                f"`{slot}` is made from `{made_from}`, and in the play it holds `{source}`.",
                f"Make it from `{source}`.",
                ((play.at("slots", slot), "what the slot holds"),),
            )
        if not said.locales:
            yield Finding(
                change.address,
                change.key("content", slot),
                f"The slot `{slot}` has no text in any locale.",
                "Add `locales: {<locale>: {text: …}}`, or take the slot out.",
            )


RULE = SpecRule(
    Rule(
        "play-slot",
        Severity.ERROR,
        "Regions fill only the slots that the play opens, from the content that it puts there.",
    ),
    check,
)
