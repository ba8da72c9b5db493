"""What is in use does not lean on what is only proposed."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.references import noun
from abmspec.rules.retired_in_use import ELSEWHERE
from abmspec.rules.rule import SpecRule, Subject

PASSED_OVER = ELSEWHERE - {"maps_to", "replaced_by"}


def check(subject: Subject) -> Iterator[Finding]:
    index = subject.references
    seen = set()
    for reference in index.all:
        if reference.how in PASSED_OVER or reference.at in seen:
            continue
        target = index.target(reference)
        if target is None or target.status != "proposed" or reference.source.startswith(target.address):
            continue
        source = index.things.get(reference.source)
        if source is not None and source.status == "proposed":
            continue
        seen.add(reference.at)
        yield Finding(
            reference.source,
            reference.at,
            f"The {noun(reference.kind)} `{reference.id}` is only proposed, so no system has it yet.",
            "Set its status to `active`, or propose what uses it too.",
            ((target.at, "It is proposed here."),),
        )


RULE = SpecRule(
    Rule("proposed-in-use", Severity.ERROR, "What is in use does not lean on what is only proposed."),
    check,
)
