"""Whole trees of files as bytes against those that are kept.

`UPDATE_GOLDEN=1 make test-only` writes the kept trees anew; look at the difference before committing it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

UPDATE = os.environ.get("UPDATE_GOLDEN", "") not in ("", "0")


def read(folder: Path) -> dict[str, bytes]:
    """Every file under a folder by its path in it, with `/`."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write(files: Mapping[str, bytes], folder: Path) -> None:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def check(files: Mapping[str, bytes], expected: Path) -> None:
    """The files are the kept ones: none more, none less, byte for byte."""
    if UPDATE:
        shutil.rmtree(expected, ignore_errors=True)
        write(files, expected)
    kept = read(expected)
    assert sorted(files) == sorted(kept)
    for path, content in files.items():
        assert content.decode() == kept[path].decode(), path
