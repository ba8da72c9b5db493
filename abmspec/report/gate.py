"""The gate's decision for people on a terminal, as a JSON document, and as evidence that is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from abmspec.diagnostic import Diagnostic, Severity
from abmspec.diff.change import Change
from abmspec.gate.answer import Decision, Missing, Required
from abmspec.jsontext import json_text
from abmspec.report.changes import ChangeReport, by_class, change_data
from abmspec.report.changes import as_text as changes_as_text
from abmspec.report.json_document import as_data
from abmspec.report.text import paint, visible
from abmspec.words import counted, listing

VERSION = 1
MOST_PEOPLE = 8
MOST_ERRORS = 10


@dataclass(frozen=True, slots=True)
class GateReport:
    """What is reported: the decision, the changes, and what checking the head found.

    `base`, `merge_bases` and `head` are ids of commits. `roles` has the labels of roles by id, `regions` all
    regions.
    """

    decision: Decision
    changes: tuple[Change, ...]
    findings: tuple[Diagnostic, ...]
    base: str
    merge_bases: tuple[str, ...]
    head: str
    roles: Mapping[str, str]
    regions: frozenset[str] = frozenset()
    colour: bool = False

    @property
    def comparison(self) -> ChangeReport:
        """The changes, as `abmspec diff` reports them."""
        return ChangeReport(self.base[:12], self.head[:12], self.changes, self.regions, colour=self.colour)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that close the gate."""
        return tuple(found for found in self.findings if found.severity is Severity.ERROR)


# ------------------------------------------------------------------ what every form says


def verdict(report: GateReport) -> str:
    """The decision in a sentence."""
    decision = report.decision
    would = "would be " if decision.simulation else ""
    if decision.is_open:
        if decision.override is not None:
            by = decision.override
            return f"{would}open, against the policy: {by.login}, as {by.role}, overrode it"
        if not report.changes:
            return f"{would}open: nothing changes that anybody has to approve"
        return f"{would}open: everybody has approved who has to"
    held = []
    if decision.refused:
        count = len(decision.refused)
        held.append(f"{counted(count, 'change')} {'is' if count == 1 else 'are'} refused")
    if decision.missing:
        count = sum(each.count for each in decision.missing)
        held.append(f"{counted(count, 'approval')} {'is' if count == 1 else 'are'} missing")
    if decision.closed_by:
        count = len(decision.closed_by)
        other = (
            f" other {'thing' if count == 1 else 'things'}"
            if held
            else f" {'thing' if count == 1 else 'things'}"
        )
        held.append(f"{count}{other} {'stands' if count == 1 else 'stand'} in the way")
    return f"{would}closed: {listing(held, 'and')}"


def who(report: GateReport, roles: tuple[str, ...]) -> str:
    """Roles by their labels: `Revenue operations or Privacy counsel`."""
    return listing([report.roles.get(role) or role for role in roles], "or")


def who_all(report: GateReport, roles: tuple[str, ...]) -> str:
    """All of these roles by their labels; labels with commas in them are kept apart."""
    return "; ".join(report.roles.get(role) or role for role in roles)


def rows(report: GateReport) -> Iterator[tuple[Required, Missing | None]]:
    """What is required, and what is missing of it."""
    missing = {each.roles: each for each in report.decision.missing}
    for required in report.decision.required:
        yield required, missing.get(required.roles)


def term(missing: Missing) -> str:
    """`due 2026-10-05 09:00 UTC`, `late since …`; empty where there is no term."""
    if missing.due is None:
        return ""
    when = missing.due.removesuffix("Z").replace("T", " ").removesuffix(":00")
    return f"{'late since' if missing.late else 'due'} {when} UTC"


def people(logins: tuple[str, ...]) -> str:
    """The first few people who could, and how many more there are."""
    if not logins:
        return "nobody can"
    more = len(logins) - MOST_PEOPLE
    return listing((*logins[:MOST_PEOPLE], *([f"{more} more"] if more > 0 else ())), "or")


# ------------------------------------------------------------------ text


def as_text(report: GateReport) -> str:
    """The decision, what changes, who must approve and has, what else holds it, and the fewest who would open it."""
    decision = report.decision
    colour = report.colour
    title = visible(verdict(report))
    blocks = [paint(f"{title[0].upper()}{title[1:]}.", "1;32" if decision.is_open else "1;31", colour)]
    if report.changes:
        blocks.append(changes_as_text(report.comparison).rstrip("\n"))
    blocks += ["\n".join(lines) for lines in _sections(report) if len(lines) > 1]
    return "\n\n".join(blocks) + "\n"


def _sections(report: GateReport) -> Iterator[list[str]]:
    decision = report.decision
    yield [
        _heading("Refused", report),
        *(f"  {visible(each.address)}: {visible(each.why)}" for each in decision.refused),
    ]
    yield [_heading("Held by", report), *(f"  {visible(why)}" for why in decision.closed_by)]
    yield [_heading("Errors in the head", report), *_errors(report)]
    yield [_heading("Who must approve", report), *_required(report)]
    rejected = decision.approvals.rejected
    yield [
        _heading("Does not count", report),
        *(f"  {visible(each.login)}: {visible(each.why)}" for each in rejected),
    ]
    if decision.override is not None:
        by = decision.override
        yield [_heading("Overridden", report), f"  {visible(f'{by.login}, as {by.role}: {by.reason}')}"]
    if decision.smallest:
        fewest = listing(decision.smallest, "and")
        yield [_heading("The fewest who are missing", report), f"  {visible(fewest)}"]
    told = who_all(report, tuple(each.role for each in decision.notify))
    yield [_heading("To be told", report), *([f"  {visible(told)}"] if told else [])]
    notes = list(decision.notes)
    if decision.waivers:
        notes.append(f"Waivers used: {', '.join(decision.waivers)}.")
    if report.changes:
        notes.append(f"Resolved diff, for minutes and records: {decision.diff}")
    yield [_heading("Notes", report), *(f"  {visible(note)}" for note in notes)]


def _heading(text: str, report: GateReport) -> str:
    return paint(text, "1", report.colour)


def _required(report: GateReport) -> Iterator[str]:
    for required, lacks in rows(report):
        mark = paint("yes", "32", report.colour) if lacks is None else paint("no ", "31", report.colour)
        given = f": {listing(required.given, 'and')}" if required.given else ""
        count = f"{len(required.given)} of {required.count}"
        yield f"  {mark}  {visible(who(report, required.roles))}, {count}{visible(given)}"
        if lacks is not None:
            yield from _could(report, lacks)
    for lacks in report.decision.missing:
        if not lacks.roles:
            mark = paint("no ", "31", report.colour)
            yield f"  {mark}  {lacks.count} more besides the author"
            yield from _could(report, lacks)


def _could(report: GateReport, lacks: Missing) -> Iterator[str]:
    yield f"       could: {visible(people(lacks.people))}"
    if term(lacks):
        yield f"       {paint(term(lacks), '33' if lacks.late else '2', report.colour)}"


def _errors(report: GateReport) -> Iterator[str]:
    for found in report.errors[:MOST_ERRORS]:
        yield f"  {visible(f'{found.path}:{found.line}:{found.column}: {found.message}')}"
    if len(report.errors) > MOST_ERRORS:
        yield f"  … and {len(report.errors) - MOST_ERRORS} more: run `abmspec check`."


# ------------------------------------------------------------------ JSON


def as_json(report: GateReport) -> str:
    """One object (`schemas/outputs/gate-report.schema.json`)."""
    return json_text(_data(report))


def as_evidence(report: GateReport, artefacts: Mapping[str, str], now: str) -> str:
    """The same with the moment that it was decided for, and the hashes of what the head builds, by path."""
    return json_text({**_data(report), "decided": now, "artefacts": dict(sorted(artefacts.items()))})


def _data(report: GateReport) -> dict[str, Any]:
    decision = msgspec.to_builtins(report.decision)
    rules = {each["address"]: each["rule"] for each in decision.pop("rules")}
    changes = [
        {**change_data(change), "rule": rules.get(change.address) or None}
        for _, group in by_class(report.changes)
        for change in group
    ]
    return {
        "version": VERSION,
        "decision": decision.pop("decision"),
        "base": report.base,
        "merge_bases": list(report.merge_bases),
        "head": report.head,
        "changes": changes,
        **decision,
        "errors": [as_data(found) for found in report.errors],
    }
