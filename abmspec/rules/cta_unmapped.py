"""A region's call to action stands for a global one."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.playbook import Cta
from abmspec.model.spec import may_be_broken
from abmspec.rules.rule import SpecRule, Subject
from abmspec.words import certain, nearest

FALLBACK = "Name one of `playbooks/ctas.yaml`."


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    for cta in spec.own.ctas.values():
        if cta.maps_to and cta.status != "retired":
            yield Finding(
                cta.address,
                cta.at("maps_to"),
                f"`{cta.id}` is global and stands for itself; only a region's maps to another.",
                "Delete `maps_to`.",
            )
    for overlay in spec.overlays.values():
        for cta in overlay.own.ctas.values():
            if cta.status != "retired":
                yield from _regional(subject, cta)


def _regional(subject: Subject, cta: Cta) -> Iterator[Finding]:
    choices = {id: each for id, each in subject.spec.own.ctas.items() if each.in_use}
    if not cta.maps_to:
        yield Finding(
            cta.address,
            cta.key(),
            f"Nothing says which global call to action `{cta.id}` stands for, so its clicks count nowhere.",
            f"Add `maps_to: {next(iter(choices))}`, or another global one." if choices else FALLBACK,
        )
        return
    target = subject.spec.own.ctas.get(cta.maps_to)
    if target is None:
        if may_be_broken(subject.spec, "cta", cta.maps_to):
            return
        near = nearest(cta.maps_to, list(choices))
        yield Finding(
            cta.address,
            cta.at("maps_to"),
            f"It maps to `{cta.maps_to}`, which is no global call to action.",
            f"Did you mean `{near}`?" if near else FALLBACK,
            meant=certain(cta.maps_to, choices),
        )
    elif target.status == "retired":
        successors = target.deprecated.successors if target.deprecated else ()
        yield Finding(
            cta.address,
            cta.at("maps_to"),
            f"It maps to `{cta.maps_to}`, which is retired.",
            f"Write `maps_to: {successors[0]}`." if successors else FALLBACK,
            ((target.key(), "the retired one"),),
        )


RULE = SpecRule(
    Rule("cta-unmapped", Severity.ERROR, "A region's call to action maps to a global one that is in use."),
    check,
)
