"""At every stage, those whom a play is for meet us by advertising, by a call, and in person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.playbook import Play
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.variations import plays
from abmspec.source import Anchor
from abmspec.words import quoted

CHANNELS = {
    "paid-media": "paid media",
    "sdr-sequence": "an SDR sequence",
    "field-event": "a regional field event",
}


def check(subject: Subject) -> Iterator[Finding]:
    if any("playbooks/" in path for path in subject.spec.broken):
        return  # A play that cannot be read may be the one beside it.
    for play in plays(subject.resolved):
        if not play.in_use:
            continue
        beside = [
            other
            for other in subject.resolved.view(play.scope).plays.values()
            if other.id != play.id and other.in_use and _meet(play.for_.segments, other.for_.segments)
        ]
        for stage, at in _stages(play):
            missing = _missing(play, beside, stage)
            if missing:
                yield _finding(play, stage, at, missing)


def _stages(play: Play) -> Iterator[tuple[str, Anchor]]:
    """Each stage that the play is for; one that stands for all where it names none."""
    if not play.for_.stages:
        yield "", play.key("for")
    for index, stage in enumerate(play.for_.stages):
        yield stage, play.at("for", "stages", index)


def _missing(play: Play, beside: Iterable[Play], stage: str) -> dict[str, list[str]]:
    """By channel, the tiers of the play whose accounts do not meet it at that stage ("": all)."""
    at_stage = [other for other in beside if _is_for(other.for_.stages, stage)]
    missing: dict[str, list[str]] = {}
    for tier in play.for_.tiers or ("",):
        met = {
            step.channel
            for each in (play, *(other for other in at_stage if _is_for(other.for_.tiers, tier)))
            for step in each.steps.values()
        }
        for channel in CHANNELS:
            if channel not in met:
                missing.setdefault(channel, []).append(tier)
    return missing


def _is_for(named: tuple[str, ...], one: str) -> bool:
    return not named or one in named


def _meet(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return not some or not others or not set(some).isdisjoint(others)


def _finding(play: Play, stage: str, at: Anchor, missing: dict[str, list[str]]) -> Finding:
    tiers = tuple(dict.fromkeys(tier for each in missing.values() for tier in each if tier))
    whom = f"accounts of {quoted(tiers)}" if tiers else "its accounts"
    where = f"At the stage `{stage}`, {whom}" if stage else whom.capitalize()
    channels = [words for channel, words in CHANNELS.items() if channel in missing]
    met = f"never meet {channels[0]}" if len(channels) == 1 else f"meet neither {' nor '.join(channels)}"
    steps = quoted(missing)
    return Finding(
        play.address,
        at,
        f"{where} {met}, by this play or by one beside it.",
        f"Add a step with `channel` {steps} to this play, or to another for the same accounts; "
        "or have the exception waived.",
        ((play.key("steps"), "the play's steps"),),
    )


RULE = SpecRule(
    Rule(
        "play-not-connected",
        Severity.ERROR,
        "At each stage of a play its accounts meet paid media, an SDR sequence and a regional field event.",
    ),
    check,
)
