"""Results by content, so that what did not change is not done again.

A cache is one folder of a user (`$XDG_CACHE_HOME/abmspec`) with a few JSON files per project. What is in it is only
believed if it was written by this very build of abmspec; anything unreadable or of another shape counts as absent.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")
PACKAGE = Path(__file__).parent


class Cache:
    """Named records of one project. Writing and reading never fail: a cache that cannot be used is none."""

    def __init__(self, folder: Path, project: str) -> None:
        self._stem = folder / project

    @classmethod
    def of_project(cls, root: Path) -> Cache:
        """The cache of the project in `root`."""
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        return cls(Path(base) / "abmspec", hashlib.sha256(os.fsencode(root)).hexdigest()[:24])

    def read(self, name: str, shape: type[T]) -> T | None:
        """The record of that name, or None where there is none of this shape."""
        try:
            raw = self._path(name).read_bytes()
        except OSError:
            return None
        try:
            return msgspec.json.decode(raw, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None

    def write(self, name: str, record: object) -> None:
        """Keeps the record; whole or not at all, whoever else writes it at the same time."""
        path = self._path(name)
        with contextlib.suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(msgspec.json.encode(record))
                Path(temporary).replace(path)
            except OSError:
                Path(temporary).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._stem.with_name(f"{self._stem.name}.{name}.json")


def build_fingerprint() -> str:
    """What tells this build of abmspec from another: the version and every file of the package, by size and time."""
    from abmspec import __version__

    told = hashlib.sha256(__version__.encode())
    for folder, folders, files in os.walk(PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            if name.endswith((".py", ".json")):
                state = (Path(folder) / name).stat()
                told.update(f"{folder}/{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return told.hexdigest()
