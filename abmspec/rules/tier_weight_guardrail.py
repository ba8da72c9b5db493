"""A region moves a weight only within the factor's guardrail."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Factor
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    tiers = subject.spec.tiers
    if tiers is None:
        return
    for id, stated in tiers.factors.items():
        if stated.guardrail is not None and _is_off(stated):
            low, high = stated.guardrail
            yield Finding(
                f"tiers.factor.{id}",
                tiers.at("factors", id, "guardrail"),
                f"The guardrail of `{id}` goes from {low:g} to {high:g}, and its own weight is {stated.weight:g}.",
                "Write the lowest weight first, then the highest, with the factor's own between them.",
                ((tiers.at("factors", id, "weight"), "the weight"),),
            )
    for region, overlay in subject.spec.overlays.items():
        change = overlay.tiers
        for id, weight in change.weights.items() if change is not None else ():
            factor = tiers.factors.get(id)
            if change is None or factor is None or weight == factor.weight or _is_off(factor):
                continue
            at = change.at("weights", id)
            if factor.guardrail is None:
                yield Finding(
                    change.address,
                    at,
                    f"`{region}` moves the weight of `{id}`, which has no guardrail and is the same everywhere.",
                    f"Take it out, or have a `guardrail: [lowest, highest]` approved for `{id}`.",
                    ((tiers.key("factors", id), "the factor"),),
                )
            elif not factor.guardrail[0] <= weight <= factor.guardrail[1]:
                low, high = factor.guardrail
                yield Finding(
                    change.address,
                    at,
                    f"`{region}` gives `{id}` a weight of {weight:g}; between {low:g} and {high:g} is allowed.",
                    f"Write {low if weight < low else high:g}, or have the guardrail moved.",
                    ((tiers.at("factors", id, "guardrail"), "the guardrail"),),
                )


def _is_off(factor: Factor) -> bool:
    """Whether the guardrail does not even hold the factor's own weight: that is told, and of regions nothing."""
    return factor.guardrail is not None and not factor.guardrail[0] <= factor.weight <= factor.guardrail[1]


RULE = SpecRule(
    Rule(
        "tier-weight-guardrail", Severity.ERROR, "A region moves a weight only within the factor's guardrail."
    ),
    check,
)
