"""The lead score can be reached, and its caps are caps of something."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    lifecycle = subject.spec.lifecycle
    if lifecycle is None or lifecycle.lead_scoring is None or not lifecycle.lead_scoring.actions:
        return
    scoring = lifecycle.lead_scoring
    best: dict[str, float] = {}
    for action in scoring.actions.values():
        best[action.category] = best.get(action.category, 0) + max(action.points, 0)
    for category in scoring.caps:
        if category not in best:
            known = ", ".join(f"`{each}`" for each in best)
            yield Finding(
                lifecycle.address,
                lifecycle.key("lead_scoring", "caps", category),
                f"`{category}` is capped, and nothing that scores is of that category.",
                f"The categories are {known}.",
            )
    most = sum(min(points, scoring.caps.get(category, points)) for category, points in best.items())
    if most < scoring.mql_at:
        yield Finding(
            lifecycle.address,
            lifecycle.at("lead_scoring", "mql_at"),
            f"A lead is qualified at {scoring.mql_at:,.15g} points; nobody can have more than {most:,.15g}.",
            f"Lower it to {most:,.15g} at most, raise a cap or score more.",
            tuple(
                (lifecycle.at("lead_scoring", "caps", category), f"at most {cap:,.15g}")
                for category, cap in scoring.caps.items()
                if category in best
            ),
        )


RULE = SpecRule(
    Rule("score-caps", Severity.ERROR, "The lead score can be reached, and its caps are caps of something."),
    check,
)
