"""The examples of a tier score into that tier."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Tiers, factor_score
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    tiers = subject.spec.tiers
    if tiers is None or not _can_be_trusted(tiers):
        return
    for id, tier in tiers.tiers.items():
        for name, example in tier.examples.items() if tier.in_use else ():
            if not _can_be_scored(tiers, example.record):
                continue
            score = tiers.score(example.record)
            reached = tiers.tier_of(score)
            if reached in (id, ""):  # Scores below the last threshold are told there.
                continue
            parts = ", ".join(
                f"{factor} {factor_score(each, example.record):g} × {each.weight:g} %"
                for factor, each in tiers.factors.items()
            )
            yield Finding(
                f"tier.{id}",
                tiers.key("tiers", id, "examples", name),
                f"The example `{name}` of `{id}` scores {score:g} and is in `{reached}`: {parts}.",
                f"`{id}` begins at {tier.at_least:g}: correct the example, the weights or the threshold.",
                ((tiers.at("tiers", id, "at_least"), f"the threshold of `{id}`"),),
            )


def _can_be_trusted(tiers: Tiers) -> bool:
    """Whether weights and thresholds are in order: otherwise they are to blame, and others say so."""
    thresholds = [tier.at_least for tier in tiers.tiers.values() if tier.in_use]
    weight = sum(factor.weight for factor in tiers.factors.values())
    return abs(weight - 100) < 1e-6 and all(above > below for above, below in pairwise(thresholds))


def _can_be_scored(
    tiers: Tiers, record: dict[str, str | int | float | bool | tuple[str, ...] | None]
) -> bool:
    """Whether every input is of a type that its factor reads."""
    for factor in tiers.factors.values():
        for name in factor.inputs:
            held = record.get(name)
            is_number = isinstance(held, int | float) and not isinstance(held, bool)
            if held is not None and (is_number if factor.scores else not is_number):
                return False
    return True


RULE = SpecRule(Rule("tier-example", Severity.ERROR, "The examples of a tier score into that tier."), check)
