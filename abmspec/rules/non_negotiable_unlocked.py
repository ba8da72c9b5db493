"""The fields on which no region may differ are locked."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import CONCEPTS


def check(subject: Subject) -> Iterator[Finding]:
    charter = subject.spec.charter
    if charter is None:
        return
    for concept, name in charter.non_negotiable.items():
        field = subject.spec.own.fields.get(name)
        if field is not None and field.status != "retired" and not field.backbone:
            said = "non-negotiable" if concept in CONCEPTS else "named in the charter"
            yield Finding(
                field.address,
                field.at("backbone") if "backbone" in _stated(subject, name) else field.key(),
                f"`{name}` is {said} and not locked, so a region could hide it.",
                "Add `backbone: true`.",
                ((charter.at("non_negotiable", concept), f"named for `{concept}` here"),),
            )


def _stated(subject: Subject, name: str) -> dict[str, object]:
    field = subject.spec.own.fields[name]
    document = subject.spec.documents.get(field.path)
    stated: dict[str, object] = document.data["fields"][field.id] if document is not None else {}
    return stated


RULE = SpecRule(
    Rule("non-negotiable-unlocked", Severity.ERROR, "The fields on which no region may differ are locked."),
    check,
)
