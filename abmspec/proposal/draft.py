"""Edits of several files, gathered by where things stand now and made in an order in which none spoils another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from abmspec import edit
from abmspec.edit import Change, Operation, Remove, RenameKey, SetValue
from abmspec.source import Anchor, Document, Route


class Draft:
    """What is to become of a spec's files. Lives for one request."""

    def __init__(self, documents: Mapping[str, Document], contents: Mapping[str, bytes]) -> None:
        self._documents = documents
        self._contents = contents
        self._values: dict[str, dict[Route, Any]] = {}
        self._keys: dict[str, dict[Route, str]] = {}
        self._removed: dict[str, set[Route]] = {}
        self._later: dict[str, list[Operation]] = {}
        self._moved: dict[str, str] = {}
        self._made: dict[str, tuple[str, dict[str, Any]]] = {}

    def set(self, at: Anchor, value: Any) -> None:
        """Another value, or, of an anchor on a key, another key."""
        if at.on_key:
            self._keys.setdefault(at.path, {})[at.route] = str(value)
        else:
            self._values.setdefault(at.path, {})[at.route] = value

    def remove(self, at: Anchor) -> None:
        """An entry or an item taken away."""
        self._removed.setdefault(at.path, set()).add(at.route)

    def later(self, path: str, *operations: Operation) -> None:
        """Edits of a file after those above, by the routes that it has then."""
        self._later.setdefault(path, []).extend(operations)

    def move(self, path: str, to: str) -> None:
        """Another path for a file, with all its edits."""
        self._moved[path] = to

    def make(self, path: str, kind: str, data: dict[str, Any]) -> None:
        """A new file, or one in the place of another that is moved away."""
        self._made[path] = (kind, data)

    @property
    def paths(self) -> frozenset[str]:
        """The files that are there now and change."""
        touched = {*self._values, *self._keys, *self._removed, *self._later, *self._moved}
        return frozenset(touched)

    def changes(self) -> tuple[Change, ...]:
        """What becomes of each file, by path; those that come out as they were are left out."""
        changes = sorted(self._changes(), key=lambda change: change.path)
        return tuple(change for change in changes if change.before != change.after)

    def _changes(self) -> Iterator[Change]:
        for path in self.paths:
            kind = self._documents[path].kind
            changed = edit.change(path, self._contents[path], self._operations(path), kind)
            if path not in self._moved:
                yield changed
                continue
            yield Change(self._moved[path], None, changed.after)
            if path not in self._made:
                yield Change(path, changed.before, None)
        for path, (kind, data) in self._made.items():
            before = self._contents.get(path)
            after = edit.created(path, data, kind).after
            yield Change(path, before, _with_ends_of(before, after))

    def _operations(self, path: str) -> Iterator[Operation]:
        for route, value in self._values.get(path, {}).items():
            yield SetValue(route, value)
        keys = self._keys.get(path, {})
        for route in sorted(self._removed.get(path, ()), key=_order, reverse=True):
            yield Remove(route)
        for route in sorted(keys, key=len, reverse=True):
            yield RenameKey(route, keys[route])
        yield from self._later.get(path, ())


def _order(route: Route) -> list[tuple[int, str]]:
    """Of two items of a list, the later one stands later."""
    return [(part, "") if isinstance(part, int) else (0, part) for part in route]


def _with_ends_of(before: bytes | None, after: bytes | None) -> bytes | None:
    """A new text with the line ends of the one that it stands in for."""
    if before is None or after is None or b"\r\n" not in before:
        return after
    return after.replace(b"\n", b"\r\n")
