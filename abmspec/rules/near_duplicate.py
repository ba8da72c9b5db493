"""Values that may well mean the same are told of.

Texts are indexed before any two are compared, since a list may hold twenty thousand values: the same letters by a
table, similar ones only with their neighbours in the order of the alphabet, from either end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.listed import Listed, WholeList, see_each_other
from abmspec.rules.rule import SpecRule, Subject
from abmspec.similarity import SAME_END, SHORTEST, comparable, is_alike

NEIGHBOURS = 2


class Name(NamedTuple):
    """One of the texts by which a value is known."""

    listed: Listed
    shown: str
    route: tuple[str | int, ...]


def check(subject: Subject) -> Iterator[Finding]:
    for whole in subject.lists:
        said: set[tuple[int, int]] = set()
        values = [listed for listed in whole.values if listed.value.status == "active"]
        for one, other in _pairs(values):
            if (one, other) in said or one == other:
                continue
            said |= {(one, other), (other, one)}
            pair = _nearest_names(values[one], values[other])
            if pair is None or _is_said_elsewhere(subject, *pair):
                continue
            yield _finding(whole, *pair)


def _pairs(values: list[Listed]) -> Iterator[tuple[int, int]]:
    """Pairs of values that may be the same, by their places."""
    texts: list[str] = []
    owners: list[int] = []
    labels: list[int] = []
    for place, (_, value, _) in enumerate(values):
        names = (value.label, *value.labels.values(), *value.aliases)
        labels.append(len(texts))
        texts += names
        owners += [place] * len(names)
    made = comparable(texts)
    yield from _same(made, owners)
    yield from _similar(values, [made[at] for at in labels])


def _same(texts: list[str], owners: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of values that have a text of the same letters and digits."""
    last = dict(zip(texts, owners, strict=True))
    first = dict(zip(reversed(texts), reversed(owners), strict=True))
    if first == last:
        return
    for owner, text in zip(owners, texts, strict=True):
        if text and first[text] != owner:
            yield first[text], owner


def _similar(values: list[Listed], labels: list[str]) -> Iterator[tuple[int, int]]:
    """Pairs of values whose labels are nearly the same."""
    long = [(label, place) for place, label in enumerate(labels) if len(label) >= SHORTEST]
    for ordered in (sorted(long), sorted((label[::-1], place) for label, place in long)):
        for step in range(1, NEIGHBOURS + 1):
            for (label, place), (near, other) in zip(ordered, ordered[step:], strict=False):
                if near[:SAME_END] != label[:SAME_END] or abs(len(near) - len(label)) > 2:
                    continue
                if is_alike(values[place].value.label, values[other].value.label, label, near):
                    yield min(place, other), max(place, other)


def _nearest_names(one: Listed, other: Listed) -> tuple[Name, Name] | None:
    """The names by which the two are alike: the same letters if there are such, or else the labels."""
    others = {text: name for name, text in reversed(_names(other))}
    for name, text in _names(one):
        if text and text in others:
            return name, others[text]
    if not one.value.label or not other.value.label:
        return None
    return Name(one, one.value.label, ("label",)), Name(other, other.value.label, ("label",))


def _names(listed: Listed) -> list[tuple[Name, str]]:
    value = listed.value
    names = [Name(listed, value.label, ("label",))] if value.label else []
    names += [Name(listed, text, ("labels", language)) for language, text in value.labels.items()]
    names += [Name(listed, text, ("aliases", index)) for index, text in enumerate(value.aliases)]
    return list(zip(names, comparable([name.shown for name in names]), strict=True)) if names else []


def _is_said_elsewhere(subject: Subject, one: Name, other: Name) -> bool:
    """Whether the two are plainly the same where both are offered: other rules call that an error."""
    return (
        one.shown.casefold() == other.shown.casefold()
        and see_each_other(subject.spec, one.listed.scope, other.listed.scope)
        and "labels" not in (one.route[0], other.route[0])
    )


def _finding(whole: WholeList, one: Name, other: Name) -> Finding:
    return Finding(
        other.listed.address,
        other.listed.at.child(*other.route),
        f'`{other.listed.id}` ("{other.shown}") may mean the same as `{one.listed.id}` ("{one.shown}") '
        f"of the picklist `{whole.picklist.id}`.",
        f"Use `{one.listed.id}`, or give them names that tell them apart.",
        ((one.listed.at.child(*one.route), f"`{one.listed.id}` stands here."),),
    )


RULE = SpecRule(
    Rule(
        "near-duplicate",
        Severity.WARNING,
        "No two values of a picklist, in any region, have names that are nearly the same.",
    ),
    check,
)
