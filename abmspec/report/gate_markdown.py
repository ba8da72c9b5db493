"""The gate's decision as Markdown, for the one comment on a pull request: short on top, details folded.

What a spec, a review or a file name says is text there: no mark-up, no mention of anybody, no link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from abmspec.gate.answer import Missing
from abmspec.report.changes import tally
from abmspec.report.changes_markdown import as_markdown as changes_as_markdown
from abmspec.report.changes_markdown import meanings_in_markdown
from abmspec.report.gate import MOST_ERRORS, GateReport, people, rows, term, verdict, who
from abmspec.report.markdown import code, prose
from abmspec.words import capitalized, listing

# Characters. GitHub takes no comment of more than 65,536.
LARGEST = 60_000
LARGEST_CHANGES = 40_000
# By which the comment is found again.
MARKER = "<!-- abmspec-gate -->"
CUT = "\n… The rest is cut: run `abmspec gate` for all of it.\n"


def as_markdown(report: GateReport) -> str:
    """A sentence, what the change means, who must approve, what holds it; then all changes and the rest, folded."""
    sign = "✅" if report.decision.is_open else "⛔"
    text = f"{MARKER}\n### {sign} {prose(capitalized(verdict(report)))}\n"
    for block in (*_top(report), *_details(report)):
        if len(text) + len(block) > LARGEST:
            return text + CUT
        text += f"\n{block}\n"
    return text


def _top(report: GateReport) -> Iterator[str]:
    decision = report.decision
    if report.changes:
        yield f"**What it means**\n\n{meanings_in_markdown(report.comparison)}"
    held = [f"{code(each.address)}: {prose(each.why)}" for each in decision.refused]
    held += [prose(why) for why in decision.closed_by]
    if held:
        yield f"**What stands in the way**\n\n{_items(held)}"
    if report.errors:
        yield f"**Errors in the head**\n\n{_items(_errors(report))}"
    if decision.required:
        yield "\n".join(
            ("| who must approve | | approved | could approve |", "|---|---|---|---|", *_rows(report))
        )
    if decision.smallest:
        yield f"The fewest who are missing: {_logins(decision.smallest, 'and')}."
    if decision.override is not None:
        by = decision.override
        yield f"**Overridden** by {code(by.login)}, as {prose(who(report, (by.role,)))}: {prose(by.reason)}"


def _rows(report: GateReport) -> Iterator[str]:
    for required, lacks in rows(report):
        role = prose(who(report, required.roles))
        count = f"{'✅' if lacks is None else '⏳'} {len(required.given)} of {required.count}"
        could = "" if lacks is None else _people(lacks.people) + _term(lacks)
        yield f"| {role} | {count} | {_logins(required.given, 'and')} | {could} |"
    for lacks in report.decision.missing:
        if not lacks.roles:
            yield f"| somebody besides the author | ⏳ | | {_people(lacks.people)} |"


def _term(lacks: Missing) -> str:
    said = term(lacks)
    return f"<br>**{said}**" if lacks.late else f"<br>{said}" if said else ""


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
        yield _folded(tally(report.changes), _changes(report))
    if decision.approvals.rejected:
        lines = (f"{code(each.login)}: {prose(each.why)}" for each in decision.approvals.rejected)
        yield _folded("Approvals that do not count", _items(lines))
    told = [f"{prose(who(report, (each.role,)))} ({_people(each.people)})" for each in decision.notify]
    if told:
        yield _folded("To be told", _items(told))
    notes = list(map(prose, decision.notes))
    if decision.waivers:
        notes.append(f"Waivers used: {_logins(decision.waivers, 'and')}.")
    notes.append(
        f"Judged by {code(decision.policy)} at {code(report.base[:12])}. Resolved diff: {code(decision.diff)}"
    )
    yield _folded("How it was decided", _items(notes))


def _changes(report: GateReport) -> str:
    """The changes as `abmspec diff` has them; without the details of each where these are too long."""
    whole = changes_as_markdown(report.comparison)
    return whole if len(whole) < LARGEST_CHANGES else whole.partition("<details>")[0]


def _folded(title: str, body: str) -> str:
    """A part that opens when it is asked for."""
    return f"<details><summary>{prose(title)}</summary>\n\n{body.strip()}\n\n</details>"


def _items(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _logins(logins: tuple[str, ...], joint: str) -> str:
    return listing([code(login) for login in logins], joint)


def _people(logins: tuple[str, ...]) -> str:
    return prose(people(logins)) if len(logins) > MOST_ERRORS or not logins else _logins(logins, "or")
