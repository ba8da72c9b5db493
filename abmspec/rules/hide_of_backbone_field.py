"""No region hides a field that is non-negotiable."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for region, overlay in subject.spec.overlays.items():
        fields = subject.resolved.view(region).fields
        for change in overlay.fields.values():
            for index, id in enumerate(change.hide):
                field = fields.get(f"{change.object}.{id}")
                if field is not None and field.backbone:
                    yield Finding(
                        change.address,
                        change.at("hide", index),
                        f"The field `{field.name}` is part of the backbone, so no region may hide it.",
                        f"Take `{id}` out of `hide`.",
                        ((field.at("backbone"), "It is locked here."),),
                    )


RULE = SpecRule(
    Rule("hide-of-backbone-field", Severity.ERROR, "No region hides a field of the backbone."),
    check,
)
