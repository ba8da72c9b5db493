"""A region keeps its own fields to what the project allows."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.load import PROJECT_PATH
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    cap = spec.project.caps.fields_per_region
    for region, overlay in spec.overlays.items():
        own = [field for field in overlay.own.fields.values() if field.status != "retired"]
        if len(own) > cap:
            yield Finding(
                f"region.{region}",
                own[cap].key(),
                f"`{region}` has {len(own)} fields of its own, and the project allows {cap}.",
                "Retire some, promote those that others need, or raise `caps.fields_per_region`.",
                ((Anchor(PROJECT_PATH, ("caps", "fields_per_region")), "The cap is set here."),),
            )


RULE = SpecRule(
    Rule(
        "regional-field-cap",
        Severity.ERROR,
        "A region has no more fields of its own than the project allows.",
    ),
    check,
)
