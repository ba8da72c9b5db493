"""Stored keys are ones that the system takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def check(subject: Subject) -> Iterator[Finding]:
    for holdings in subject.holdings.values():
        longest = holdings.kind.lists.key if holdings.kind.lists else None
        for held in holdings.lists:
            for option in held.options:
                fault = _fault(option.key, longest)
                if fault:
                    yield Finding(
                        option.address,
                        option.key_at,
                        f"{holdings.title} does not take the stored key `{option.key[:60]}`: it {fault}.",
                        f"State another under `systems`: `{holdings.instance}: <key>`.",
                    )


def _fault(key: str, longest: int | None) -> str:
    if not key.strip():
        return "is empty"
    if key != key.strip():
        return "begins or ends with a blank, which systems cut off"
    if CONTROL.search(key):
        return "has a line break or a control character"
    if longest is not None and len(key) > longest:
        return f"has {len(key)} characters, and {longest} are allowed"
    return ""


RULE = SpecRule(
    Rule(
        "system-key-invalid",
        Severity.ERROR,
        "A stored key is not too long for its system, has no control character, and no blank at either end.",
    ),
    check,
)
