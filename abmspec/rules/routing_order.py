"""The order of a routed role names steps that exist, and every step that exists."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import RoutedRole, Routing
from abmspec.rules.rule import SpecRule, Subject
from abmspec.words import certain, nearest, quoted

STEPS = ("override", "crm-owner", "enrichment", "territory")


def check(subject: Subject) -> Iterator[Finding]:
    routing = subject.spec.routing
    for id, role in routing.roles.items() if routing is not None else ():
        if routing is not None:
            yield from _unknown(routing, id, role)
            yield from _unnamed(routing, id, role)


def _unknown(routing: Routing, id: str, role: RoutedRole) -> Iterator[Finding]:
    known = (*STEPS, *role.rules)
    for index, step in enumerate(role.order):
        if step in known:
            continue
        near = nearest(step, known)
        yield Finding(
            routing.address,
            routing.at("roles", id, "order", index),
            f"`{step}` is no step of `{id}`: it is no rule of it, and not one of {quoted(STEPS)}.",
            f"Did you mean `{near}`?" if near else f"Add a rule `{step}`, or take it out.",
            meant=certain(step, known),
        )


def _unnamed(routing: Routing, id: str, role: RoutedRole) -> Iterator[Finding]:
    at = routing.key("roles", id, "order")
    for rule in role.rules:
        if rule not in role.order:
            yield Finding(
                f"{routing.address}.{id}.rule.{rule}",
                routing.key("roles", id, "rules", rule),
                f"The rule `{rule}` is not in the order of `{id}`, so it is never asked.",
                f"Add `{rule}` to `order`, where it belongs.",
                ((at, "the order"),),
            )
    if "territory" not in role.order:
        yield Finding(
            routing.address,
            at,
            f"Nothing takes what no step of `{id}` answers: `territory` is not in the order.",
            "Add `territory` at the end of `order`.",
        )
    elif role.order[-1] != "territory":
        step = role.order[-1]
        yield Finding(
            routing.address,
            routing.at("roles", id, "order", len(role.order) - 1),
            f"`{step}` comes after `territory`, which takes every record, so it is never asked.",
            f"Move `{step}` before `territory`.",
        )


RULE = SpecRule(
    Rule(
        "routing-order",
        Severity.ERROR,
        "The order of a routed role names steps that exist, and every step that exists.",
    ),
    check,
)
