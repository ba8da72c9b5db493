"""No tier is a copy of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Tier
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    tiers = subject.spec.tiers
    if tiers is None:
        return
    used = [(id, tier) for id, tier in tiers.tiers.items() if tier.in_use]
    for (better, one), (id, other) in combinations(used, 2):
        for name in _same(one, other):
            yield Finding(
                f"tier.{id}",
                tiers.at("tiers", id, name),
                f"`{id}` has the `{name}` of `{better}`, to the letter.",
                "Was it copied and left? Say what holds for this tier.",
                ((tiers.at("tiers", better, name), f"`{better}`"),),
            )
    shares = _shares(subject)
    for (better, _), (id, _) in combinations(used, 2):
        if len(shares.get(id, {})) > 1 and shares.get(id) == shares.get(better):
            region = next(iter(shares[id]))
            change = subject.spec.overlays[region].tiers
            assert change is not None
            yield Finding(
                change.address,
                change.at("capacity", id),
                f"Every region has as many accounts of `{id}` as of `{better}`.",
                "Were the counts copied from one tier to the other? Say what holds for this tier.",
                ((change.at("capacity", better), f"`{better}`"),),
            )


def _same(one: Tier, other: Tier) -> Iterator[str]:
    for name in ("characteristics", "engagement", "capacity"):
        found = getattr(other, name)
        if found and found == getattr(one, name):
            yield name
    records = [example.record for example in one.examples.values()]
    if records and records == [example.record for example in other.examples.values()]:
        yield "examples"


def _shares(subject: Subject) -> Mapping[str, Mapping[str, int]]:
    """By tier, what each region states for it."""
    shares: dict[str, dict[str, int]] = {}
    for region, overlay in subject.spec.overlays.items():
        for id, count in overlay.tiers.capacity.items() if overlay.tiers is not None else ():
            shares.setdefault(id, {})[region] = count
    return shares


RULE = SpecRule(Rule("tier-copied", Severity.WARNING, "No tier is a copy of another."), check)
