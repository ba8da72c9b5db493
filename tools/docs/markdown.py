"""The few pieces of Markdown that the generated pages are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

GENERATED = "<!-- Written by `python -m tools.docs`: change what it is made from, not this file. -->"


def page(*blocks: str) -> str:
    """A whole page: its blocks with an empty line between them."""
    return "\n\n".join((*(block.strip("\n") for block in blocks if block), GENERATED)) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; empty where it would have no row."""
    lines = [f"| {' | '.join(cells)} |" for cells in ([_cell(each) for each in row] for row in rows)]
    return "\n".join((f"| {' | '.join(heads)} |", "|---" * len(heads) + "|", *lines)) if lines else ""


def code(text: str) -> str:
    """Text as code within a line. What holds a backtick gets two."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def block(text: str, language: str = "text") -> str:
    """Lines as code."""
    return f"```{language}\n{text.strip(chr(10))}\n```"


def anchor(heading: str) -> str:
    """The anchor that forges and the site give to a heading of letters, digits, blanks and code."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
