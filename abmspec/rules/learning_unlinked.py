"""A learning says where it came from."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for own in subject.spec.owns:
        for learning in own.learnings.values():
            if learning.status != "retired" and not learning.plays and not learning.experiment:
                yield Finding(
                    learning.address,
                    learning.key(),
                    "Nothing says which play or experiment taught it, so nobody meets it where it matters.",
                    "Add `plays: [<play>]` or `experiment: <experiment>`.",
                )


RULE = SpecRule(
    Rule("learning-unlinked", Severity.ERROR, "Every learning names the plays or the experiment behind it."),
    check,
)
