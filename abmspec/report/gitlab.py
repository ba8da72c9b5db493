"""Findings as GitLab reads them for a merge request (GitLab Docs, "Code Quality": the report format).

GitLab tells findings apart by their fingerprints alone, and shows one of several that are the same: the second and
every further one is numbered.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from abmspec.diagnostic import Diagnostic, Severity, fingerprint
from abmspec.jsontext import json_text
from abmspec.report.report import Report

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def as_gitlab(report: Report) -> str:
    """A JSON array, empty for a clean spec."""
    seen = Counter[str]()
    issues = []
    for found in report.diagnostics:
        mark = fingerprint(found)
        seen[mark] += 1
        issues.append(_issue(report, found, _numbered(mark, seen[mark])))
    return json_text(issues)


def _issue(report: Report, found: Diagnostic, mark: str) -> dict[str, Any]:
    return {
        "description": found.message + (f" {found.suggestion}" if found.suggestion else ""),
        "check_name": found.rule,
        "fingerprint": mark,
        "severity": SEVERITIES[found.severity],
        "location": {
            "path": report.folder + found.path,
            "lines": {"begin": found.line, "end": found.end_line},
        },
    }


def _numbered(mark: str, number: int) -> str:
    return mark if number == 1 else hashlib.sha256(f"{mark} {number}".encode()).hexdigest()[: len(mark)]
