"""The RACI and the change policy speak of kinds of things that there are."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor
from abmspec.words import certain, nearest

# Everything that can change, alone and as the file that holds it.
KINDS_TEXT = """
    account account-list account-override account-plan buying-groups change-policy channel charter content council cta
    decision emergency experiment factor field governance icp jurisdiction jurisdictions kpi learning lifecycle
    objective outcome picklist play privacy project raci region role routing seat segment stage system systems
    territory tier tiers value waiver
"""
KINDS = frozenset(KINDS_TEXT.split())


def check(subject: Subject) -> Iterator[Finding]:
    for address, at, kind in _named(subject):
        near = "" if kind in KINDS else nearest(kind, sorted(KINDS))
        if near:
            yield Finding(
                address,
                at,
                f"There is no kind `{kind}`, so no change is ever of it.",
                f"Did you mean `{near}`?",
                meant=certain(kind, KINDS),
            )


def _named(subject: Subject) -> Iterator[tuple[str, Anchor, str]]:
    governance = subject.spec.governance
    for activity in governance.activities.values():
        alone = isinstance(activity.covers.kind, str)
        for index, kind in enumerate(activity.covers.kinds):
            at = activity.at("covers", "kind")
            yield activity.address, at if alone else at.child(index), kind
    if governance.policy is not None:
        for id, rule in governance.policy.rules.items():
            for index, kind in enumerate(rule.when.kind):
                at = governance.policy.at("rules", id, "when", "kind", index)
                yield f"change-policy.rule.{id}", at, kind


RULE = SpecRule(
    Rule(
        "change-kind-unknown",
        Severity.ERROR,
        "No kind of change in the RACI or in the change policy is misspelt.",
    ),
    check,
)
