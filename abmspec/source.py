"""Where things stand: routes through a document, and the spans that they lead to.

Everything that is said about a spec is said about a *route*, the keys that lead to a node
(`("values", "fintech", "label")`). Only a `Document` turns a route into a line and a column.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Route = tuple[str | int, ...]


class Span(NamedTuple):
    """A stretch of text. Lines and columns count from 1; the end is exclusive; columns count code points."""

    line: int
    column: int
    end_line: int
    end_column: int


class NodeSpans(NamedTuple):
    """The spans of one node: its key in the parent mapping (None in a list or at the root) and its value."""

    key: Span | None
    value: Span


SpanIndex = Mapping[Route, NodeSpans]

START = Span(1, 1, 1, 1)


class Anchor(NamedTuple):
    """A node of a document by name: the file (relative to the project, with `/`) and the route in it.

    `on_key` asks for the span of the node's key rather than of its value.
    """

    path: str
    route: Route = ()
    on_key: bool = False

    def child(self, *route: str | int, on_key: bool = False) -> Anchor:
        """The anchor of a node below this one."""
        return Anchor(self.path, self.route + route, on_key)

    def key(self) -> Anchor:
        """The same node, pointed at by its key."""
        return Anchor(self.path, self.route, on_key=True)


def value_at(data: Any, route: Route) -> Any:
    """What data says at a route. KeyError, IndexError or TypeError where it says nothing there."""
    for key in route:
        data = data[key]
    return data


class Document:
    """One parsed YAML file.

    `data` is plain data (dict, list, str, int, float, bool, None) in the order of the file.
    `kind` is the schema's name, `id` the file's name without its ending (`""` where the layout
    fixes the name), `region` the region whose folder holds it (`""`: global).
    Spans are found on first need, by reading `text` once more: a spec without findings never pays for them.
    """

    __slots__ = ("_find_spans", "_spans", "data", "id", "kind", "path", "region", "text")

    def __init__(
        self,
        *,
        path: str,
        kind: str,
        id: str,
        region: str,
        data: Any,
        text: str,
        find_spans: Callable[[str], SpanIndex],
    ) -> None:
        self.path = path
        self.kind = kind
        self.id = id
        self.region = region
        self.data = data
        self.text = text
        self._find_spans = find_spans
        self._spans: SpanIndex | None = None

    @property
    def spans(self) -> SpanIndex:
        """Every node's spans by its route."""
        if self._spans is None:
            self._spans = self._find_spans(self.text)
        return self._spans

    def span(self, route: Route, *, on_key: bool = False) -> Span:
        """The span of the node at `route`, or of the nearest node above it that exists.

        With `on_key` the key's span is given; a node without a key (a list's item, the root) answers with its value's.
        A node above that stands in for a missing one answers with its key.
        """
        spans = self.spans
        found = route
        while found and found not in spans:
            found = found[:-1]
        node = spans.get(found)
        if node is None:
            return START
        if (on_key or found != route) and node.key is not None:
            return node.key
        return node.value

    def holds(self, route: Route) -> bool:
        """Whether the file says anything at `route`, null included. Asks the data alone, never the text."""
        node = self.data
        for key in route:
            if isinstance(node, list):
                if not isinstance(key, int) or key >= len(node):
                    return False
            elif not isinstance(node, dict) or key not in node:
                return False
            node = node[key]
        return True

    def line(self, number: int) -> str:
        """The text of line `number` (from 1), without its end; empty past the last one."""
        lines = self.text.split("\n")
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""
