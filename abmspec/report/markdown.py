"""Findings as Markdown, for the summary of a CI job or a comment on a change.

Grouped by rule, the most severe first. What a spec says is text there: no mark-up, no mention of anybody, no link.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import groupby

from abmspec.diagnostic import Diagnostic, Severity
from abmspec.report.report import Report
from abmspec.report.text import gone_from_baseline, tally, visible

# Bytes. GitHub takes no summary above 1 MiB.
LARGEST = 500_000
SIGNS = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.NOTE: "🔵"}
CODE = re.compile(r"`([^`]+)`")
MARKS = str.maketrans(
    {mark: f"\\{mark}" for mark in "\\`*_[]#~$"} | {mark: f"&#{ord(mark)};" for mark in "&<>|"}
)
MARKS_IN_CODE = str.maketrans({mark: f"&#{ord(mark)};" for mark in "\\`*_[]~$:@|"})
# What forges make links of by themselves. A space of no width tells them not to.
LINKED = re.compile(r"(@|:(?=//)|\bwww(?=\.)|\\#)", re.IGNORECASE)
NO_WIDTH = "&#8203;"


def as_markdown(report: Report) -> str:
    """A heading with the counts, then a table for each rule. What is too much is counted and not shown."""
    lines = [f"### abmspec check: {tally(report)}", *_gone(report)]
    room, shown = LARGEST, 0
    for heading, found in _by_rule(report):
        rows = []
        for each in found:
            row = _row(report, each)
            room -= len(row.encode())
            if room < 0:
                break
            rows.append(row)
        if rows:
            lines += ["", heading, "", "| where | what |", "|---|---|", *rows]
        shown += len(rows)
    if shown < len(report.diagnostics):
        lines += ["", f"… and {len(report.diagnostics) - shown} more: run `abmspec check`."]
    return "\n".join(lines) + "\n"


def _gone(report: Report) -> tuple[str, ...]:
    said = gone_from_baseline(report)
    return ("", prose(said)) if said else ()


def _by_rule(report: Report) -> Iterator[tuple[str, tuple[Diagnostic, ...]]]:
    """By severity, then by rule: first the one with the most findings."""
    for severity, equal in groupby(report.ranked(), key=lambda found: found.severity):
        rules: dict[str, list[Diagnostic]] = {}
        for found in equal:
            rules.setdefault(found.rule, []).append(found)
        for rule, group in sorted(rules.items(), key=lambda item: (-len(item[1]), item[0])):
            yield f"#### {SIGNS[severity]} {severity}: {rule} ({len(group)})", tuple(group)


def _row(report: Report, found: Diagnostic) -> str:
    mend = f"<br>{prose(found.suggestion)}" if found.suggestion else ""
    return f"| {code(f'{report.folder}{found.path}:{found.line}')} | {prose(found.message)}{mend} |"


def prose(text: str) -> str:
    """A sentence of ours with words of the spec: what it has in backticks stays code, all else is plain text."""
    parts = CODE.split(" ".join(text.split()))
    return "".join(code(part) if number % 2 else _plain(part) for number, part in enumerate(parts))


def code(text: str) -> str:
    """Text as code in a cell of a table; as HTML where Markdown's own marks would not hold it."""
    shown = visible(text)
    if shown.strip() and not {"`", "|"} & set(shown):
        return f"`{shown}`"
    return f"<code>{html.escape(shown, quote=False).translate(MARKS_IN_CODE)}</code>"


def _plain(text: str) -> str:
    return LINKED.sub(rf"\1{NO_WIDTH}", visible(text).translate(MARKS))
