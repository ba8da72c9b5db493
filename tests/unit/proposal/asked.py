"""Requests put to the small spec: what they come to, and what the spec would be then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from textwrap import dedent

from abmspec import load, pipeline
from abmspec.check import check
from abmspec.diagnostic import Severity
from abmspec.proposal import AnyRequest, Proposal, ProposalRefused, propose
from abmspec.resolve import Resolved, resolve
from tests.conftest import TODAY
from tests.specs import base_files

DAY = date.fromisoformat(TODAY)


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposal, the files as they would be, the spec resolved then, and its errors, as `rule: message`."""

    proposal: Proposal
    files: Mapping[str, bytes]
    resolved: Resolved
    errors: tuple[str, ...]

    def text(self, path: str) -> str:
        """A file as it would be."""
        return self.files[path].decode()

    @property
    def said(self) -> str:
        """The notes."""
        return "\n".join(self.proposal.notes)


def files_with(changed: Mapping[str, str | None] | None = None) -> dict[str, bytes]:
    """The small spec's files, with some added, replaced or (None) taken away."""
    files = dict(base_files())
    for path, text in (changed or {}).items():
        if text is None:
            del files[path]
        else:
            files[path] = dedent(text).encode()
    return files


def judged(files: Mapping[str, bytes]) -> tuple[Resolved, tuple[str, ...]]:
    """The spec in files, resolved, and its errors."""
    sources, found = load.load_tree(files)
    spec, rejected = pipeline.understand(sources)
    assert spec is not None
    resolved = resolve(spec)
    diagnostics, _ = check(resolved, DAY, (*found, *rejected))
    errors = (each for each in diagnostics if each.severity is Severity.ERROR)
    return resolved, tuple(f"{each.rule}: {each.message}" for each in errors)


def ask(request: AnyRequest, changed: Mapping[str, str | None] | None = None, day: date = DAY) -> Asked:
    """What a request comes to. ProposalRefused where it cannot be met."""
    return ask_of(files_with(changed), request, day)


def ask_of(before: Mapping[str, bytes], request: AnyRequest, day: date = DAY) -> Asked:
    """The same of any files."""
    resolved, _ = judged(before)
    proposal = propose(resolved, before, request, day)
    files = dict(before)
    for change in proposal.changes:
        assert files.get(change.path) == change.before
        if change.after is None:
            del files[change.path]
        else:
            files[change.path] = change.after
    after, errors = judged(files)
    return Asked(proposal, files, after, errors)


def refusal(request: AnyRequest, changed: Mapping[str, str | None] | None = None, day: date = DAY) -> str:
    """Why a request cannot be met. AssertionError where it can."""
    try:
        ask(request, changed, day)
    except ProposalRefused as refused:
        return str(refused)
    raise AssertionError(f"not refused: {request}")
