"""The charter names a field for each of the six concepts on which no region may differ."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import CONCEPTS
from abmspec.words import quoted


def check(subject: Subject) -> Iterator[Finding]:
    charter = subject.spec.charter
    if charter is None:
        return
    missing = tuple(concept for concept in CONCEPTS if concept not in charter.non_negotiable)
    if missing:
        yield Finding(
            charter.address,
            charter.key("non_negotiable"),
            f"No field is named for {quoted(missing)}, on which no region may differ.",
            f"Add {', '.join(f'`{concept}: account.…`' for concept in missing)} under `non_negotiable`.",
        )
    said: dict[str, str] = {}
    for concept, field in charter.non_negotiable.items():
        if said.setdefault(field, concept) != concept:
            yield Finding(
                charter.address,
                charter.at("non_negotiable", concept),
                f"`{field}` is named for `{concept}`, and for `{said[field]}` already.",
                "Name for each the field that holds it.",
                ((charter.at("non_negotiable", said[field]), f"for `{said[field]}`"),),
            )


RULE = SpecRule(
    Rule(
        "non-negotiable-missing",
        Severity.ERROR,
        "The charter names a field for each of the six concepts on which no region may differ.",
    ),
    check,
)
