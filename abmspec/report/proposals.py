"""A proposal as people and programs read it (`schemas/outputs/proposal-report.schema.json`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from abmspec.diagnostic import Diagnostic
from abmspec.edit import Change, unified
from abmspec.jsontext import json_text
from abmspec.proposal import Proposal
from abmspec.report.json_document import as_data
from abmspec.report.text import paint, visible

VERSION = 1
# How lines of a diff are coloured, by what they begin with.
COLOURS = {"---": "1", "+++": "1", "@@": "36", "-": "31", "+": "32"}


def as_lines(proposal: Proposal, errors: Iterable[Diagnostic]) -> Iterator[str]:
    """What is like it, what to know of it, and the errors that the spec would have."""
    for each in proposal.similar:
        yield visible(f"There is already `{each.address}` ({each.label}), by its {each.why}.")
    yield from map(visible, proposal.notes)
    for found in errors:
        place = f"{found.path}:{found.line}:{found.column}"
        yield visible(f"{place}: error[{found.rule}]: {found.message} {found.suggestion}".rstrip())


def as_diff(changes: Iterable[Change], *, colour: bool) -> str:
    """The changes as `git apply` takes them; in colours, with nothing that drives a terminal, for people."""
    diff = unified(changes)
    if not colour:
        return diff
    return "".join(f"{_coloured(line)}\n" for line in diff.split("\n")[:-1])


def _coloured(line: str) -> str:
    code = next((code for start, code in COLOURS.items() if line.startswith(start)), "")
    return paint(visible(line), code, colour=bool(code))


def as_json(proposal: Proposal, errors: Iterable[Diagnostic], *, written: bool) -> str:
    """One object: what changes, file by file, and whether it was written."""
    return _document(
        proposal.address,
        similar=[
            {"address": each.address, "label": each.label, "why": each.why} for each in proposal.similar
        ],
        notes=list(proposal.notes),
        errors=[as_data(found) for found in errors],
        changes=[
            {"path": each.path, "status": status(each), "diff": unified([each])} for each in proposal.changes
        ],
        written=written,
    )


def refused_as_json(why: str) -> str:
    """The same of a request that cannot be met."""
    return _document(None, refused=why)


def _document(address: str | None, **said: Any) -> str:
    nothing: dict[str, Any] = {
        "refused": None,
        "similar": [],
        "notes": [],
        "errors": [],
        "changes": [],
        "written": False,
    }
    return json_text({"version": VERSION, "address": address, **nothing, **said})


def status(change: Change) -> str:
    """What becomes of a file, in a word."""
    return "added" if change.before is None else "removed" if change.after is None else "changed"
