"""Every field, segment and the profile name who uses them."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Field, Icp, Segment
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import fields_in_use, segments_in_use


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    things: list[Field | Segment | Icp] = [*fields_in_use(spec), *segments_in_use(spec)]
    if spec.icp is not None and spec.icp.status != "retired":
        things.append(spec.icp)
    for thing in things:
        if not thing.consumers:
            yield Finding(
                thing.address,
                thing.key(),
                f"Nobody is named who uses `{thing.name}`.",
                "Add `consumers:` with `marketing`, `sales`, `customer-success`, `product` or `operations`.",
            )


RULE = SpecRule(
    Rule("consumers-missing", Severity.ERROR, "Every field, segment and the profile name who uses them."),
    check,
)
