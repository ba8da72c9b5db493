"""A field is bound in every CRM, MAP, CDP and analytics instance, or declared not to be there."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.entity import GLOBAL
from abmspec.model.spec import Spec
from abmspec.model.taxonomy import Field, System
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import fields_in_use
from abmspec.words import quoted

ROLES = frozenset({"crm", "map", "cdp", "analytics"})


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    if spec.systems is None:
        return
    wanted = {
        id: system for id, system in spec.systems.systems.items() if system.in_use and system.role in ROLES
    }
    bound = [field for field in fields_in_use(spec) if field.systems]
    for instance in _unmentioned(wanted, bound):
        del wanted[instance]
        yield Finding(
            f"system.{instance}",
            spec.systems.key("systems", instance),
            f"No field says whether it is in `{instance}`.",
            f"Add `{instance}: {{object: …}}`, or `{{offered: false}}`, to the `defaults` of each dictionary.",
        )
    for field in bound:
        missing = tuple(
            id for id, system in wanted.items() if id not in field.systems and _serves(spec, system, field)
        )
        if missing:
            first = missing[0]
            yield Finding(
                field.address,
                field.key(),
                f"Nothing is said of `{field.name}` in {quoted(missing)}.",
                f"Add `{first}: {{object: …}}` under `systems`, or `{first}: {{offered: false}}`.",
                tuple((spec.systems.key("systems", id), f"`{id}`") for id in missing),
            )


def _unmentioned(wanted: dict[str, System], fields: list[Field]) -> list[str]:
    """Instances of which not one of several fields says anything: one mistake, and not one a field."""
    return [id for id in wanted if len(fields) > 1 and not any(id in field.systems for field in fields)]


def _serves(spec: Spec, system: System, field: Field) -> bool:
    """Whether the instance is for records of the field's scope."""
    if not system.regions or field.scope == GLOBAL:
        return True
    kin = {*spec.ancestors(field.scope), *spec.descendants(field.scope)}
    return not kin.isdisjoint(system.regions)


RULE = SpecRule(
    Rule(
        "field-unbound",
        Severity.ERROR,
        "A field is bound in every CRM, MAP, CDP and analytics instance, or declared not to be there.",
    ),
    check,
)
