"""One role answers for each change."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.governance import Activity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.words import quoted

CHANGES = ("create", "change", "retire")


def check(subject: Subject) -> Iterator[Finding]:
    activities = [each for each in subject.spec.governance.activities.values() if each.in_use]
    for index, activity in enumerate(activities):
        for other in activities[:index]:
            shared = overlap(activity, other)
            if shared and activity.accountable != other.accountable:
                yield Finding(
                    activity.address,
                    activity.at("accountable"),
                    f"`{activity.accountable}` is to answer for what `{other.id}` has `{other.accountable}` "
                    f"answer for already: {shared}.",
                    f"Write `accountable: {other.accountable}`, or let the two cover different changes.",
                    ((other.at("accountable"), f"accountable for `{other.id}`"),),
                )


def overlap(one: Activity, other: Activity) -> str:
    """The changes that both are about, in words; empty where there are none."""
    kinds = [kind for kind in one.covers.kinds if kind in other.covers.kinds]
    both = {one.covers.scope, other.covers.scope} == {"global", "region"}
    changes = [
        change
        for change in CHANGES
        if change in (one.covers.change or CHANGES) and change in (other.covers.change or CHANGES)
    ]
    if not kinds or both or not changes:
        return ""
    scope = one.covers.scope or other.covers.scope
    where = {"": "", "global": " of the backbone", "region": " of a region"}[scope]
    return f"{quoted(changes)} of {quoted(kinds)}{where}"


RULE = SpecRule(
    Rule("raci-accountable", Severity.ERROR, "Exactly one role is accountable for a change."),
    check,
)
