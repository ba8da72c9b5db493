"""The examples of the profile fit it."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.condition import Compare, Exists, Facts, InRegion, InSegment, InTier, evaluate, expand, walk
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules import condition_object, condition_type
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    icp = subject.spec.icp
    if icp is None:
        return
    try:
        when = expand(icp.when, subject.resolved.backbone.definitions)
    except ValueError:
        return
    parts = [part for _, part in walk(when)]
    # What a record of one account alone cannot tell.
    if any(isinstance(part, InSegment | InTier | InRegion | Exists) for part in parts):
        return
    if any(isinstance(part, Compare) and "business" in str(part.operand) for part in parts):
        return
    facts = Facts(today=subject.today, domains=subject.domains)
    unfit = [id for id, example in icp.examples.items() if not evaluate(when, example.record, facts)]
    if not unfit or _is_faulty(subject, icp.address):
        return
    for id in unfit:
        yield Finding(
            icp.address,
            icp.key("examples", id),
            f"The example `{id}` does not fit the profile that it stands under.",
            "Correct its record, or the profile.",
            ((icp.at("when"), "the profile"),),
        )


def _is_faulty(subject: Subject, address: str) -> bool:
    """Whether the condition is itself at fault: that is said, and the example is not to blame."""
    return (
        any(
            each.address == address and not problem.kind.startswith("re")
            for each, problem in subject.problems
        )
        or any(
            finding.address == address
            for rule in (condition_object.RULE, condition_type.RULE)
            for finding in rule.check(subject)
        )
        or any(
            reference.source == address
            and reference.how == "when"
            and subject.references.is_unknown(reference)
            for reference in subject.references.all
        )
    )


RULE = SpecRule(Rule("icp-example", Severity.ERROR, "The examples of the profile fit it."), check)
