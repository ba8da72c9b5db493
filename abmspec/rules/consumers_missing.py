"""Every field, segment and the profile name who uses them."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Icp, Segment
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import Lacking, lacking, segments_in_use


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    things: list[Segment | Icp] = [*segments_in_use(spec)]
    if spec.icp is not None:
        things.append(spec.icp)
    missing = [
        *lacking(spec, lambda field: not field.consumers),
        *(Lacking(thing.address, thing.key(), f"`{thing.name}`") for thing in things if not thing.consumers),
    ]
    for address, at, name in missing:
        yield Finding(
            address,
            at,
            f"Nobody is said to use {name}.",
            "Add `consumers:` with `marketing`, `sales`, `customer-success`, `product` or `operations`.",
        )


RULE = SpecRule(
    Rule("consumers-missing", Severity.ERROR, "Every field, segment and the profile name who uses them."),
    check,
)
