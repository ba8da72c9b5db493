"""A country belongs to one region."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.region import Region
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    seen: dict[str, tuple[Region, Anchor]] = {}
    for region in subject.spec.regions.values():
        if not region.in_use:
            continue
        for attribute in ("countries", "subdivisions"):
            for index, code in enumerate(getattr(region, attribute)):
                at = region.at(attribute, index)
                if code not in seen:
                    seen[code] = (region, at)
                    continue
                first, where = seen[code]
                yield Finding(
                    region.address,
                    at,
                    f"`{code}` is a country of {first.id} already, so its accounts would be in two regions.",
                    _mend(subject, first, region),
                    ((where, f"in {first.id}"),),
                )


def _mend(subject: Subject, first: Region, region: Region) -> str:
    if first.id in subject.spec.ancestors(region.id):
        return f"Take it out of {first.id}: it holds the countries of {region.id} too."
    return "Leave it in the region that works it."


RULE = SpecRule(Rule("country-duplicate", Severity.ERROR, "A country belongs to one region."), check)
