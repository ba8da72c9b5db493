"""Findings for people: place, message, the line with a caret, the mend, related places."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from abmspec.diagnostic import Diagnostic, Severity
from abmspec.report.report import Report
from abmspec.words import counted

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
WIDEST_LINE = 160
MOST_GONE = 10


def as_text(report: Report) -> str:
    """Every finding as a paragraph, then one line of summary."""

    @cache
    def lines_of(path: str) -> tuple[str, ...]:
        return _read_lines(report.root, path)

    blocks = ["\n".join(_paragraph(found, lines_of, report.colour)) for found in report.diagnostics]
    return "\n\n".join((*blocks, *_gone(report), summary(report))) + "\n"


def paint(text: str, code: str, colour: bool) -> str:
    """The text in an ANSI colour, or as it is."""
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def visible(text: str) -> str:
    """The text with control characters spelt out: what a spec says never drives the terminal."""
    return "".join(char if char.isprintable() or char == " " else f"\\u{ord(char):04x}" for char in text)


def _paragraph(found: Diagnostic, lines_of: Callable[[str], tuple[str, ...]], colour: bool) -> Iterator[str]:
    place = paint(visible(f"{found.path}:{found.line}:{found.column}:"), "1", colour)
    severity = paint(f"{found.severity}[{found.rule}]", f"1;{COLOURS[found.severity]}", colour)
    yield f"{place} {severity}: {visible(found.message)}"
    yield from _excerpt(found, lines_of(found.path), colour)
    if found.suggestion:
        yield f"  {paint('mend:', '32', colour)} {visible(found.suggestion)}"
    for related in found.related:
        where = visible(f"{related.path}:{related.line}:{related.column}")
        yield f"  {paint('see:', '34', colour)} {where}: {visible(related.message)}"


def _excerpt(found: Diagnostic, lines: tuple[str, ...], colour: bool) -> Iterator[str]:
    """The source line and a caret under the place; a long line is cut around it."""
    if not 0 < found.line <= len(lines):
        return
    line = lines[found.line - 1]
    start = min(found.column - 1, len(line))
    end = found.end_column - 1 if found.end_line == found.line else len(line)
    end = min(max(end, start + 1), max(len(line), start + 1))
    if len(line) > WIDEST_LINE:
        first = max(0, start - WIDEST_LINE // 2)
        line = line[first : first + WIDEST_LINE]
        start, end = start - first, min(end - first, WIDEST_LINE)
    number = str(found.line)
    pad = " " * _width(line[:start])
    caret = "^" * max(1, _width(line[start:end]))
    yield f"  {paint(number + ' |', '2', colour)} {visible(line)}"
    yield f"  {' ' * len(number)} {paint('|', '2', colour)} {pad}{paint(caret, COLOURS[found.severity], colour)}"


def _width(text: str) -> int:
    """Columns of a terminal that the text takes: East Asian wide characters take two."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in visible(text)
    )


def _gone(report: Report) -> Iterator[str]:
    """A paragraph on what the baseline names and nothing finds any more; none where that is nothing."""
    said = gone_from_baseline(report)
    if not said or report.gone is None:
        return
    lines = [paint(said, "36", report.colour)]
    for entry in report.gone[:MOST_GONE]:
        times = f" ({entry.count} times)" if entry.count > 1 else ""
        lines.append(visible(f"  {entry.address or entry.path}: [{entry.rule}]{times} {entry.message}"))
    if len(report.gone) > MOST_GONE:
        lines.append(f"  … and {len(report.gone) - MOST_GONE} more")
    yield "\n".join(lines)


def gone_from_baseline(report: Report) -> str:
    """What to say of findings that the baseline names and that are no more; empty where there are none."""
    count = sum(entry.count for entry in report.gone or ())
    if not count:
        return ""
    are = "is" if count == 1 else "are"
    return f"{counted(count, 'finding')} of the baseline {are} gone: write it anew with `--write-baseline`."


def tally(report: Report) -> str:
    """How many findings there are: `2 errors, 1 warning, 4 waived`; a clean spec says so."""
    errors, warnings, notes = (report.count(severity) for severity in Severity)
    counts = [counted(errors, "error"), counted(warnings, "warning")]
    if notes:
        counts.append(counted(notes, "note"))
    if report.waived:
        counts.append(f"{len(report.waived)} waived")
    if report.baselined:
        counts.append(f"{len(report.baselined)} in the baseline")
    return ", ".join(counts) if report.diagnostics else f"clean: {', '.join(counts)}"


def summary(report: Report) -> str:
    """The last line: how many findings, in how many files."""
    code = "1;31" if report.count(Severity.ERROR) else "1;33" if report.count(Severity.WARNING) else "1;32"
    took = "" if report.seconds is None else f" ({report.seconds:.2f} s)"
    return f"{paint(tally(report), code, report.colour)} in {counted(report.files, 'file')}{took}"


def _read_lines(root: Path, path: str) -> tuple[str, ...]:
    """The lines of a file as the loader counts them; none of what is no text, no regular file, or behind a link."""
    place = root / path
    try:
        if not place.is_file() or place.resolve() != root.resolve() / path:
            return ()
        text = place.read_bytes().decode("utf-8-sig")
    except (OSError, RuntimeError, UnicodeDecodeError):
        return ()
    return tuple(text.replace("\r\n", "\n").split("\n"))
