"""Labels tell things apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.spec import Spec
from abmspec.model.taxonomy import Field
from abmspec.rules.listed import see_each_other
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


class Labelled(NamedTuple):
    """Something with a label among others of its kind."""

    label: str
    id: str
    scope: str
    address: str
    at: Anchor


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    for whole in subject.lists:
        labels = [
            listed.value.label.casefold() for listed in whole.values if listed.value.status != "retired"
        ]
        if len(set(labels)) == len(labels):
            continue
        values = (
            Labelled(listed.value.label, listed.id, listed.scope, listed.address, listed.at.child("label"))
            for listed in whole.values
            if listed.value.status != "retired"
        )
        yield from _duplicates(spec, values, f"of the picklist `{whole.picklist.id}`")
    by_object: dict[str, list[Field]] = {}
    for own in spec.owns:
        for field in own.fields.values():
            if field.status != "retired":
                by_object.setdefault(field.object, []).append(field)
    for object_, fields in by_object.items():
        labelled = (
            Labelled(field.label, field.name, field.scope, field.address, field.at("label"))
            for field in fields
        )
        yield from _duplicates(spec, labelled, f"among the fields of `{object_}`")


def _duplicates(spec: Spec, things: Iterable[Labelled], where: str) -> Iterator[Finding]:
    seen: dict[str, list[Labelled]] = {}
    for thing in things:
        if not thing.label:
            continue
        others = seen.setdefault(thing.label.casefold(), [])
        for other in others:
            if see_each_other(spec, thing.scope, other.scope):
                yield Finding(
                    thing.address,
                    thing.at,
                    f'`{thing.id}` has the label "{thing.label}", which `{other.id}` {where} has already.',
                    "Give one of them another label, or drop the one that is not needed.",
                    ((other.at, f"`{other.id}` has it here."),),
                )
                break
        others.append(thing)


RULE = SpecRule(
    Rule(
        "duplicate-label",
        Severity.ERROR,
        "Values of a picklist and fields of an object have different labels, whatever their case.",
    ),
    check,
)
