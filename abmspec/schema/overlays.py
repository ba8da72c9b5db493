"""What a region's overlay may say: it adds, renames, tightens and hides, and never redefines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from abmspec.schema import rules
from abmspec.schema.faults import Fault
from abmspec.schema.words import quoted
from abmspec.source import Document, Route


class Overlay(NamedTuple):
    """The kind of what is overlaid, its name in a sentence, and what an overlay of it may do."""

    of: str
    name: str
    may: str


OVERLAYS = {
    "content-overlay": Overlay("content", "a content item", "add texts under `locales`"),
    "fields-overlay": Overlay(
        "fields",
        "a field",
        "set labels and `required: true`, hide it, and add fields under the region's prefix",
    ),
    "picklist-overlay": Overlay(
        "picklist",
        "a picklist",
        "set labels, hide values, and add values of its own that map to one from above",
    ),
    "play-overlay": Overlay(
        "play",
        "a play",
        "set labels, fill slots under `content`, set `starts` and `ends`, and move or skip steps",
    ),
    "routing-overlay": Overlay("routing", "the routing", "put rules and territories before those from above"),
    "segment-overlay": Overlay("segment", "a segment", "set labels, and `use_instead` with a `reason`"),
    "tiers-overlay": Overlay(
        "tiers", "the tiers", "set its `capacity`, and `weights` within the guardrails with a `reason`"
    ),
}


class _Entries(NamedTuple):
    """Where an overlay holds the region's own things beside words on those from above, and the words on the latter."""

    under: str
    noun: str
    allowed: tuple[str, ...]


_ENTRIES = {
    "fields-overlay": _Entries("fields", "field", ("labels", "required")),
    "picklist-overlay": _Entries("values", "value", ("labels",)),
}


def in_overlay(document: Document, found: Iterable[Fault], known_above: frozenset[str]) -> Iterator[Fault]:
    """The findings in an overlay's file, in terms of what an overlay may do.

    `known_above` are the keys that the overlaid kind knows. Findings on entries that are misplaced as a whole are
    replaced by one that says so.
    """
    overlay = OVERLAYS[document.kind]
    misplaced = {fault.route[:2]: fault for fault in misplaced_entries(document)}
    yield from misplaced.values()
    for fault in found:
        if len(fault.route) in (2, 3) and fault.route[:2] in misplaced:
            continue
        if fault.rule is rules.UNKNOWN_KEY and fault.route[-1] in known_above:
            message = f"A region's overlay of {overlay.name} cannot set `{fault.route[-1]}`."
            yield Fault(rules.OVERLAY_NOT_ALLOWED, fault.route, True, message, f"It may {overlay.may}.")
        else:
            yield fault


def misplaced_entries(document: Document) -> Iterator[Fault]:
    """Entries of an overlay that say more of something from above than a region may, or too little of its own."""
    entries = _ENTRIES.get(document.kind)
    held = document.data.get(entries.under) if entries and isinstance(document.data, dict) else None
    if entries is None or not isinstance(held, dict):
        return
    for id, entry in held.items():
        if not isinstance(entry, dict):
            continue
        route: Route = (entries.under, id)
        if id.startswith(f"{document.region}-"):
            if document.kind == "fields-overlay" and "type" not in entry:
                message = (
                    f"`{id}` carries the region's prefix, so it is the region's own field, and has no `type`."
                )
                yield Fault(rules.MISSING_KEY, route, True, message, "Add `type: text`, for example.", "type")
        else:
            yield from _beyond(document.region, entries, route, entry)


def _beyond(region: str, entries: _Entries, route: Route, entry: dict[str, Any]) -> Iterator[Fault]:
    """The finding on an entry from above of which a region says too much."""
    beyond = [key for key in entry if key not in entries.allowed]
    id = route[-1]
    if not beyond:
        return
    message = (
        f"`{id}` does not carry the prefix `{region}-`, so it is a {entries.noun} from above, "
        f"and a region cannot set its {quoted(beyond, 'and')}."
    )
    mend = f"Rename it to `{region}-{id}`, or say no more of it than {quoted(entries.allowed, 'and')}."
    yield Fault(rules.OVERLAY_NOT_ALLOWED, (*route, beyond[0]), True, message, mend)
