"""Regions add values only to lists that let them."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for whole in subject.lists:
        picklist = whole.picklist
        if picklist.extensible:
            continue
        for listed in whole.added:
            if listed.value.status == "retired":
                continue
            yield Finding(
                listed.address,
                listed.at.key(),
                f"`{listed.scope}` adds `{listed.id}` to the picklist `{picklist.id}`, which regions may not extend.",
                f"Use a value that it has, or set `extensible: true` in `{picklist.path}`.",
                ((picklist.at("extensible"), "The list is defined here."),),
            )


RULE = SpecRule(
    Rule("overlay-not-extensible", Severity.ERROR, "Regions add values only to lists that are extensible."),
    check,
)
