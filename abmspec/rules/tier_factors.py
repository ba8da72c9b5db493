"""The tier score weighs revenue now and to come, influence, alignment, relationship and growth."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Factor
from abmspec.rules.rule import SpecRule, Subject

# What says which factor it is, in its id or label.
CONCEPTS = {
    "revenue": ("revenue", "turnover", "spend"),
    "industry influence": ("influence", "prestige", "reference", "visibility"),
    "strategic alignment": ("align", "strateg", "fit"),
    "relationship strength": ("relation", "engagement", "champion"),
    "growth potential": ("growth", "potential", "expansion", "whitespace"),
}


def check(subject: Subject) -> Iterator[Finding]:
    tiers = subject.spec.tiers
    if tiers is None:
        return
    found = {concept: _factors(tiers.factors, words) for concept, words in CONCEPTS.items()}
    missing = [concept for concept, ids in found.items() if not ids]
    if missing:
        yield Finding(
            tiers.address,
            tiers.key("factors"),
            f"No factor of the tiers speaks of {' or '.join(missing)}.",
            "Add it, or name in the `label` of the factor that covers it what it covers.",
        )
    revenue = found["revenue"]
    if revenue and sum(len(tiers.factors[id].inputs) for id in revenue) < 2:
        yield Finding(
            tiers.address,
            tiers.key("factors", revenue[0]),
            f"`{revenue[0]}` reads one field; an account's worth is its revenue now and its revenue to come.",
            "Read both: `fields: [account.annual-revenue, account.projected-revenue]`.",
        )


def _factors(factors: dict[str, Factor], words: tuple[str, ...]) -> list[str]:
    return [
        id for id, factor in factors.items() if any(word in f"{id} {factor.label}".lower() for word in words)
    ]


RULE = SpecRule(
    Rule(
        "tier-factors",
        Severity.WARNING,
        "The tier score weighs revenue now and to come, influence, alignment, relationship and growth.",
    ),
    check,
)
