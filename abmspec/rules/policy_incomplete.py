"""Every change has a rule that says who approves it."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.entity import GLOBAL
from abmspec.rules.changes import CLASSES, OTHER, REGIONAL_CLASSES, Box, Space, without
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor
from abmspec.words import quoted

POLICY_PATH = "taxonomy/governance/change-policy.yaml"


def check(subject: Subject) -> Iterator[Finding]:
    policy = subject.spec.governance.policy
    if policy is None:
        if not subject.spec.is_broken(POLICY_PATH):
            yield Finding(
                "change-policy",
                Anchor(POLICY_PATH),
                "There is no change policy, so every change is refused.",
                f"Write `{POLICY_PATH}`: which changes need whose approval.",
            )
        return
    space = Space(policy)
    for scope, words, classes in (
        ("global", "of the backbone", CLASSES),
        ("region", "of a region", REGIONAL_CLASSES),
    ):
        places = frozenset({GLOBAL}) if scope == "global" else space.all.places - {GLOBAL}
        refused: dict[str, list[str]] = {}
        for class_ in classes:
            asked = space.all._replace(
                places=places, classes=frozenset({class_}), declared=frozenset({OTHER})
            )
            left = [asked]
            for rule in policy.rules.values():
                left = without(left, space.box(rule.when))
            if left:
                refused.setdefault(_only(space, left[0], asked), []).append(class_)
        for only, names in refused.items():
            listed = quoted(names)
            yield Finding(
                policy.address,
                policy.key("rules"),
                f"No rule is for changes {words} that are {listed.replace(' and ', ' or ')}{only}: "
                "they are all refused.",
                f"Add a rule with `when: {{scope: {scope}, class: [{', '.join(names)}]}}` at the end.",
            )


def _only(space: Space, left: Box, asked: Box) -> str:
    """What is special about the changes that are left, in words; empty where none of those asked for has a rule."""
    said = []
    if left.places != asked.places:
        named = sorted(left.places - {OTHER})
        said.append(f"in {quoted(named)}" if named else "in a region that no rule names")
    if left.kinds != asked.kinds:
        named = sorted(left.kinds - {OTHER})
        said.append(f"to a {named[0]}" if named else "to a kind that no rule names")
    if left.sizes != asked.sizes:
        said.append(f"in more than {space.limits[min(left.sizes) - 1]:,} places at once")
    return f", {' and '.join(said)}" if said else ""


RULE = SpecRule(
    Rule("policy-incomplete", Severity.WARNING, "The change policy has a rule for every change."),
    check,
)
