"""Findings as text for people and as documents for machines.

Each format is a function from a `Report` to the whole text to print, its last line ended.
"""

from __future__ import annotations

from collections.abc import Callable

from abmspec.report.github import as_github
from abmspec.report.gitlab import as_gitlab
from abmspec.report.json_document import as_json
from abmspec.report.junit import as_junit
from abmspec.report.markdown import as_markdown
from abmspec.report.report import Report
from abmspec.report.sarif import as_sarif
from abmspec.report.text import as_text

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": as_text,
    "github": as_github,
    "json": as_json,
    "sarif": as_sarif,
    "junit": as_junit,
    "gitlab": as_gitlab,
    "markdown": as_markdown,
}

__all__ = ["FORMATS", "Report"]
