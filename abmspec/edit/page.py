"""A text as an editor sees it: its nodes at their offsets, and what stands between them.

The spans of a document say where each key and value stands. What is left are indicators, blank lines and comments;
each comment belongs to one node, so that both move together:

- a comment behind a node on its line belongs to the node;
- comments on lines of their own lead the entry or item that follows;
- indented deeper than what follows, they end the collection before;
- what stands on top of a file, down to the first blank line, is its head and stays there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from abmspec.load.parser import find_spans, parse_text
from abmspec.source import NodeSpans, Route

BYTE_ORDER_MARK = "\ufeff"
_COMMENT = re.compile(r"#[^\n]*")
_INDICATORS = re.compile(r"[-:,\[\]{}\s]*")
_MARKERS = ("---", "...")


class EditRefused(Exception):
    """A text that cannot be edited, or an edit that cannot be made. The message says what, where and why."""


class GapLine(NamedTuple):
    """A line between nodes: blank, a comment, or a document's marker. `end` is before its line end."""

    start: int
    end: int
    text: str
    column: int


@dataclass(eq=False, slots=True)
class Node:
    """A value in the text, with its key where it has one.

    `start` and `end` are those of the value, `key` those of the key. `origin` is where the entry or item begins: at
    its key or its dash. `extent` is the end of all that belongs to it, comments included, before a line's end.
    """

    route: Route
    value: Any
    start: int
    end: int
    key: tuple[int, int] | None
    parent: Node | None
    flow: bool
    origin: int = 0
    extent: int = 0
    children: list[Node] = field(default_factory=list)
    leading: list[GapLine] = field(default_factory=list)
    inline: list[tuple[int, int]] = field(default_factory=list)
    tail: list[GapLine] = field(default_factory=list)

    @property
    def is_collection(self) -> bool:
        """Whether it is a mapping or a list."""
        return isinstance(self.value, dict | list)

    @property
    def is_block(self) -> bool:
        """Whether it is a mapping or a list of one line or more for each of its entries."""
        return self.is_collection and not self.flow


@dataclass(eq=False, slots=True)
class Page:
    """A text that was read. `head` are the lines on top of it that belong to no entry."""

    path: str
    text: str
    data: dict[str, Any]
    root: Node
    nodes: dict[Route, Node]
    newline: str
    lines: list[int]
    comments: tuple[tuple[int, int], ...] = ()
    head: list[GapLine] = field(default_factory=list)

    @classmethod
    def of(cls, path: str, text: str) -> Page:
        """Reads a text. EditRefused where it is none that could be edited."""
        if text.startswith(BYTE_ORDER_MARK):
            raise EditRefused(
                f"{path}: the file begins with a byte order mark. Save it as UTF-8 without BOM."
            )
        parsed = parse_text(path, text.encode("utf-8", "surrogatepass"))
        data = parsed.data
        if data is None and not _is_bare(text):
            found = parsed.diagnostics[0]
            where = f"{path}:{found.line}:{found.column}"
            raise EditRefused(f"{where}: {found.message} {found.suggestion}".rstrip())
        end = text.find("\n")
        newline = "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"
        lines = [0, *(found.end() for found in re.finditer("\n", text))]
        if data is None:
            root = Node((), {}, len(text), len(text), None, None, flow=True, extent=len(text))
            return cls(path, text, {}, root, {(): root}, newline, lines)
        spans = find_spans(text)
        nodes: dict[Route, Node] = {}
        page = cls(path, text, data, Node((), data, 0, 0, None, None, flow=False), nodes, newline, lines)
        page.root = page._grow((), data, None, spans)
        page._read_gaps()
        return page

    # -- places

    def line_of(self, offset: int) -> int:
        """The number of the line (from 0) that an offset stands in."""
        return bisect_right(self.lines, offset) - 1

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self.lines[self.line_of(offset)]

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends, before its line end."""
        end = self.text.find("\n", offset)
        end = len(self.text) if end < 0 else end
        return end - 1 if end > offset and self.text[end - 1] == "\r" else end

    def column(self, offset: int) -> int:
        """The column of an offset, from 0."""
        return offset - self.line_start(offset)

    def next_line(self, offset: int) -> int:
        """Where the line after that of an offset begins; the end of the text where there is none."""
        line = self.line_of(offset) + 1
        return self.lines[line] if line < len(self.lines) else len(self.text)

    def begins_line(self, offset: int) -> bool:
        """Whether nothing but white space stands before an offset on its line."""
        return not self.text[self.line_start(offset) : offset].strip()

    def after_indicator(self, node: Node) -> int:
        """Right after the colon or the dash before a value."""
        if node.key is None:
            return node.origin + 1
        return self.text.index(":", node.key[1]) + 1

    def flow_root(self, node: Node) -> Node | None:
        """The outermost flow collection that a node stands in or is."""
        found = None
        step: Node | None = node
        while step is not None:
            if step.flow and step.is_collection:
                found = step
            step = step.parent
        return found

    def has_comments(self, node: Node) -> bool:
        """Whether a comment stands inside a value."""
        first = bisect_left(self.comments, (node.start, 0))
        return first < len(self.comments) and self.comments[first][0] < node.end

    # -- reading

    def _grow(self, route: Route, value: Any, parent: Node | None, spans: Any) -> Node:
        """The node of a route, and all below it."""
        at: NodeSpans = spans[route]
        start, end = self._offset(at.value.line, at.value.column), self._offset(*at.value[2:])
        key = at.key and (self._offset(at.key.line, at.key.column), self._offset(*at.key[2:]))
        flow = bool(parent and parent.flow) or (isinstance(value, dict | list) and self.text[start] in "{[")
        node = Node(route, value, start, self._kept_end(start, end), key, parent, flow)
        self.nodes[route] = node
        node.origin = key[0] if key else start
        if parent is not None and parent.is_block and key is None:
            node.origin = self._dash(parent, start)
        pairs = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        node.children = [self._grow((*route, part), inner, node, spans) for part, inner in pairs]
        node.extent = max(node.end, node.key[1] if node.key else 0)
        return node

    def _offset(self, line: int, column: int) -> int:
        return self.lines[line - 1] + column - 1

    def _kept_end(self, start: int, end: int) -> int:
        """Where a value ends; one that keeps the blank lines after it ends with them."""
        if self.text[start : start + 1] in ("|", ">") and "+" in self.text[start : start + 3]:
            after = re.compile(r"(?:[ \t]*\r?\n)+").match(self.text, self.line_end(end))
            if after is not None:
                return max(end, self.line_end(self.lines[self.line_of(after.end()) - 1]))
        return end

    def _dash(self, parent: Node, start: int) -> int:
        """Where the dash of an item stands: in its list's column, on the item's line or above it."""
        column = self.column(parent.start)
        line = self.line_of(start)
        while line >= 0:
            at = self.lines[line] + column
            is_dash = at < start and self.text[at] == "-" and not self.text[at + 1 : at + 2].strip()
            if is_dash and "#" not in self.text[self.lines[line] : at]:
                return at
            line -= 1
        raise AssertionError(f"an item without a dash at {start}")

    def _read_gaps(self) -> None:
        """Give each comment and blank line to the node that it belongs to."""
        elements = sorted(
            (node for node in self.nodes.values() if node.parent is not None and node.parent.is_block),
            key=lambda node: node.origin,
        )
        origins = [node.origin for node in elements]
        lines: list[GapLine] = []
        comments: list[tuple[int, int]] = []
        flows = [node for node in self.nodes.values() if node.flow and node.is_collection]
        inside = sorted((node.start, node.end) for node in flows if not (node.parent and node.parent.flow))
        starts = [start for start, _ in inside]
        for start, end in self._gaps():
            for found in self._comments_in(start, end):
                comments.append(found)
                within = bisect_right(starts, found[0]) - 1
                if within >= 0 and found[0] < inside[within][1]:
                    continue
                before = self.text[self.line_start(found[0]) : found[0]].strip()
                if before and before not in _MARKERS:
                    owner = elements[max(bisect_left(origins, found[0]) - 1, 0)] if elements else self.root
                    owner.inline.append(found)
                    _extend(owner, found[1])
            lines.extend(self._gap_lines(start, end, inside, starts))
        self.comments = tuple(comments)
        self._give_lines(lines, elements, origins)

    def _gaps(self) -> Iterator[tuple[int, int]]:
        """The stretches between keys and scalars."""
        tokens = [(0, 0), (len(self.text), len(self.text))]
        for node in self.nodes.values():
            if node.key is not None:
                tokens.append(node.key)
            if not node.is_collection and node.end > node.start:
                tokens.append((node.start, node.end))
        tokens.sort()
        for (_, end), (start, _) in pairwise(tokens):
            if start > end:
                yield end, start

    def _comments_in(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        gap = self.text[start:end]
        if not gap.isspace():
            bare = _COMMENT.sub("", gap).replace("...", "")
            if not _INDICATORS.fullmatch(bare):
                at = start + len(gap) - len(gap.lstrip())
                raise EditRefused(
                    f"{self.path}:{self.line_of(at) + 1}: a key written with `?` cannot be edited. "
                    "Write it as `key: value`."
                )
        for found in _COMMENT.finditer(gap):
            yield start + found.start(), start + len(found[0].rstrip()) + found.start()

    def _gap_lines(
        self, start: int, end: int, inside: list[tuple[int, int]], starts: list[int]
    ) -> Iterator[GapLine]:
        """The lines of a gap that hold no part of a node, outside flow collections."""
        line = self.line_of(start) + (0 if self.begins_line(start) and start == 0 else 1)
        while line < len(self.lines) and self.lines[line] < end:
            at = self.lines[line]
            until = self.line_end(at)
            line += 1
            text = self.text[at:until].strip()
            if until > end or at >= len(self.text):
                return
            within = bisect_right(starts, at) - 1
            if within >= 0 and at < inside[within][1]:
                continue
            if not text or text[0] == "#" or text.startswith(_MARKERS):
                column = len(self.text[at:until]) - len(self.text[at:until].lstrip())
                yield GapLine(at, until, text, column)

    def _give_lines(self, lines: list[GapLine], elements: list[Node], origins: list[int]) -> None:
        blank: list[GapLine] = []
        for line in lines:
            if not line.text:
                blank.append(line)
                continue
            place = bisect_left(origins, line.start)
            after = elements[place] if place < len(elements) else None
            before = elements[place - 1] if place else None
            holder = self._ended(before, after, line.column)
            pending = [each for each in blank if place == bisect_left(origins, each.start)]
            self._lead(blank[: len(blank) - len(pending)], elements, origins)
            blank = []
            if holder is not None:
                holder.tail.extend((*pending, line))
                _extend(holder, line.end)
            elif after is not None:
                after.leading.extend((*pending, line))
        self._lead(blank, elements, origins)
        if elements:
            first = elements[0].leading
            cuts = [number for number, line in enumerate(first) if line.text[:1] != "#"]
            cut = cuts[-1] + 1 if cuts else len(first)
            self.head, elements[0].leading = first[:cut], first[cut:]

    @staticmethod
    def _lead(lines: list[GapLine], elements: list[Node], origins: list[int]) -> None:
        for line in lines:
            place = bisect_left(origins, line.start)
            if place < len(elements):
                elements[place].leading.append(line)

    def _ended(self, before: Node | None, after: Node | None, column: int) -> Node | None:
        """The collection that a comment between two entries ends; None where it leads what follows."""
        if before is None or (after is not None and column <= self.column(after.origin)):
            return None
        open_after = set()
        step = after
        while step is not None:
            open_after.add(step.route)
            step = step.parent
        holder = before.parent
        while holder is not None and holder.route not in open_after:
            if self.column(holder.start) <= column or holder.parent is None:
                return holder
            holder = holder.parent
        return None


def _extend(node: Node, end: int) -> None:
    """What belongs to a node belongs to all that it stands in."""
    step: Node | None = node
    while step is not None:
        step.extent = max(step.extent, end)
        step = step.parent


def _is_bare(text: str) -> bool:
    """Whether a text holds nothing but comments and blank lines."""
    return all(not line.strip() or line.lstrip()[0] == "#" for line in text.split("\n"))
