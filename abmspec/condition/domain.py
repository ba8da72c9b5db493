"""Which values a field can have, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["choice", "choices", "number", "text", "date", "boolean"]

TIER = "tier"
REGION = "region"


@dataclass(frozen=True, slots=True)
class Domain:
    """What values a field can have, missing aside.

    `values` is the closed list of them, regional children included; None where any value may come. `children` gives
    a value's regional children, which a condition on the value matches too (children of children as well).
    `choices` holds several values at once. `whole`: only whole numbers, only whole days.
    In a mapping of domains, the key is the field's name; `tier` and `region` (children: the regions nested in it)
    stand for the record's tier and region.
    """

    kind: Kind
    values: tuple[str, ...] | None = None
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    whole: bool = False

    def matching(self, values: Iterable[str]) -> frozenset[str]:
        """Every value that a condition on one of these values matches: themselves and all below them."""
        found: set[str] = set()
        pending = list(values)
        while pending:
            value = pending.pop()
            if value not in found:
                found.add(value)
                pending.extend(self.children.get(value, ()))
        return frozenset(found)


Domains = Mapping[str, Domain]
