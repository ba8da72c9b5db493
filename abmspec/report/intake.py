"""What a filed form came to: the text of the pull request that it became, or the answer to whoever filed it.

What they wrote is text there: no mark-up, no mention of anybody, no link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from abmspec.diagnostic import Diagnostic
from abmspec.diff.change import Change
from abmspec.gate.answer import Decision
from abmspec.proposal import (
    Add,
    AnyRequest,
    Deprecate,
    Hide,
    Map,
    Proposal,
    Relabel,
    Rename,
    Retire,
    Translate,
)
from abmspec.proposal.request import Request
from abmspec.report.changes import ChangeReport
from abmspec.report.changes_markdown import as_markdown as changes_as_markdown
from abmspec.report.gate import people
from abmspec.report.markdown import code, prose
from abmspec.words import listing

LONGEST_TITLE = 120
# What an action does to the thing at an address, as the title of a change.
VERBS: Mapping[type[Request], str] = {
    Rename: "Rename",
    Deprecate: "Announce the end of",
    Retire: "Retire",
    Relabel: "Relabel",
    Translate: "Translate",
    Map: "Map anew",
    Hide: "Hide",
}


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """What is told: the issue, who filed it, the request, what it changes, and who would have to approve.

    `roles` has the labels of roles by id.
    """

    number: int
    login: str
    request: AnyRequest
    proposal: Proposal
    changes: tuple[Change, ...]
    decision: Decision
    roles: dict[str, str]


def title(request: AnyRequest) -> str:
    """The change in a line, for a commit and a pull request."""
    if isinstance(request, Add):
        where = f" for {request.region}" if request.region else ""
        text = f"Add {request.label} to {request.picklist}{where}"
    else:
        text = f"{VERBS[type(request)]} {request.address}"
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1]}…"


def as_pull_request(report: IntakeReport) -> str:
    """Why, what it means, what is like it, who will have to approve."""
    blocks = [
        f"Closes #{report.number}, which {code(report.login)} filed. Whoever filed it counts as the author.",
        f"### Why\n\n{_quoted(report.request.reason)}",
        *_notes(report.proposal),
        f"### Who will have to approve\n\n{_items(_required(report))}",
        f"### What it means\n\n{_changes(report)}",
    ]
    return "\n\n".join(blocks) + "\n"


def as_refusal(why: str, errors: Iterable[Diagnostic] = ()) -> str:
    """The answer to a request that cannot be met: why, and what to do."""
    lines = [prose(line) for line in why.split("\n") if line.strip()]
    lines += [f"- {prose(found.message)} {prose(found.suggestion)}".rstrip() for found in errors]
    told = "\n\n".join(lines)
    return (
        f"This cannot be done as it was asked for:\n\n{told}\n\n"
        "Nothing was changed. File the form again with another answer, or close this issue.\n"
    )


def _changes(report: IntakeReport) -> str:
    """The changes as `abmspec diff` has them, without its heading and what it compared."""
    whole = changes_as_markdown(ChangeReport("", "", report.changes))
    return whole[whole.index("|") :].strip()


def _notes(proposal: Proposal) -> Iterator[str]:
    if proposal.similar:
        yield "### What is like it, and was considered\n\n" + _items(
            f"{code(each.address)} “{prose(each.label)}”: {prose(each.why)}" for each in proposal.similar
        )
    if proposal.notes:
        yield f"### To know\n\n{_items(prose(note.strip()) for note in proposal.notes)}"


def _required(report: IntakeReport) -> Iterator[str]:
    decision = report.decision
    for refused in decision.refused:
        yield f"Nobody can: {prose(refused.why)}"
    for required in decision.required:
        who = listing([report.roles.get(role) or role for role in required.roles], "or")
        count = f"{required.count} of " if required.count > 1 else ""
        could = next((each.people for each in decision.missing if each.roles == required.roles), ())
        yield f"{prose(count + who)}: {prose(people(could))}"
    if not decision.required and not decision.refused:
        yield "Nobody: it changes nothing that has to be approved."


def _quoted(text: str) -> str:
    """What somebody wrote, line by line, as a quotation."""
    lines = [line for line in text.splitlines() if line.strip()]
    return "\n>\n".join(f"> {prose(line.replace('`', chr(39)))}" for line in lines) or "> (nothing was said)"


def _items(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
