"""What people call a value, where its id is wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from abmspec.model.taxonomy import Value
from abmspec.resolve import Resolved


def called(resolved: Resolved, picklist: str, text: str, among: Collection[str]) -> str:
    """The id of the one value of a list that goes by a label, in any language and region, or by an alias.

    `among` are the ids that are looked at. Empty where none of them is called so, or several are.
    """
    wanted = _plain(text)
    found = {
        id
        for view in resolved.views
        if picklist in view.picklists
        for id, value in view.picklists[picklist].values.items()
        if id in among and wanted in map(_plain, _names(value))
    }
    return found.pop() if len(found) == 1 else ""


def taken_as(text: str, id: str) -> str:
    """The note on a value that was not named by its id."""
    return f'"{text}" is taken as the value `{id}`, which is called so.'


def _names(value: Value) -> Iterator[str]:
    yield value.label
    yield from value.labels.values()
    yield from value.aliases


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
