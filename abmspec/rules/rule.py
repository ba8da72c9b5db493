"""What a rule is: metadata and a function from a resolved spec to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from abmspec.condition import Domains, Problem, problems
from abmspec.diagnostic import Finding, Rule
from abmspec.domains import domains
from abmspec.holdings import Holdings, all_holdings
from abmspec.model.spec import Spec
from abmspec.references import ReferenceIndex
from abmspec.resolve import Predicate, Resolved
from abmspec.rules.listed import WholeList, whole_lists


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

    @cached_property
    def lists(self) -> tuple[WholeList, ...]:
        """Every picklist with what regions add to it."""
        return tuple(whole_lists(self.spec))

    @cached_property
    def conditions(self) -> tuple[Predicate, ...]:
        """Every condition but those of what is retired."""
        retired = {thing.address for thing in self.references.things.values() if thing.status == "retired"}
        return tuple(each for each in self.resolved.conditions() if each.address not in retired)

    @cached_property
    def holdings(self) -> dict[str, Holdings]:
        """What each instance holds whose kind is known."""
        return all_holdings(self.resolved)

    @cached_property
    def domains(self) -> Domains:
        """What every field can hold."""
        return domains(self.resolved)

    @cached_property
    def problems(self) -> tuple[tuple[Predicate, Problem], ...]:
        """What is wrong with conditions by themselves."""
        return tuple(
            (each, problem) for each in self.conditions for problem in problems(each.when, self.domains)
        )


Check = Callable[[Subject], Iterator[Finding]]


class SpecRule(NamedTuple):
    """A rule over the whole spec: its metadata and its check."""

    rule: Rule
    check: Check
