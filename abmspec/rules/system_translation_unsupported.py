"""Texts are in languages that the system has."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.holdings import HeldField, Holdings, Option
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for holdings in subject.holdings.values():
        told: set[str] = set()
        for each in _labelled(holdings) if holdings.kind.languages else ():
            for language in each.texts:
                if language == subject.spec.project.locale:
                    continue  # The labels are in it.
                if language not in told and not holdings.kind.language(language):
                    told.add(language)
                    yield Finding(
                        each.address,
                        each.text_at(language).key(),
                        f"{holdings.title} has no language for `{language}`, so texts in it are left out there.",
                        "Use the tag of a language that it has.",
                    )


def _labelled(holdings: Holdings) -> Iterator[Option | HeldField]:
    for held in holdings.lists:
        yield from held.options
    yield from (field for field in holdings.fields if not field.standard)


RULE = SpecRule(
    Rule(
        "system-translation-unsupported",
        Severity.WARNING,
        "Texts that a system should show are in languages that it has.",
    ),
    check,
)
