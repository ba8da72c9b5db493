"""Findings as a JSON document (`schemas/outputs/check-report.schema.json`)."""

from __future__ import annotations

from typing import Any

from abmspec.baseline import Entry
from abmspec.diagnostic import Diagnostic, Fix
from abmspec.jsontext import json_text
from abmspec.report.report import Report

VERSION = 1


def as_json(report: Report) -> str:
    """One object: `version`, `diagnostics`, and `waived` with the waiver that silences each.

    With a baseline also `baselined`, what it left out, and `gone`, what it names and nothing finds any more.
    """
    document: dict[str, Any] = {
        "version": VERSION,
        "diagnostics": [as_data(found) for found in report.diagnostics],
        "waived": [{**as_data(each.diagnostic), "waiver": each.waiver} for each in report.waived],
    }
    if report.gone is not None:
        document["baselined"] = [as_data(found) for found in report.baselined]
        document["gone"] = [_entry(entry) for entry in report.gone]
    return json_text(document)


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
        "fix": None if found.fix is None else _fix(found.fix),
        "related": [
            {"path": near.path, "line": near.line, "column": near.column, "message": near.message}
            for near in found.related
        ],
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {"operation": fix.operation, "path": fix.path, "route": list(fix.route), "value": fix.value}


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "rule": entry.rule,
        "path": entry.path,
        "address": entry.address,
        "message": entry.message,
        "count": entry.count,
    }
