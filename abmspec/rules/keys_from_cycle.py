"""Instances that take over each other's stored keys do not do so in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.holdings import key_sources
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    registry = subject.spec.systems
    if registry is None:
        return
    told: set[str] = set()
    for instance, system in registry.systems.items():
        chain = key_sources(registry.systems, instance)
        if registry.systems[chain[-1]].keys_from == instance and instance not in told:
            told.update(chain)
            circle = " → ".join(f"`{each}`" for each in (*chain, instance))
            yield Finding(
                f"system.{instance}",
                registry.at("systems", instance, "keys_from"),
                f"`{instance}` takes its stored keys from `{system.keys_from}`, and in a circle from itself: {circle}.",
                "Let one of them state its own keys.",
            )


RULE = SpecRule(
    Rule(
        "keys-from-cycle",
        Severity.ERROR,
        "No instance takes over its stored keys from itself, by whatever way round.",
        waivable=False,
    ),
    check,
)
