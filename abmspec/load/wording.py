"""Syntax errors in words for people who do not know YAML's grammar."""

from __future__ import annotations

import re
from typing import NamedTuple

from abmspec.diagnostic import Rule
from abmspec.load.rules import ALIAS, ANCHOR, DIRECTIVE, SYNTAX, TAB, TAG


class Rejection(Exception):
    """Why a parser takes a text for no YAML: its words, and the offsets of what it met and of what that is part of."""

    def __init__(self, problem: str, context: str, at: int, opened: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.context = context
        self.at = at
        self.opened = opened

    @classmethod
    def of(cls, error: Exception) -> Rejection:
        """The same from an error of PyYAML or of ruamel, which are alike."""
        at, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        return cls(
            str(getattr(error, "problem", None) or ""),
            str(getattr(error, "context", None) or ""),
            getattr(at or opened, "index", 0),
            getattr(opened or at, "index", 0),
        )


class Said(NamedTuple):
    """A syntax error: its rule, where in the text, what is wrong and how to mend it."""

    rule: Rule
    offset: int
    message: str
    suggestion: str


def kind_of(value: object) -> str:
    """What a value is called."""
    return "nothing" if value is None else "a truth value" if isinstance(value, bool) else "a number"


def explain(text: str, rejection: Rejection) -> Said:
    """Say what a parser's error means, at the place where a person would mend it."""
    problem, context = rejection.problem, rejection.context
    last = len(text.rstrip())
    at, opened = min(rejection.at, last), min(rejection.opened, last)
    return (
        _tab(text, at)
        or _unclosed(text, problem, context, at, opened)
        or _colon(text, problem, at, opened)
        or _start_of_value(text, problem, context, at, opened)
        or _indentation(text, problem, context, at)
        or Said(
            SYNTAX, at, f"The YAML cannot be read from here on: {problem or 'it is not well-formed'}.", ""
        )
    )


def _named(character: str) -> str:
    """A character in a sentence."""
    return {"`": "a backtick", ",": "a comma"}.get(character, f"`{character}`")


def _line(text: str, at: int) -> tuple[int, str]:
    """Where the line of an index begins, and the line."""
    begin = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return begin, text[begin : end if end >= 0 else len(text)].rstrip("\r")


def _tab(text: str, at: int) -> Said | None:
    begin, line = _line(text, at)
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    if "\t" not in indent:
        return None
    return Said(
        TAB, begin + indent.index("\t"), "The line is indented with a tab, and YAML indents with spaces.",
        "Replace each tab with two spaces.",
    )  # fmt: skip


def _unclosed(text: str, problem: str, context: str, at: int, opened: int) -> Said | None:
    if "quoted scalar" in context and ("end of stream" in problem or "document separator" in problem):
        return Said(
            SYNTAX,
            opened,
            "The quote that opens here is never closed.",
            "Close it; write `''` for a quote in single quotes.",
        )
    for what, bracket in (("flow sequence", "]"), ("flow mapping", "}")):
        if what in context and "expected" in problem:
            if unclosed := _quote_over_lines(text, at):
                return unclosed
            same_line = "\n" not in text[opened:at]
            if not same_line or at >= len(text.rstrip()):
                return Said(
                    SYNTAX,
                    opened,
                    f"The bracket that opens here is not closed with `{bracket}`.",
                    f"Add `{bracket}`.",
                )
            return Said(
                SYNTAX,
                at,
                f"A comma or `{bracket}` is expected here.",
                "Add it, or put the text before it in quotes.",
            )
    return None


def _colon(text: str, problem: str, at: int, opened: int) -> Said | None:
    if "could not find expected ':'" in problem:
        return _line_without_colon(*_line(text, opened), opened)
    if "mapping values are not allowed" not in problem:
        return None
    begin, line = _line(text, at)
    if found := re.match(r" *-(?=[\[{\"'\w])", line):
        return Said(SYNTAX, begin + found.end(), "A space is missing after the hyphen.", "Write `- item`.")
    if ": " in line[: at - begin]:
        return Said(
            SYNTAX, at, "A second colon stands in a value without quotes, and would make it another mapping.",
            "Put the value in quotes.",
        )  # fmt: skip
    above, before = _line_above(text, begin)
    if before and not re.search(r":(?:\s|$)", before):
        return _line_without_colon(above, before, above + len(before) - len(before.lstrip()))
    return Said(
        SYNTAX, begin + len(line) - len(line.lstrip()),
        "A key cannot stand here: the line above is less indented, and has a value already.",
        "Line it up with the keys that it belongs to.",
    )  # fmt: skip


def _line_without_colon(begin: int, line: str, at: int) -> Said:
    """What to say of a line that should hold a key with a value."""
    if found := re.match(r"[ -]*[\w.-]+:(?=\S)", line):
        return Said(SYNTAX, begin + found.end(), "A space is missing after the colon.", "Write `key: value`.")
    return Said(SYNTAX, at, "A colon is missing: the line has no key with a value.", "Write `key: value`.")


def _line_above(text: str, begin: int) -> tuple[int, str]:
    """Where the nearest line with content above a line begins, and that line; empty where there is none."""
    while begin > 0:
        begin, line = _line(text, begin - 1)
        if line.strip() and not line.lstrip().startswith("#"):
            return begin, line
    return 0, ""


def _start_of_value(text: str, problem: str, context: str, at: int, opened: int) -> Said | None:
    character = text[at : at + 1]
    if "cannot start any token" in problem:
        if character == "\t":
            return Said(TAB, at, "A tab stands here between words.", "Replace it with a space.")
        return Said(SYNTAX, at, f"A value cannot begin with {_named(character)}.", "Put it in quotes.")
    if "expected the node content" in problem or "did not find expected node content" in problem:
        if character == ",":
            return Said(SYNTAX, at, "Nothing stands before this comma.", "Delete one comma.")
        if character not in "]}":
            return Said(SYNTAX, at, f"A value cannot begin with {_named(character)}.", "Put it in quotes.")
    if "alias" in context and "expected" in problem:
        return Said(ALIAS, opened, "Text that begins with `*` reads as an alias.", "Put it in quotes.")
    if "anchor" in context and "expected" in problem:
        return Said(ANCHOR, opened, "Text that begins with `&` reads as an anchor.", "Put it in quotes.")
    if "tag" in context or "tag" in problem:
        return Said(TAG, opened, "Text that begins with `!` reads as a tag.", "Put it in quotes.")
    if "directive" in context or "directive" in problem:
        return Said(
            DIRECTIVE,
            opened,
            "A line that begins with `%` reads as a directive.",
            "Delete it, or put the text in quotes.",
        )
    if "quoted scalar" in context:
        return Said(
            SYNTAX, at, "This escape is not one that YAML knows.",
            "Write `\\\\` for a backslash, or use single quotes.",
        )  # fmt: skip
    if "block scalar" in context:
        return Said(
            SYNTAX,
            at,
            "The text after `|` or `>` begins on the next line, indented.",
            "Move it there, or put the value in quotes.",
        )
    return None


def _indentation(text: str, problem: str, context: str, at: int) -> Said | None:
    if "sequence entries are not allowed" in problem:
        return Said(
            SYNTAX,
            at,
            "A list's item cannot begin in the middle of a line.",
            "Begin it on a line of its own, indented.",
        )
    if (
        "block" in context
        or "block end" in problem
        or "block mapping" in problem
        or "block collection" in problem
    ):
        begin, line = _line(text, at)
        before = line[: at - begin].strip(" -")
        if text[at : at + 1] and text[at] in "]},":
            return Said(
                SYNTAX, at, f"{_named(text[at]).capitalize()} stands here, and no bracket is open.",
                "Delete it, or put the value in quotes.",
            )  # fmt: skip
        if before and (unclosed := _quote_over_lines(text, at)):
            return unclosed
        if before:
            return Said(SYNTAX, at, "Text follows a value that has ended.", "Put the whole value in quotes.")
        return Said(
            SYNTAX, at, "The line is not indented like its neighbours.",
            "Line it up with the keys or the items that it belongs to.",
        )  # fmt: skip
    return None


def _quote_over_lines(text: str, at: int) -> Said | None:
    """What to say where a value has ended with a quote that opened lines above: there the closing one is missing."""
    quote = text[at - 1 : at]
    if quote not in ("'", '"'):
        return None
    opened = text.rfind(quote, 0, at - 1)
    lines = text.count("\n", 0, at) + 1
    if opened < 0 or "\n" not in text[opened:at]:
        return None
    message = (
        f"The quote that opens here is closed only on line {lines}, by one that was to open another value."
    )
    return Said(SYNTAX, opened, message, "Close it on its own line.")
