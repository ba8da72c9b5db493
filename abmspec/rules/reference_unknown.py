"""Whatever is named exists."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.entity import GLOBAL
from abmspec.references import Reference, noun
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.usage import JUDGED_APART

# Kinds whose things all stand in one file. Without it, each name of one would be unknown.
WHOLE = frozenset(
    {"role", "seat", "raci", "kpi", "tier", "stage", "system", "objective", "decision", "field"}
)
HOMES = {
    "role": "taxonomy/governance/roles.yaml",
    "seat": "taxonomy/governance/council.yaml",
    "raci": "taxonomy/governance/raci.yaml",
    "policy-rule": "taxonomy/governance/change-policy.yaml",
    "kpi": "taxonomy/kpis.yaml",
    "tier": "taxonomy/tiers.yaml",
    "factor": "taxonomy/tiers.yaml",
    "stage": "taxonomy/lifecycle.yaml",
    "system": "taxonomy/systems.yaml",
    "jurisdiction": "taxonomy/jurisdictions.yaml",
    "objective": "taxonomy/charter.yaml",
    "outcome": "taxonomy/charter.yaml",
    "decision": "taxonomy/charter.yaml",
    "value": "taxonomy/picklists/{within}.yaml",
    "picklist": "taxonomy/picklists/{id}.yaml",
    "segment": "taxonomy/segments/{id}.yaml",
    "field": "taxonomy/fields/{object}.yaml",
    "object": "taxonomy/fields/{id}.yaml",
    "play": "playbooks/plays/{id}.yaml",
    "content": "playbooks/content/{id}.yaml",
    "experiment": "playbooks/experiments/{id}.yaml",
    "learning": "playbooks/learnings/{id}.yaml",
    "cta": "playbooks/ctas.yaml",
    "region": "regions/{id}/region.yaml",
}


def check(subject: Subject) -> Iterator[Finding]:
    index = subject.references
    seen = set()
    there = {_kind(thing.kind, thing.id) for thing in index.things.values() if thing.scope == GLOBAL}
    lacking: dict[tuple[str, str], list[Reference]] = {}
    for reference in index.all:
        if reference.how in JUDGED_APART or reference.at in seen or not index.is_unknown(reference):
            continue
        seen.add(reference.at)
        kind = _kind(reference.kind, reference.id)
        if kind[0] in WHOLE and kind not in there:
            lacking.setdefault(kind, []).append(reference)
            continue
        mend = index.mend(reference)
        if not mend.startswith("Did you mean"):
            mend = " ".join(filter(None, (mend, _home(reference))))
        yield Finding(
            reference.source, reference.at, _sentence(reference), mend, meant=index.meant(reference)
        )
    for references in lacking.values():
        first = min(references, key=lambda each: (each.at.path, _line(subject, each)))
        yield _whole(first, len(references) - 1)


def _kind(kind: str, id: str) -> tuple[str, str]:
    """The kind of a thing; of a field, with its object."""
    return kind, id.partition(".")[0] if kind == "field" else ""


def _line(subject: Subject, reference: Reference) -> int:
    at = reference.at
    return subject.spec.documents[at.path].span(at.route, on_key=at.on_key).line


def _whole(first: Reference, others: int) -> Finding:
    """Said once of everything that names a kind of which there is nothing: the file is missing, not the names wrong."""
    too = f" {others:,} other place{'s name' if others > 1 else ' names'} one too." if others else ""
    missing = f"and there is no {noun(first.kind)} at all."
    if first.kind == "field":
        missing = f"and `{first.id.partition('.')[0]}` has no field at all."
    message = _sentence(first).removesuffix(", which does not exist.")
    return Finding(first.source, first.at, f"{message}, {missing}{too}", _home(first))


def _sentence(reference: Reference) -> str:
    match reference.kind:
        case "value":
            what = f"`{reference.id}`, which is no value of the picklist `{reference.within}`"
        case "step":
            what = f"the step `{reference.id}`, which the play `{reference.within}` does not have"
        case kind:
            what = f"the {noun(kind)} `{reference.id}`, which does not exist"
    match reference.how:
        case "owner":
            return f"The owner is {what}."
        case "when":
            return f"The condition names {what}."
        case how:
            return f"`{how}` names {what}."


def _home(reference: Reference) -> str:
    home = HOMES.get(reference.kind)
    if home is None:
        return ""
    object_ = reference.id.partition(".")[0]
    path = home.format(id=reference.id, within=reference.within, object=object_)
    return f"Define it in `{path}`."


RULE = SpecRule(
    Rule("reference-unknown", Severity.ERROR, "Whatever is named exists."),
    check,
)
