"""The fields on which no region may differ are locked."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import CONCEPTS
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    charter = subject.spec.charter
    if charter is None:
        return
    for concept, name in charter.non_negotiable.items():
        field = subject.spec.own.fields.get(name)
        if field is not None and field.status != "retired" and not field.backbone:
            said = "non-negotiable" if concept in CONCEPTS else "named in the charter"
            at = Anchor(field.path, (*field.route, "backbone"))
            yield Finding(
                field.address,
                at if subject.spec.says(at) else field.key(),
                f"`{name}` is {said} and not locked, so a region could hide it.",
                "Add `backbone: true`.",
                ((charter.at("non_negotiable", concept), f"named for `{concept}` here"),),
            )


RULE = SpecRule(
    Rule("non-negotiable-unlocked", Severity.ERROR, "The fields on which no region may differ are locked."),
    check,
)
