"""Every role has people in it."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for role in subject.spec.governance.roles.values():
        if role.members or not role.in_use or role.group == "queue":
            continue
        deputised = " beside its deputies" if role.deputies else ""
        yield Finding(
            role.address,
            role.key(),
            f"Nobody{deputised} is in the role `{role.id}`, so nobody can answer or approve for it.",
            "Add `members: [<login>]`; for a place where things only wait, write `group: queue`.",
        )


RULE = SpecRule(
    Rule("role-unfilled", Severity.ERROR, "Every role that is not a queue has members."),
    check,
)
