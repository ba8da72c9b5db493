"""Every objective of an account plan leads to something that somebody does."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for plan in subject.spec.account_plans.values():
        if not plan.objectives:
            yield Finding(
                plan.address,
                plan.key("objectives"),
                "The plan says nothing that it wants.",
                'Add `objectives: {<id>: {label: …, due: "YYYY-MM-DD", owner: <role>}}`.',
            )
        served = {strategy.serves for strategy in plan.strategies.values()}
        for id in plan.objectives:
            if id not in served:
                yield Finding(
                    plan.address,
                    plan.key("objectives", id),
                    f"No strategy serves the objective `{id}`.",
                    f"Add one under `strategies`, with `serves: {id}`.",
                )
        done = {action.serves for action in plan.actions.values()}
        for id in plan.strategies:
            if id not in done:
                yield Finding(
                    plan.address,
                    plan.key("strategies", id),
                    f"Nobody does anything for the strategy `{id}`.",
                    f"Add an action with `serves: {id}`, an `owner` and a `due` day.",
                )


RULE = SpecRule(
    Rule(
        "plan-incomplete",
        Severity.WARNING,
        "Every objective of an account plan has a strategy, and every strategy an action.",
    ),
    check,
)
