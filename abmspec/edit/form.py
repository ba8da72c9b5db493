"""The canonical form of a file: order of keys, quotes, indentation. Comments, blank lines and meaning stay.

Keys stand in the order of the kind's schema, except where they are the author's own. What stands on one line and does
not fit gets lines of its own; what has them keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from abmspec.edit.key_order import in_order, key_order
from abmspec.edit.page import BYTE_ORDER_MARK, EditRefused, GapLine, Node, Page
from abmspec.edit.proof import same
from abmspec.edit.style import LIMIT, STEP, is_plain, quoted
from abmspec.load.scalars import Ambiguous, resolve


def formatted(path: str, text: str, kind: str) -> str:
    """The text in canonical form. EditRefused where it does not parse, or no form of it is certain to say the same."""
    page = Page.of(path, text.removeprefix(BYTE_ORDER_MARK))
    if not page.root.value:
        return page.text
    lines = list(_Printer(page, kind).lines())
    result = page.newline.join(lines) + page.newline
    wanted = key_order(kind).sorted(page.data)
    try:
        after = Page.of(path, result)
    except EditRefused as refusal:
        raise EditRefused(f"{path}: no canonical form was found that says the same.") from refusal
    if not same(after.data, wanted) or _said(after) != _said(page):
        raise EditRefused(f"{path}: no canonical form was found that says the same.")
    return result


def _said(page: Page) -> list[str]:
    """The comments of a text, sorted."""
    return sorted(page.text[start:end] for start, end in page.comments)


class _Printer:
    """Prints one page."""

    def __init__(self, page: Page, kind: str) -> None:
        self.page = page
        self.order = key_order(kind)

    def lines(self) -> Iterator[str]:
        """All lines, without their ends."""
        page, root = self.page, self.page.root
        head = [line.text for line in page.head]
        yield from head
        if root.flow and page.has_comments(root):
            yield from page.text[root.start : page.line_end(root.end)].rstrip().split(page.newline)
            return
        body = list(self.block(root, 0))
        if not head:
            while body and not body[0]:
                del body[0]
        yield from body
        if root.flow:
            yield from (page.text[start:end] for start, end in root.inline)

    def block(self, node: Node, indent: int) -> Iterator[str]:
        """The lines of a mapping or a list, one or more for each entry."""
        children = self.sorted_children(node)
        moved = children[:1] != node.children[:1]
        for child in children:
            leading = _texts(child.leading, indent)
            if moved and child is children[0]:
                while leading and not leading[0]:
                    del leading[0]
            yield from leading
            yield from self.element(child, indent)
        yield from _texts(node.tail, indent)

    def sorted_children(self, node: Node) -> list[Node]:
        """The entries in canonical order."""
        if not isinstance(node.value, dict):
            return node.children
        by_key = {child.route[-1]: child for child in node.children}
        keys = in_order(list(node.value), self.order.of(node.route))
        return [by_key[key] for key in keys]

    def element(self, node: Node, indent: int) -> Iterator[str]:
        """An entry or an item, without what leads it."""
        pad = " " * indent
        start = f"{pad}-" if node.key is None else f"{pad}{self.key(node, in_flow=False)}:"
        *earlier, comment = [self.comment(each) for each in node.inline] or [""]
        yield from (pad + each.strip() for each in earlier)
        if node.is_collection and not (node.flow and self.fits(node, start)):
            if node.flow and self.page.has_comments(node):
                first, *rest = self.raw_lines(node, indent)
                yield f"{start} {first}{comment}"
                yield from rest
                return
            body = list(self.block(node, indent + STEP))
            if node.key is None and not comment and body[0].strip()[:1] not in ("", "#"):
                yield f"{start} {body[0][indent + STEP :]}"
                yield from body[1:]
            else:
                yield start + comment
                yield from body
            return
        if node.is_collection:
            yield f"{start} {self.flow(node)}{comment}"
            return
        first, *rest = self.scalar_lines(node, indent)
        yield (f"{start} {first}" if first else start) + comment
        yield from rest

    def key(self, node: Node, *, in_flow: bool) -> str:
        """A key as it is written."""
        assert node.key is not None
        raw = self.page.text[slice(*node.key)]
        return self.text_of(str(node.route[-1]), raw, in_flow=in_flow, is_key=True)

    def comment(self, at: tuple[int, int]) -> str:
        """A comment behind something, with the space before it."""
        start = at[0]
        while self.page.text[start - 1] in " \t":
            start -= 1
        return self.page.text[start : at[1]].replace("\t", " ")

    def fits(self, node: Node, start: str) -> bool:
        """Whether a flow collection stays one."""
        if not node.children:
            return True
        if self.page.has_comments(node) or not self.is_flat(node):
            return False
        return len(start) + 1 + len(self.flow(node)) <= LIMIT

    def is_flat(self, node: Node) -> bool:
        """Whether no scalar in a flow collection has several lines."""
        page = self.page
        return all(
            self.is_flat(child) if child.is_collection else "\n" not in page.text[child.start : child.end]
            for child in node.children
        )

    def flow(self, node: Node) -> str:
        """A node inside a flow collection, or such a collection."""
        if isinstance(node.value, dict):
            inner = [
                f"{self.key(child, in_flow=True)}: {self.flow(child)}".rstrip()
                for child in self.sorted_children(node)
            ]
            return f"{{{', '.join(inner)}}}"
        if isinstance(node.value, list):
            return f"[{', '.join(self.flow(child) for child in node.children)}]"
        raw = self.page.text[node.start : node.end]
        return self.text_of(node.value, raw, in_flow=True)

    def text_of(self, value: Any, raw: str, *, in_flow: bool, is_key: bool = False) -> str:
        """A scalar on one line as it was written, but for quotes that are missing or there for nothing."""
        if not isinstance(value, str) or not raw:
            return raw
        if raw[0] not in "'\"":
            is_misread = isinstance(resolve(raw), Ambiguous) or resolve(raw) != value
            return quoted(value) if is_misread else raw
        if is_plain(value, in_flow=in_flow, is_key=is_key):
            return value
        is_escaped = raw[0] == '"' and "\\" in raw
        return raw if is_escaped or not value.isprintable() else quoted(value)

    def scalar_lines(self, node: Node, indent: int) -> list[str]:
        """A scalar below a block collection, its first line as it stands behind the key."""
        raw = self.page.text[node.start : node.end]
        if "\n" not in raw:
            return [self.text_of(node.value, raw, in_flow=False)]
        lines = raw.replace("\r\n", "\n").split("\n")
        if raw[0] not in "|>":
            return [lines[0].rstrip(), *(_at(line.strip(), indent + STEP) for line in lines[1:])]
        body = lines[1:]
        stated = next((char for char in lines[0][:3] if char.isdigit()), "")
        depths = [len(line) - len(line.lstrip(" ")) for line in body if line.strip()]
        depth = depths[0] if depths else 0
        if stated:
            assert node.parent is not None
            depth = self.page.column(node.parent.start) + int(stated)
            lines[0] = lines[0].replace(stated, str(STEP), 1)
        return [lines[0], *(_at(line[depth:], indent + STEP) for line in body)]

    def raw_lines(self, node: Node, indent: int) -> list[str]:
        """A flow collection with comments: as it stands, moved as a whole."""
        lines = self.page.text[node.start : node.end].replace("\r\n", "\n").split("\n")
        shift = indent - self.page.column(node.origin)
        return [lines[0], *(_at(line.lstrip(), len(line) - len(line.lstrip()) + shift) for line in lines[1:])]


def _texts(lines: list[GapLine], indent: int) -> list[str]:
    return [_at(line.text, indent) for line in lines]


def _at(text: str, indent: int) -> str:
    return " " * max(indent, 0) + text if text.strip() else ""
