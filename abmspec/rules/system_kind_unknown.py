"""Every system is of a kind that abmspec knows."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.systems.catalogue import KINDS, find_kind
from abmspec.words import certain, nearest


def check(subject: Subject) -> Iterator[Finding]:
    registry = subject.spec.systems
    names = [kind.name for kind in KINDS]
    for instance, system in registry.systems.items() if registry else ():
        if registry is None or find_kind(system.kind) is not None:
            continue
        near = nearest(system.kind, names)
        yield Finding(
            f"system.{instance}",
            registry.at("systems", instance, "kind"),
            f"`{system.kind}` is no kind of system that abmspec knows, so nothing can be compiled for it.",
            f"Did you mean `{near}`?" if near else f"It knows {', '.join(names)}.",
            meant=certain(system.kind, names),
        )


RULE = SpecRule(
    Rule(
        "system-kind-unknown",
        Severity.ERROR,
        "Every system is of a kind that abmspec knows.",
        waivable=False,
    ),
    check,
)
