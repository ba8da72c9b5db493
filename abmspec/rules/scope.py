"""Which things rules look at: those of every scope, without tombstones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from abmspec.model.spec import Spec
from abmspec.model.taxonomy import Field, Segment
from abmspec.source import Anchor

# What every region has in common, whatever else it adds.
CONCEPTS = ("industry", "size", "lifecycle-stage", "product-family", "strategic-value", "buying-center")


def fields_in_use(spec: Spec) -> Iterator[Field]:
    """Every field of every scope that is not retired."""
    for own in spec.owns:
        for field in own.fields.values():
            if field.status != "retired":
                yield field


def segments_in_use(spec: Spec) -> Iterator[Segment]:
    """Every segment of every scope that is not retired."""
    for own in spec.owns:
        for segment in own.segments.values():
            if segment.status != "retired":
                yield segment


class Lacking(NamedTuple):
    """One field that lacks something, or a whole dictionary of which every field does: its address, place and name."""

    address: str
    at: Anchor
    name: str


def lacking(spec: Spec, lacks: Callable[[Field], bool]) -> Iterator[Lacking]:
    """The fields that lack something. A dictionary that says it of no field at all is named once, as a whole."""
    files: dict[str, list[Field]] = {}
    for field in fields_in_use(spec):
        files.setdefault(field.path, []).append(field)
    for fields in files.values():
        found = [field for field in fields if lacks(field)]
        if len(found) == len(fields) and len(found) > 2:
            first = found[0]
            address = first.address.replace(f"field.{first.name}", f"fields.{first.object}")
            yield Lacking(
                address, Anchor(first.path, ("fields",), on_key=True), f"any field of `{first.object}`"
            )
        else:
            for field in found:
                yield Lacking(field.address, field.key(), f"`{field.name}`")
