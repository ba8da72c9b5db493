"""The files of `accounts/`. People appear only as CRM ids and roles."""

from __future__ import annotations

from tools.schemas.pieces import Schema, at_least_one, bare, file, keyed, like, mapping, names
from tools.schemas.shared import label, named, owner

ACCOUNT = like("crm-id", "The account's id in the CRM.", "0015g00000AbCdE")

ACCOUNT_OVERRIDE = file(
    "Account override",
    mapping(
        "A tier or an owner set by hand, with its reason, its approver and its term.",
        {
            **named(
                "the override",
                "Acme Bank stays strategic",
                "Bleibt strategisch",
                "Set by hand at the review.",
            ),
            "owner": owner("abm-program-manager"),
            "account": ACCOUNT,
            "tier": like("id", "The tier that it has instead of the computed one.", "tier-1"),
            "account_owner": like(
                "crm-id", "Who owns it instead: a CRM user's id or a role.", "0055g00000UvWxY"
            ),
            "reason": like("prose", "Why it was set by hand.", "Its group signs centrally from next year."),
            "approved_by": like("id", "The role that approved it.", "regional-vp"),
            "until": like("date", "The last day on which it holds.", "2027-01-31"),
        },
        required=("account", "reason", "approved_by", "until"),
        anyOf=at_least_one("tier", "account_owner"),
    ),
)

PLAN_OBJECTIVE = mapping(
    "What the plan wants by when.",
    {
        "label": label("The objective in a few words.", "Second product family in two regions"),
        "due": like("date", "By which day.", "2027-03-31"),
        "owner": like("id", "The role that answers for it.", "account-owner"),
    },
    required=("label", "due", "owner"),
)
STRATEGY = mapping(
    "How an objective is served.",
    {
        "label": label("The strategy in a few words.", "Win an executive sponsor"),
        "serves": like("id", "The objective.", "expand-emea"),
    },
    required=("serves",),
)
ACTION = mapping(
    "A dated, owned action.",
    {
        "label": label("The action in a few words.", "Briefing at the headquarters"),
        "serves": like("id", "The strategy.", "executive-sponsor"),
        "owner": like("id", "The role that does it.", "sdr"),
        "due": like("date", "By which day.", "2026-12-01"),
        "play": like("id", "The play that it runs.", "executive-briefing"),
    },
    required=("serves", "owner", "due"),
)
STAKEHOLDER = mapping(
    "A person, by CRM id alone.",
    {
        "contact": like("crm-id", "The contact's id in the CRM.", "0035g00000XyZ"),
        "buying_role": like("value-id", "The role in the buying group.", "decision-maker"),
    },
    required=("contact", "buying_role"),
)
MARKET = mapping(
    "What the account's part in one region needs and prefers.",
    {
        "needs": names("line", "What it needs.", ["data residency"]),
        "preferences": names("line", "What it prefers.", ["on-site"]),
    },
)
ACCOUNT_PLAN = file(
    "Account plan",
    mapping(
        "The plan for one account.",
        {
            **named("the plan", "Acme Bank", "Acme Bank", "Expand from one region to three."),
            "owner": owner("account-owner"),
            "account": ACCOUNT,
            "objectives": keyed(
                bare("plan-objective"), "The objectives by id.",
                {"expand-emea": {"label": "Second product family", "due": "2027-03-31", "owner": "account-owner"}},
            ),
            "strategies": keyed(
                bare("strategy"), "The strategies by id.", {"executive-sponsor": {"serves": "expand-emea"}}
            ),
            "actions": keyed(
                bare("action"), "The actions by id.",
                {"briefing": {"serves": "executive-sponsor", "owner": "sdr", "due": "2026-12-01"}},
            ),
            "stakeholders": keyed(
                bare("stakeholder"), "The stakeholders by a word of one's own, never a name.",
                {"cio": {"contact": "0035g00000XyZ", "buying_role": "decision-maker"}},
            ),
            "markets": keyed(
                bare("market"), "What each region's part of the account needs and prefers, by region.",
                {"dach": {"needs": ["data residency"], "preferences": ["on-site"]}},
            ),
        },
        required=("account",),
    ),
)  # fmt: skip

FILES: dict[str, Schema] = {"account-override": ACCOUNT_OVERRIDE, "account-plan": ACCOUNT_PLAN}
DEFINITIONS: dict[str, Schema] = {
    "plan-objective": PLAN_OBJECTIVE,
    "strategy": STRATEGY,
    "action": ACTION,
    "stakeholder": STAKEHOLDER,
    "market": MARKET,
}
