"""The last territory takes every record that is left."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.condition import verdict
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    routing = subject.spec.routing
    for id, role in routing.roles.items() if routing is not None else ():
        if routing is None:
            return
        if not role.territories:
            if "territory" in role.order:
                yield Finding(
                    routing.address,
                    routing.key("roles", id),
                    f"`{id}` ends with its territories and has none, so records stay without an owner.",
                    "Add `territories: {rest: {to: …}}`.",
                )
            continue
        name, last = list(role.territories.items())[-1]
        if last.when is not None and verdict(last.when, subject.domains) in ("sometimes", "empty"):
            yield Finding(
                f"{routing.address}.{id}.territory.{name}",
                routing.at("roles", id, "territories", name, "when"),
                f"Records that `{name}` does not take have no `{id}`.",
                "Add a last territory without a condition, as `rest: {to: …}`.",
            )


RULE = SpecRule(
    Rule("territory-catch-all", Severity.ERROR, "The last territory takes every record that is left."), check
)
