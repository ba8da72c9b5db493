"""The five groups that a programme needs are there, and somebody is in each."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.governance import ROLE_GROUPS_REQUIRED
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor

ROLES_PATH = "taxonomy/governance/roles.yaml"


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    if spec.is_broken(ROLES_PATH):
        return
    groups = {role.group for role in spec.governance.roles.values() if role.in_use}
    for group in ROLE_GROUPS_REQUIRED:
        if group not in groups:
            yield Finding(
                f"role-group.{group}",
                Anchor(ROLES_PATH, ("roles",), on_key=True),
                f"No role is in the group `{group}`, which every programme needs.",
                f"Give the role that does this `group: {group}`, or add one.",
            )


RULE = SpecRule(
    Rule(
        "role-group-missing",
        Severity.ERROR,
        "Leadership, program management, account owners, content and data each have a role.",
    ),
    check,
)
