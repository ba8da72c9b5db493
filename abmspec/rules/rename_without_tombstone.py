"""What is renamed leaves a tombstone."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    index = subject.references
    for reference in index.all:
        if reference.how != "renamed_from":
            continue
        old = reference.id.rpartition(".")[2]
        named = index.things.get(reference.source)
        new = named.id.rpartition(".")[2] if named is not None else "<the new id>"
        tombstone = f"status: retired, deprecated: {{date: …, replaced_by: {new}}}"
        target = index.target(reference)
        if target is None:
            if index.is_unknown(reference):
                yield Finding(
                    reference.source,
                    reference.at,
                    f"It was renamed from `{old}`, of which nothing is left: records that carry it would mean nothing.",
                    f"Keep `{old}` with `{tombstone}`.",
                )
            continue
        successors = target.deprecated.successors if target.deprecated is not None else ()
        if target.status == "retired" and new in successors:
            continue
        wrong = (
            f"is {target.status}, not retired"
            if target.status != "retired"
            else "does not say what replaced it"
        )
        yield Finding(
            reference.source,
            reference.at,
            f"It was renamed from `{old}`, and `{old}` {wrong}.",
            f"Give `{old}` a tombstone: `{tombstone}`.",
            ((target.at, f"`{old}` stands here."),),
        )


RULE = SpecRule(
    Rule(
        "rename-without-tombstone",
        Severity.ERROR,
        "What is renamed leaves a tombstone that names its new id.",
    ),
    check,
)
