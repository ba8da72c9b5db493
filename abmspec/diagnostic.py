"""Findings: frozen, totally ordered, never exceptions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from abmspec.source import START, Anchor, Document, Route, Span

Word = str | bool | int | float


class Severity(StrEnum):
    """How much a finding weighs. Only errors change the exit code, unless `--strict`."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known of a rule without running it.

    `name` is kebab-case and permanent, `summary` one sentence for lists. The page (`rules/<name>.md`) says the rest.
    `waivable` is False where no waiver may silence it: what does not parse, schema errors, the waivers' own rules.
    """

    name: str
    severity: Severity
    summary: str
    waivable: bool = True


@dataclass(frozen=True, slots=True, order=True)
class Related:
    """Another place that a finding speaks of, with what it has to do with it."""

    path: str
    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A mend that is certain, for a machine: what to do with the node at a route of a file.

    `set` gives it the value, `rename` its key, `remove` takes it away. `move` gives the file another path, and needs no
    route. A list of one word is a tuple.
    """

    path: str
    operation: Literal["set", "rename", "remove", "move"]
    route: Route = ()
    value: Word | tuple[Word, ...] | None = None


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One finding at one place. Ordered by path, line, column, rule and message.

    `path` is relative to the project with `/`; lines and columns count from 1, the end is exclusive.
    `address` is that of the thing found fault with (`picklist.industry.value.fintech`), empty for a file that is none.
    `fix` is there where the mend is certain; it is no part of what makes two findings the same.
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    severity: Severity
    end_line: int
    end_column: int
    address: str = ""
    suggestion: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = field(default=None, compare=False)

    @classmethod
    def at(
        cls,
        path: str,
        span: Span,
        rule: Rule,
        message: str,
        *,
        address: str = "",
        suggestion: str = "",
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        """A finding of `rule` at a span, for stages that know the text itself."""
        return cls(
            path, span.line, span.column, rule.name, message, rule.severity,
            span.end_line, span.end_column, address, suggestion, related, fix,
        )  # fmt: skip


def fingerprint(found: Diagnostic) -> str:
    """What makes two findings the same one although lines moved: the rule, the address (or path) and the message.

    One run may find several that are the same in this sense.
    """
    said = "\0".join((found.rule, found.address or found.path, found.message))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that a waiver silenced."""

    diagnostic: Diagnostic
    waiver: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says, by anchors. `check` places it and makes it a `Diagnostic`.

    `message` is one sentence: what is wrong and why. `suggestion` is the mend (`did you mean …?`, `add …`).
    `meant` is what has to stand at `at` instead, as key or as value, where that is certain.
    """

    address: str
    at: Anchor
    message: str
    suggestion: str = ""
    related: tuple[tuple[Anchor, str], ...] = ()
    meant: Word | None = None


def place(finding: Finding, rule: Rule, documents: dict[str, Document]) -> Diagnostic:
    """The finding at its line and column. A path without a document (a file that should exist) is its start."""

    def span(anchor: Anchor) -> Span:
        document = documents.get(anchor.path)
        return document.span(anchor.route, on_key=anchor.on_key) if document else START

    related = []
    for anchor, message in finding.related:
        where = span(anchor)
        related.append(Related(anchor.path, where.line, where.column, message))
    return Diagnostic.at(
        finding.at.path,
        span(finding.at),
        rule,
        finding.message,
        address=finding.address,
        suggestion=finding.suggestion,
        related=tuple(related),
        fix=None if finding.meant is None else written_at(finding.at, finding.meant),
    )


def written_at(anchor: Anchor, word: Word | tuple[Word, ...]) -> Fix:
    """The fix that writes a word where an anchor points: as the node's key or as its value."""
    return Fix(anchor.path, "rename" if anchor.on_key else "set", anchor.route, word)
