"""The files of `taxonomy/governance/`."""

from __future__ import annotations

from tools.schemas.pieces import (
    Schema,
    bare,
    exactly_one,
    file,
    flag,
    keyed,
    like,
    mapping,
    names,
    one_of,
    whole,
)  # fmt: skip
from tools.schemas.shared import description, label, life, named, owner

GROUPS = (
    "leadership-team", "program-manager", "account-owners", "content-and-creative", "data-and-analytics",
    "operations", "council", "region", "counsel", "queue",
)  # fmt: skip
CLASSES = (
    "governance", "breaking", "meaning", "deprecating", "accounts", "additive", "cosmetic",
)  # fmt: skip

ROLE = mapping(
    "Who decides or acts.",
    {
        **named(
            "the role", "Revenue operations", "Revenue Operations", "Keeps the backbone and the systems."
        ),
        **life(old="sales-operations"),
        "owner": owner(),
        "function": like("id", "The function of the company that it belongs to.", "operations"),
        "group": one_of(GROUPS, "What kind of role it is.", "operations"),
        "team": like("team", "Its team on the forge, for CODEOWNERS.", "meridian/revops"),
        "members": names("login", "Whose approval counts as the role's.", ["meridian-ops-lead"]),
        "deputies": names(
            "login", "Whose approval counts once the members had their time.", ["meridian-data-lead"]
        ),
        "deputy_after": like(
            "duration", "How long the members have before a deputy may approve.", "1 business day"
        ),
    },
    required=("label", "function", "group"),
)
ROLES = file(
    "Roles",
    mapping(
        "Who decides and who acts.",
        {
            "roles": keyed(
                bare("role"), "The roles by id.",
                {"revops": {"label": "Revenue operations", "function": "operations", "group": "operations"}}, least=1,
            ),
        },
        required=("roles",),
    ),
)  # fmt: skip

SEAT = mapping(
    "One seat of the council.",
    {
        "label": label("What the seat stands for.", "Europe, Middle East and Africa"),
        "role": like("id", "The role that holds it.", "emea-marketing"),
        "region": like("id", "The region that it speaks for.", "emea"),
    },
    required=("label", "role"),
)
COUNCIL = file(
    "Council",
    mapping(
        "The forum that approves changes to the backbone.",
        {
            **named("the council", "ABM council", "ABM-Rat", "Approves changes to the shared backbone."),
            "owner": owner("abm-program-manager"),
            "cadence": one_of(("monthly", "quarterly"), "How often it meets.", "monthly"),
            "quorum": whole("How many seats must take part.", 7, least=1),
            "chair": like("id", "The seat that chairs it.", "chair"),
            "next_meeting": like("date", "The day of its next meeting.", "2026-10-14"),
            "review_by": like("date", "The day by which the governance model is reviewed.", "2027-03-31"),
            "seats": keyed(
                bare("seat"), "The seats by id.",
                {"emea-lead": {"label": "EMEA", "role": "emea-marketing", "region": "emea"}}, least=1,
            ),
        },
        required=("seats", "quorum", "cadence"),
    ),
)  # fmt: skip

COVERS = mapping(
    "Which changes an activity is about.",
    {
        "kind": {
            "description": "The kind of thing, or several.",
            "type": ["string", "array"],
            "if": {"type": "string"},
            "then": bare("id"),
            "items": bare("id"),
            "minItems": 1,
            "uniqueItems": True,
            "examples": ["segment", ["play", "content"]],
        },
        "scope": one_of(("global", "region"), "The scope. Left out: both.", "global"),
        "change": {
            "description": "What is done to it. Left out: everything.",
            "type": "array",
            "items": {"type": "string", "enum": ["create", "change", "retire"]},
            "minItems": 1,
            "uniqueItems": True,
            "examples": [["create", "retire"]],
        },
    },
)
ACTIVITY = mapping(
    "One row of the RACI.",
    {
        **named("the activity", "Change a segment", "Ein Segment ändern", "What a segment means is changed."),
        **life(old="edit-segment"),
        "owner": owner(),
        "responsible": names("id", "The roles that do it.", ["revops"], least=1),
        "accountable": like("id", "The one role that answers for it.", "revops"),
        "consulted": names("id", "The roles that are asked.", ["sales-leadership"]),
        "informed": names("id", "The roles that are told.", ["council"]),
        "covers": like(
            "covers", "Which changes of the spec it is about.", {"kind": "segment", "change": ["change"]}
        ),
    },
    required=("responsible", "accountable"),
)
RACI = file(
    "RACI",
    mapping(
        "Who does, who answers, who is asked, who is told.",
        {
            "activities": keyed(
                bare("activity"), "The activities by id.",
                {"change-segment": {"responsible": ["revops"], "accountable": "revops"}}, least=1,
            ),
        },
        required=("activities",),
    ),
)  # fmt: skip

POLICY_WHEN = mapping(
    "Which changes a rule is for. Everything that is said must hold; what is left out does not matter.",
    {
        "scope": one_of(("global", "region"), "The scope.", "region"),
        "kind": names("id", "The kinds of things.", ["picklist", "field"], least=1),
        "class": {
            "description": "The classes of change.",
            "type": "array",
            "items": {"type": "string", "enum": list(CLASSES)},
            "minItems": 1,
            "uniqueItems": True,
            "examples": [["additive", "cosmetic"]],
        },
        "declared": like("id", "A file of this kind stands in the same change.", "emergency"),
        "changes_at_most": whole("The most changes at once.", 20, least=1),
        "regions": names("id", "The regions.", ["emea"], least=1),
    },
)
REQUIREMENT = mapping(
    "A role, or some of several roles, with a count.",
    {
        "role": like("id", "The role that must approve.", "council"),
        "any": names(
            "id", "The roles one of which must approve.", ["revops-lead", "privacy-counsel"], least=2
        ),
        "count": whole("How many people must approve.", 2, least=1, most=100),
    },
    oneOf=exactly_one("role", "any"),
)
POLICY_RULE = mapping(
    "What a change that matches needs before it merges.",
    {
        "description": description("A mapped value or an own field."),
        "when": like("policy-when", "Which changes it is for.", {"scope": "region", "class": ["additive"]}),
        "require": {
            "description": "Who must approve: roles by id, or mappings with a count or a choice.",
            "type": "array",
            "items": {
                "type": ["string", "object"],
                "if": {"type": "object"},
                "then": bare("needed-approval"),
                "else": {"if": {"type": "string"}, "then": bare("id")},
            },
            "uniqueItems": True,
            "examples": [["region-owner", "revops"], [{"role": "council", "count": 2}]],
        },
        "author_counts_as": names("id", "Roles as which the author's own vote counts.", ["revops"]),
        "others": whole("How many people besides the author must approve in any case.", 1, most=100),
        "respond_within": like("duration", "How soon those asked should answer.", "2 business days"),
        "review_within": like("duration", "How soon it is reviewed after the fact.", "2 business days"),
        "notify": names("id", "Who is told.", ["affected-region-owners"]),
    },
    required=("when",),
)
FREEZE = mapping(
    "A time in which nothing merges. Both days belong to it.",
    {
        "from": like("date", "The first day.", "2026-12-20"),
        "to": like("date", "The last day.", "2027-01-03"),
        "reason": like("prose", "Why nothing merges then.", "Quarter close."),
        "except": names("id", "Rules of the policy that it does not hold up.", ["emergency"]),
    },
    required=("from", "to", "reason"),
)
CHANGE_POLICY = file(
    "Change policy",
    mapping(
        "What a change needs before it merges.",
        {
            **named("the policy", "Change policy", "Änderungsregeln", "Who must approve what."),
            "owner": owner("abm-leadership"),
            "rules": keyed(
                bare("policy-rule"), "The rules by id; the first that matches decides, what matches none is refused.",
                {"global-breaking": {
                    "when": {"scope": "global", "class": ["breaking"]}, "require": [{"role": "council", "count": 2}],
                }}, least=1,
            ),
            "several_roles": flag("Whether one person may stand for several roles."),
            "override": mapping(
                "Which role may open the gate against the policy, on the record.",
                {"by": like("id", "The role.", "revops-lead")}, required=("by",),
            ) | {"examples": [{"by": "revops-lead"}]},
            "recorded_votes": mapping(
                "Whether votes of people without an account on the forge count.",
                {"countersigned_by": like("id", "The role that countersigns them.", "revops")},
                required=("countersigned_by",),
            ) | {"examples": [{"countersigned_by": "revops"}]},
            "unlinked_commits": one_of(
                ("refuse", "ignore"), "What becomes of commits without an account. Left out: `refuse`.", "ignore"
            ),
            "version": one_of(
                ("required", "free"),
                "Whether the version in `abmspec.yaml` must rise as the changes demand. Left out: `free`.", "required",
            ),
            "freezes": keyed(
                bare("freeze"), "Times in which nothing merges, by id.",
                {"quarter-end": {"from": "2026-12-20", "to": "2027-01-03", "reason": "Quarter close."}},
            ),
        },
        required=("rules",),
    ),
)  # fmt: skip

WAIVER = file(
    "Waiver",
    mapping(
        "One exception: one finding of one rule at one address, until a date.",
        {
            **named(
                "the waiver",
                "Media & Telecom still in use",
                "Altwert in Gebrauch",
                "The migration takes longer.",
            ),
            "owner": owner(),
            "rule": like("id", "The rule that is waived.", "sunset-passed"),
            "address": like("address", "Where it is waived.", "picklist.industry.value.media-telecom"),
            "reason": like(
                "prose", "Why the finding may stay.", "Migration of 40 accounts ends with the quarter."
            ),
            "approved_by": like("id", "The role that approved it.", "council"),
            "until": like("date", "The last day on which it holds.", "2027-01-31"),
        },
        required=("rule", "address", "reason", "approved_by", "until"),
    ),
)
RECORDED_DECISION = file(
    "Decision",
    mapping(
        "Votes recorded for people without an account on the forge.",
        {
            **named("the decision", "Migration of employee bands", "Umstellung der Größen", "Voted on in the meeting."),
            "owner": owner(),
            "addresses": names("address", "What was voted on.", ["picklist.employee-band.value.large"], least=1),
            "diff": like("hash", "The hash of the resolved diff.", "sha256:" + "0123456789abcdef" * 4),
            "voters": keyed(
                {"type": "string", "enum": ["approve", "reject", "abstain"]}, "The votes by seat of the council.",
                {"japan-lead": "approve"}, least=1,
            ),
            "minutes": like("line", "Where the minutes are.", "https://wiki.meridian.example/abm/council/2026-07-08"),
            "date": like("date", "The day of the vote.", "2026-07-08"),
        },
        required=("addresses", "diff", "voters", "minutes", "date"),
    ),
)  # fmt: skip
EMERGENCY = file(
    "Emergency",
    mapping(
        "A declared emergency.",
        {
            **named("the emergency", "Consent sync fault", "Fehler im Abgleich", "Consent flags were lost."),
            "owner": owner(),
            "what": like(
                "prose", "What is changed.", "The audience sync of contacts in Germany was switched off."
            ),
            "why": like(
                "prose", "Why it could not wait.", "None of the contacts could be shown to have consented."
            ),
            "declared_by": like("id", "The role that declared it.", "privacy-counsel"),
            "date": like("date", "The day on which it was declared.", "2026-05-19"),
            "review_by": like("date", "The day by which it must be reviewed.", "2026-05-21"),
            "reviewed": like("date", "The day on which it was reviewed.", "2026-05-20"),
        },
        required=("what", "why", "declared_by", "date", "review_by"),
    ),
)

FILES: dict[str, Schema] = {
    "roles": ROLES,
    "council": COUNCIL,
    "raci": RACI,
    "change-policy": CHANGE_POLICY,
    "waiver": WAIVER,
    "decision": RECORDED_DECISION,
    "emergency": EMERGENCY,
}
DEFINITIONS: dict[str, Schema] = {
    "role": ROLE,
    "seat": SEAT,
    "covers": COVERS,
    "activity": ACTIVITY,
    "policy-when": POLICY_WHEN,
    "needed-approval": REQUIREMENT,
    "policy-rule": POLICY_RULE,
    "freeze": FREEZE,
}
