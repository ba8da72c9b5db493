"""The days of a play's steps never go back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.playbook import Play, PlayOverlay
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.variations import localisations, plays


def check(subject: Subject) -> Iterator[Finding]:
    for play in plays(subject.resolved):
        for before, id in pairwise(play.steps):
            if play.steps[id].day < play.steps[before].day:
                yield Finding(
                    play.address,
                    play.at("steps", id, "day"),
                    _sentence(play, before, id),
                    f"Move the step above `{before}`, or write day {play.steps[before].day} or later.",
                    ((play.at("steps", before, "day"), f"the day of `{before}`"),),
                )
    for change, play in localisations(subject.resolved):
        for before, id in pairwise(play.steps):
            if play.steps[id].day < play.steps[before].day:
                yield from _regional(change, play, before, id)


def _regional(change: PlayOverlay, play: Play, before: str, id: str) -> Iterator[Finding]:
    moved = {name for name, step in change.steps.items() if step.day is not None}
    late, early = play.steps[before].day, play.steps[id].day
    if id in moved:
        at, mend = change.at("steps", id, "day"), f"Write day {late} or later."
    elif before in moved:
        at = change.at("steps", before, "day")
        mend = f"Write day {early} or earlier, or move `{id}` here too: `{id}: {{day: {late + 1}}}`."
    else:
        return  # It was so above, where it is reported.
    other = before if id in moved else id
    place = change.at("steps", other, "day") if other in moved else play.at("steps", other, "day")
    yield Finding(change.address, at, _sentence(play, before, id), mend, ((place, f"the day of `{other}`"),))


def _sentence(play: Play, before: str, id: str) -> str:
    late, early = play.steps[before].day, play.steps[id].day
    return f"The step `{id}` comes after `{before}` and is on day {early}, before day {late}."


RULE = SpecRule(
    Rule(
        "play-steps-unordered",
        Severity.ERROR,
        "The steps of a play stand in the order of their days, in every region.",
    ),
    check,
)
