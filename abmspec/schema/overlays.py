"""What a region's overlay may say: it adds, renames, tightens and hides, and never redefines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from abmspec.schema import rules
from abmspec.schema.faults import Fault
from abmspec.source import Document


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


def in_overlay(document: Document, found: Iterable[Fault], known_above: frozenset[str]) -> Iterator[Fault]:
    """The findings in an overlay's file, in terms of what an overlay may do.

    `known_above` are the keys that the overlaid kind knows.
    """
    overlay = OVERLAYS[document.kind]
    for fault in found:
        if fault.rule is rules.UNKNOWN_KEY and fault.route[-1] in known_above:
            message = f"A region's overlay of {overlay.name} cannot set `{fault.route[-1]}`."
            yield Fault(rules.OVERLAY_NOT_ALLOWED, fault.route, True, message, f"It may {overlay.may}.")
        elif _is_field_from_above(document, fault):
            id = str(fault.route[1])
            message = f"The field `{id}` stands above, and a region cannot define it anew."
            own = f"{document.region}-{id}"
            mend = f"Leave out `type`: a region may set labels and `required: true`. Its own is `{own}`."
            yield Fault(rules.OVERLAY_NOT_ALLOWED, fault.route, True, message, mend)
        else:
            yield fault


def _is_field_from_above(document: Document, fault: Fault) -> bool:
    """Whether something seems to be missing only because a field from above is written as one of the region's own."""
    return (
        document.kind == "fields-overlay"
        and fault.rule is rules.MISSING_KEY
        and fault.route[:1] == ("fields",)
        and len(fault.route) == 2
        and not str(fault.route[1]).startswith(f"{document.region}-")
    )


def untyped_fields(document: Document) -> Iterator[Fault]:
    """Fields of a region's own that have no type. A JSON Schema cannot say this: the prefix is the region's."""
    if document.kind != "fields-overlay" or not isinstance(document.data, dict):
        return
    fields = document.data.get("fields")
    for id, said in fields.items() if isinstance(fields, dict) else ():
        if id.startswith(f"{document.region}-") and isinstance(said, dict) and "type" not in said:
            message = (
                f"`{id}` carries the region's prefix, so it is the region's own field, and has no `type`."
            )
            yield Fault(
                rules.MISSING_KEY, ("fields", id), True, message, "Add `type: text`, for example.", "type"
            )
