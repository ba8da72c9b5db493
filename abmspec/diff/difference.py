"""What differs between two states of one thing, attribute by attribute."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from typing import Any, NamedTuple, cast

from abmspec import condition, lookup
from abmspec.model import governance, playbook, region, taxonomy
from abmspec.model.entity import Deprecation, Part

# Where order is meaning, by struct and attribute: the order of a mapping's keys, and that of a list.
ORDERED_MAPPINGS: frozenset[tuple[type[Part], str]] = frozenset(
    {
        (taxonomy.Picklist, "values"),
        (region.PicklistOverlay, "values"),
        (taxonomy.Factor, "bands"),
        (taxonomy.Tiers, "tiers"),
        (taxonomy.Lifecycle, "stages"),
        (taxonomy.RoutedRole, "territories"),
        (governance.ChangePolicy, "rules"),
        (playbook.Play, "steps"),
    }
)
ORDERED_LISTS: frozenset[tuple[type[Part], str]] = frozenset(
    {
        (taxonomy.Factor, "guardrail"),
        (taxonomy.RoutedRole, "order"),
        (taxonomy.RoutedRole, "load"),
        (taxonomy.Routing, "region_of"),
        (taxonomy.Field, "written_by"),
        (Deprecation, "replaced_by"),
    }
)


class Difference(NamedTuple):
    """One attribute that differs, by its route in the format's terms. What there is not is None.

    `names` are the attributes on the route, without the ids between them. `reordered`: what is in it stands in another
    order, given as the ids in theirs; nothing else is said by it.
    """

    route: tuple[str, ...]
    names: tuple[str, ...]
    before: Any
    after: Any
    reordered: bool = False

    @property
    def attribute(self) -> str:
        """`bands.small.score`."""
        return ".".join(self.route)


def differences(before: Part, after: Part, but: Container[str] = ()) -> Iterator[Difference]:
    """Everything in which two structs of one type differ, but for these attributes."""
    kind = type(before)
    for name, said in zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True):
        was, now = getattr(before, name), getattr(after, name)
        if name in but or was is now:
            continue
        yield from _between(Difference((said,), (said,), was, now), (kind, name) in ORDERED_LISTS)
        if (kind, name) in ORDERED_MAPPINGS:
            yield from reordering(was, now, said)


def reordering(before: dict[str, Any], after: dict[str, Any], attribute: str) -> Iterator[Difference]:
    """Whether what is in both mappings stands in another order."""
    was = [id for id in before if id in after]
    now = [id for id in after if id in before]
    if was != now:
        yield Difference((attribute,), (attribute,), was, now, reordered=True)


def _between(at: Difference, ordered: bool) -> Iterator[Difference]:
    before, after = _alike(at.before, at.after)
    if isinstance(before, Part) and type(before) is type(after):
        for each in differences(before, after):
            yield each._replace(route=(*at.route, *each.route), names=(*at.names, *each.names))
    elif isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            inner = at._replace(route=(*at.route, key), before=before.get(key), after=after.get(key))
            if key not in before or key not in after:
                yield inner
            elif inner.before is not inner.after:
                yield from _between(inner, ordered)
    elif _comparable(before, ordered) != _comparable(after, ordered):
        yield at


def _alike(before: Any, after: Any) -> tuple[Any, Any]:
    """What may be written in a short form, in the longer one where the other has it."""
    if isinstance(before, tuple) and isinstance(after, Part):
        return before, (after,)
    if isinstance(before, Part) and isinstance(after, tuple):
        return (before,), after
    if isinstance(before, str) and isinstance(after, taxonomy.StoredKey):
        return taxonomy.StoredKey(key=before), after
    if isinstance(before, taxonomy.StoredKey) and isinstance(after, str):
        return before, taxonomy.StoredKey(key=after)
    return before, after


def as_data(value: Any) -> Any:
    """An attribute as JSON, numbers as they are written: `2001`, not `2001.0`."""
    if isinstance(value, condition.Node):
        return _whole(condition.to_data(cast(condition.Condition, value)))
    if isinstance(value, Part):
        return _whole(lookup.plain(value))
    if isinstance(value, dict):
        return {key: as_data(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_data(item) for item in value]
    return _whole(value)


def _whole(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _whole(item) for key, item in data.items()}
    if isinstance(data, list | tuple):
        return [_whole(item) for item in data]
    return int(data) if isinstance(data, float) and data.is_integer() else data


def _comparable(value: Any, ordered: bool) -> Any:
    """The value so that two are equal where they say the same: lists without an order as sets."""
    return _sorted(as_data(value), ordered)


def _sorted(data: Any, ordered: bool) -> Any:
    if isinstance(data, dict):
        return {key: _sorted(item, ordered=False) for key, item in data.items()}
    if isinstance(data, list):
        items = [_sorted(item, ordered=False) for item in data]
        if ordered:
            return items
        return [json.loads(text) for text in sorted({json.dumps(item, sort_keys=True) for item in items})]
    return data
