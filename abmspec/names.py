"""How things of a spec are called inside a sentence, as one scope sees them."""

from __future__ import annotations

from abmspec import condition
from abmspec.model.entity import GLOBAL
from abmspec.resolve import Resolved
from abmspec.words import capitalized, plural


class ScopeNames:
    """What the prose of a condition calls things (`condition.Names`). What it does not know it calls by its id."""

    def __init__(self, resolved: Resolved, scope: str = GLOBAL) -> None:
        self.spec = resolved.spec
        self.view = resolved.view(scope)

    def field(self, field: str) -> str:
        known = self.view.fields.get(field)
        return inside(known.label) if known and known.label else field.rpartition(".")[2].replace("-", " ")

    def value(self, field: str, value: str) -> str:
        picklist = self.view.picklist_of(field)
        known = picklist.values.get(value) if picklist else None
        return (known.label if known else "") or value

    def unit(self, field: str) -> str:
        known = self.view.fields.get(field)
        units = {"currency": self.spec.project.currency, "percent": "%"}
        return units.get(known.type, "") if known else ""

    def segment(self, segment: str) -> str:
        known = self.view.segments.get(segment)
        return (known.label if known else "") or segment

    def tier(self, tier: str) -> str:
        known = self.view.tiers.tiers.get(tier) if self.view.tiers else None
        return (known.label if known else "") or tier

    def region(self, region: str) -> str:
        known = self.spec.regions.get(region)
        return (known.label if known else "") or region

    def object(self, object: str, count: int) -> str:
        return object if count == 1 else plural(object)


def inside(label: str) -> str:
    """A label as it stands inside a sentence: `Annual revenue` → `annual revenue`; acronyms and names stay."""
    first = label.partition(" ")[0]
    is_word = len(first) > 1 and first[1:] == first[1:].lower()
    return label[:1].lower() + label[1:] if is_word else label


def sentence(when: condition.Condition, names: condition.Names) -> str:
    """The condition as a sentence with a capital and a full stop."""
    return f"{capitalized(condition.prose(when, names))}."
