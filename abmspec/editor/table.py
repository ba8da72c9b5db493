"""What refers to what, by the place in the published schemas. The schemas say all else.

A place is a holder (a kind of file or a definition) and a path in it: `[]` stands for the items of a list, `*` for the
values of a mapping keyed by id, `{}` for its keys. What it leads to is a kind of `references`, or one of the words
below, which mean something in the file at hand alone.
"""

from __future__ import annotations

from types import MappingProxyType

# Of the file at hand: its own list's values, those of the list that it rolls up to, its object's fields by their ids,
# its play's steps and slots.
VALUE, PARENT, OWN_FIELD, STEP, SLOT = "value", "parent", "own-field", "step", "slot"
# What the thing that is being described is: for its successors, and for what it was before.
SELF, FORMER = "self", "former"
# A value of the journey's list, or a stage that is no more.
JOURNEY = "journey"
# What says which region a record is in: `claims`, a field, or an object. A made-up record.
REGION_SOURCE = "region-source"
# A role, or those that only a change can name; a region, or `global`; a content item at a version.
APPROVER, SCOPE, VERSION = "approver", "scope", "content-version"
# An activity of the RACI or free text; kinds of things; kinds of systems; rules; what a routed role asks.
RECORD = "record"
# A field of the same object by its id, or of any by its full name.
BAND = "band"
ROUTE, CHANGE_KIND, SYSTEM_KIND, RULE, ASKED = "route", "change-kind", "system-kind", "rule", "asked"

FIELD = {
    "owner": "role",
    "picklist": "picklist",
    "to": "object",
    "detail_of": OWN_FIELD,
    "depends_on": OWN_FIELD,
    "system_of_record": "system",
    "quality_owner": "role",
    "change_route": ROUTE,
    "systems{}": "system",
}
FIELD_DEFAULTS = {
    f"defaults.{path}": kind
    for path, kind in FIELD.items()
    if path in ("owner", "system_of_record", "quality_owner", "change_route", "systems{}")
}
SEGMENT = {"decision": "decision", "within": "segment", "kpis[]": "kpi"}

PLACES = MappingProxyType(
    {
        "account-override": {"tier": "tier", "approved_by": "role"},
        "account-plan": {"markets{}": "region"},
        "action": {"owner": "role", "play": "play"},
        "activity": {
            "accountable": "role", "responsible[]": "role", "consulted[]": "role", "informed[]": "role",
        },
        "applies-to": {"fields[]": "field"},
        "approval": {"by": "role"},
        "audience": {
            "tiers[]": "tier", "segments[]": "segment", "stages[]": "stage", "buying_roles[]": "buying-role",
        },
        "buying-groups": {"field": "field", "coverage{}": "tier", "roles{}": "buying-role"},
        "change-policy": {"override.by": "role", "recorded_votes.countersigned_by": "role"},
        "charter": {"non_negotiable.*": "field", "success_metrics[]": "kpi"},
        "condition": {
            "segment": "segment", "tier[]": "tier", "region[]": "region", "exists": "object", "field": "field",
        },
        "council": {"chair": "seat"},
        "coverage": {"roles[]": "buying-role"},
        "covers": {"kind": CHANGE_KIND, "kind[]": CHANGE_KIND},
        "cta": {"maps_to": "cta"},
        "decision": {"voters{}": "seat"},
        "deprecation": {"replaced_by": SELF},
        "derived": {
            "band_of": BAND, "count": "object", "count_distinct": "field", "sum": "field", "latest": "field",
        },
        "emergency": {"declared_by": "role"},
        "example": {"record": RECORD},
        "exit-criterion": {"kpi": "kpi"},
        "experiment": {"segment": "segment", "plays[]": "play", "regions[]": "region", "metric": "kpi"},
        "experiment-outcome": {"learning": "learning"},
        "factor": {"field": "field", "fields[]": "field"},
        "field": FIELD,
        "fields": FIELD_DEFAULTS,
        "fields-overlay": {**FIELD_DEFAULTS, "hide[]": OWN_FIELD, "fields{}": OWN_FIELD},
        "freeze": {"except[]": "policy-rule"},
        "jurisdiction": {"within": "jurisdiction"},
        "keep-rule": {"keep": "field", "to": "role"},
        "kpi": {"objective": "objective", "targets{}": SCOPE, "tiers[]": "tier"},
        "kpis": {"defaults.objective": "objective", "defaults.tiers[]": "tier"},
        "learning": {"plays[]": "play", "experiment": "experiment"},
        "lifecycle": {"field": "field", "stages{}": JOURNEY},
        "localized-slot": {"from": VERSION},
        "measure": {"count": "object", "count_distinct": "field", "sum": "field", "average": "field"},
        "needed-approval": {"role": APPROVER, "any[]": APPROVER},
        "objective": {"outcome": "outcome"},
        "on-conflict": {"agree": "role", "else": "role"},
        "outcome": {"kpi": "kpi"},
        "picklist": {
            "bands_of": "field", "rolls_up_to": "picklist", "systems{}": "system", "when_unknown": VALUE,
        },
        "picklist-overlay": {"hide[]": VALUE, "values{}": VALUE},
        "play": {"cta": "cta", "kpis[]": "kpi", "slots.*": "content"},
        "play-overlay": {"steps{}": STEP, "content{}": SLOT},
        "policy-rule": {"author_counts_as[]": APPROVER, "notify[]": APPROVER, "require[]": APPROVER},
        "policy-when": {"kind[]": CHANGE_KIND, "regions[]": "region"},
        "privacy-rule": {"counsel_owner": "role", "jurisdiction": "jurisdiction"},
        "project": {"owners.*": "role"},
        "region": {"claims.segment": "segment", "council_seat": "seat", "systems{}": "system"},
        "routed-role": {"order[]": ASKED},
        "routing": {"region_of{}": "object", "region_of.*[]": REGION_SOURCE, "roles{}": "role"},
        "routing-overlay": {"roles{}": "role"},
        "seat": {"role": "role", "region": "region"},
        "segment": SEGMENT,
        "segment-overlay": {"use_instead{}": "field", "use_instead.*": "field"},
        "segment-regional": SEGMENT,
        "sign-off": {"role": "role", "scope": SCOPE},
        "stakeholder": {"buying_role": "buying-role"},
        "step": {"content[]": "content", "cta": "cta"},
        "successor": {"value": SELF},
        "system": {"kind": SYSTEM_KIND, "keys_from": "system", "regions[]": "region"},
        "territory": {"to": "role"},
        "tier": {"kpis[]": "kpi"},
        "tiers": {"nominate": "role", "approve": "role"},
        "tiers-overlay": {"capacity{}": "tier", "weights{}": "factor"},
        "tightening": FIELD,
        "value": {"maps_to": PARENT, "allowed_for[]": PARENT, "after": VALUE, "systems{}": "system"},
        "waiver": {"approved_by": "role", "rule": RULE},
    }
)  # fmt: skip
# Wherever they stand, in any holder.
EVERYWHERE = MappingProxyType({"owner": "role", "defaults.owner": "role", "renamed_from": FORMER})
# Definitions that are a closed list of their own.
CODES = frozenset({"country", "currency", "locale"})

# What becomes of a thing is of its own kind, which for some is not the name of its holder.
LIVES_AS = MappingProxyType(
    {
        "activity": "raci",
        "buying-role": "buying-role",
        "field": OWN_FIELD,
        "privacy-rule": "privacy",
        "segment-regional": "segment",
        "tightening": OWN_FIELD,
        "value": VALUE,
    }
)
# Records about what happened somewhere, and about single accounts, may name any region's own things.
SEE_ALL = frozenset({"account-override", "account-plan", "decision", "experiment", "learning", "waiver"})


def leads_to(holder: str, path: str) -> str:
    """The kind of thing that the scalar at a place names; empty where it names none."""
    return PLACES.get(holder, {}).get(path) or EVERYWHERE.get(path, "")
