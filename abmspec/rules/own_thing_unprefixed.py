"""A region's own things carry its prefix."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.entity import Entity
from abmspec.model.region import RoutingOverlay
from abmspec.model.spec import carries_prefix
from abmspec.references import noun
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    for region, overlay in spec.overlays.items():
        things: tuple[tuple[Mapping[str, Entity], Mapping[str, Entity]], ...] = (
            (overlay.own.ctas, spec.own.ctas),
            (overlay.own.privacy, spec.own.privacy),
        )
        for own, above in things:
            for id, thing in own.items():
                if id in above:
                    yield Finding(
                        thing.address,
                        thing.key(),
                        f"The {noun(thing.noun)} `{id}` is `{region}`'s own, and a global one has the same id.",
                        f"Call it `{_other(id, region)}`.",
                        ((above[id].key(), "The global one stands here."),),
                    )
                elif not carries_prefix(id, region):
                    yield Finding(
                        thing.address,
                        thing.key(),
                        f"The {noun(thing.noun)} is `{region}`'s own, and its id is `{id}`.",
                        f"Call it `{region}-{id}`.",
                        meant=_prefixed(subject, thing.address, id, region, own),
                    )
        if overlay.routing is not None:
            yield from _routing(region, overlay.routing)
        for holder in overlay.own.picklists.values():
            for id, value in holder.values.items():
                if not carries_prefix(id, region) and value.status != "retired":
                    yield Finding(
                        f"{holder.address}.value.{id}",
                        holder.key("values", id),
                        f"The value is `{region}`'s own, and its id is `{id}`.",
                        f"Call it `{region}-{id}`.",
                        meant=_prefixed(subject, f"{holder.address}.value.{id}", id, region, holder.values),
                    )


def _routing(region: str, routing: RoutingOverlay) -> Iterator[Finding]:
    """Rules and territories of a region are its own: they stand before those from above and replace none."""
    for role, said in routing.roles.items():
        for what, names in (("rule", said.rules), ("territory", said.territories)):
            for id in names:
                if not carries_prefix(id, region):
                    yield Finding(
                        f"{routing.address}.{role}.{what}.{id}",
                        routing.key("roles", role, "rules" if what == "rule" else "territories", id),
                        f"The {what} is `{region}`'s own, and its id is `{id}`.",
                        f"Call it `{region}-{id}`.",
                    )


def _prefixed(subject: Subject, address: str, id: str, region: str, taken: Container[str]) -> str | None:
    """The id with the prefix, where nothing else would have to follow."""
    wanted = f"{region}-{id}"
    is_free = wanted not in taken and not subject.references.uses(address)
    return wanted if is_free else None


def _other(id: str, region: str) -> str:
    """An id of the region's own that is not the global one's."""
    return f"{id}-2" if carries_prefix(id, region) else f"{region}-{id}"


RULE = SpecRule(
    Rule(
        "own-thing-unprefixed",
        Severity.ERROR,
        "What is a region's own carries its prefix: the region's id and a hyphen.",
    ),
    check,
)
