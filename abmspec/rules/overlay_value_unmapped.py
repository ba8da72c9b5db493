"""Every regional value rolls up to one global value."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.listed import circle
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for whole in subject.lists:
        picklist = whole.picklist
        # What rolls up to itself can roll up to nothing, and that is said elsewhere.
        everything = picklist.rolls_up_to and not circle(subject.lists, picklist.id)
        for listed in whole.values if everything else whole.added:
            if listed.value.maps_to or listed.value.status == "retired":
                continue
            if listed.scope != picklist.scope and not picklist.extensible:
                continue  # It has no place in the list at all, and that is said elsewhere.
            parents = whole.parents(listed)
            yield Finding(
                listed.address,
                listed.at.key(),
                f"`{listed.id}` rolls up to no value of `{parents}`, so regional sums would not add up to the total.",
                f"Add `maps_to: <value of {parents}>`.",
            )


RULE = SpecRule(
    Rule(
        "overlay-value-unmapped",
        Severity.ERROR,
        "Every value that a region adds rolls up to exactly one value of the list above.",
    ),
    check,
)
