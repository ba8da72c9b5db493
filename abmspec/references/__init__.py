"""Every reference in a spec as data: who names what, where, and whether it exists.

The rules, `abmspec uses` and the site's lists of where a thing is used all ask here. Overlays and conditions are read
as they were written, so that a place is that of the scalar that names the other thing.
"""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.references.index import ReferenceIndex
from abmspec.references.reference import Reference, Thing, noun
from abmspec.resolve import Resolved

__all__ = ["Reference", "ReferenceIndex", "Thing", "noun", "references"]


def references(resolved: Resolved) -> Iterator[Reference]:
    """Every reference of the spec. For more than one look, keep a `ReferenceIndex`."""
    yield from ReferenceIndex(resolved).all
