"""The stages are the values of the field that holds them, in the same order."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    lifecycle = subject.spec.lifecycle
    if lifecycle is None:
        return
    picklist = subject.resolved.backbone.picklist_of(lifecycle.field)
    if picklist is None:
        return
    values = [id for id, value in picklist.values.items() if value.status == "active"]
    stages = [id for id, stage in lifecycle.stages.items() if stage.in_use]
    for id in values:
        if id not in stages:
            yield Finding(
                lifecycle.address,
                lifecycle.key("stages"),
                f"`{id}` is a value of `{lifecycle.field}`, and nothing says when an account enters that stage.",
                f"Add `{id}:` under `stages`, or retire the value.",
                ((picklist.key("values", id), "the value"),),
            )
    both = [id for id in values if id in stages]
    ordered = [id for id in stages if id in both]
    for wanted, found in zip(both, ordered, strict=True):
        if wanted != found:
            yield Finding(
                f"lifecycle.stage.{found}",
                lifecycle.key("stages", found),
                f"The journey has `{found}` where the list `{picklist.id}` has `{wanted}`.",
                "Put the stages and the values in one order.",
                ((picklist.key("values", wanted), "the order of the values"),),
            )
            return


RULE = SpecRule(
    Rule(
        "lifecycle-stages-differ",
        Severity.ERROR,
        "The stages are the values of the field that holds them, in the same order.",
    ),
    check,
)
