"""Bands of a number: what rules about them share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from abmspec.model.entity import GLOBAL
from abmspec.model.taxonomy import Picklist
from abmspec.rules.listed import Listed, WholeList
from abmspec.rules.rule import Subject


class Band(NamedTuple):
    """A band, both bounds included; infinite where it has none. Ordered by its lower bound."""

    low: float
    high: float
    listed: Listed

    @property
    def said(self) -> str:
        """`101–2000`, as a person writes it."""
        low = "…" if math.isinf(self.low) else f"{self.low:g}"
        high = "…" if math.isinf(self.high) else f"{self.high:g}"
        return f"{low}–{high}"


def bands(values: Iterable[Listed]) -> list[Band]:
    """The bands in force, lowest first."""
    found = [band(listed) for listed in values if listed.value.status == "active"]
    return sorted(found, key=lambda each: (each.low, each.high))


def band(listed: Listed) -> Band:
    """A value's band."""
    low, high = listed.value.from_, listed.value.to
    return Band(-math.inf if low is None else low, math.inf if high is None else high, listed)


def scopes(whole: WholeList) -> Iterator[list[Band]]:
    """The list's own bands, then those that each region adds."""
    yield bands(whole.base)
    for change in whole.overlays:
        added = bands(listed for listed in whole.values if listed.holder is change)
        if added:
            yield added


def step(subject: Subject, picklist: Picklist) -> float:
    """By how much two neighbouring numbers of the field differ: 1 for whole numbers."""
    scope = picklist.scope if picklist.scope in subject.resolved.regions else GLOBAL
    field = subject.resolved.view(scope).fields.get(picklist.bands_of)
    scale = field.scale if field is not None and field.scale is not None else 0
    return float(10**-scale)
