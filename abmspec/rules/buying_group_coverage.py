"""Every tier says how much of a buying group must be known, and it can be."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import BuyingGroups, Coverage
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    groups, tiers = subject.spec.buying_groups, subject.spec.tiers
    if groups is None:
        return
    for id, tier in tiers.tiers.items() if tiers is not None else ():
        if tier.in_use and id not in groups.coverage:
            yield Finding(
                groups.address,
                groups.key("coverage"),
                f"Nothing says how much of a buying group must be known in `{id}`.",
                f"Add `{id}: {{at_least: 1}}`, or 0 where nothing has to be.",
                ((tiers.key("tiers", id), "the tier"),) if tiers is not None else (),
            )
    field = subject.resolved.backbone.fields.get(groups.field)
    if field is not None and not field.picklist and not field.detail_of:
        yield Finding(
            groups.address,
            groups.at("field"),
            f"`{groups.field}` is of type {field.type}; the roles of a buying group come from one picklist.",
            "Name the field that holds a contact's role.",
            ((field.key(), "the field"),),
        )
    picklist = subject.resolved.backbone.picklist_of(groups.field)
    most = (
        len([value for value in picklist.values.values() if value.status == "active"]) if picklist else None
    )
    for id, coverage in groups.coverage.items():
        yield from _coverage(groups, id, coverage, most)


def _coverage(groups: BuyingGroups, id: str, coverage: Coverage, most: int | None) -> Iterator[Finding]:
    at = groups.at("coverage", id, "at_least")
    if most is not None and coverage.at_least > most:
        yield Finding(
            groups.address,
            at,
            f"`{id}` wants {coverage.at_least} roles known, and there are only {most}.",
            f"Write {most} at most.",
        )
    elif len(coverage.roles) > coverage.at_least:
        yield Finding(
            groups.address,
            at,
            f"`{id}` wants {coverage.at_least} roles known and names {len(coverage.roles)} that must be.",
            f"Write `at_least: {len(coverage.roles)}`, or name fewer.",
            ((groups.at("coverage", id, "roles"), "those named"),),
        )


RULE = SpecRule(
    Rule(
        "buying-group-coverage",
        Severity.ERROR,
        "Every tier says how much of a buying group must be known, and it can be.",
    ),
    check,
)
