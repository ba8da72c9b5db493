"""The leaders have agreed to the charter: globally, and for every live region at the top."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.entity import GLOBAL
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    spec, charter = subject.spec, subject.spec.charter
    if charter is None:
        return
    signed = {sign_off.scope for sign_off in charter.sign_off.values()}
    if GLOBAL not in signed:
        yield Finding(
            charter.address,
            charter.key("sign_off"),
            "No global leader has agreed to the charter.",
            'Add `sign_off: {chief: {role: …, date: "2026-01-15"}}`.',
        )
    for region in spec.regions.values():
        if region.parent or region.stage != "live" or not region.in_use or region.id in signed:
            continue
        yield Finding(
            charter.address,
            charter.key("sign_off"),
            f"Nobody has agreed to the charter for {region.id}.",
            f'Add `{region.id}: {{role: {region.owner or "…"}, scope: {region.id}, date: "…"}}` under `sign_off`.',
            ((region.key(), f"{region.id} is live"),),
        )
    for id, sign_off in charter.sign_off.items():
        if date.fromisoformat(sign_off.date) > subject.today:
            yield Finding(
                charter.address,
                charter.at("sign_off", id, "date"),
                f"`{id}` is said to have agreed on {sign_off.date}, which is yet to come.",
                "Record it when it has happened.",
            )


RULE = SpecRule(
    Rule(
        "sign-off-missing",
        Severity.ERROR,
        "The leaders have agreed to the charter: globally, and for every live region at the top.",
    ),
    check,
)
