"""The project's currency and the start of its fiscal year exist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from abmspec.codes import is_currency
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.load import PROJECT_PATH
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor

# A year that is no leap year: a fiscal year begins on a day that every year has.
ANY_YEAR = 2001


def check(subject: Subject) -> Iterator[Finding]:
    project = subject.spec.project
    if not is_currency(project.currency):
        yield Finding(
            "project",
            Anchor(PROJECT_PATH, ("currency",)),
            f"ISO 4217 has no currency `{project.currency}`.",
            "Write three capital letters, as `USD` or `EUR`.",
        )
    month, _, day = project.fiscal_year_starts.partition("-")
    try:
        date(ANY_YEAR, int(month), int(day))
    except ValueError:
        yield Finding(
            "project",
            Anchor(PROJECT_PATH, ("fiscal_year_starts",)),
            f"Not every year has a day {project.fiscal_year_starts}, so the fiscal year cannot begin on it.",
            'Write month and day, as `"02-01"`.',
        )


RULE = SpecRule(
    Rule(
        "project-settings", Severity.ERROR, "The project's currency and the start of its fiscal year exist."
    ),
    check,
)
