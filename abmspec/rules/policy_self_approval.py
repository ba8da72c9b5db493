"""Nobody's change merges on their own word alone."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.governance import ChangePolicy, PolicyRule
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    policy = subject.spec.governance.policy
    if policy is None:
        return
    for id, rule in policy.rules.items():
        if rule.others:
            continue
        address = f"change-policy.rule.{id}"
        if not rule.require:
            yield Finding(
                address,
                policy.key("rules", id),
                f"What `{id}` is for merges without anybody's approval.",
                "Add `require: [<role>]`.",
            )
        elif _alone(policy, rule):
            yield Finding(
                address,
                policy.at("rules", id, "author_counts_as"),
                f"The author's own vote is all that `{id}` asks for.",
                "Add `others: 1`: somebody else, always.",
            )


def _alone(policy: ChangePolicy, rule: PolicyRule) -> bool:
    """Whether one person can give every approval to a change of their own."""
    theirs = set(rule.author_counts_as)
    answered = all(
        each.count == 1 and not theirs.isdisjoint(each.any or (each.role,)) for each in rule.requirements
    )
    return answered and (len(rule.require) == 1 or policy.several_roles)


RULE = SpecRule(
    Rule(
        "policy-self-approval",
        Severity.ERROR,
        "No rule of the change policy lets a change merge on its author's word alone.",
    ),
    check,
)
