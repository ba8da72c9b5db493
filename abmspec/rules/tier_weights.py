"""The weights of the tiers' factors sum to 100, in every region."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Tiers
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor
from abmspec.words import quoted


def check(subject: Subject) -> Iterator[Finding]:
    tiers = subject.spec.tiers
    if tiers is None:
        return
    if not _is_whole(_sum(tiers)):
        yield _finding(tiers.address, tiers.key("factors"), _sum(tiers), "The weights", tiers, ())
        return
    for region, overlay in subject.spec.overlays.items():
        change, view = overlay.tiers, subject.resolved.view(region)
        if change is None or not change.weights or view.tiers is None or _is_whole(_sum(view.tiers)):
            continue
        related = ((tiers.key("factors"), "the weights from above"),)
        yield _finding(
            change.address,
            change.key("weights"),
            _sum(view.tiers),
            f"In {region} the weights",
            view.tiers,
            related,
        )


def _sum(tiers: Tiers) -> float:
    return sum(factor.weight for factor in tiers.factors.values())


def _is_whole(total: float) -> bool:
    return abs(total - 100) < 1e-6


def _finding(
    address: str, at: Anchor, total: float, whose: str, tiers: Tiers, related: tuple[tuple[Anchor, str], ...]
) -> Finding:
    more = total - 100
    weights = quoted(tuple(f"{id}: {factor.weight:g}" for id, factor in tiers.factors.items()))
    return Finding(
        address,
        at,
        f"{whose} sum to {total:g}, not to 100: {weights}.",
        f"{'Take away' if more > 0 else 'Add'} {abs(more):g} where it fits.",
        related,
    )


RULE = SpecRule(
    Rule("tier-weights", Severity.ERROR, "The weights of the tiers' factors sum to 100, in every region."),
    check,
)
