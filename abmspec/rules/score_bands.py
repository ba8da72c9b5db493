"""A factor scores everything that its fields can hold."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import LIST_TYPES, NUMBER_TYPES, Factor, Tiers
from abmspec.rules.rule import SpecRule, Subject
from abmspec.words import quoted


def check(subject: Subject) -> Iterator[Finding]:
    tiers = subject.spec.tiers
    for id, factor in tiers.factors.items() if tiers is not None else ():
        if tiers is None:
            return
        yield from _types(subject, tiers, id, factor)
        yield from _bands(tiers, id, factor)
        yield from _scores(subject, tiers, id, factor)


def _types(subject: Subject, tiers: Tiers, id: str, factor: Factor) -> Iterator[Finding]:
    wanted, reads = (
        (NUMBER_TYPES, "bands of a number") if factor.bands else (LIST_TYPES, "the values of a list")
    )
    for index, name in enumerate(factor.inputs):
        field = subject.resolved.backbone.fields.get(name)
        if field is not None and field.type not in wanted:
            yield Finding(
                f"tiers.factor.{id}",
                tiers.at("factors", id, "fields", index)
                if factor.fields
                else tiers.at("factors", id, "field"),
                f"`{id}` scores {reads}; `{name}` is of type {field.type}.",
                "Use `scores` by value." if field.type in LIST_TYPES else "Use `bands` of a number.",
                ((field.at("type"), "its type"),),
            )


def _bands(tiers: Tiers, id: str, factor: Factor) -> Iterator[Finding]:
    bands = list(factor.bands.items())
    for (before, low), (name, high) in pairwise(bands):
        if low.below is None:
            yield Finding(
                f"tiers.factor.{id}",
                tiers.key("factors", id, "bands", before),
                f"`{before}` has no upper bound, so `{name}` after it is never reached.",
                f"Add `below:` to `{before}`, or move it to the end.",
                ((tiers.key("factors", id, "bands", name), "never reached"),),
            )
        elif high.below is not None and high.below <= low.below:
            yield Finding(
                f"tiers.factor.{id}",
                tiers.at("factors", id, "bands", name, "below"),
                f"`{name}` ends at {high.below:,.15g}, where `{before}` has ended already at {low.below:,.15g}.",
                "Bands stand from the lowest to the highest.",
                ((tiers.at("factors", id, "bands", before, "below"), f"`{before}`"),),
            )
    if bands and bands[-1][1].below is not None:
        name, last = bands[-1]
        yield Finding(
            f"tiers.factor.{id}",
            tiers.at("factors", id, "bands", name, "below"),
            f"Nothing scores from {last.below:,.15g} upwards: the last band, `{name}`, ends there.",
            f"Take `below` out of `{name}`, or add a band without it.",
        )


def _scores(subject: Subject, tiers: Tiers, id: str, factor: Factor) -> Iterator[Finding]:
    if not factor.scores:
        return
    for name in factor.inputs:
        picklist = subject.resolved.backbone.picklist_of(name)
        if picklist is None:
            continue
        missing = tuple(
            value
            for value, each in picklist.values.items()
            if each.status == "active" and value not in factor.scores
        )
        if missing:
            yield Finding(
                f"tiers.factor.{id}",
                tiers.key("factors", id, "scores"),
                f"`{id}` gives no score to {quoted(missing)} of `{picklist.id}`.",
                f"Add {', '.join(f'`{value}: …`' for value in missing[:3])}{' …' if len(missing) > 3 else ''}.",
                ((picklist.key("values"), f"the values of `{picklist.id}`"),),
            )


RULE = SpecRule(
    Rule("score-bands", Severity.ERROR, "A factor scores everything that its fields can hold."), check
)
