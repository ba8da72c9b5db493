"""What an edit does, as data: to which route, and with which value."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from abmspec.edit.key_order import key_order
from abmspec.edit.page import EditRefused
from abmspec.source import Route


@dataclass(frozen=True, slots=True)
class SetValue:
    """Another value for a node that is there. Of a mapping, entries that stay as they are keep their layout."""

    route: Route
    value: Any


@dataclass(frozen=True, slots=True)
class Insert:
    """A new entry of a mapping: behind or before another, else in its canonical place."""

    route: Route
    key: str
    value: Any
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """A value at a route whether or not there is one: mappings on the way to it are made where they are missing."""

    route: Route
    value: Any


@dataclass(frozen=True, slots=True)
class Remove:
    """A mapping's entry, or a list's item, taken away with the comments right above and behind it."""

    route: Route


@dataclass(frozen=True, slots=True)
class RenameKey:
    """Another key for an entry, in the same place."""

    route: Route
    key: str


@dataclass(frozen=True, slots=True)
class InsertItem:
    """A new item of a list: at an index, else at its end."""

    route: Route
    value: Any
    index: int | None = None


Operation = SetValue | Insert | Put | Remove | RenameKey | InsertItem


def find(data: Any, route: Route, path: str) -> Any:
    """The value at a route. EditRefused where there is none."""
    node = data
    for length, part in enumerate(route):
        is_there = (
            part in node
            if isinstance(node, dict)
            else isinstance(node, list) and isinstance(part, int) and -1 < part < len(node)
        )
        if not is_there:
            raise EditRefused(f"{path}: there is no {spelt(route)}: {spelt(route[: length + 1])} is missing.")
        node = node[part]
    return node


def spelt(route: Route) -> str:
    """A route in a sentence."""
    return f"`{'.'.join(map(str, route))}`" if route else "the file's mapping"


def neighbour(data: dict[str, Any], operation: Insert, kind: str, path: str) -> str | None:
    """The key behind which a new entry goes; None: before all."""
    holder = find(data, operation.route, path)
    if holder is None:
        return None
    if not isinstance(holder, dict):
        raise EditRefused(f"{path}: {spelt(operation.route)} is no mapping, so it takes no key.")
    keys = list(holder)
    if operation.key in keys:
        raise EditRefused(f"{path}: {spelt((*operation.route, operation.key))} is there already.")
    for named in (operation.after, operation.before):
        if named is not None and named not in keys:
            raise EditRefused(f"{path}: there is no {spelt((*operation.route, named))} to stand beside.")
    if operation.after is not None:
        return operation.after
    if operation.before is not None:
        at = keys.index(operation.before)
    else:
        known = key_order(kind).of(operation.route)
        at = len(keys)
        if operation.key in known:
            later = set(known[known.index(operation.key) + 1 :])
            earlier = set(known[: known.index(operation.key)])
            behind = [number for number, key in enumerate(keys) if key in earlier]
            ahead = [number for number, key in enumerate(keys) if key in later]
            at = behind[-1] + 1 if behind else ahead[0] if ahead else len(keys)
    return keys[at - 1] if at else None


def intended(data: dict[str, Any], operation: Operation, kind: str, path: str) -> dict[str, Any]:
    """The data that an operation is to lead to. EditRefused where it makes no sense."""
    whole = {"": copy.deepcopy(data)}
    match operation:
        case SetValue(route, value):
            find(data, route, path)
            _holder(whole, route)[("", *route)[-1]] = copy.deepcopy(value)
        case Insert(route, key, value):
            behind = neighbour(data, operation, kind, path)
            holder = find(whole[""], route, path) or {}
            entries = list(holder.items())
            at = list(holder).index(behind) + 1 if behind is not None else 0
            entries.insert(at, (key, copy.deepcopy(value)))
            _holder(whole, route)[("", *route)[-1]] = dict(entries)
        case Remove(route):
            find(data, route, path)
            if not route:
                raise EditRefused(f"{path}: a file is deleted, not emptied.")
            del _holder(whole, route)[route[-1]]
        case RenameKey(route, key):
            find(data, route, path)
            holder = _holder(whole, route)
            if not route or not isinstance(holder, dict):
                raise EditRefused(f"{path}: {spelt(route)} has no key.")
            if key in holder and key != route[-1]:
                raise EditRefused(f"{path}: {spelt((*route[:-1], key))} is there already.")
            _holder(whole, route[:-1])[("", *route[:-1])[-1]] = {
                key if name == route[-1] else name: value for name, value in holder.items()
            }
        case InsertItem(route, value, index):
            items = find(whole[""], route, path)
            if not isinstance(items, list):
                raise EditRefused(f"{path}: {spelt(route)} is no list, so it takes no item.")
            items.insert(len(items) if index is None else index, copy.deepcopy(value))
        case Put():
            raise AssertionError("spelt out before")
    return whole[""]


def _holder(whole: dict[str, Any], route: Route) -> Any:
    """What holds the node of a route, in data that stands under an empty key."""
    node: Any = whole
    for part in ("", *route)[:-1]:
        node = node[part]
    return node


def spelt_out(data: Any, operation: Put, path: str) -> SetValue | Insert:
    """A `Put` as what it comes to in this data."""
    node, value, route = data, operation.value, operation.route
    for length, part in enumerate(route):
        if node is None:
            node = {}
        if isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        elif not isinstance(node, dict) or not isinstance(part, str):
            raise EditRefused(f"{path}: {spelt(route[:length])} is no mapping, so it takes no key.")
        elif part in node:
            node = node[part]
        else:
            for name in reversed(route[length + 1 :]):
                value = {name: value}
            return Insert(route[:length], part, value)
    return SetValue(route, value)


def steps(before: dict[str, Any], after: dict[str, Any], route: Route) -> list[Operation] | None:
    """The operations from one mapping to another, entry by entry; None where what stays changes places."""
    kept = [key for key in before if key in after]
    if kept != [key for key in after if key in before]:
        return None
    found: list[Operation] = [Remove((*route, key)) for key in before if key not in after]
    found += [SetValue((*route, key), after[key]) for key in kept if before[key] != after[key]]
    previous: str | None = None
    for key, value in after.items():
        if key not in before:
            first = kept[0] if kept and previous is None else None
            found.append(Insert(route, key, value, after=previous, before=first))
        previous = key
    return found
