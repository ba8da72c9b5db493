"""What a changed condition means: for whom it holds now, against whom it held for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from abmspec import condition
from abmspec.condition import Condition, Domain, Domains
from abmspec.diff.change import Comparison
from abmspec.domains import domains
from abmspec.names import ScopeNames
from abmspec.resolve import Resolved, View

SAID: Mapping[Comparison, str] = {
    "same": "It holds for the same records as before, only written otherwise",
    "narrower": "It is narrower: it holds for fewer records, and for none that it did not hold for before",
    "wider": "It is wider: it holds for all the records it held for before, and for more",
    "overlapping": "It shifts: some records come in and others go out",
    "disjoint": "It is turned over: none of the records it held for before are left in it",
    "empty": "No record at all can satisfy it any more",
    "always": "It holds for every record now",
    "unknown": "It is too large to say which records come in and go out",
}


class Conditions:
    """Compares conditions of two specs; `followed` says one of the base by new ids. Domains are made on first need."""

    def __init__(self, base: Resolved, head: Resolved, followed: Callable[[Condition], Condition]) -> None:
        self.base = base
        self.head = head
        self._followed = followed
        self._domains: Domains | None = None

    def compare(self, before: Condition, after: Condition, scope: str) -> tuple[Comparison, bool]:
        """How the new one stands to the old, as the scope sees segments; and whether it says the very same.

        The latter only where no value that a list may get, and no change of a segment, can tell the two apart.
        """
        known = self._known()
        wide = self._followed(_spelt_out(before, self.base, scope))
        narrow = _spelt_out(after, self.head, scope)
        relation = condition.compare(wide, narrow, known)
        if relation.kind == "same":
            return "same", condition.compare(self._followed(before), after, _open(known)).kind == "same"
        if relation.after in ("empty", "always"):
            return relation.after, False
        return relation.kind, False

    def words(self, when: Condition | None, scope: str, *, at_head: bool) -> str:
        """The condition as a phrase in the scope; of none, what that means."""
        if when is None:
            return "no condition"
        resolved = self.head if at_head else self.base
        if scope not in resolved.regions:
            scope = "global"
        return condition.prose(when, ScopeNames(resolved, scope))

    def _known(self) -> Domains:
        if self._domains is None:
            self._domains = _together(domains(self.base), domains(self.head))
        return self._domains


def said(kind: Comparison) -> str:
    """What a comparison says, as a sentence without its full stop."""
    return SAID[kind]


def _spelt_out(when: Condition, resolved: Resolved, scope: str) -> Condition:
    view: View = resolved.regions.get(scope, resolved.backbone)
    try:
        return condition.expand(when, view.definitions)
    except ValueError:  # Segments in a circle: a rule says so.
        return when


def _together(base: Domains, head: Domains) -> Domains:
    """The domains of both: what a record may have held before, and may hold now."""
    return {name: _joined(base.get(name), head.get(name)) for name in {**base, **head}}


def _joined(before: Domain | None, after: Domain | None) -> Domain:
    if before is None or after is None or before == after or before.kind != after.kind:
        return after or before or Domain("text")
    if before.values is None or after.values is None:
        return replace(after, values=None)
    children: dict[str, tuple[str, ...]] = dict(after.children)
    for id, below in before.children.items():
        children[id] = _merged(children.get(id, ()), below)
    return replace(after, values=_merged(after.values, before.values), children=children)


def _merged(one: Iterable[str], other: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _open(known: Domains) -> Domains:
    """The domains as if any list could get more values."""
    return {name: replace(domain, values=None) if domain.values else domain for name, domain in known.items()}
