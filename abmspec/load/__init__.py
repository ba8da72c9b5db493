"""Discover the files of a spec by the layout, and read them into Documents.

`load_tree` is the core: paths and bytes in, documents and findings out, whether they come from the disk or from Git.
`load` reads the disk into it. One bad file never hides the findings of another.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from abmspec.diagnostic import Diagnostic, Rule, Severity
from abmspec.load.layout import (
    LAYOUT_RULES,
    MAX_FILES,
    REGION_FILE,
    Entry,
    Layout,
    arrange,
    in_spec,
    printable,
)
from abmspec.load.parser import ParserUnavailable, find_spans, parse_text, require_libyaml
from abmspec.load.rules import MAX_BYTES, MAX_DEPTH, YAML_RULES
from abmspec.source import START, Document

__all__ = [
    "MAX_BYTES", "MAX_DEPTH", "MAX_FILES", "RULES", "Entry", "ParserUnavailable", "Sources",
    "arrange", "discover", "in_spec", "load", "load_tree", "parse",
]  # fmt: skip

FILE_SYMLINK = Rule("file-symlink", Severity.ERROR, "No file of a spec is a symbolic link.", waivable=False)
FILE_UNREADABLE = Rule("file-unreadable", Severity.ERROR, "Every file of a spec can be read.", waivable=False)

RULES: tuple[Rule, ...] = tuple(
    sorted((*LAYOUT_RULES, *YAML_RULES, FILE_SYMLINK, FILE_UNREADABLE), key=lambda rule: rule.name)
)


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a spec, read.

    `documents` are sorted by path. `broken` are paths that exist and could not be loaded: what depends on them is
    skipped, not guessed. `digest` changes with any path or byte of the spec.
    """

    documents: dict[str, Document]
    broken: frozenset[str]
    digest: str


def discover(root: Path) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """The files of the spec in `root`, by the layout, unread; and findings on those that have no place in it."""
    disk = _Disk.of(root)
    layout = arrange(disk.paths)
    return layout.entries, tuple(sorted((*disk.diagnostics, *layout.diagnostics)))


def load(root: Path) -> tuple[Sources, tuple[Diagnostic, ...]]:
    """Read the spec in `root`. Symbolic links are never followed. Raises `ParserUnavailable` without libyaml."""
    disk = _Disk.of(root)
    layout = arrange(disk.paths)
    files: dict[str, bytes] = {}
    unread: list[Diagnostic] = []
    for entry in layout.entries:
        try:
            with (root / entry.path).open("rb") as file:
                files[entry.path] = file.read(MAX_BYTES + 1)
        except OSError as error:
            unread.append(_unreadable(entry.path, error))
    sources, found = _read(
        layout, files, disk.paths, {diagnostic.path for diagnostic in (*disk.diagnostics, *unread)}
    )
    return sources, tuple(sorted((*disk.diagnostics, *unread, *found)))


def load_tree(files: Mapping[str, bytes]) -> tuple[Sources, tuple[Diagnostic, ...]]:
    """Read a spec from its files' contents by path (relative to the project). Others in the tree are passed over."""
    return _read(arrange(files), files, tuple(filter(in_spec, files)), set())


def parse(entry: Entry, raw: bytes) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Read one file. The document is None where a finding says that its data cannot be relied upon. Never raises."""
    parsed = parse_text(entry.path, raw)
    if parsed.data is None:
        return None, parsed.diagnostics
    document = Document(
        path=entry.path,
        kind=entry.kind,
        id=entry.id,
        region=entry.region,
        data=parsed.data,
        text=parsed.text,
        find_spans=find_spans,
    )
    return document, parsed.diagnostics


def _read(
    layout: Layout, files: Mapping[str, bytes], paths: tuple[str, ...], unread: set[str]
) -> tuple[Sources, tuple[Diagnostic, ...]]:
    """Parse the entries of a layout that have contents."""
    require_libyaml()
    documents: dict[str, Document] = {}
    broken = {*layout.broken, *unread}
    found = list(layout.diagnostics)
    for entry in layout.entries:
        if entry.path not in files:
            continue
        document, diagnostics = parse(entry, files[entry.path])
        found += diagnostics
        if document is None:
            broken.add(entry.path)
        else:
            documents[entry.path] = document
    digest = _digest({path: files.get(path, b"") for path in paths})
    return Sources(documents, frozenset(broken), digest), tuple(sorted(found))


def _digest(files: Mapping[str, bytes]) -> str:
    """A hash of paths and contents, each told apart by its length."""
    digest = hashlib.sha256()
    for path in sorted(files):
        name, raw = path.encode("utf-8", "surrogateescape"), files[path]
        digest.update(b"%d %d\n" % (len(name), len(raw)))
        digest.update(name)
        digest.update(raw)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Disk:
    """The paths of the regular files in a spec's folders, and findings on what is none."""

    paths: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]

    @classmethod
    def of(cls, root: Path) -> _Disk:
        paths: list[str] = []
        found: list[Diagnostic] = []
        folders = [""]
        while folders and len(paths) <= MAX_FILES:
            folder = folders.pop()
            try:
                with os.scandir(root / folder) as scan:
                    inside = sorted(scan, key=lambda item: item.name)
            except OSError as error:
                found.append(_unreadable(folder, error))
                continue
            for item in inside:
                path = f"{folder}/{item.name}" if folder else item.name
                if not _is_ours(item, path):
                    continue
                if item.is_symlink():
                    found.append(_symlink(root, path))
                elif item.is_dir(follow_symlinks=False):
                    folders.append(path)
                elif item.is_file(follow_symlinks=False):
                    paths.append(path)
                else:
                    found.append(_unreadable(path, None))
        return cls(tuple(sorted(paths)), tuple(sorted(found)))


def _is_ours(item: os.DirEntry[str], path: str) -> bool:
    """Whether something in a folder belongs to the spec, or holds what does."""
    return not item.name.startswith(".") and (in_spec(path) or in_spec(f"{path}/{REGION_FILE}"))


def _symlink(root: Path, path: str) -> Diagnostic:
    """The finding on a symbolic link, which says whether it leads out of the project."""
    try:
        inside = (root / path).resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        inside = False
    where = "and every value stands where it is read" if inside else "and leads out of the project"
    return Diagnostic.at(
        printable(path), START, FILE_SYMLINK, f"`{printable(path)}` is a symbolic link {where}, so it is not followed.",
        suggestion="Put the file itself here.",
    )  # fmt: skip


def _unreadable(path: str, error: OSError | None) -> Diagnostic:
    why = (error.strerror or type(error).__name__).lower() if error else "it is no regular file"
    return Diagnostic.at(
        printable(path), START, FILE_UNREADABLE, f"`{printable(path)}` cannot be read: {why}.",
        suggestion="Check that it is a regular file and its permissions.",
    )  # fmt: skip
