"""How many findings each rule has, for people: where to begin."""

from __future__ import annotations

from collections import Counter

from abmspec.diagnostic import Severity
from abmspec.report.report import Report
from abmspec.report.text import COLOURS, paint, summary


def as_statistics(report: Report) -> str:
    """A line for each rule and severity, the most findings first, then the summary."""
    order = list(Severity)
    counts = Counter((found.rule, found.severity) for found in report.diagnostics)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], order.index(item[0][1]), item[0][0]))
    width = len(str(max(counts.values(), default=0)))
    wide = max((len(severity) for _, severity in counts), default=0)
    lines = [
        f"{count:>{width}}  {paint(f'{severity:<{wide}}', COLOURS[severity], report.colour)}  {rule}"
        for (rule, severity), count in ranked
    ]
    return "\n".join([*lines, *([""] if lines else []), summary(report)]) + "\n"
