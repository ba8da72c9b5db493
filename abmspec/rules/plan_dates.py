"""What serves an objective is due before the objective is."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for plan in subject.spec.account_plans.values():
        for id, action in plan.actions.items():
            strategy = plan.strategies.get(action.serves)
            objective = plan.objectives.get(strategy.serves) if strategy else None
            if strategy is None or objective is None or action.due <= objective.due:
                continue
            yield Finding(
                plan.address,
                plan.at("actions", id, "due"),
                f"`{id}` is due on {action.due}, after the objective `{strategy.serves}` that it serves "
                f"({objective.due}).",
                f"Write a day up to {objective.due}, or give the objective more time.",
                ((plan.at("objectives", strategy.serves, "due"), "when the objective is due"),),
            )


RULE = SpecRule(
    Rule(
        "plan-dates",
        Severity.ERROR,
        "Every action of an account plan is due no later than the objective that it serves.",
    ),
    check,
)
