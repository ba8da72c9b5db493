"""What is unknown counts as a value in use."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.words import certain, nearest


def check(subject: Subject) -> Iterator[Finding]:
    for whole in subject.lists:
        picklist = whole.picklist
        id = picklist.when_unknown
        if not id:
            continue
        at, value = picklist.at("when_unknown"), picklist.values.get(id)
        if value is None:
            near = nearest(id, list(picklist.values))
            mend = f"Did you mean `{near}`?" if near else "Name one of the list's values."
            yield Finding(
                picklist.address,
                at,
                f"`when_unknown` names `{id}`, which is no value of the list.",
                mend,
                meant=certain(id, picklist.values),
            )
        elif value.status != "active":
            message = f"Records of which nothing is known would count as `{id}`, which is {value.status}."
            related = ((picklist.key("values", id), f"`{id}` is defined here."),)
            yield Finding(picklist.address, at, message, "Name a value that is active.", related)


RULE = SpecRule(
    Rule(
        "when-unknown-invalid",
        Severity.ERROR,
        "What is unknown counts as a value that is there and active.",
    ),
    check,
)
