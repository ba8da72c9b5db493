"""Every rule of the change policy can decide something."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.changes import Box, Space, without
from abmspec.rules.rule import SpecRule, Subject
from abmspec.words import quoted


def check(subject: Subject) -> Iterator[Finding]:
    policy = subject.spec.governance.policy
    if policy is None:
        return
    space = Space(policy)
    earlier: dict[str, Box] = {}
    for id, rule in policy.rules.items():
        box = space.box(rule.when)
        address, at = f"change-policy.rule.{id}", policy.key("rules", id)
        if box.is_empty:
            yield Finding(
                address,
                at,
                f"`{id}` is for no change at all: what is global is in no region.",
                "Take `scope: global` or the regions out of its `when`.",
            )
            continue
        left = [box]
        for taken in earlier.values():
            left = without(left, taken)
        if not left:
            yield _unreachable(id, box, earlier, subject)
        earlier[id] = box


def _unreachable(id: str, box: Box, earlier: dict[str, Box], subject: Subject) -> Finding:
    policy = subject.spec.governance.policy
    assert policy is not None
    alone = [other for other, taken in earlier.items() if not box.less(taken)]
    names = alone[:1] or [other for other, taken in earlier.items() if not box.meet(taken).is_empty]
    decide = "decides" if len(names) == 1 else "decide"
    return Finding(
        f"change-policy.rule.{id}",
        policy.key("rules", id),
        f"`{id}` never decides: {quoted(names)}, further up, {decide} all that it is for.",
        f"Move `{id}` above {'it' if len(names) == 1 else 'them'}, or delete it.",
        tuple((policy.key("rules", other), "comes first") for other in names),
    )


RULE = SpecRule(
    Rule(
        "policy-rule-unreachable",
        Severity.ERROR,
        "No rule of the change policy stands below one that decides all that it is for.",
    ),
    check,
)
