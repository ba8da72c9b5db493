"""Findings as GitHub workflow commands: annotations on the lines of a pull request.

Format and escaping: GitHub Docs, "Workflow commands for GitHub Actions". GitHub shows ten annotations of a level per
step, so the most severe come first.
"""

from __future__ import annotations

from abmspec.diagnostic import Diagnostic, Severity
from abmspec.report.report import Report
from abmspec.report.text import gone_from_baseline

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_github(report: Report) -> str:
    """One command a line, errors first; nothing for a clean spec."""
    lines = [_command(report, found) for found in report.ranked()]
    gone = gone_from_baseline(report)
    if gone:
        lines.append(f"::notice title=abmspec::{_escape(gone)}")
    return "".join(line + "\n" for line in lines)


def _command(report: Report, found: Diagnostic) -> str:
    properties = {
        "file": report.folder + found.path,
        "line": found.line,
        "endLine": found.end_line,
        "col": found.column,
        "title": found.rule,
    }
    if found.end_line == found.line:
        properties["endColumn"] = found.end_column
    text = found.message + (f"\n{found.suggestion}" if found.suggestion else "")
    listed = ",".join(f"{name}={_escape_property(str(value))}" for name, value in properties.items())
    return f"::{LEVELS[found.severity]} {listed}::{_escape(text)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
