"""A jurisdiction within another lies in it, and not in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Jurisdiction
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    holder = subject.spec.jurisdictions
    if holder is None:
        return
    known = holder.jurisdictions
    for id, jurisdiction in known.items():
        outer = known.get(jurisdiction.within)
        if outer is None:
            continue
        at = holder.at("jurisdictions", id, "within")
        if id in _chain(known, jurisdiction.within):
            yield Finding(
                f"jurisdiction.{id}",
                at,
                f"`{id}` lies within `{jurisdiction.within}`, which lies within it.",
                "Take one `within` out.",
            )
            continue
        outside = [
            *(code for code in jurisdiction.countries if code not in outer.countries),
            *(code for code in jurisdiction.subdivisions if not _holds(outer, code)),
        ]
        if outside:
            yield Finding(
                f"jurisdiction.{id}",
                at,
                f"`{id}` is said to lie within `{jurisdiction.within}`, which does not have {', '.join(outside)}.",
                f"Add {', '.join(outside)} to `{jurisdiction.within}`, or take `within` out.",
                ((holder.key("jurisdictions", jurisdiction.within), f"`{jurisdiction.within}`"),),
            )


def _chain(known: dict[str, Jurisdiction], id: str) -> list[str]:
    chain: list[str] = []
    while id in known and id not in chain:
        chain.append(id)
        id = known[id].within
    return chain


def _holds(outer: Jurisdiction, subdivision: str) -> bool:
    return subdivision in outer.subdivisions or subdivision.partition("-")[0] in outer.countries


RULE = SpecRule(
    Rule(
        "jurisdiction-outside",
        Severity.ERROR,
        "A jurisdiction within another lies in it, and not in a circle.",
    ),
    check,
)
