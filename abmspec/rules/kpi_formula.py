"""Every key figure can be computed, and gives what its unit says."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import NUMBER_TYPES, Kpi
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for kpi in subject.spec.kpis.values():
        if kpi.status == "retired":
            continue
        yield from _shape(kpi)
        yield from _types(subject, kpi)


def _shape(kpi: Kpi) -> Iterator[Finding]:
    if kpi.numerator is None:
        if kpi.denominator is not None:
            message = f"`{kpi.id}` divides nothing: it has a denominator and no numerator."
            yield Finding(kpi.address, kpi.key("denominator"), message, "Add `numerator:`.")
        elif not kpi.source:
            yield Finding(
                kpi.address,
                kpi.key(),
                f"Nothing says how `{kpi.id}` is computed.",
                "Add `numerator:` (and `denominator:`), or `source:` where the figure comes from elsewhere.",
            )
        return
    if kpi.unit in ("percent", "ratio") and kpi.denominator is None and not _averages_share(kpi):
        yield Finding(
            kpi.address,
            kpi.at("unit"),
            f"`{kpi.id}` is counted in {kpi.unit} and is not divided by anything.",
            "Add `denominator:`, or another `unit`.",
            ((kpi.key("numerator"), "the numerator"),),
        )
    if (
        kpi.unit == "currency"
        and kpi.denominator is None
        and (kpi.numerator.count or kpi.numerator.count_distinct)
    ):
        how = "count" if kpi.numerator.count else "count_distinct"
        yield Finding(
            kpi.address,
            kpi.at("unit"),
            f"`{kpi.id}` is an amount of money, and its numerator counts records.",
            "Use `sum:` or `average:` of an amount, or `unit: count`.",
            ((kpi.key("numerator", how), "counted here"),),
        )


def _averages_share(kpi: Kpi) -> bool:
    return kpi.numerator is not None and bool(kpi.numerator.average or kpi.numerator.constant is not None)


def _types(subject: Subject, kpi: Kpi) -> Iterator[Finding]:
    for name, measure in (("numerator", kpi.numerator), ("denominator", kpi.denominator)):
        for how in ("sum", "average"):
            field = (
                subject.resolved.backbone.fields.get(getattr(measure, how)) if measure is not None else None
            )
            if field is not None and field.type not in NUMBER_TYPES:
                yield Finding(
                    kpi.address,
                    kpi.at(name, how),
                    f"`{field.name}` is of type {field.type}, of which there is no {how}.",
                    "Name a number, an amount or a percentage, or use `count_distinct`.",
                    ((field.at("type"), "its type"),),
                )


RULE = SpecRule(
    Rule("kpi-formula", Severity.ERROR, "Every key figure can be computed, and gives what its unit says."),
    check,
)
