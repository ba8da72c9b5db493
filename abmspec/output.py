"""Trees of files as bytes, written whole or not at all.

A tree carries a `manifest.json` with the SHA-256 of every file. A folder is only ever replaced if it is empty or holds
just what its own manifest names: what somebody else put there is never lost.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from abmspec.jsontext import json_bytes

MANIFEST = "manifest.json"
VERSION = 1


class OutputRefused(Exception):
    """The folder holds something that is not ours to replace, or cannot be written. The message has the mend."""


def manifest(files: Mapping[str, bytes], **more: Any) -> bytes:
    """The manifest of a tree: its files' hashes, sorted by path, and whatever else the writer states."""
    hashes = {path: hashlib.sha256(files[path]).hexdigest() for path in sorted(files)}
    return json_bytes({"version": VERSION, **more, "files": hashes})


def replace_tree(target: Path, files: Mapping[str, bytes], **more: Any) -> None:
    """Makes `target` hold exactly `files` and their manifest. A failure half way leaves it as it was.

    OutputRefused where the folder holds files that no manifest of ours names, or cannot be written.
    """
    _refuse_foreign(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    except OSError as error:
        raise OutputRefused(f"{target} cannot be written: {_reason(error)}.") from error
    fresh, old = temporary / "new", temporary / "old"
    try:
        for path, content in {**files, MANIFEST: manifest(files, **more)}.items():
            place = fresh / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        if target.exists():
            target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    except OSError as error:
        raise OutputRefused(f"{target} cannot be written, and is as it was: {_reason(error)}.") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def write_file(path: Path, content: bytes) -> None:
    """Writes one file, whole or not at all. OutputRefused where that cannot be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        raise OutputRefused(f"{path} cannot be written: {_reason(error)}.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise OutputRefused(f"{path} cannot be written, and is as it was: {_reason(error)}.") from error


def differences(target: Path, files: Mapping[str, bytes], **more: Any) -> tuple[str, ...]:
    """How `target` differs from the tree that would be written: one line a file (`changed: a/b`), sorted by path."""
    wanted = {**files, MANIFEST: manifest(files, **more)}
    there = set(_files_of(target)) if target.is_dir() else set()
    found = [(path, "missing") for path in wanted.keys() - there]
    found += [(path, "unexpected") for path in there - wanted.keys()]
    found += [
        (path, "changed") for path in wanted.keys() & there if (target / path).read_bytes() != wanted[path]
    ]
    return tuple(f"{state}: {path}" for path, state in sorted(found))


def written_files(target: Path) -> tuple[str, ...]:
    """The paths that the manifest in `target` names and that are still there; none where there is no manifest."""
    try:
        listed = json.loads((target / MANIFEST).read_bytes())["files"]
        return tuple(path for path in listed if (target / path).is_file())
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def _files_of(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()]


def _refuse_foreign(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise OutputRefused(f"{target} is not a folder. Name another one with --out.")
    if not target.is_dir():
        return
    there = set(_files_of(target))
    if not there:
        return
    written = written_files(target)
    foreign = sorted(there - {MANIFEST, *written} if written else there)
    if foreign:
        some = ", ".join(foreign[:3]) + (f" and {len(foreign) - 3} more" if len(foreign) > 3 else "")
        raise OutputRefused(
            f"{target} holds files that abmspec did not write ({some}). Move them away, or name another folder "
            "with --out."
        )


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
