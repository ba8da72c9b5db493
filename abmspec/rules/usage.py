"""Who uses what is on its way in or out: what rules about the life of things share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from abmspec.model.entity import Status
from abmspec.references import Reference, ReferenceIndex, Thing, noun
from abmspec.words import quoted

# References that have rules of their own, which know more about them.
JUDGED_APART = frozenset(
    {"overlays", "hide", "maps_to", "after", "allowed_for", "when_unknown", "renamed_from"}
)
# History names tombstones by right.
HISTORY = frozenset({"replaced_by", "address", "addresses"})


class Use(NamedTuple):
    """A reference, and what it leads to."""

    reference: Reference
    target: Thing

    @property
    def is_inner(self) -> bool:
        """Whether a thing, or a part of it, only names itself."""
        return self.reference.source.startswith(self.target.address)


def uses(
    index: ReferenceIndex, status: Status, but: frozenset[str], counts: Callable[[Use], bool] = lambda _: True
) -> Iterator[Use]:
    """What leads to things of this status and counts, once a place. `but`: the attributes that are passed over."""
    seen = set()
    for reference in index.all:
        if reference.how in but or reference.at in seen:
            continue
        target = index.target(reference)
        if target is None or target.status != status or not counts(Use(reference, target)):
            continue
        seen.add(reference.at)
        yield Use(reference, target)


def instead(reference: Reference, target: Thing) -> str:
    """What to use in place of something that goes."""
    successors = target.deprecated.successors if target.deprecated is not None else ()
    if not successors:
        return f"Take `{reference.id}` out, or name another {noun(reference.kind)}."
    if len(successors) == 1:
        return f"Use `{successors[0]}` instead."
    return f"Use what took over: {quoted(successors)}."
