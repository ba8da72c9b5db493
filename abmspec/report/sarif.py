"""Findings as SARIF 2.1.0 (OASIS), as code scanning reads it.

Columns count Unicode code points. What is waived or left out by a baseline is reported as suppressed.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from abmspec import HOMEPAGE, __version__
from abmspec.diagnostic import Diagnostic, Fix, Rule, Severity, fingerprint
from abmspec.jsontext import json_text
from abmspec.report.report import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
BASE = "ROOT"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def as_sarif(report: Report) -> str:
    """One run of the tool `abmspec`, its rules in the order of their names."""
    index = {rule.name: number for number, rule in enumerate(report.rules)}
    results = [_result(report, found, index) for found in report.diagnostics]
    silenced = [(each.diagnostic, f"waiver {each.waiver}") for each in report.waived]
    silenced += [(found, "in the baseline") for found in report.baselined]
    for found, why in silenced:
        suppression = {"kind": "external", "status": "accepted", "justification": why}
        results.append({**_result(report, found, index), "suppressions": [suppression]})
    run = {
        "tool": {
            "driver": {
                "name": "abmspec",
                "informationUri": HOMEPAGE,
                "semanticVersion": __version__,
                "version": __version__,
                "rules": [_rule(rule) for rule in report.rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE: {"description": {"text": "The repository, or the project alone."}}},
        "automationDetails": {"id": "abmspec/check/"},
        "results": results,
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(document)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": f"abmspec explain {rule.name}", "markdown": f"`abmspec explain {rule.name}`"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(report: Report, found: Diagnostic, index: dict[str, int]) -> dict[str, Any]:
    text = found.message + (f" {found.suggestion}" if found.suggestion else "")
    result: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": index[found.rule],
        "level": LEVELS[found.severity],
        "message": {"text": text},
        "locations": [_location(report.folder + found.path, found.line, found.column, found)],
        "partialFingerprints": {"abmspec/v1": fingerprint(found)},
    }
    if found.fix is not None and found.fix.operation in ("set", "rename"):
        result["fixes"] = [_fix(report, found, found.fix)]
    if found.related:
        result["relatedLocations"] = [
            {
                **_location(report.folder + near.path, near.line, near.column),
                "id": number,
                "message": {"text": near.message},
            }
            for number, near in enumerate(found.related)
        ]
    return result


def _fix(report: Report, found: Diagnostic, fix: Fix) -> dict[str, Any]:
    """The fix as the text to put in the place of what the finding points at."""
    from abmspec.edit import flow

    place = _location(report.folder + found.path, found.line, found.column, found)["physicalLocation"]
    value = list(fix.value) if isinstance(fix.value, tuple) else fix.value
    replacement = {"deletedRegion": place["region"], "insertedContent": {"text": flow(value)}}
    return {
        "description": {"text": found.suggestion},
        "artifactChanges": [{"artifactLocation": place["artifactLocation"], "replacements": [replacement]}],
    }


def _location(path: str, line: int, column: int, end: Diagnostic | None = None) -> dict[str, Any]:
    region = {"startLine": line, "startColumn": column}
    if end is not None:
        region |= {"endLine": end.end_line, "endColumn": end.end_column}
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(path), "uriBaseId": BASE},
            "region": region,
        }
    }
