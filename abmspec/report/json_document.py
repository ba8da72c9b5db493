"""Findings as a JSON document (`schemas/outputs/check-report.schema.json`)."""

from __future__ import annotations

import json
from typing import Any

from abmspec.diagnostic import Diagnostic
from abmspec.report.report import Report

VERSION = 1


def as_json(report: Report) -> str:
    """One object: `version`, `diagnostics`, and `waived` with the waiver that silences each."""
    document = {
        "version": VERSION,
        "diagnostics": [as_data(found) for found in report.diagnostics],
        "waived": [{**as_data(each.diagnostic), "waiver": each.waiver} for each in report.waived],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def as_data(found: Diagnostic) -> dict[str, Any]:
    """One finding as plain data; `suggestion` is null where there is none."""
    return {
        "rule": found.rule,
        "severity": found.severity.value,
        "message": found.message,
        "path": found.path,
        "line": found.line,
        "column": found.column,
        "end_line": found.end_line,
        "end_column": found.end_column,
        "address": found.address,
        "suggestion": found.suggestion or None,
        "related": [
            {"path": near.path, "line": near.line, "column": near.column, "message": near.message}
            for near in found.related
        ],
    }
