"""A region keeps its own values to what the project allows."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.load import PROJECT_PATH
from abmspec.model.entity import GLOBAL
from abmspec.rules.listed import Listed
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    cap = spec.project.caps.values_per_region
    own: dict[str, list[Listed]] = {}
    for whole in subject.lists:
        for listed in whole.added if whole.picklist.scope == GLOBAL else whole.values:
            if listed.value.status != "retired":
                own.setdefault(listed.scope, []).append(listed)
    for region, values in own.items():
        if len(values) > cap:
            yield Finding(
                f"region.{region}",
                values[cap].at.key(),
                f"`{region}` has {len(values)} picklist values of its own, and the project allows {cap}.",
                "Retire some, promote those that others need, or raise `caps.values_per_region`.",
                ((Anchor(PROJECT_PATH, ("caps", "values_per_region")), "The cap is set here."),),
            )


RULE = SpecRule(
    Rule(
        "regional-value-cap",
        Severity.ERROR,
        "A region has no more picklist values of its own than the project allows.",
    ),
    check,
)
