"""Names of fields, as they are stated, tell them apart in every system."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Field
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor

Seen = dict[tuple[str, str, str], tuple[Field, Anchor]]


def check(subject: Subject) -> Iterator[Finding]:
    seen: Seen = {}
    for own in subject.spec.owns:
        for field in own.fields.values():
            for system in field.systems:
                yield from _duplicates(seen, field, system)


def _duplicates(seen: Seen, field: Field, system: str) -> Iterator[Finding]:
    bound = field.systems[system]
    several = bound if isinstance(bound, tuple) else (bound,)
    for index, binding in enumerate(several):
        if not binding.offered or not binding.name:
            continue
        route = ("systems", system, index) if isinstance(bound, tuple) else ("systems", system)
        at = field.at(*route, "name")
        name = (system, binding.object.casefold(), binding.name.casefold())
        other, where = seen.setdefault(name, (field, at))
        if other is not field and field.renamed_from != other.id and other.renamed_from != field.id:
            yield Finding(
                field.address,
                at,
                f"In `{system}`, `{binding.object}.{binding.name}` would be two fields at once: "
                f"`{other.name}` and `{field.name}`.",
                "Name another field of the system, or drop one of the two.",
                ((where, f"`{other.name}` is bound to it here."),),
            )


RULE = SpecRule(
    Rule(
        "duplicate-api-name",
        Severity.ERROR,
        "No two fields are bound to the same name of an object in a system, whatever its case.",
    ),
    check,
)
