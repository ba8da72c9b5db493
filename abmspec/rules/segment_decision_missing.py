"""Every segment names the decision that it serves."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import segments_in_use


def check(subject: Subject) -> Iterator[Finding]:
    charter = subject.spec.charter
    decisions = tuple(charter.decisions) if charter is not None else ()
    for segment in segments_in_use(subject.spec):
        if not segment.decision:
            named = f" ({', '.join(f'`{id}`' for id in decisions)})" if decisions else ""
            yield Finding(
                segment.address,
                segment.key(),
                f"The segment `{segment.id}` serves no decision, so nobody can say what it is for.",
                f"Add `decision:` with a decision of the charter{named}.",
                ((charter.key("decisions"), "the decisions of the charter"),) if charter is not None else (),
            )


RULE = SpecRule(
    Rule("segment-decision-missing", Severity.ERROR, "Every segment names the decision that it serves."),
    check,
)
