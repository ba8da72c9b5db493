"""What is retired is used by nothing."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.references import Reference, Thing, noun, spoken
from abmspec.rules.rule import SpecRule, Subject

# History names tombstones by right; the others have rules of their own.
ELSEWHERE = frozenset(
    {
        "overlays", "hide", "maps_to", "after", "allowed_for", "when_unknown", "renamed_from", "replaced_by",
        "address", "addresses",
    }
)  # fmt: skip


def check(subject: Subject) -> Iterator[Finding]:
    index = subject.references
    seen = set()
    for reference in index.all:
        if reference.how in ELSEWHERE or reference.at in seen:
            continue
        target = index.target(reference)
        if target is None or target.status != "retired":
            continue
        seen.add(reference.at)
        yield Finding(
            reference.source,
            reference.at,
            f"The {noun(reference.kind)} `{reference.id}` is retired: nothing may use it any more.",
            instead(reference, target),
            ((target.at, "It is retired here."),),
        )


def instead(reference: Reference, target: Thing) -> str:
    """What to use in its place."""
    successors = target.deprecated.successors if target.deprecated is not None else ()
    if not successors:
        return f"Take `{reference.id}` out, or name another {noun(reference.kind)}."
    if len(successors) == 1:
        return f"Use `{successors[0]}` instead."
    return f"Use what took over: {spoken(successors)}."


RULE = SpecRule(
    Rule("retired-in-use", Severity.ERROR, "Nothing uses what is retired."),
    check,
)
