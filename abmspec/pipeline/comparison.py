"""A project at two times, compared in meaning."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from abmspec import load
from abmspec.diagnostic import Diagnostic
from abmspec.load import Files
from abmspec.pipeline.verdict import uncollected, understand

if TYPE_CHECKING:
    from abmspec.diff import Change as SpecChange
    from abmspec.git import Repository
    from abmspec.resolve import Resolved


@dataclass(frozen=True, slots=True)
class State:
    """A project at one time: what it is called in a report, the files of the spec, and the hash of every other file.

    `others` is by path in the repository, and None where there is none; `folder` is where the project lies in it
    (`abm/`; empty: at its top). `accounts` is the embedded account list; None where there is none.
    """

    name: str
    files: Files
    others: Mapping[str, str] | None
    folder: str = ""
    accounts: bytes | None = None


def state_at(repository: Repository, ref: str, folder: str = "") -> State:
    """The project at a ref of a repository; `folder` is where it lies. GitRefused where that cannot be read."""
    from abmspec.branch import account_list_of
    from abmspec.diff import account_list
    from abmspec.git import files_at

    commit = repository.resolve(ref)
    tree = repository.tree(commit)
    place = f"{folder}/" if folder else ""
    others = {path: f"{each.mode} {each.oid}" for path, each in tree.items()}
    accounts = account_list_of(repository, others.get(f"{place}{account_list.PATH}", ""))
    return State(ref, files_at(repository, commit, folder), others, place, accounts)


def state_in(root: Path, name: str = "") -> State:
    """The project in a folder, as it stands on the disk."""
    from abmspec.diff.files import decides

    name = name or str(root)
    accounts = _account_list_in(root)
    home = next((place for place in (root, *root.parents) if (place / ".git").exists()), None)
    if home is None:
        return State(name, load.collect(root), None, accounts=accounts)
    folder = "".join(f"{part}/" for part in root.relative_to(home).parts)
    places = {place.relative_to(home).as_posix(): place for place in _files_below(home, root)}
    hashed_by = _hash_of(root)
    others = {
        path: _as_git_has_it(place, hashed_by) for path, place in places.items() if decides(path, folder)
    }
    return State(name, load.collect(root), others, folder, accounts)


def _account_list_in(root: Path) -> bytes | None:
    from abmspec.diff import account_list

    place = root / account_list.PATH
    if not place.is_file() or place.is_symlink():
        return None
    if place.stat().st_size > account_list.LARGEST:
        return _as_git_has_it(place, _hash_of(root)).partition(" ")[2].encode()
    return place.read_bytes()


# Folders that tools fill and that no repository holds.
_MADE = frozenset({"__pycache__", "node_modules"})


def _files_below(home: Path, root: Path) -> Iterator[Path]:
    """Files that may decide something, in the repository's folder and the project's: not what tools have made."""
    pending = [home, *((root,) if root != home else ())]
    tops = set(pending)
    while pending:
        with os.scandir(pending.pop()) as scan:
            inside = sorted(scan, key=lambda item: item.name)
        for item in inside:
            place = Path(item.path)
            if item.is_dir(follow_symlinks=False):
                if (
                    item.name not in _MADE
                    and place not in tops
                    and (place.parent not in tops or _may_decide(place))
                ):
                    pending.append(place)
            else:
                yield place


def _may_decide(folder: Path) -> bool:
    from abmspec.diff.files import DECIDING, TOOL

    return any(entry.startswith(f"{folder.name}/") for entry in (*DECIDING, TOOL))


def _hash_of(root: Path) -> str:
    """By what the repository that a project lies in names its contents; where there is none, as most do."""
    from abmspec.git import GitRefused, Repository

    try:
        return Repository.of(root).object_format()
    except GitRefused:
        return "sha1"


def _as_git_has_it(place: Path, hashed_by: str) -> str:
    """The mode and id that a file of the work tree would have in a repository."""
    if place.is_symlink():
        mode, content = "120000", os.fsencode(place.readlink())
    else:
        mode, content = ("100755" if place.stat().st_mode & 0o100 else "100644"), place.read_bytes()
    blob = b"blob %d\0" % len(content) + content
    return f"{mode} {hashlib.new(hashed_by, blob, usedforsecurity=False).hexdigest()}"


class NotComparable(Exception):
    """One of two states has no usable `abmspec.yaml`. The message says which, and why."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The changes from one state to another.

    `unread` are the findings, before and after, on files that could not be read: nothing is said of what is in them.
    """

    base: str
    head: str
    changes: tuple[SpecChange, ...]
    unread: tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]
    resolved: tuple[Resolved, Resolved]


@uncollected()
def diff(base: State, head: State, today: date, carried: Mapping[str, int] | None = None) -> Compared:
    """What changed between two states. What both have is parsed once. NotComparable where one cannot be used."""
    from abmspec.diff import compare, compare_account_lists, compare_files

    once = ParsedOnce()
    before, unread_before = _read_state(base, once)
    after, unread_after = _read_state(head, once)
    changes = list(compare(before, after, today, carried))
    if base.others is not None and head.others is not None:
        changes += compare_files(base.others, head.others, head.folder)
    accounts = compare_account_lists(base.accounts, head.accounts)
    changes += [accounts] if accounts is not None else []
    return Compared(
        base.name,
        head.name,
        tuple(sorted(changes, key=lambda change: change.address)),
        (unread_before, unread_after),
        (before, after),
    )


def _read_state(state: State, once: ParsedOnce) -> tuple[Resolved, tuple[Diagnostic, ...]]:
    from abmspec.resolve import resolve

    sources, found = load.read(state.files, once)
    spec, rejected = understand(sources)
    found = (*found, *rejected)
    if spec is None:
        why = [
            f"  {each.path}:{each.line}: {each.message}" for each in found if each.path == load.PROJECT_PATH
        ]
        raise NotComparable(
            "\n".join(
                (f"{state.name} has no abmspec.yaml that can be used, so nothing can be compared.", *why)
            )
        )
    unread = tuple(sorted(each for each in found if each.path in spec.broken))
    return resolve(spec), unread


class ParsedOnce:
    """What parsing gave, by the hash of the content, for as long as one command runs."""

    def __init__(self) -> None:
        self._data: dict[str, dict[str, Any]] = {}

    def get(self, hash: str) -> dict[str, Any] | None:
        """The data of a content, or None where it was not parsed yet."""
        return self._data.get(hash)

    def add(self, hash: str, data: dict[str, Any]) -> None:
        """Notes the data of a content."""
        self._data[hash] = data
