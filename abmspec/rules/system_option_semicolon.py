"""No stored key has the character that joins several values."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.holdings import Holdings
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for holdings in subject.holdings.values():
        everywhere = bool(holdings.kind.lists and ";" in holdings.kind.lists.key_without)
        several = _of_several(holdings)
        for held in holdings.lists:
            if not everywhere and held.name not in several:
                continue
            for option in held.options:
                if ";" in option.key:
                    yield Finding(
                        option.address,
                        option.key_at,
                        f"{holdings.title} joins several values with `;`, so `{option.key}` would be read as more "
                        "than one.",
                        f"State a key without it under `systems`: `{holdings.instance}: <key>`.",
                    )


def _of_several(holdings: Holdings) -> frozenset[str]:
    """The lists that some field takes several values from."""
    return frozenset(
        held.options.name for held in holdings.fields if held.options and held.field.type == "multipicklist"
    )


RULE = SpecRule(
    Rule(
        "system-option-semicolon",
        Severity.ERROR,
        "No stored key has a `;` where the system joins several values with it.",
    ),
    check,
)
