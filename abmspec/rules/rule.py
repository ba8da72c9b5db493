"""What a rule is: metadata and a function from a resolved spec to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from abmspec.diagnostic import Finding, Rule
from abmspec.model.spec import Spec
from abmspec.references import ReferenceIndex
from abmspec.resolve import Resolved


@dataclass(frozen=True)
class Subject:
    """What rules judge: the resolved spec on a given day, and what every rule asks of it, found once."""

    resolved: Resolved
    today: date

    @property
    def spec(self) -> Spec:
        """The spec as written."""
        return self.resolved.spec

    @cached_property
    def references(self) -> ReferenceIndex:
        """Everything that refers, and everything that can be referred to."""
        return ReferenceIndex(self.resolved)


Check = Callable[[Subject], Iterator[Finding]]


class SpecRule(NamedTuple):
    """A rule over the whole spec: its metadata and its check."""

    rule: Rule
    check: Check
