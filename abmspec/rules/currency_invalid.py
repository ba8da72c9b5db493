"""The project's currency exists."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.codes import is_currency
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.load.layout import PROJECT_PATH
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    currency = subject.spec.project.currency
    if not is_currency(currency):
        yield Finding(
            "project",
            Anchor(PROJECT_PATH, ("currency",)),
            f"ISO 4217 has no currency `{currency}`.",
            "Write three capital letters, as `USD` or `EUR`.",
        )


RULE = SpecRule(Rule("currency-invalid", Severity.ERROR, "The project's currency exists."), check)
