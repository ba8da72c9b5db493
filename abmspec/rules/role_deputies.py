"""Deputies, and the time after which they stand in, are said together."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for role in subject.spec.governance.roles.values():
        if role.status == "retired":
            continue
        if role.deputies and not role.deputy_after:
            yield Finding(
                role.address,
                role.key("deputies"),
                f"`{role.id}` has deputies, and nothing says when they may stand in.",
                "Add `deputy_after: 1 business day`, or whatever its members need to answer.",
            )
        elif role.deputy_after and not role.deputies:
            yield Finding(
                role.address,
                role.at("deputy_after"),
                f"After {role.deputy_after} a deputy may stand in for `{role.id}`, and it has none.",
                "Add `deputies: [<login>]`, or take `deputy_after` out.",
            )
        for index, login in enumerate(role.deputies):
            if login in role.members:
                yield Finding(
                    role.address,
                    role.at("deputies", index),
                    f"`{login}` is to stand in for a role that it is a member of.",
                    f"Take `{login}` out of the deputies.",
                    ((role.at("members", role.members.index(login)), "It is a member here."),),
                )


RULE = SpecRule(
    Rule(
        "role-deputies",
        Severity.ERROR,
        "Deputies are others than the members, and it is said after what time they stand in.",
    ),
    check,
)
