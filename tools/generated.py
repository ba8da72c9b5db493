"""Folders whose files are all made by a tool."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def bring_in_line(folder: Path, ending: str, wanted: Mapping[str, bytes]) -> None:
    """Write the wanted files, by path in the folder; of those with this ending remove what is wanted no more."""
    for path in folder.rglob(f"*{ending}"):
        if path.relative_to(folder).as_posix() not in wanted:
            path.unlink()
    for name, content in wanted.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
