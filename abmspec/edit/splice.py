"""Edits as splices of a text: every byte outside of them stays.

Each operation becomes a new text, which is read again; unless its data is just what was intended, it is refused. In a
large text only the surroundings of an operation are looked at closely; the whole is proven all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from abmspec.edit.operation import (
    Insert,
    InsertItem,
    Operation,
    Put,
    Remove,
    RenameKey,
    SetValue,
    find,
    intended,
    neighbour,
    spelt,
    spelt_out,
    steps,
)
from abmspec.edit.page import EditRefused, Node, Page
from abmspec.edit.proof import same
from abmspec.edit.style import (
    LIMIT,
    behind_dash,
    behind_key,
    entry_lines,
    flow,
    item_lines,
    mapping_lines,
    scalar,
)  # fmt: skip
from abmspec.edit.window import window
from abmspec.load.parser import parse_text

# A text of fewer characters is read whole, with every node's place.
LARGE = 100_000


def edited(path: str, text: str, operations: Iterable[Operation], kind: str = "") -> str:
    """The text after the operations, one after the other. EditRefused where one cannot be made, and why."""
    page: Page | None = None
    for operation in operations:
        if len(text) >= LARGE and (after := _through_window(path, text, operation, kind)) is not None:
            text, page = after, None
            continue
        page = _after(page or Page.of(path, text), operation, kind)
        text = page.text
    return text


def _through_window(path: str, text: str, operation: Operation, kind: str) -> str | None:
    """The text after an operation of which only the surroundings are looked at; None where that is not enough."""
    _, data, found = parse_text(path, text.encode("utf-8", "surrogatepass"))
    if data is None or found:
        return None
    if isinstance(operation, Put):
        operation = spelt_out(data, operation, path)
    wanted = intended(data, operation, kind, path)
    if isinstance(operation, Insert) and (holder := find(data, operation.route, path)):
        behind = neighbour(data, operation, kind, path)
        operation = replace(operation, after=behind, before=None if behind else next(iter(holder)))
    part = window(text, data, operation)
    if part is None:
        return None
    try:
        page = Page.of(path, part.text)
        if not same(page.data, part.data):
            return None
        after = part.closed(_after(page, operation, kind).text)
    except EditRefused:
        return None
    proof = parse_text(path, after.encode("utf-8", "surrogatepass")).data
    return after if same(proof, wanted) else None


def _after(page: Page, operation: Operation, kind: str) -> Page:
    """The page after one operation, proven."""
    if isinstance(operation, Put):
        operation = spelt_out(page.data, operation, page.path)
    wanted = intended(page.data, operation, kind, page.path)
    if same(wanted, page.data) and not isinstance(operation, SetValue | RenameKey):
        return page
    if isinstance(operation, SetValue) and (finer := _finer(page, operation)) is not None:
        for step in finer:
            page = _after(page, step, kind)
        return page
    after = _read(page, _Splice(page, kind).text(operation))
    if after is not None and same(after.data, wanted):
        broken = _broken(after, operation)
        return after if broken is None or not same(broken.data, wanted) else broken
    raise EditRefused(
        f"{page.path}: {spelt(operation.route)} cannot be changed for certain without the rest. Change it by hand."
    )


def _finer(page: Page, operation: SetValue) -> list[Operation] | None:
    """A mapping set over another, as edits of its entries."""
    before = page.nodes[operation.route].value
    is_mapping = isinstance(before, dict) and isinstance(operation.value, dict)
    if is_mapping and any(key in operation.value for key in before):
        return steps(before, operation.value, operation.route)
    return None


def _read(page: Page, text: str) -> Page | None:
    """The page that a text gives; None where it gives none."""
    try:
        return Page.of(page.path, text)
    except EditRefused:
        return None


def _broken(page: Page, operation: Operation) -> Page | None:
    """The page with the flow collection that the operation made too long on lines of its own; None where it fits."""
    is_inside = isinstance(operation, Insert | InsertItem)
    node = page.nodes[operation.route if is_inside else operation.route[:-1]]
    outer = page.flow_root(node)
    if isinstance(operation, Remove) or outer is None or not outer.value or page.has_comments(outer):
        return None
    first, last = page.line_start(outer.start), page.line_end(outer.end)
    behind = page.text[outer.end : last].lstrip()
    if behind[:1] == "#":
        last = outer.end
    if max(map(len, page.text[first:last].split("\n"))) <= LIMIT:
        return None
    text = _Splice(page, "").set(outer, outer.value, on_lines=True)
    return _read(page, text)


class _Splice:
    """The new text of a page for one operation."""

    def __init__(self, page: Page, kind: str) -> None:
        self.page = page
        self.kind = kind

    def text(self, operation: Operation) -> str:
        page = self.page
        match operation:
            case SetValue(route, value):
                return self.set(page.nodes[route], value)
            case Insert(route, key, value):
                behind = neighbour(page.data, operation, self.kind, page.path)
                return self.insert(page.nodes[route], behind, key, value)
            case InsertItem(route, value, index):
                node = page.nodes[route]
                return self.insert_item(node, len(node.children) if index is None else index, value)
            case RenameKey(route, key):
                node = page.nodes[route]
                assert node.key is not None
                in_flow = node.parent is not None and node.parent.flow
                spelling = scalar(key, in_flow=in_flow, is_key=True)
                return page.text[: node.key[0]] + spelling + page.text[node.key[1] :]
            case Remove(route):
                return self.remove(page.nodes[route])
            case Put():
                raise AssertionError("spelt out before")

    # -- values

    def set(self, node: Node, value: Any, *, on_lines: bool = False) -> str:
        """The text with another value for a node."""
        page, text = self.page, self.page.text
        if node.parent is None:
            body = mapping_lines(value, 0) if isinstance(value, dict) and value else [flow(value)]
            return text[: node.start] + page.newline.join(body) + text[max(node.end, node.extent) :]
        if node.parent.flow:
            return self.set_in_flow(node, value)
        after, column = page.after_indicator(node), page.column(node.origin)
        if node.key is None:
            lines = behind_dash(value, column, on_lines=on_lines)
        else:
            lines = behind_key(value, page.column(after), column, on_lines=on_lines)
        return self.replace(node, after, lines)

    def replace(self, node: Node, after: int, lines: list[str]) -> str:
        """The text with other lines behind a colon or a dash. A comment on the line stays there."""
        page, text = self.page, self.page.text
        first, *rest = lines
        first = f" {first}" if first else ""
        below = "".join(page.newline + line for line in rest)
        is_here = page.line_of(node.start) == page.line_of(after - 1)
        if is_here and not node.is_block:
            if node.start > after and first and not rest:
                return text[: node.start] + first[1:] + text[node.end :]
            end = page.line_end(node.end)
            return text[:after] + first + text[max(node.end, after) : end].rstrip() + below + text[end:]
        head = "" if is_here else text[after : page.line_end(after)].rstrip()
        behind = "" if node.is_block else text[node.end : page.line_end(node.end)].rstrip()
        return text[:after] + first + head + behind + below + text[max(node.extent, node.end) :]

    def set_in_flow(self, node: Node, value: Any) -> str:
        """The text with another value for a node inside a flow collection."""
        text, new = self.page.text, flow(value)
        if node.start < node.end:
            return text[: node.start] + new + text[node.end :]
        if node.key is not None and ":" not in text[node.key[1] : node.start]:
            new = ": " + new
        elif text[node.start - 1] not in " \n":
            new = " " + new
        return text[: node.start] + new + text[node.start :].lstrip(" ")

    # -- entries

    def insert(self, node: Node, behind: str | None, key: str, value: Any) -> str:
        """The text with a new entry in a mapping, behind another one or before all."""
        if not node.value:
            return self.fill(node, {key: value})
        if node.flow:
            number = list(node.value).index(behind) + 1 if behind is not None else 0
            return self.insert_in_flow(node, number, flow({key: value})[1:-1])
        column = self.page.column(node.children[0].origin)
        lines = entry_lines(key, value, column)
        number = list(node.value).index(behind) + 1 if behind is not None else 0
        return self.insert_lines(node, number, lines)

    def insert_item(self, node: Node, number: int, value: Any) -> str:
        """The text with a new item in a list."""
        if not node.value:
            return self.fill(node, [value])
        if node.flow:
            return self.insert_in_flow(node, number, flow(value))
        return self.insert_lines(node, number, item_lines(value, self.page.column(node.start)))

    def fill(self, node: Node, value: Any) -> str:
        """The text with something in what was empty."""
        page, text = self.page, self.page.text
        if node.parent is not None:
            return self.set(node, value)
        body = page.newline.join(mapping_lines(value, 0))
        if node.start == len(text):
            gap = page.newline if text and not text.endswith("\n") else ""
            return f"{text}{gap}{body}{page.newline}"
        return text[: node.start] + body + text[node.end :]

    def insert_in_flow(self, node: Node, number: int, new: str) -> str:
        """The text with a new entry or item, as written, in a flow collection that is not empty."""
        text = self.page.text
        if number < len(node.children):
            at = node.children[number].origin
            return f"{text[:at]}{new}, {text[at:]}"
        last = node.children[-1]
        at = max(last.end, last.key[1] if last.key else 0)
        return f"{text[:at]}, {new}{text[at:]}"

    def insert_lines(self, node: Node, number: int, lines: list[str]) -> str:
        """The text with new lines in a block collection: behind an entry, or before all of them."""
        page, text = self.page, self.page.text
        if number == 0:
            first = node.children[0]
            at = first.origin
            if not page.begins_line(at):
                indent = page.newline + " " * page.column(at)
                return text[:at] + page.newline.join(lines).lstrip() + indent + text[at:]
            comments = [line.start for line in first.leading if line.text]
            at = min([page.line_start(at), *comments])
            return text[:at] + "".join(line + page.newline for line in lines) + text[at:]
        at = page.next_line(node.children[number - 1].extent)
        spaced = len(node.children) > 2 and all(
            child.leading and not child.leading[0].text for child in node.children[1:]
        )
        new = page.newline.join(["", *lines] if spaced else lines)
        if text[at - 1] != "\n":
            return text[:at] + page.newline + new + text[at:]
        return text[:at] + new + page.newline + text[at:]

    # -- removals

    def remove(self, node: Node) -> str:
        """The text without an entry or item, nor the comments right above it."""
        parent = node.parent
        assert parent is not None
        if len(parent.children) == 1:
            empty: Any = {} if isinstance(parent.value, dict) else []
            return self.set(parent, empty)
        number = parent.children.index(node)
        if parent.flow:
            return self.remove_from_flow(parent, number)
        page, text = self.page, self.page.text
        following = parent.children[number + 1] if number + 1 < len(parent.children) else None
        if not page.begins_line(node.origin):
            if following is None or any(line.text for line in following.leading):
                raise EditRefused(
                    f"{page.path}: {spelt(node.route)} stands behind a dash, and a comment follows. Remove it by hand."
                )
            return text[: node.origin] + text[following.origin :]
        leading = list(node.leading)
        start = page.line_start(node.origin)
        while leading and leading[-1].text:
            start = leading.pop().start
        is_spaced = following is None or (bool(following.leading) and not following.leading[0].text)
        while is_spaced and number and leading and not leading[-1].text:
            start = leading.pop().start
        end = page.next_line(node.extent)
        if end == len(text) and not text.endswith("\n") and start:
            return text[: page.line_end(page.lines[page.line_of(start) - 1])]
        return text[:start] + text[end:]

    def remove_from_flow(self, parent: Node, number: int) -> str:
        """The text without an entry of a flow collection, and one comma less."""
        text, children = self.page.text, parent.children
        if number:
            before = children[number - 1]
            end = max(children[number].end, (children[number].key or (0, 0))[1])
            return text[: max(before.end, (before.key or (0, 0))[1])] + text[end:]
        return text[: children[0].origin] + text[children[1].origin :]
