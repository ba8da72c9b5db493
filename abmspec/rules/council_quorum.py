"""The council can reach its quorum, and has somebody to chair it."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.words import counted


def check(subject: Subject) -> Iterator[Finding]:
    council = subject.spec.governance.council
    if council is None:
        return
    seats = len(council.seats)
    if council.quorum > seats:
        yield Finding(
            council.address,
            council.at("quorum"),
            f"The quorum is {council.quorum}, and the council has {counted(seats, 'seat')}: "
            "it can never decide.",
            f"Write {seats // 2 + 1}, more than half, or {seats} at most.",
            ((council.key("seats"), "the seats"),),
        )
    if not council.chair:
        yield Finding(
            council.address,
            council.key("seats"),
            "Nobody chairs the council.",
            f"Add `chair: {next(iter(council.seats))}`, or another seat.",
        )


RULE = SpecRule(
    Rule("council-quorum", Severity.ERROR, "The council has a chair, and seats enough for its quorum."),
    check,
)
