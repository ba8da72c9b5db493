"""The source of the reference in `docs/reference/`: `python -m tools.docs` writes it from what the tool itself says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.docs import commands, files, outputs, rules

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


def pages() -> Iterator[tuple[str, bytes]]:
    """The path below the folder, and the bytes, of every generated page."""
    for path, text in (*files.pages(), *rules.pages(), *commands.pages(), *outputs.pages()):
        yield path, text.encode()
