"""Findings as SARIF 2.1.0 (OASIS), as code scanning reads it.

Columns count Unicode code points. A waived finding is reported as suppressed. Fingerprints are made of the rule, the
address and the message, so that they survive moved lines.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import quote

from abmspec import HOMEPAGE, __version__
from abmspec.diagnostic import Diagnostic, Rule, Severity
from abmspec.report.report import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def as_sarif(report: Report) -> str:
    """One run of the tool `abmspec`, its rules in the order of their names."""
    index = {rule.name: number for number, rule in enumerate(report.rules)}
    results = [_result(found, index) for found in report.diagnostics]
    for each in report.waived:
        suppression = {"kind": "external", "status": "accepted", "justification": f"waiver {each.waiver}"}
        results.append({**_result(each.diagnostic, index), "suppressions": [suppression]})
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
        "originalUriBaseIds": {"PROJECT": {"description": {"text": "The folder of abmspec.yaml."}}},
        "automationDetails": {"id": "abmspec/check/"},
        "results": results,
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": f"abmspec explain {rule.name}", "markdown": f"`abmspec explain {rule.name}`"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(found: Diagnostic, index: dict[str, int]) -> dict[str, Any]:
    text = found.message + (f" {found.suggestion}" if found.suggestion else "")
    result: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": index[found.rule],
        "level": LEVELS[found.severity],
        "message": {"text": text},
        "locations": [_location(found.path, found.line, found.column, found)],
        "partialFingerprints": {"abmspec/v1": fingerprint(found)},
    }
    if found.related:
        result["relatedLocations"] = [
            {**_location(near.path, near.line, near.column), "id": number, "message": {"text": near.message}}
            for number, near in enumerate(found.related)
        ]
    return result


def fingerprint(found: Diagnostic) -> str:
    """What makes two findings the same one although lines moved."""
    said = "\0".join((found.rule, found.address or found.path, found.message))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _location(path: str, line: int, column: int, end: Diagnostic | None = None) -> dict[str, Any]:
    region = {"startLine": line, "startColumn": column}
    if end is not None:
        region |= {"endLine": end.end_line, "endColumn": end.end_column}
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(path), "uriBaseId": "PROJECT"},
            "region": region,
        }
    }
