"""Nothing scores twice, and nothing scores differently in two places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from abmspec.condition import simplify, to_data
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Points
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    lifecycle = subject.spec.lifecycle
    if lifecycle is None or lifecycle.lead_scoring is None:
        return
    actions = lifecycle.lead_scoring.actions
    seen: dict[object, str] = {}
    for id, action in actions.items():
        for what, key in _keys(subject, action):
            before = seen.setdefault(key, id)
            if before == id:
                continue
            first = actions[before]
            worth = (
                f"is worth {first.points:+g} as `{before}` and {action.points:+g} as `{id}`"
                if first.points != action.points
                else f"counts twice, as `{before}` and as `{id}`"
            )
            yield Finding(
                lifecycle.address,
                lifecycle.at("lead_scoring", "actions", id, "points"),
                f"{what} {worth}.",
                "Keep one of the two.",
                (
                    (
                        lifecycle.at("lead_scoring", "actions", before, "points"),
                        f"`{before}`: {first.points:+g}",
                    ),
                ),
            )
            break


def _keys(subject: Subject, action: Points) -> Iterator[tuple[str, object]]:
    """What makes two actions one: how they read, what they ask."""
    letters = (letter if letter.isalnum() else " " for letter in action.label.casefold())
    yield f"\u201c{action.label}\u201d", ("label", *"".join(letters).split())
    if action.when is not None:
        yield "The same condition", ("when", repr(_sorted(to_data(simplify(action.when, subject.domains)))))


def _sorted(data: Any) -> Any:
    """The same in every order of its lists."""
    if isinstance(data, dict):
        return {key: _sorted(value) for key, value in data.items()}
    return sorted(map(_sorted, data), key=repr) if isinstance(data, list) else data


RULE = SpecRule(
    Rule(
        "score-conflict",
        Severity.ERROR,
        "Nothing scores twice, and nothing scores differently in two places.",
    ),
    check,
)
