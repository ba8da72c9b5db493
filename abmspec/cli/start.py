"""What `abmspec` alone says: where you are, and what to do next."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from abmspec import pipeline
from abmspec.cli.options import Day, ProjectError, find_project, require_usable
from abmspec.diagnostic import Severity
from abmspec.words import counted

ANYWHERE = (("abmspec --help", "every command"),)
NONE = (
    ("abmspec init DIR", "begins a project"),
    ("abmspec check -C DIR", "checks the project in another folder"),
)
BROKEN = (
    ("abmspec check", "shows them, with the place and the mend of each"),
    ("abmspec check --statistics", "which rules have the most"),
    ("abmspec explain RULE", "what a rule wants, and why"),
)
CLEAN = (
    ("abmspec build", "compiles it for the systems that run it, into dist/"),
    ("abmspec docs", "writes the site that marketing and sales read, into site/"),
    ("abmspec show ADDRESS", "a thing as a region sees it, and where each part comes from"),
)


def next_steps() -> str:
    """A few lines on the project in this folder or above it, or on how to begin one."""
    try:
        root = find_project(Path())
    except ProjectError as none:
        return _said(none.message, NONE)
    stated = os.environ.get("ABMSPEC_TODAY")
    today = Day().convert(stated, None, None) if stated else pipeline.current_day()
    verdict = pipeline.check_project(root, today)
    try:
        require_usable(verdict)
    except ProjectError as unusable:
        return _said(unusable.message, ())
    counts = Counter(found.severity for found in verdict.diagnostics)
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    said = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
    return _said(
        f"The spec in {root}: {said} in {counted(verdict.files, 'file')}.",
        BROKEN if errors else (*(BROKEN[:1] if warnings else ()), *CLEAN),
    )


def _said(where: str, steps: tuple[tuple[str, str], ...]) -> str:
    listed = (*steps, *ANYWHERE)
    width = max(len(command) for command, _ in listed)
    lines = [f"  {command:<{width}}  {what}" for command, what in listed]
    return "\n".join((where, "", *lines))
