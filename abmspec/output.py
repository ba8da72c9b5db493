"""Files as bytes, written whole or not at all: one, several at once, or a tree.

A tree carries a `manifest.json` with the SHA-256 of every file. A folder is only ever replaced if it is empty or holds
just what its own manifest names: what somebody else put there is never lost.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from abmspec.edit import Change

from abmspec.jsontext import json_bytes

MANIFEST = "manifest.json"
VERSION = 1


class OutputRefused(Exception):
    """What is there is not ours to replace, or cannot be written. The message has the mend."""


def manifest(files: Mapping[str, bytes], **more: Any) -> bytes:
    """The manifest of a tree: its files' hashes, sorted by path, and whatever else the writer states."""
    hashes = {path: hashlib.sha256(files[path]).hexdigest() for path in sorted(files)}
    return json_bytes({"version": VERSION, **more, "files": hashes})


def with_manifest(files: Mapping[str, bytes], **more: Any) -> dict[str, bytes]:
    """A tree as it is written, with its manifest."""
    return {**files, MANIFEST: manifest(files, **more)}


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
        for path, content in with_manifest(files, **more).items():
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


class _Staged(NamedTuple):
    """A change that is ready: its new content and its old one in files beside the one that it is for."""

    place: Path
    new: Path | None
    old: Path | None


def replace_files(root: Path, changes: Iterable[Change]) -> None:
    """Makes several changes to files below `root`: all of them, or none.

    OutputRefused where a file was changed since it was read, may not be written, or the disk fails. A stop half way
    takes back what was done; what it was is said in a note of the KeyboardInterrupt.
    """
    wanted = [change for change in changes if change.before != change.after]
    for change in wanted:
        _refuse_unfit(root, change)
    staged: list[_Staged] = []
    folders: list[Path] = []
    temporary: list[Path] = []
    begun: list[_Staged] = []
    try:
        for change in wanted:
            staged.append(_stage(root, change, folders, temporary))
        for change, each in zip(wanted, staged, strict=True):
            _refuse_unfit(root, change)
            begun.append(each)
            if each.new is None:
                each.place.unlink()
            else:
                each.new.replace(each.place)
        folders.clear()
    except BaseException as error:
        left = _take_back(begun)
        state = f"These are changed already: {', '.join(left)}." if left else "Every file is as it was."
        if isinstance(error, OSError):
            raise OutputRefused(
                f"{error.filename or root} cannot be written: {_reason(error)}. {state}"
            ) from error
        error.add_note(f"Stopped while writing. {state}")
        raise
    finally:
        for path in temporary:
            path.unlink(missing_ok=True)
        for folder in reversed(folders):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def _refuse_unfit(root: Path, change: Change) -> None:
    """Refuse a file that is no longer what was read, or that its owner has locked."""
    place = root / change.path
    if place.is_symlink() or not place.parent.resolve().is_relative_to(root.resolve()):
        raise OutputRefused(f"{change.path} is, or stands behind, a symbolic link, and is not written.")
    try:
        there = place.read_bytes() if place.exists() else None
    except OSError as error:
        raise OutputRefused(f"{change.path} cannot be read: {_reason(error)}.") from error
    if there != change.before:
        what = "is there already" if change.before is None else "was changed since it was read"
        raise OutputRefused(f"{change.path} {what}, so it is not written over. Run the command again.")
    if there is not None and not place.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise OutputRefused(f"{change.path} is read-only. Make it writable: chmod u+w {change.path}")


def _stage(root: Path, change: Change, folders: list[Path], temporary: list[Path]) -> _Staged:
    """Write the new content, and the old one to go back to, beside the file. Notes folders and files that it makes."""
    place = root / change.path
    missing = [folder for folder in place.parents if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
        folders.append(folder)
    mode = stat.S_IMODE(place.stat().st_mode) if change.before is not None else 0o644
    written = [
        None if content is None else _write_beside(place, content, mode, temporary)
        for content in (change.after, change.before)
    ]
    return _Staged(place, *written)


def _write_beside(place: Path, content: bytes, mode: int, temporary: list[Path]) -> Path:
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}-")
    temporary.append(Path(name))
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(name).chmod(mode)
    return Path(name)


def _take_back(begun: Iterable[_Staged]) -> list[str]:
    """Make files what they were; the names of those for which that failed."""
    left = []
    for each in begun:
        try:
            if each.old is not None:
                each.old.replace(each.place)
            elif each.new is not None and not each.new.exists():
                each.place.unlink(missing_ok=True)
        except OSError:
            left.append(each.place.name)
    return left


def differences(target: Path, files: Mapping[str, bytes], **more: Any) -> tuple[str, ...]:
    """How `target` differs from the tree that would be written: one line a file (`changed: a/b`), sorted by path."""
    wanted = with_manifest(files, **more)
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
