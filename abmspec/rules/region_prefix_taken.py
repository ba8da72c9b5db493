"""A region's prefix is the region's alone."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.references import Thing, noun
from abmspec.rules.rule import SpecRule, Subject

# What a region may have of its own, so that its prefix says whose it is. Privacy rules are named for jurisdictions,
# which may be called like regions.
KINDS = frozenset(
    {"picklist", "value", "field", "segment", "play", "content", "cta", "experiment", "learning"}
)


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    for id, region in spec.regions.items():
        for other in spec.regions.values():
            if id.startswith(f"{other.id}-"):
                yield Finding(
                    region.address,
                    region.key(),
                    f"What belongs to `{id}` would carry the prefix of `{other.id}` too.",
                    f"Rename one of the folders, as to `{id.removeprefix(f'{other.id}-')}`.",
                    ((other.key(), f"`{other.id}` is defined here."),),
                )
    prefixes = {f"{id}-": region for id, region in spec.regions.items()}
    for thing in subject.references.things.values():
        if thing.kind not in KINDS:
            continue
        name = thing.id.rpartition(".")[2]
        for prefix in _starts(name):
            owner = prefixes.get(prefix)
            if (
                owner is not None
                and owner.id != thing.scope
                and not _is_listed_above(thing, owner.id, subject)
            ):
                yield Finding(
                    thing.address,
                    thing.at,
                    f"The {noun(thing.kind)} `{name}` is not `{owner.id}`'s, and its id begins like one.",
                    f"Rename it, or move it into `{owner.folder}`.",
                    ((owner.key(), f"`{owner.id}` is a region."),),
                )


def _starts(name: str) -> Iterator[str]:
    """What an id begins with, at each hyphen: `us-` and `us-federal-` of `us-federal-health`."""
    at = name.find("-")
    while at != -1:
        yield name[: at + 1]
        at = name.find("-", at + 1)


def _is_listed_above(thing: Thing, region: str, subject: Subject) -> bool:
    """Whether the id only looks so because two regions' ids do (`us` and `us-federal`): that is said of the regions."""
    return thing.scope in subject.spec.regions and thing.scope.startswith(f"{region}-")


RULE = SpecRule(
    Rule(
        "region-prefix-taken",
        Severity.ERROR,
        "Only what belongs to a region has an id that begins with the region's.",
    ),
    check,
)
