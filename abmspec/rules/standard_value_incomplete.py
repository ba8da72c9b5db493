"""Values of a standard set say what the system wants to know of them."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.holdings import HeldList, Holdings, Option
from abmspec.rules.rule import SpecRule, Subject
from abmspec.systems.salesforce import FORECAST_CATEGORIES


def check(subject: Subject) -> Iterator[Finding]:
    for holdings in subject.holdings.values():
        for held in holdings.lists:
            standard = holdings.kind.standard_sets.get(held.name) if held.standard else None
            if standard is None:
                continue
            if "converted" in standard.attributes:
                yield from _none_converted(holdings, held)
            if "forecastCategory" in standard.attributes:
                for option in held.options:
                    yield from _stage(holdings, option)


def _none_converted(holdings: Holdings, held: HeldList) -> Iterator[Finding]:
    if held.options and not any(option.active and option.stored.converted for option in held.options):
        yield Finding(
            held.picklist.address,
            held.picklist.key("values"),
            f"{holdings.title} wants at least one status that a converted lead takes, and none is active.",
            f"Say so at one: `systems: {{{holdings.instance}: {{key: Qualified, converted: true}}}}`.",
        )


def _stage(holdings: Holdings, option: Option) -> Iterator[Finding]:
    if not option.active:
        return
    at = option.place("systems", holdings.instance)
    stored = option.stored
    if stored.probability is None or not stored.forecast_category:
        yield Finding(
            option.address,
            at,
            f"{holdings.title} wants a `probability` and a `forecast_category` of every opportunity stage.",
            f"Add them: `systems: {{{holdings.instance}: {{probability: 10, forecast_category: Pipeline}}}}`.",
        )
    elif stored.forecast_category not in FORECAST_CATEGORIES:
        yield Finding(
            option.address,
            at,
            f"`{stored.forecast_category}` is no forecast category of {holdings.title}.",
            f"It is one of {', '.join(FORECAST_CATEGORIES)}.",
        )


RULE = SpecRule(
    Rule(
        "standard-value-incomplete",
        Severity.ERROR,
        "Lead statuses say which one means converted, and opportunity stages their probability and forecast.",
    ),
    check,
)
