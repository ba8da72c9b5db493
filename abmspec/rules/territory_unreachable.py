"""Every territory can be reached."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.condition import ALWAYS, AnyOf, Condition, compare, expand, verdict
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.entity import Entity
from abmspec.model.taxonomy import RoutedRole
from abmspec.resolve import View
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    spec, resolved = subject.spec, subject.resolved
    if spec.routing is not None:
        for id, role in spec.routing.roles.items():
            yield from _territories(subject, resolved.backbone, spec.routing, id, role)
    for region, overlay in spec.overlays.items():
        for id, role in overlay.routing.roles.items() if overlay.routing is not None else ():
            if overlay.routing is not None:
                yield from _territories(subject, resolved.view(region), overlay.routing, id, role)


def _territories(
    subject: Subject, view: View, routing: Entity, id: str, role: RoutedRole
) -> Iterator[Finding]:
    segments = {name: each.when for name, each in view.segments.items() if each.when is not None}
    before: list[tuple[str, Condition]] = []
    for name, territory in role.territories.items():
        taken = _taken_by(subject, before, territory.when, segments)
        if taken:
            first = taken[0]
            by = f"`{first}` takes" if len(taken) == 1 else "those before it take"
            yield Finding(
                f"{routing.address}.{id}.territory.{name}",
                routing.key("roles", id, "territories", name),
                f"No record reaches `{name}`: {by} all that it asks for.",
                f"Move it before `{first}`, or take it out.",
                tuple((routing.key("roles", id, "territories", each), "comes first") for each in taken),
            )
        when = _expanded(territory.when, segments)
        if when is not None:
            before.append((name, when))


def _taken_by(
    subject: Subject,
    before: list[tuple[str, Condition]],
    when: Condition | None,
    segments: dict[str, Condition],
) -> list[str]:
    """The territories that leave nothing for this one: the first alone, or all before it together."""
    own = _expanded(when, segments)
    if own is None or not before or verdict(own, subject.domains) == "empty":
        return []
    for name, other in before:
        if compare(other, own, subject.domains).kind in ("same", "narrower"):
            return [name]
    together = AnyOf(tuple(other for _, other in before))
    if compare(together, own, subject.domains).kind in ("same", "narrower"):
        return [name for name, _ in before]
    return []


def _expanded(when: Condition | None, segments: dict[str, Condition]) -> Condition | None:
    try:
        return ALWAYS if when is None else expand(when, segments)
    except ValueError:
        return None


RULE = SpecRule(Rule("territory-unreachable", Severity.ERROR, "Every territory can be reached."), check)
