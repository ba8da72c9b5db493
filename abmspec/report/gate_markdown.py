"""The gate's decision as Markdown, for the one comment on a pull request: short on top, details folded.

What a spec, a review or a file name says is text there: no mark-up, no mention of anybody, no link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from abmspec.diff.change import Change
from abmspec.report.changes import by_class, felt_by, headline, tally, verdicts
from abmspec.report.gate import MOST_ERRORS, GateReport, people, rows, term, verdict, who
from abmspec.report.markdown import code, prose
from abmspec.words import capitalized, listing

# Characters. GitHub takes no comment of more than 65,536.
LARGEST = 60_000
# By which the comment is found again.
MARKER = "<!-- abmspec-gate -->"
CUT = "\n… The rest is cut: run `abmspec gate` for all of it.\n"


def as_markdown(report: GateReport) -> str:
    """A sentence, a table of who must approve, what holds it; then the changes and the rest, folded."""
    sign = "✅" if report.decision.is_open else "⛔"
    text = f"{MARKER}\n### {sign} {prose(capitalized(verdict(report)))}\n"
    for block in (*_top(report), *_details(report)):
        if len(text) + len(block) > LARGEST:
            return text + CUT
        text += f"\n{block}\n"
    return text


def _top(report: GateReport) -> Iterator[str]:
    decision = report.decision
    held = [f"{code(each.address)}: {prose(each.why)}" for each in decision.refused]
    held += [prose(why) for why in decision.closed_by]
    if held:
        yield _items(held)
    if report.errors:
        yield _items(_errors(report))
    if decision.required:
        yield "\n".join(
            ("| who must approve | | approved | could approve |", "|---|---|---|---|", *_rows(report))
        )
    if decision.smallest:
        yield f"The fewest who would open it: {_logins(decision.smallest, 'and')}."
    if decision.override is not None:
        by = decision.override
        yield f"**Overridden** by {code(by.login)}, as {prose(who(report, (by.role,)))}: {prose(by.reason)}"


def _rows(report: GateReport) -> Iterator[str]:
    for required, count, given, lacks in rows(report):
        sign = "✅" if lacks is None else "⏳"
        late = f"<br>**{term(lacks)}**" if lacks is not None and lacks.late else ""
        due = f"<br>{term(lacks)}" if lacks is not None and term(lacks) and not late else ""
        could = "" if lacks is None else _people(lacks.people)
        role = prose(who(report, required.roles))
        yield f"| {role} | {sign} {count} of {required.count} | {_logins(given, 'and')} | {could}{late}{due} |"
    for lacks in report.decision.missing:
        if not lacks.roles:
            yield f"| somebody besides the author | ⏳ | | {_people(lacks.people)} |"


def _errors(report: GateReport) -> list[str]:
    lines = [
        f"{code(f'{found.path}:{found.line}')} {prose(found.message)}"
        for found in report.errors[:MOST_ERRORS]
    ]
    more = len(report.errors) - MOST_ERRORS
    return [*lines, *([f"… and {more} more: run `abmspec check`."] if more > 0 else [])]


def _details(report: GateReport) -> Iterator[str]:
    decision = report.decision
    if report.changes:
        yield _folded(tally(report.changes), _changes(report.changes))
    if decision.approvals.rejected:
        lines = (f"{code(each.login)}: {prose(each.why)}" for each in decision.approvals.rejected)
        yield _folded("Approvals that do not count", [_items(lines)])
    told = [f"{prose(who(report, (each.role,)))} ({_people(each.people)})" for each in decision.notify]
    if told:
        yield _folded("To be told", [_items(told)])
    notes = [
        *map(prose, decision.notes),
        *(f"The waiver {code(each)} was used." for each in decision.waivers),
    ]
    notes.append(
        f"Judged by {code(decision.policy)} at {code(report.base[:12])}. Resolved diff: {code(decision.diff)}"
    )
    yield _folded("How it was decided", [_items(notes)])


def _changes(changes: Iterable[Change]) -> Iterator[str]:
    for change_class, group in by_class(changes):
        yield f"**{change_class.capitalize()}**"
        for change in group:
            label = f" “{prose(change.label)}”" if change.label else ""
            lines = [prose(reason.why) for reason in change.reasons]
            lines += [f"{what}: {prose(named)}" for what, named in felt_by(change.impact)]
            systems = verdicts(change.impact)
            lines += [f"systems: {prose(systems)}"] if systems else []
            below = "".join(f"\n  - {line}" for line in lines)
            yield f"- {code(change.address)}{label}: {prose(headline(change))}{below}"


def _folded(title: str, lines: Iterable[str]) -> str:
    """A part that opens when it is asked for; cut at a whole line where it would be too long."""
    kept: list[str] = []
    room = LARGEST // 2
    for line in lines:
        room -= len(line)
        if room < 0:
            kept.append("… and more: run `abmspec gate`.")
            break
        kept.append(line)
    body = "\n\n".join(kept)
    return f"<details><summary>{prose(title)}</summary>\n\n{body}\n\n</details>"


def _items(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _logins(logins: tuple[str, ...], joint: str) -> str:
    return listing([code(login) for login in logins], joint)


def _people(logins: tuple[str, ...]) -> str:
    return prose(people(logins)) if len(logins) > MOST_ERRORS or not logins else _logins(logins, "or")
