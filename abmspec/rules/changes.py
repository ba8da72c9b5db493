"""Which changes the rules of a change policy are for, as sets that can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from abmspec.model.entity import GLOBAL
from abmspec.model.governance import ChangePolicy, PolicyWhen

# The classes of change that there are of global things; the account list has no regional part.
CLASSES = ("governance", "breaking", "meaning", "deprecating", "accounts", "additive", "cosmetic")
REGIONAL_CLASSES = ("breaking", "meaning", "deprecating", "additive", "cosmetic")
# Whatever the policy does not name: another region, another kind, no declaration.
OTHER = ""


class Box(NamedTuple):
    """All changes from each of these places, kinds, classes and so on. `sizes` are numbers of a policy's brackets."""

    places: frozenset[str]
    kinds: frozenset[str]
    classes: frozenset[str]
    declared: frozenset[str]
    sizes: frozenset[int]

    @property
    def is_empty(self) -> bool:
        """Whether there is no such change."""
        return not all(self)

    def meet(self, other: Box) -> Box:
        """The changes that are in both."""
        return Box(
            self.places & other.places,
            self.kinds & other.kinds,
            self.classes & other.classes,
            self.declared & other.declared,
            self.sizes & other.sizes,
        )

    def less(self, other: Box) -> list[Box]:
        """The changes that are not in the other, as boxes that share none."""
        if self.meet(other).is_empty:
            return [self]
        parts, rest = [], self
        for name in self._fields:
            mine, theirs = getattr(rest, name), getattr(other, name)
            if mine - theirs:
                parts.append(rest._replace(**{name: mine - theirs}))
                rest = rest._replace(**{name: mine & theirs})
        return parts


class Space:
    """All changes that a policy can tell apart."""

    def __init__(self, policy: ChangePolicy) -> None:
        whens = [rule.when for rule in policy.rules.values()]
        self.limits = sorted({when.changes_at_most for when in whens if when.changes_at_most is not None})
        regions = {OTHER}.union(*(when.regions for when in whens))
        self.all = Box(
            places=frozenset({GLOBAL} | regions),
            kinds=frozenset({OTHER}.union(*(when.kind for when in whens))),
            classes=frozenset(CLASSES),
            declared=frozenset({OTHER} | {when.declared for when in whens}),
            sizes=frozenset(range(len(self.limits) + 1)),
        )

    def box(self, when: PolicyWhen) -> Box:
        """The changes that a rule is for."""
        box = self.all
        if when.scope == "global":
            box = box._replace(places=frozenset({GLOBAL}))
        elif when.scope == "region":
            box = box._replace(places=box.places - {GLOBAL})
        if when.regions:
            box = box._replace(places=box.places & frozenset(when.regions))
        if when.kind:
            box = box._replace(kinds=frozenset(when.kind))
        if when.class_:
            box = box._replace(classes=frozenset(when.class_))
        if when.declared:
            box = box._replace(declared=frozenset({when.declared}))
        if when.changes_at_most is not None:
            box = box._replace(sizes=frozenset(range(self.limits.index(when.changes_at_most) + 1)))
        return box


def without(boxes: Iterable[Box], taken: Box) -> list[Box]:
    """What is left of boxes when another is taken away."""
    return [part for box in boxes for part in box.less(taken)]
