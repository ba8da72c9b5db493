"""Nothing scores twice, and nothing scores differently in two places."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from abmspec.condition import compare
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Points
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    lifecycle = subject.spec.lifecycle
    if lifecycle is None or lifecycle.lead_scoring is None:
        return
    for (before, one), (id, other) in combinations(lifecycle.lead_scoring.actions.items(), 2):
        what = _same(subject, one, other)
        if not what:
            continue
        at = lifecycle.at("lead_scoring", "actions", id, "points")
        worth = (
            f"is worth {one.points:+g} as `{before}` and {other.points:+g} as `{id}`"
            if one.points != other.points
            else f"counts twice, as `{before}` and as `{id}`"
        )
        yield Finding(
            lifecycle.address,
            at,
            f"{what} {worth}.",
            "Keep one of the two.",
            ((lifecycle.at("lead_scoring", "actions", before, "points"), f"`{before}`: {one.points:+g}"),),
        )


def _same(subject: Subject, one: Points, other: Points) -> str:
    """What the two have in common, as the beginning of a sentence; empty if they are two things."""
    both = one.when is not None and other.when is not None
    if both and (one.when == other.when or _means_the_same(subject, one, other)):
        return "The same condition"
    if _words(one.label) == _words(other.label):
        return f"\u201c{other.label}\u201d"
    return ""


def _means_the_same(subject: Subject, one: Points, other: Points) -> bool:
    assert one.when is not None
    assert other.when is not None
    return compare(one.when, other.when, subject.domains).kind == "same"


def _words(label: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in label.casefold()).split()


RULE = SpecRule(
    Rule(
        "score-conflict",
        Severity.ERROR,
        "Nothing scores twice, and nothing scores differently in two places.",
    ),
    check,
)
