"""YAML as the spec allows it: bytes → plain data, or findings that say how to mend the text.

One pass over parser events builds the data. libyaml's events are the fast way; ruamel's pure parser judges what
libyaml rejects, and places the finding (docs/adr/0002-yaml-parser.md). Where the quick pass meets anything out of the
ordinary the same code walks the file again with spans, and only then are findings made.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from abmspec.diagnostic import Diagnostic, Related, Rule, written_at
from abmspec.load.rules import (
    ALIAS,
    ANCHOR,
    BYTE_ORDER_MARK,
    CONTROL_CHARACTER,
    DIRECTIVE,
    DUPLICATE_KEY,
    EMPTY,
    ENCODING,
    LINE_SEPARATOR,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_FINDINGS,
    MAX_JUDGED,
    MERGE_CONFLICT,
    MERGE_KEY,
    NON_STRING_KEY,
    NOT_A_MAPPING,
    QUOTABLE,
    SEVERAL_DOCUMENTS,
    TAG,
    TOO_DEEP,
    TOO_LARGE,
    USABLE,
)
from abmspec.load.scalars import STARTS, Ambiguous, key_mend, resolve, value_mend
from abmspec.load.wording import Rejection, explain, kind_of
from abmspec.source import START, Anchor, NodeSpans, Route, Span, SpanIndex, value_at


class ParserUnavailable(Exception):
    """PyYAML was built without libyaml. Reading a spec without it takes some thirty times as long, so nobody should."""


class Parsed(NamedTuple):
    """A file's text and data. `data` is None where a finding says that the text cannot be relied upon."""

    text: str
    data: dict[str, Any] | None
    diagnostics: tuple[Diagnostic, ...]


class _Place(NamedTuple):
    """A point in the text as the parsers count: from 0."""

    line: int
    column: int
    offset: int


class _Unclean(Exception):
    """The quick pass met something that a finding must be made of."""


class _Stop(Exception):
    """No sense can be made of what follows."""


def require_libyaml() -> None:
    """Raise `ParserUnavailable` unless libyaml is there."""
    if not yaml.__with_libyaml__:
        raise ParserUnavailable(
            "PyYAML is installed without libyaml, its parser in C; "
            "reinstall it with `pip install --force-reinstall --only-binary :all: pyyaml`."
        )


def parse_text(path: str, raw: bytes) -> Parsed:
    """Read one file. Never raises on its content: whatever is wrong with it comes back as findings."""
    text, found = _decode(path, raw)
    if text is None:
        return Parsed("", None, tuple(found))
    if not _is_laxly_read(text):
        try:
            return Parsed(text, _Walk(_libyaml_events(text), text).document(), tuple(found))
        except (_Unclean, yaml.YAMLError):
            pass
    data, more = _read_carefully(path, text)
    found += more
    usable = all(diagnostic.rule in USABLE for diagnostic in found)
    return Parsed(text, data if usable else None, tuple(sorted(found)))


def find_spans(text: str) -> SpanIndex:
    """Every node's spans by its route, of a text that `parse_text` found usable."""
    spans: dict[Route, NodeSpans] = {}
    if not _is_laxly_read(text):
        try:
            _Walk(_libyaml_events(text), text, spans, []).document()
            return spans
        except yaml.YAMLError:
            spans.clear()
    _Walk(_strict_events(text), text, spans, []).document()
    return spans


def _is_laxly_read(text: str) -> bool:
    """Whether a text holds what libyaml accepts and YAML 1.2 does not: tabs as white space, `|#` for a comment."""
    return "\t" in text or (("|" in text or ">" in text) and _COMMENT_AT_ONCE.search(text) is not None)


def _read_carefully(path: str, text: str) -> tuple[dict[str, Any] | None, list[Diagnostic]]:
    """Walk a text with spans and findings. Where libyaml rejects it, or is too lax, ruamel's parser decides."""
    rejection: Rejection | None = None
    if not _is_laxly_read(text):
        found: list[Diagnostic] = []
        try:
            spans: dict[Route, NodeSpans] = {}
            data = _Walk(_libyaml_events(text), text, spans, found, path).document()
            return data, _with_fixes(data, spans, found)
        except _Stop:
            return None, found
        except yaml.YAMLError as error:
            rejection = Rejection.of(error)
    if len(text) > MAX_JUDGED:
        return None, [_too_large_to_judge(path, text, rejection)]
    found = []
    try:
        spans = {}
        data = _Walk(_strict_events(text), text, spans, found, path).document()
        return data, _with_fixes(data, spans, found)
    except _Stop:
        return None, found
    except Rejection as error:
        return None, [
            *_still_meant(found),
            _syntax_error(path, text, error if error.problem else rejection or error),
        ]


def _with_fixes(data: dict[str, Any] | None, spans: SpanIndex, found: list[Diagnostic]) -> list[Diagnostic]:
    """The findings; those on what readers take for different things have a fix: the same text, in quotes."""
    if data is None or not any(each.rule in QUOTABLE for each in found):
        return found
    places: dict[tuple[int, int], Anchor] = {}
    for route, node in spans.items():
        places.setdefault(node.value[:2], Anchor("", route))
        if node.key is not None:
            places[node.key[:2]] = Anchor("", route, on_key=True)
    return [_with_fix(data, each, places) if each.rule in QUOTABLE else each for each in found]


def _with_fix(data: dict[str, Any], found: Diagnostic, places: dict[tuple[int, int], Anchor]) -> Diagnostic:
    at = places.get((found.line, found.column))
    word = at and (at.route[-1] if at.on_key else value_at(data, at.route))
    if at is None or not isinstance(word, str) or not word:
        return found
    return replace(found, fix=written_at(at._replace(path=found.path), word))


def _too_large_to_judge(path: str, text: str, rejection: Rejection | None) -> Diagnostic:
    """The finding on a text that ruamel's parser would have to judge, and which would take it too long."""
    if rejection is not None:
        return _syntax_error(path, text, rejection)
    at = max(text.find("\t"), 0)
    return Diagnostic.at(
        path, _span_of(text, at, at), TOO_LARGE,
        f"A file larger than {MAX_JUDGED // 1024} KiB may hold no tabs, and no `#` right after `|` or `>`.",
        suggestion="Replace tabs with spaces, or split the file.",
    )  # fmt: skip


def _still_meant(found: list[Diagnostic]) -> list[Diagnostic]:
    """The findings on a text that ends in a syntax error: what it holds as a whole cannot be said."""
    return [diagnostic for diagnostic in found if diagnostic.rule not in (EMPTY.name, NOT_A_MAPPING.name)]


def _libyaml_events(text: str) -> Callable[[], Any]:
    from yaml._yaml import CParser

    parser: Any = CParser(text)
    next_event: Callable[[], Any] = parser.get_event
    return next_event


def _strict_events(text: str) -> Callable[[], Any]:
    from abmspec.load import strict

    return strict.events(text)


class _Walk:
    """One walk over the events of a text.

    Without `spans` it is the quick pass: it records no place and raises `_Unclean` at the first thing to report.
    With them, every node's spans are recorded and what is wrong is added to `found`.
    """

    __slots__ = ("cut", "end", "found", "next_event", "path", "spans", "suspect", "swallowing", "text")

    def __init__(
        self,
        next_event: Callable[[], Any],
        text: str,
        spans: dict[Route, NodeSpans] | None = None,
        found: list[Diagnostic] | None = None,
        path: str = "",
    ) -> None:
        self.next_event = next_event
        self.text = text
        self.spans = spans
        self.found = found
        self.path = path
        self.end = _Place(0, 0, 0)
        self.cut: set[str] = set()  # Keys that are the end of a number with commas.
        self.swallowing: set[Span] = set()  # Keys that stand too deep, and were told of.
        # Nearly no file has a tag, an anchor or an escape: look once, rather than at each of its scalars.
        self.suspect = "!" in text or "\\" in text or text.count("&") != text.count("& ")

    def document(self) -> dict[str, Any] | None:
        """The data of the one document."""
        self.next_event()
        start = self.next_event()
        if start.__class__ is StreamEndEvent:
            self.report(EMPTY, START, "The file holds no data.", "Fill it, or delete it.")
            return None
        head = self.text[: start.end_mark.index]
        if "%" in head and (directive := re.search(r"^%.*", head, re.MULTILINE)):
            where = _span_of(head, directive.start(), directive.end())
            self.report(
                DIRECTIVE, where, "A spec is plain YAML 1.2 and takes no `%` directives.", "Delete the line."
            )
            raise _Stop
        root = self.next_event()
        data = self.scalar(root) if root.__class__ is ScalarEvent else self.collection(root, 1, ())
        if self.spans is not None:
            self.record(self.spans, (), None, root)
        self.check_root(root, data)
        self.next_event()
        after = self.next_event()
        if after.__class__ is not StreamEndEvent:
            self.report(
                SEVERAL_DOCUMENTS, _span(after.start_mark, after.end_mark),
                "A second YAML document begins here, and a file holds one.",
                "Delete the `---`, or move what follows to a file of its own.",
            )  # fmt: skip
        return data if isinstance(data, dict) else None

    def check_root(self, root: Any, data: Any) -> None:
        """A file is a mapping of keys to values."""
        if root.__class__ is MappingStartEvent:
            return
        span = self.spans[()].value if self.spans is not None else START
        if data is None:
            self.report(EMPTY, span, "The file holds no data.", "Fill it, or delete it.")
        else:
            what = "a list" if isinstance(data, list) else "bare text"
            self.report(
                NOT_A_MAPPING, span, f"The file holds {what} where keys with values are expected.",
                "Write `key: value` lines, with a colon and a space after each key.",
            )  # fmt: skip

    def mapping(self, depth: int, route: Route) -> dict[str, Any]:
        """The mapping whose start was just read."""
        next_event, spans, suspect = self.next_event, self.spans, self.suspect
        data: dict[str, Any] = {}
        key_span: Span | None = None
        while (event := next_event()).__class__ is not MappingEndEvent:
            if event.__class__ is ScalarEvent:
                key = event.value
                if suspect or key[:1] in STARTS:
                    key = self.key(event)
            else:
                key = self.collection_as_key(event, depth)
            if key in data and key not in self.cut:
                self.report_duplicate(key, event, data, route)
            if spans is not None:
                start, self.end = self.places(event)
                key_span = _span(start, self.end)
            value_event = next_event()
            if value_event.__class__ is ScalarEvent:
                value = value_event.value
                if suspect or value[:1] in STARTS:
                    value = self.scalar(value_event)
            else:
                value = self.collection(value_event, depth + 1, (*route, key) if spans is not None else ())
            if spans is not None:
                self.record(spans, (*route, key), key_span, value_event)
            data[key] = value
        self.close(event)
        return {key: value for key, value in data.items() if key not in self.cut} if self.cut else data

    def sequence(self, depth: int, route: Route) -> list[Any]:
        """The sequence whose start was just read."""
        next_event, spans, suspect = self.next_event, self.spans, self.suspect
        data: list[Any] = []
        while (event := next_event()).__class__ is not SequenceEndEvent:
            if event.__class__ is ScalarEvent:
                value = event.value
                if suspect or value[:1] in STARTS:
                    value = self.scalar(event)
            else:
                value = self.collection(event, depth + 1, (*route, len(data)) if spans is not None else ())
            if spans is not None:
                self.record(spans, (*route, len(data)), None, event)
            data.append(value)
        self.close(event)
        return data

    def close(self, event: Any) -> None:
        """Remember where a collection ends: at its bracket, or with its last content."""
        if self.spans is not None and event.end_mark.index > event.start_mark.index:
            self.end = _place(event.end_mark)

    def record(self, spans: dict[Route, NodeSpans], route: Route, key: Span | None, value: Any) -> None:
        """Note the spans of a node that was just read."""
        if value.__class__ in (ScalarEvent, AliasEvent):
            start, self.end = self.places(value)
        else:
            start = _place(value.start_mark)
        spans[route] = NodeSpans(key, _span(start, self.end))

    def places(self, event: Any) -> tuple[_Place, _Place]:
        """Where a scalar begins and ends: a block's without the blank lines after it, an empty one's at once."""
        start, end = _place(event.start_mark), _place(event.end_mark)
        if event.__class__ is ScalarEvent and event.style in ("|", ">"):
            return start, self.trimmed(start, end)
        return (self.after_indicator(start),) * 2 if start == end else (start, end)

    def after_indicator(self, mark: _Place) -> _Place:
        """Where an empty scalar stands: right after its colon or dash, wherever the parser's mark is."""
        between = self.text[self.end.offset : mark.offset]
        length = 0
        for found in _INDICATOR_OR_COMMENT.finditer(between):
            if found[0][0] != "#":
                length = found.end()
        between = between[:length]
        lines, last = between.count("\n"), between.rpartition("\n")[2]
        column = len(last) + (0 if lines else self.end.column)
        return _Place(self.end.line + lines, column, self.end.offset + length)

    def trimmed(self, start: _Place, end: _Place) -> _Place:
        """The end without the white space before it."""
        body = self.text[start.offset : end.offset].rstrip()
        last = body.rpartition("\n")[2]
        lines = body.count("\n")
        return _Place(
            start.line + lines, len(last) + (0 if lines else start.column), start.offset + len(body)
        )

    def collection(self, event: Any, depth: int, route: Route) -> Any:
        """The data of a node that is no scalar."""
        if event.__class__ is AliasEvent:
            self.report(
                ALIAS, _span(event.start_mark, event.end_mark),
                f"`*{event.anchor}` is an alias, and in a spec every value stands where it is read.",
                "Write the value out; if it is text that begins with `*`, put it in quotes.",
            )  # fmt: skip
            return None
        if depth > MAX_DEPTH:
            self.report(
                TOO_DEEP, _span(event.start_mark, event.start_mark),
                f"The nesting here is deeper than {MAX_DEPTH} levels, which no spec needs.", "Flatten it.",
            )  # fmt: skip
            raise _Stop
        if self.suspect:
            self.check_properties(event)
        if event.__class__ is MappingStartEvent:
            return self.mapping(depth, route)
        return self.sequence(depth, route)

    def collection_as_key(self, event: Any, depth: int) -> str:
        """The stand-in for a key that is a list, a mapping or an alias."""
        if event.__class__ is not AliasEvent:
            self.report(
                NON_STRING_KEY, _span(event.start_mark, event.start_mark),
                "A key is text, and here stands a list or a mapping.", "Write the key as plain text.",
            )  # fmt: skip
            self.collection(event, depth + 1, ())
            raise _Stop
        self.collection(event, depth + 1, ())
        return f"*{event.anchor}"

    def scalar(self, event: Any) -> Any:
        """The value of a scalar: its text if quoted, else by the core schema's JSON-like spellings."""
        if self.suspect:
            self.check_properties(event)
        text: str = event.value
        if event.style:
            return text
        value = resolve(text)
        if value.__class__ is Ambiguous:
            self.report(value.rule, self.span(event), value.message(text), value_mend(text))
            return text
        return value

    def key(self, event: Any) -> str:
        """The text of a key, which may look like nothing else."""
        if self.suspect:
            self.check_properties(event)
        text: str = event.value
        if event.style:
            return text
        if text == "<<":
            self.report(
                MERGE_KEY, self.span(event),
                "`<<` merges another mapping in, and in a spec overlays are the only inheritance.",
                "Write the keys out, or move them to `defaults:`.",
            )  # fmt: skip
            return text
        value = resolve(text)
        number, is_first = self.thousands(event)
        if number:
            self.cut.add(text)
        if is_first:
            self.report(
                NON_STRING_KEY, self.span(event),
                f"`{number}` is cut at its comma, and `{text}` reads as a key: a number has none.",
                f"Write `{number.replace(',', '')}`.",
            )  # fmt: skip
        elif number:
            return text
        elif value.__class__ is Ambiguous:
            self.report(value.rule, self.span(event), value.message(text), key_mend(text))
        elif value.__class__ is not str:
            self.report(
                NON_STRING_KEY, self.span(event),
                f"The key `{text}` is {kind_of(value)}, and keys are text." if text else "A key is missing.",
                key_mend(text) if text else "Write it before the colon.",
            )  # fmt: skip
        return text

    def thousands(self, event: Any) -> tuple[str, bool]:
        """The number with commas that a key of three digits is part of, as in `{at_least: 2,001}`, or nothing.

        With it, whether the key stands behind the number's first comma.
        """
        if len(event.value) != 3 or not event.value.isdigit():
            return "", False
        start, end = event.start_mark.index, event.end_mark.index
        before = re.search(r"(?<![\w.,])[0-9]{1,3}(?:,[0-9]{3})*,$", self.text[max(0, start - 20) : start])
        after = re.match(r"(?:,[0-9]{3})*", self.text[end : end + 20])
        if not before or not after:
            return "", False
        return f"{before[0]}{event.value}{after[0]}", before[0].count(",") == 1

    def check_properties(self, event: Any) -> None:
        """Report a tag, an anchor, or an escape that makes a character no text may hold."""
        span = _span(event.start_mark, event.start_mark)
        if event.anchor is not None:
            self.report(
                ANCHOR, span, f"`&{event.anchor}` is an anchor, and in a spec every value stands where it is read.",
                "Delete the anchor; if it is text that begins with `&`, put it in quotes.",
            )  # fmt: skip
        if event.tag is not None:
            self.report(
                TAG, span,
                f"The tag `{_as_written(event.tag)}` asks for a type, and in a spec the value alone says it.",
                "Delete the tag; if it is text that begins with `!`, put it in quotes.",
            )  # fmt: skip
        if (
            event.__class__ is ScalarEvent
            and event.style == '"'
            and (bad := _UNFIT_IN_VALUE.search(event.value))
        ):
            self.report(
                CONTROL_CHARACTER, self.span(event),
                f"The text escapes U+{ord(bad[0]):04X}, a character that no system can store.", "Delete the escape.",
            )  # fmt: skip

    def span(self, event: Any) -> Span:
        """The span of a scalar."""
        return _span(*self.places(event))

    def report(self, rule: Rule, span: Span, message: str, suggestion: str, *related: Related) -> None:
        """Add a finding; in the quick pass give up instead."""
        if self.found is None:
            raise _Unclean
        self.found.append(
            Diagnostic.at(self.path, span, rule, message, suggestion=suggestion, related=related)
        )
        if len(self.found) >= MAX_FINDINGS:
            raise _Stop

    def report_duplicate(self, key: str, event: Any, data: dict[str, Any], route: Route) -> None:
        """Report a key that its mapping has already."""
        spans = self.spans or {}
        last = next(reversed(data))
        above, first = spans.get((*route, last)), spans.get((*route, key))
        if route and last != key and data[last] is None and above is not None and above.key is not None:
            if above.key not in self.swallowing:
                self.swallowing.add(above.key)
                self.report(
                    DUPLICATE_KEY, above.key,
                    f"`{last}` is empty, and the keys below it stand above it already: it is indented too far.",
                    f"Line `{last}` up with {_holder(route)}.",
                )  # fmt: skip
            return
        related: tuple[Related, ...] = ()
        if first is not None and first.key is not None:
            related = (Related(self.path, first.key.line, first.key.column, f"`{key}` stands here first."),)
        self.report(
            DUPLICATE_KEY, _span(event.start_mark, event.end_mark),
            f"The key `{key}` stands twice in one mapping, so one of its two values would be lost.",
            "Delete one of them, or give it another key.", *related,
        )  # fmt: skip


def _holder(route: Route) -> str:
    """The key or the item that holds a mapping, in a sentence."""
    return f"`{route[-1]}`" if isinstance(route[-1], str) else "the item above"


def _decode(path: str, raw: bytes) -> tuple[str | None, list[Diagnostic]]:
    """The text of a file, or None where it is none that YAML may be read from."""
    found: list[Diagnostic] = []

    def report(rule: Rule, span: Span, message: str, suggestion: str) -> None:
        found.append(Diagnostic.at(path, span, rule, message, suggestion=suggestion))

    if len(raw) > MAX_BYTES:
        report(
            TOO_LARGE, START, f"The file is larger than {MAX_BYTES // 1024**2} MiB, and is not read.",
            "Split it: one picklist, segment or play a file.",
        )  # fmt: skip
        return None, found
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        report(
            ENCODING,
            START,
            "The file is encoded in UTF-16 or UTF-32, and a spec is UTF-8.",
            "Save it as UTF-8.",
        )
        return None, found
    if raw.startswith(b"\xef\xbb\xbf"):
        report(
            BYTE_ORDER_MARK, START, "The file begins with a byte order mark, which some systems take for text.",
            "Save it as UTF-8 without BOM.",
        )  # fmt: skip
        raw = raw[3:]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        guess = raw[error.start : error.start + 1].decode("cp1252", "replace")
        hint = (
            f" (it would be `{guess}` in Windows-1252)" if guess.isprintable() and guess != "\ufffd" else ""
        )
        message = f"The byte 0x{raw[error.start]:02X} is not UTF-8{hint}, so the text cannot be known."
        report(ENCODING, _span_of(before, len(before), len(before)), message, "Save the file as UTF-8.")
        return None, found
    _check_characters(text, report)
    _check_conflict(text, report)
    return (None if any(diagnostic.rule != BYTE_ORDER_MARK.name for diagnostic in found) else text), found


_Report = Callable[[Rule, Span, str, str], None]
_ORDINARY = bytes([0x09, 0x0A, 0x0D, *range(0x20, 0x7F), *range(0x80, 0x100)])
_UNFIT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]|\r(?!\n)"
)
_UNFIT_IN_VALUE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_COMMENT_AT_ONCE = re.compile(r"[|>][-+0-9]{0,2}#")
_INDICATOR_OR_COMMENT = re.compile(r"#[^\n]*|\S")
_CONFLICT = re.compile(r"^(<{7}|>{7}|={7})(?: .*)?\r?$", re.MULTILINE)


def _check_characters(text: str, report: _Report) -> None:
    """Report what YAML does not allow in a text, what other readers take for a line's end, and what hides text."""
    if (
        text.isascii()
        and not text.encode("ascii").translate(None, _ORDINARY)
        and (text.count("\r") == text.count("\r\n"))
    ):
        return
    for bad in islice(_UNFIT.finditer(text), MAX_FINDINGS):
        span = _span_of(text, bad.start(), bad.start() + 1)
        name = f"U+{ord(bad[0]):04X}"
        if bad[0] in "\r\x85\u2028\u2029":
            report(
                LINE_SEPARATOR,
                span,
                f"{name} ends a line for some readers and not for others.",
                "Use a plain line feed.",
            )
        elif bad[0] in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
            report(
                CONTROL_CHARACTER, span, f"{name} reorders the text around it, so that it reads otherwise than it is.",
                "Delete it.",
            )  # fmt: skip
        else:
            report(
                CONTROL_CHARACTER,
                span,
                f"{name} is a control character, which YAML does not allow.",
                "Delete it.",
            )


def _check_conflict(text: str, report: _Report) -> None:
    """Report what a merge left unresolved."""
    if not ("<<<<<<<" in text or ">>>>>>>" in text or "=======" in text):
        return
    marks = list(_CONFLICT.finditer(text))
    begins = (
        [mark for mark in marks if mark[1][0] == "<"]
        or [mark for mark in marks if mark[1][0] == ">"]
        or marks
    )
    for mark in begins[:MAX_FINDINGS]:
        report(
            MERGE_CONFLICT, _span_of(text, mark.start(1), mark.end(1)),
            "A merge left its conflict marker here, so the file holds two versions at once.",
            "Keep one version, and delete the lines of `<<<<<<<`, `=======` and `>>>>>>>`.",
        )  # fmt: skip


def _syntax_error(path: str, text: str, rejection: Rejection) -> Diagnostic:
    """The finding for why a parser rejects a text."""
    said = explain(text, rejection)
    where = _span_of(text, said.offset, said.offset)
    return Diagnostic.at(path, where, said.rule, said.message, suggestion=said.suggestion)


def _place(mark: Any) -> _Place:
    return _Place(mark.line, mark.column, mark.index)


def _span(start: Any, end: Any) -> Span:
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _span_of(text: str, start: int, end: int) -> Span:
    """The span of a slice of one line."""
    line = text.count("\n", 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    return Span(line, column, line, column + end - start)


def _as_written(tag: str) -> str:
    """A tag as people write it: `!!str`, not the address that it stands for."""
    return tag.replace("tag:yaml.org,2002:", "!!", 1)
