"""Discover the files of a spec by the layout, and read them into Documents.

`load_tree` is the core: paths and bytes in, documents and findings out, whether they come from the disk or from Git.
`load` reads the disk into it. One bad file never hides the findings of another.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from abmspec.diagnostic import Diagnostic, Rule, Severity
from abmspec.load.layout import (
    LAYOUT_RULES,
    MAX_FILES,
    PROJECT_PATH,
    REGION_FILE,
    Entry,
    Layout,
    Place,
    arrange,
    in_spec,
    places,
    printable,
)
from abmspec.load.parser import ParserUnavailable, find_spans, parse_text, require_libyaml
from abmspec.load.rules import MAX_BYTES, MAX_DEPTH, YAML_RULES
from abmspec.source import START, Document

__all__ = [
    "MAX_BYTES", "MAX_DEPTH", "MAX_FILES", "PROJECT_PATH", "RULES", "Entry", "Files", "Known", "ParserUnavailable",
    "Place", "Sources", "arrange", "collect", "discover", "in_spec", "load", "load_tree", "parse", "places", "read",
]  # fmt: skip

FILE_SYMLINK = Rule("file-symlink", Severity.ERROR, "No file of a spec is a symbolic link.", waivable=False)
FILE_UNREADABLE = Rule("file-unreadable", Severity.ERROR, "Every file of a spec can be read.", waivable=False)

RULES: tuple[Rule, ...] = tuple(
    sorted((*LAYOUT_RULES, *YAML_RULES, FILE_SYMLINK, FILE_UNREADABLE), key=lambda rule: rule.name)
)


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a spec, read.

    `documents` are sorted by path. `broken` are paths that exist and could not be loaded, and those that a misspelt
    one was meant to be: what depends on them is skipped, not guessed. `digest` changes with any path or
    byte of the spec.
    """

    documents: dict[str, Document]
    broken: frozenset[str]
    digest: str


class Known(Protocol):
    """What parsing once gave, by the hash of the content. Only of files without a finding."""

    def get(self, hash: str) -> dict[str, Any] | None:
        """The data of a content, or None where it is not known."""

    def add(self, hash: str, data: dict[str, Any]) -> None:
        """Notes the data of a content."""


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a spec before they are parsed: how they are laid out, and what is in them.

    `diagnostics` are on what could not be read. `paths` are all that the layout arranged.
    """

    layout: Layout
    contents: Mapping[str, bytes]
    digest: str
    diagnostics: tuple[Diagnostic, ...] = ()
    paths: tuple[str, ...] = ()

    def changed(self, contents: Mapping[str, bytes]) -> Files:
        """The files as they would be with other contents: those that are not there any more are gone."""
        paths = tuple(sorted({*self.paths} - self.contents.keys() | contents.keys()))
        return Files(arrange(paths), contents, _digest(paths, contents), self.diagnostics, paths)


def discover(root: Path) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """The files of the spec in `root`, by the layout, unread; and findings on those that have no place in it."""
    disk = _Disk.of(root)
    layout = arrange(disk.paths)
    return layout.entries, tuple(sorted((*disk.diagnostics, *layout.diagnostics)))


def collect(root: Path) -> Files:
    """The files of the spec in `root`, read but not parsed. Symbolic links are never followed."""
    disk = _Disk.of(root)
    layout = arrange(disk.paths)
    contents: dict[str, bytes] = {}
    unread: list[Diagnostic] = []
    for entry in layout.entries:
        try:
            with (root / entry.path).open("rb") as file:
                contents[entry.path] = file.read(MAX_BYTES + 1)
        except OSError as error:
            unread.append(_unreadable(entry.path, error))
    found = (*disk.diagnostics, *unread)
    return Files(layout, contents, _digest(disk.paths, contents), found, disk.paths)


def load(root: Path) -> tuple[Sources, tuple[Diagnostic, ...]]:
    """Read the spec in `root`. Raises `ParserUnavailable` without libyaml."""
    return read(collect(root))


def load_tree(files: Mapping[str, bytes]) -> tuple[Sources, tuple[Diagnostic, ...]]:
    """Read a spec from its files' contents by path (relative to the project). Others in the tree are passed over."""
    paths = tuple(filter(in_spec, files))
    return read(Files(arrange(files), files, _digest(paths, files)))


def read(files: Files, known: Known | None = None) -> tuple[Sources, tuple[Diagnostic, ...]]:
    """Parse collected files. `known` gives, by a content's hash, the data of files that were once found clean."""
    require_libyaml()
    documents: dict[str, Document] = {}
    layout = files.layout
    broken = {*layout.broken, *(diagnostic.path for diagnostic in files.diagnostics)}
    found = [*files.diagnostics, *layout.diagnostics]
    for entry in layout.entries:
        if entry.path not in files.contents:
            continue
        raw = files.contents[entry.path]
        document = _known(entry, raw, known)
        if document is not None:
            documents[entry.path] = document
            continue
        document, diagnostics = parse(entry, raw)
        found += diagnostics
        if document is None:
            broken.add(entry.path)
            continue
        documents[entry.path] = document
        if known is not None and not diagnostics:
            known.add(content_hash(raw), document.data)
    return Sources(documents, frozenset(broken), files.digest), tuple(sorted(found))


def parse(
    entry: Entry, raw: bytes, known: Known | None = None
) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Read one file. The document is None where a finding says that its data cannot be relied upon. Never raises.

    What is known already is not parsed again; nothing is added to that.
    """
    document = _known(entry, raw, known)
    if document is not None:
        return document, ()
    parsed = parse_text(entry.path, raw)
    if parsed.data is None:
        return None, parsed.diagnostics
    return _document(entry, parsed.data, parsed.text), parsed.diagnostics


def _known(entry: Entry, raw: bytes, known: Known | None) -> Document | None:
    data = known.get(content_hash(raw)) if known is not None else None
    return None if data is None else _document(entry, data, raw.decode())


def _document(entry: Entry, data: dict[str, Any], text: str) -> Document:
    return Document(
        path=entry.path,
        kind=entry.kind,
        id=entry.id,
        region=entry.region,
        data=data,
        text=text,
        find_spans=find_spans,
    )


def content_hash(raw: bytes) -> str:
    """What a file's content is known by."""
    return hashlib.sha256(raw).hexdigest()


def _digest(paths: Iterable[str], contents: Mapping[str, bytes]) -> str:
    """A hash of paths and contents, each told apart by its length."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        name, raw = path.encode("utf-8", "surrogateescape"), contents.get(path, b"")
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
