"""The charter names a field for each of the six concepts on which no region may differ."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import CONCEPTS


def check(subject: Subject) -> Iterator[Finding]:
    charter = subject.spec.charter
    if charter is None:
        return
    for concept in CONCEPTS:
        if concept not in charter.non_negotiable:
            yield Finding(
                charter.address,
                charter.key("non_negotiable"),
                f"No field is named for `{concept}`, on which no region may differ.",
                f"Add `{concept}: account.…` under `non_negotiable`.",
            )


RULE = SpecRule(
    Rule(
        "non-negotiable-missing",
        Severity.ERROR,
        "The charter names a field for each of the six concepts on which no region may differ.",
    ),
    check,
)
