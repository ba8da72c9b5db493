"""The canonical order of keys: that in which a kind's schema lists them.

Mappings whose keys are people's own ids keep their order: in some it is meaning, in all it is the author's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from abmspec import schema
from abmspec.source import Route

_BRANCHES = ("if", "then", "else")
_LISTS = ("allOf", "anyOf", "oneOf")


class KeyOrder:
    """The order of keys in the files of a kind. A kind without a schema has none."""

    def __init__(self, kind: str) -> None:
        self._root = schema.of_kind(kind) if kind else {}

    def of(self, route: Route) -> tuple[str, ...]:
        """The known keys of the mapping at a route, in order; empty where its keys are the author's."""
        return self._known(self._at(route))

    def required(self, route: Route) -> frozenset[str]:
        """The keys that the mapping at a route cannot do without."""
        return frozenset(key for each in self._at(route) for key in each.get("required", ()))

    def sorted(self, data: Any) -> Any:
        """The data with its keys in canonical order."""
        return self._sorted(data, self._all([self._root]))

    def _sorted(self, value: Any, schemas: list[dict[str, Any]]) -> Any:
        if isinstance(value, dict):
            keys = in_order(value, self._known(schemas))
            return {key: self._sorted(value[key], self._below(schemas, key)) for key in keys}
        if isinstance(value, list):
            below = self._below(schemas, 0)
            return [self._sorted(item, below) for item in value]
        return value

    def _at(self, route: Route) -> list[dict[str, Any]]:
        """The schemas that apply at a route."""
        schemas = self._all([self._root])
        for part in route:
            schemas = self._below(schemas, part)
        return schemas

    @staticmethod
    def _known(schemas: Iterable[dict[str, Any]]) -> tuple[str, ...]:
        keys: dict[str, None] = {}
        for each in schemas:
            if isinstance(each.get("additionalProperties"), dict):
                return ()
            keys |= dict.fromkeys(each.get("properties", {}))
        return tuple(keys)

    def _below(self, schemas: Iterable[dict[str, Any]], part: str | int) -> list[dict[str, Any]]:
        """What applies to a key's value, or to the items of a list."""
        found = []
        for each in schemas:
            if isinstance(part, int):
                found.append(each.get("items"))
            elif part in each.get("properties", {}):
                found.append(each["properties"][part])
            else:
                found.append(each.get("additionalProperties"))
        return self._all([each for each in found if isinstance(each, dict)])

    def _all(self, schemas: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """The schemas and all that they refer to for the same node."""
        found: list[dict[str, Any]] = []
        left = list(schemas)
        while left:
            each = left.pop(0)
            if any(each is known for known in found):
                continue
            found.append(each)
            if "$ref" in each:
                left.append(self._root["$defs"][each["$ref"].removeprefix("#/$defs/")])
            left.extend(each[name] for name in _BRANCHES if isinstance(each.get(name), dict))
            left.extend(inner for name in _LISTS for inner in each.get(name, ()))
        return found


@cache
def key_order(kind: str) -> KeyOrder:
    """The order of keys of a kind."""
    return KeyOrder(kind)


def in_order(keys: Iterable[str], known: Sequence[str]) -> list[str]:
    """The keys in the order of the known ones; others stay behind the key that they stood behind."""
    if not known:
        return list(keys)
    ranks = {key: number for number, key in enumerate(known)}
    ranked: list[tuple[int, str]] = []
    rank = -1
    for key in keys:
        rank = ranks.get(key, rank)
        ranked.append((rank, key))
    return [key for _, key in sorted(ranked, key=lambda each: each[0])]
