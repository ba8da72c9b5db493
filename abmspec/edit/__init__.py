"""Change a spec's YAML with comments and layout kept: text in, text out.

An edit is a splice: every byte outside of it stays (docs/adr/0007-edits-are-splices.md). The text that it gives is read
again, and unless its data is just what was intended the edit is refused. Nothing here reads or writes a file.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from abmspec.edit.form import formatted
from abmspec.edit.key_order import key_order
from abmspec.edit.mend import mended
from abmspec.edit.operation import Insert, InsertItem, Operation, Put, Remove, RenameKey, SetValue
from abmspec.edit.page import EditRefused, Page
from abmspec.edit.proof import same
from abmspec.edit.splice import edited
from abmspec.edit.style import emit, flow

__all__ = [
    "Change", "EditRefused", "Insert", "InsertItem", "Operation", "Put", "Remove", "RenameKey", "SetValue",
    "change", "created", "edited", "emit", "flow", "formatted", "mended", "unified",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one file. `before` is None for a new one, `after` None for one that goes.

    `before` is what was read: whoever writes `after` makes sure that nobody changed it since.
    """

    path: str
    before: bytes | None
    after: bytes | None


def created(path: str, data: Mapping[str, Any], kind: str = "", *, comment: str = "") -> Change:
    """A new file of a kind: its data in canonical order, below a comment where there is one."""
    ordered = key_order(kind).sorted(dict(data))
    text = "".join(f"# {line}".rstrip() + "\n" for line in comment.splitlines()) + emit(ordered)
    if not same(Page.of(path, text).data, ordered):
        raise EditRefused(f"{path}: what it is to say cannot be written as YAML that all readers agree on.")
    return Change(path, None, text.encode())


def change(path: str, before: bytes, operations: Iterable[Operation], kind: str = "") -> Change:
    """The change of one file by operations. EditRefused where it is no text, or one of them cannot be made."""
    try:
        text = before.decode("utf-8")
    except UnicodeDecodeError as error:
        raise EditRefused(f"{path}: the file is not UTF-8, so its text cannot be known.") from error
    return Change(path, before, edited(path, text, operations, kind).encode())


def unified(changes: Iterable[Change]) -> str:
    """The changes as a unified diff, as `git apply` takes it."""
    return "".join(line for each in changes for line in _diff(each))


def _diff(change: Change) -> Iterable[str]:
    before, after = (_lines(each) for each in (change.before, change.after))
    old = "/dev/null" if change.before is None else f"a/{change.path}"
    new = "/dev/null" if change.after is None else f"b/{change.path}"
    for line in difflib.unified_diff(before, after, old, new):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(content: bytes | None) -> list[str]:
    """The lines of a file with their ends; only a line feed ends one."""
    if content is None:
        return []
    lines = content.decode("utf-8", "replace").split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
