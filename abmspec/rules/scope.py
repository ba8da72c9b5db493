"""Which things rules look at: those of every scope, without tombstones."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.model.entity import Entity
from abmspec.model.spec import Own, Spec
from abmspec.model.taxonomy import Field, Segment

# What every region has in common, whatever else it adds.
CONCEPTS = ("industry", "size", "lifecycle-stage", "product-family", "strategic-value", "buying-center")


def every_own(spec: Spec) -> Iterator[Own]:
    """The global things, then each region's own."""
    yield spec.own
    for overlay in spec.overlays.values():
        yield overlay.own


def fields_in_use(spec: Spec) -> Iterator[Field]:
    """Every field of every scope that is not retired."""
    for own in every_own(spec):
        for field in own.fields.values():
            if field.status != "retired":
                yield field


def segments_in_use(spec: Spec) -> Iterator[Segment]:
    """Every segment of every scope that is not retired."""
    for own in every_own(spec):
        for segment in own.segments.values():
            if segment.status != "retired":
                yield segment


def states(spec: Spec, entity: Entity, attribute: str) -> bool:
    """Whether the entity's file says this attribute of it, itself or by default; inherited ones do not count."""
    document = spec.documents.get(entity.path)
    if document is None:
        return False
    data = document.data
    for key in entity.route:
        data = data.get(key, {})
    return attribute in data or attribute in entity.defaulted
