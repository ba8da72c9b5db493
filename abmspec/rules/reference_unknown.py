"""Whatever is named exists."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.references import Reference, noun
from abmspec.rules.rule import SpecRule, Subject

# These have rules of their own, which know more about them.
ELSEWHERE = frozenset({"overlays", "hide", "maps_to", "after", "allowed_for", "when_unknown", "renamed_from"})
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
    for reference in index.all:
        if reference.how in ELSEWHERE or reference.at in seen or not index.is_unknown(reference):
            continue
        seen.add(reference.at)
        mend = index.mend(reference)
        if not mend.startswith("Did you mean"):
            mend = " ".join(filter(None, (mend, _home(reference))))
        yield Finding(reference.source, reference.at, _sentence(reference), mend)


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
