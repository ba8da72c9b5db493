"""The few lines around an edit of a long mapping, as a text of their own.

To place every node of a list of twenty thousand values takes seconds, and an edit looks at one of them and its
neighbours. A window holds the line of the mapping's key and some entries; what is edited in it is put back, and whoever
does that proves the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from abmspec.edit.operation import Insert, Operation

# So many entries are seen on each side of an edit.
AROUND = 4
_COMES_NEXT = re.compile(r"^[^\s#]", re.MULTILINE)
_INDENT = re.compile(r"^ +(?=[^\s#])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a whole text: the line of a key at the top, and the entries of its mapping from `start` to `end`."""

    whole: str
    head: str
    start: int
    end: int
    data: dict[str, Any]

    @property
    def text(self) -> str:
        """The part as a text of its own."""
        return self.head + self.whole[self.start : self.end]

    def closed(self, edited: str) -> str:
        """The whole text with what became of the part."""
        return self.whole[: self.start] + edited.removeprefix(self.head) + self.whole[self.end :]


def window(text: str, data: Mapping[str, Any], operation: Operation) -> Window | None:
    """The window of an operation; None where it is not about an entry of a block mapping right below the top.

    An `Insert` names its neighbour. What looks like an entry and is none is not ruled out here: then the part's text
    does not hold the part's data.
    """
    name, near = _entry(operation)
    entries = data.get(name)
    if not isinstance(entries, dict) or near not in entries:
        return None
    head = re.search(rf"^{re.escape(name)}:[ \t]*(#[^\n]*)?\n", text, re.MULTILINE)
    if head is None:
        return None
    after = _COMES_NEXT.search(text, head.end())
    limit = after.start() if after is not None else len(text)
    indent = _INDENT.search(text, head.end(), limit)
    if indent is None:
        return None
    begins = re.compile(rf"^{indent[0]}(?=[^\s#])", re.MULTILINE)
    starts = [found.start() for found in begins.finditer(text, head.end(), limit)]
    if len(starts) != len(entries):
        return None
    keys = list(entries)
    first = max(keys.index(near) - AROUND, 0)
    last = first + 2 * AROUND + 1
    part = {key: entries[key] for key in keys[first:last]}
    start = starts[first] if first else head.end()
    end = starts[last] if last < len(starts) else limit
    return Window(text, head[0], start, end, {name: part})


def _entry(operation: Operation) -> tuple[str, str | None]:
    """The key at the top, and the entry below it, that an operation is about or stands beside."""
    match operation:
        case Insert(route=(str(name),), after=after, before=before):
            return name, after or before
        case _:
            top, entry, *_ = (*operation.route, "", "")
            return str(top), str(entry)
