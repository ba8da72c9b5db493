"""Every territory can be reached."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.condition import ALWAYS, Condition, TooComplex, expand
from abmspec.condition.diagram import FALSE
from abmspec.condition.normal_form import Space
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.entity import Entity
from abmspec.model.taxonomy import RoutedRole
from abmspec.resolve import View
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    spec, resolved = subject.spec, subject.resolved
    if spec.routing is not None:
        for id, role in spec.routing.roles.items():
            yield from _role(subject, resolved.backbone, spec.routing, id, role)
    for region, overlay in spec.overlays.items():
        if overlay.routing is not None:
            for id, role in overlay.routing.roles.items():
                yield from _role(subject, resolved.view(region), overlay.routing, id, role)


def _role(subject: Subject, view: View, routing: Entity, id: str, role: RoutedRole) -> Iterator[Finding]:
    for name, takers in _unreachable(subject, view, role):
        by = f"`{takers[0]}` takes" if len(takers) == 1 else "those before it take"
        yield Finding(
            f"{routing.address}.{id}.territory.{name}",
            routing.key("roles", id, "territories", name),
            f"No record reaches `{name}`: {by} all that it asks for.",
            f"Move it before `{takers[0]}`, or take it out.",
            tuple((routing.key("roles", id, "territories", each), "comes first") for each in takers),
        )


def _unreachable(subject: Subject, view: View, role: RoutedRole) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each territory that others leave nothing for, with the one before it that does, or all of them together."""
    try:
        whens: dict[str, Condition] = {
            name: ALWAYS if territory.when is None else expand(territory.when, view.definitions)
            for name, territory in role.territories.items()
        }
        space = Space(whens.values(), subject.domains)
    except (ValueError, TooComplex):
        return
    diagram, taken, nodes = space.diagram, FALSE, dict[str, int]()
    for name, when in whens.items():
        try:
            node = space.node(when)
            if node != FALSE and diagram.implies(node, taken):
                alone = next((other for other, before in nodes.items() if diagram.implies(node, before)), "")
                yield name, (alone,) if alone else tuple(nodes)
            taken = diagram.either(taken, node)
        except TooComplex:
            continue
        nodes[name] = node


RULE = SpecRule(Rule("territory-unreachable", Severity.ERROR, "Every territory can be reached."), check)
