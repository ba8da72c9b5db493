"""A region does not use what it hides."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.references import noun
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor

PASSED_OVER = frozenset(
    {"hide", "overlays", "maps_to", "replaced_by", "renamed_from", "after", "allowed_for"}
)


def check(subject: Subject) -> Iterator[Finding]:
    resolved = subject.resolved
    for reference in subject.references.all:
        view = resolved.regions.get(reference.scope)
        if view is None or reference.how in PASSED_OVER:
            continue
        hidden = (
            reference.id in view.hidden_values.get(reference.within, ())
            if reference.kind == "value"
            else reference.kind == "field" and reference.id in view.hidden_fields
        )
        if hidden:
            yield Finding(
                reference.source,
                reference.at,
                f"`{reference.scope}` hides the {noun(reference.kind)} `{reference.id}`, so nothing there can have it.",
                f"Take `{reference.id}` out of what is hidden, or do not use it.",
                _hidden_at(subject, reference.kind, reference.within, reference.id, reference.scope),
            )


def _hidden_at(
    subject: Subject, kind: str, within: str, id: str, scope: str
) -> tuple[tuple[Anchor, str], ...]:
    address = f"picklist.{within}.value.{id}" if kind == "value" else f"field.{id}"
    origins = subject.resolved.view(scope).origins.get(f"{address}.hidden", ())
    return tuple((at, "It is hidden here.") for at in origins)


RULE = SpecRule(
    Rule(
        "hide-breaks", Severity.ERROR, "A region's own segments and plays do not use what the region hides."
    ),
    check,
)
