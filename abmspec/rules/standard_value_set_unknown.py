"""A standard value set is one that the system has, and that of the field."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.holdings import Holdings
from abmspec.rules.rule import SpecRule, Subject
from abmspec.systems.catalogue import find_kind
from abmspec.words import certain, nearest


def check(subject: Subject) -> Iterator[Finding]:
    yield from _stated(subject)
    for holdings in subject.holdings.values():
        yield from _used(holdings)


def _stated(subject: Subject) -> Iterator[Finding]:
    """Sets that picklists name."""
    registry = subject.spec.systems
    for view in subject.resolved.views:
        for picklist in view.picklists.values():
            if picklist.scope != view.scope:
                continue
            for instance, binding in picklist.systems.items():
                system = registry.systems.get(instance) if registry else None
                kind = find_kind(system.kind) if system else None
                name = binding.standard_value_set
                if kind is None or not name or name in kind.standard_sets:
                    continue
                near = nearest(name, list(kind.standard_sets))
                yield Finding(
                    picklist.address,
                    picklist.at("systems", instance, "standard_value_set"),
                    f"{kind.title} has no standard value set `{name}`.",
                    f"Did you mean `{near}`?" if near else "Take it out to have a set of the list's own.",
                    meant=certain(name, kind.standard_sets),
                )


def _used(holdings: Holdings) -> Iterator[Finding]:
    """Standard fields, each of which has one set for good."""
    for held in holdings.fields:
        if not held.standard or held.options is None:
            continue
        name = f"{held.object}.{held.name}"
        own = holdings.kind.standard_fields.get(name, "")
        used = held.options
        if not used.name:
            yield Finding(
                held.address,
                held.name_at,
                f"`{name}` looks like a field that comes with {holdings.title}, but abmspec knows no standard value "
                "set of it.",
                "Name a custom field (`…__c`), or state the list's `standard_value_set`.",
            )
        elif own and own != used.name and used.name in holdings.kind.standard_sets:
            yield Finding(
                held.address,
                held.name_at,
                f"`{name}` always draws on the standard value set `{own}` in {holdings.title}, and its list is bound "
                f"to `{used.name}`.",
                f"Bind the list to `{own}`, or the field to another one.",
                ((used.name_at, "The list is bound here."),),
            )


RULE = SpecRule(
    Rule(
        "standard-value-set-unknown",
        Severity.ERROR,
        "A list that is bound to a standard value set names one that exists and that its fields draw on.",
        waivable=False,
    ),
    check,
)
