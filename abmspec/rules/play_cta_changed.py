"""A play calls to one action, from its first step to its last."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.resolve import Resolved
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.variations import plays


def check(subject: Subject) -> Iterator[Finding]:
    for play in plays(subject.resolved):
        wanted = meaning(subject.resolved, play.scope, play.cta)
        for id, step in play.steps.items():
            said = meaning(subject.resolved, play.scope, step.cta) if step.cta else wanted
            if not wanted or not said or said == wanted:
                continue
            yield Finding(
                play.address,
                play.at("steps", id, "cta"),
                f"The step `{id}` calls to `{step.cta}`, and the play to `{play.cta}`: "
                "who follows it is led elsewhere half way.",
                f"Delete the step's `cta`, or write `cta: {step.cta}` for the whole play.",
                ((play.at("cta"), "the play's call to action"),),
            )


def meaning(resolved: Resolved, scope: str, id: str) -> str:
    """The global call to action that one stands for; empty where one on the way is unknown."""
    ctas = resolved.view(scope).ctas
    seen: set[str] = set()
    while id in ctas and id not in seen:
        seen.add(id)
        if not ctas[id].maps_to:
            return id
        id = ctas[id].maps_to
    return ""


RULE = SpecRule(
    Rule("play-cta-changed", Severity.ERROR, "All steps of a play share its call to action."),
    check,
)
