"""Findings as a JUnit report, as Jenkins, GitLab and most others read it.

Each file with findings is a suite, each finding a case. One that makes the check fail is a failure; another one passes
and says itself on its standard output; one that a waiver or a baseline silences is skipped. Only what Jenkins' schema
(`junit-10.xsd`) and Surefire's have in common is written, and no time, so that the same findings give the same bytes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from abmspec.diagnostic import Diagnostic
from abmspec.report.report import Report

# XML 1.0 has no way to write these.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BASELINE = "in the baseline"


def as_junit(report: Report) -> str:
    """One document. A spec without findings is one case that passes: readers take a report without any for a fault."""
    cases = [(found, "") for found in report.diagnostics]
    cases += [(each.diagnostic, f"waiver {each.waiver}") for each in report.waived]
    cases += [(found, BASELINE) for found in report.baselined]
    cases.sort()
    suites: list[str] = []
    for path, in_file in groupby(cases, key=lambda case: case[0].path):
        suites += _suite(report, path, list(in_file))
    failures = sum(map(report.fails, report.diagnostics))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="abmspec check" tests="{len(cases) or 1}" failures="{failures}" errors="0">',
        *(suites or _clean()),
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _clean() -> Iterator[str]:
    yield '  <testsuite name="abmspec.yaml" tests="1" failures="0" errors="0" skipped="0">'
    yield '    <testcase name="The spec is clean" classname="abmspec"/>'
    yield "  </testsuite>"


def _suite(report: Report, path: str, cases: list[tuple[Diagnostic, str]]) -> Iterator[str]:
    failures = sum(not silenced and report.fails(found) for found, silenced in cases)
    skipped = sum(bool(silenced) for _, silenced in cases)
    name = _attributes({"name": report.folder + path, "tests": len(cases), "failures": failures})
    yield f'  <testsuite {name} errors="0" skipped="{skipped}">'
    for found, silenced in cases:
        yield f"    <testcase {_attributes({'name': _name(found), 'classname': report.folder + path})}>"
        yield f"      {_outcome(report, found, silenced)}"
        yield "    </testcase>"
    yield "  </testsuite>"


def _name(found: Diagnostic) -> str:
    return f"{found.rule} at {found.address or found.path}"


def _outcome(report: Report, found: Diagnostic, silenced: str) -> str:
    if silenced:
        return f"<skipped {_attributes({'message': silenced})}/>"
    text = "\n".join(_lines(report, found))
    if report.fails(found):
        stated = {"type": found.severity.value, "message": found.message}
        return f"<failure {_attributes(stated)}>{_escape(text)}</failure>"
    return f"<system-out>{_escape(text)}</system-out>"


def _lines(report: Report, found: Diagnostic) -> Iterable[str]:
    place = f"{report.folder}{found.path}:{found.line}:{found.column}"
    yield f"{place}: {found.severity}[{found.rule}]: {found.message}"
    if found.suggestion:
        yield f"mend: {found.suggestion}"
    for near in found.related:
        yield f"see: {report.folder}{near.path}:{near.line}:{near.column}: {near.message}"


def _attributes(stated: Mapping[str, str | int]) -> str:
    return " ".join(
        f'{name}="{_escape(str(value)).replace(chr(10), "&#10;")}"' for name, value in stated.items()
    )


def _escape(text: str) -> str:
    """As text or in an attribute; a character that XML cannot hold is spelt out."""
    spelt = UNWRITABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return html.escape(spelt, quote=False).replace('"', "&quot;").replace("\r", "&#13;").replace("\t", "&#9;")
