"""Nobody is asked or told about what they do or answer for themselves."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for activity in subject.spec.governance.activities.values():
        if activity.status == "retired":
            continue
        parts = {
            role: ("does it", activity.at("responsible", index))
            for index, role in enumerate(activity.responsible)
        }
        parts[activity.accountable] = ("answers for it", activity.at("accountable"))
        for how, word in (("consulted", "asked"), ("informed", "told")):
            for index, role in enumerate(getattr(activity, how)):
                if role in parts:
                    part, place = parts[role]
                    yield Finding(
                        activity.address,
                        activity.at(how, index),
                        f"`{role}` is to be {word} about `{activity.id}`, and it {part} already.",
                        f"Take `{role}` out of `{how}`.",
                        ((place, f"It {part}."),),
                    )
                else:
                    parts[role] = (f"is {word}", activity.at(how, index))


RULE = SpecRule(
    Rule("raci-role-twice", Severity.WARNING, "In an activity of the RACI a role is asked or told once."),
    check,
)
