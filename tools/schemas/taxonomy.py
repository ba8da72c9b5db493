"""The files of `taxonomy/` and the project's own file."""

from __future__ import annotations

from tools.schemas.pieces import (
    LARGEST,
    Properties,
    Schema,
    at_least_one,
    bare,
    exactly_one,
    file,
    flag,
    keyed,
    like,
    mapping,
    names,
    number,
    one_of,
    only,
    whole,
    without,
)  # fmt: skip
from tools.schemas.shared import CADENCES, condition, description, label, life, named, owner

# ------------------------------------------------------------------ project

CAPS = mapping(
    "How much of its own one region may add.",
    {
        "fields_per_region": whole("How many fields of its own a region may have.", 12),
        "values_per_region": whole("How many picklist values of its own a region may have.", 60),
    },
)
PROJECT = file(
    "Project",
    mapping(
        "The project: which format the spec is in, its name, its version, what holds by default.",
        {
            "format": whole("The version of the spec's format that the files are written in.", 1, least=1, most=999),
            "requires": like("requirement", "Which versions of abmspec can read the spec.", ">=0.1"),
            "name": like("id", "The spec's name, in the names of what is built from it.", "meridian-abm"),
            "label": label("The programme's name that people read.", "Meridian's account-based marketing"),
            "description": description("The global backbone, its regions and its playbooks."),
            "version": like("semantic-version", "The spec's own semantic version.", "1.4.0"),
            "locale": like("locale", "The language of labels and descriptions.", "en"),
            "currency": like("currency", "The currency of every amount in the spec (ISO 4217).", "USD"),
            "fiscal_year_starts": like("month-day", "The first day of the fiscal year.", "02-01"),
            "owners": keyed(
                bare("id"), "The role that owns a folder or file of the spec where nothing else is said.",
                {"taxonomy": "revops", "playbooks": "abm-program-manager"}, key="folder",
            ),
            "calendar": like(
                "calendar", "Business time where a region states none.",
                {"time_zone": "Etc/UTC", "hours": "09:00-17:00", "holidays": []},
            ),
            "caps": CAPS | {"examples": [{"fields_per_region": 12}]},
            "exclude": names(
                "line", "Files in the spec's folders that are not the spec's, as patterns.", ["accounts/archive/**"]
            ),
        },
        required=("format", "name", "version"),
    ),
)  # fmt: skip

# ------------------------------------------------------------------ systems

SYSTEM = mapping(
    "One instance of a system.",
    {
        **named("the instance", "Salesforce, core org", "Salesforce, Hauptorganisation", "The CRM of the company."),
        **life(old="sf-main"),
        "kind": like("id", "What it is, as in `salesforce`, `hubspot`, `marketo`, `segment` and `dbt`.", "salesforce"),
        "role": one_of(
            ("crm", "map", "cdp", "analytics", "warehouse", "ads"), "What it is for.", "crm"
        ),
        "owner": owner(),
        "api_version": like("api-version", "The version of its interface that files are built for.", "62.0"),
        "prefix": like("prefix", "What names that are made from ids begin with there.", "ABM"),
        "regions": names(
            "id", "The live regions that work in it; it holds the union of these. Left out: all.", ["latam"]
        ),
        "keys_from": like("id", "The instance whose stored keys hold here too where nothing else is said.", "sf-core"),
    },
    required=("kind", "role"),
)  # fmt: skip
SYSTEMS = file(
    "Systems",
    mapping(
        "The technology registry: every instance of a CRM, MAP, CDP, analytics tool, warehouse or ad platform.",
        {
            **named("the registry", "Systems", "Systeme", "Every system that the spec is deployed to."),
            "owner": owner(),
            "systems": keyed(
                bare("system"), "The instances, by id.", {"sf-core": {"kind": "salesforce", "role": "crm"}}, least=1
            ),
        },
        required=("systems",),
    ),
)  # fmt: skip

# ------------------------------------------------------------------ picklists

STORED_KEY = mapping(
    "What a system stores for a value, with attributes that some standard value sets want.",
    {
        "key": like(
            "stored-text", "The stored key. Left out: the value's id, or the key of `keys_from`.", "Qualified"
        ),
        "offered": flag("Whether the system has the value at all.", default=True),
        "code": whole("The number that stands for it where values are numbers (Dataverse).", 100000001),
        "closed": flag("Closed (statuses of cases, tasks and opportunities)."),
        "won": flag("Closed and won (stages of opportunities)."),
        "converted": flag("Stands for a converted lead (statuses of leads)."),
        "probability": whole("How likely it is won, in percent (stages of opportunities).", 60, most=100),
        "forecast_category": like("line", "The forecast category (stages of opportunities).", "Pipeline"),
        "color": like("color", "The colour in charts.", "#1B7F79"),
    },
)
VALUE_PROPERTIES: Properties = {
    **named("the value", "Financial Services", "Finanzdienstleistungen", "Banks, insurers and asset managers."),
    "from": number("The first number of the band, inclusive.", 101, least=-LARGEST),
    "to": number("The last number of the band, inclusive.", 2000, least=-LARGEST),
    "maps_to": like("value-id", "The one value above that a regional value rolls up to.", "financial-services"),
    "allowed_for": names(
        "value-id", "Values of the controlling field that offer it. Left out: `maps_to`.", ["technology"]
    ),
    "after": like("value-id", "The value behind which it stands.", "technology"),
    "aliases": names(
        "line", "Other spellings met in the wild; they are read as this value.", ["FinServ", "Banking & Finance"]
    ),
    **life("value-id", "finance"),
    "systems": keyed(
        {
            "description": "A stored key, or a mapping with more about it.",
            "type": ["string", "object"],
            "if": {"type": "object"},
            "then": bare("stored-key"),
            "else": {"if": {"type": "string"}, "then": bare("stored-text")},
        },
        "What systems store for it, by instance. Left out: the id.",
        {"sf-core": "Financial Services"},
        {"sf-core": {"key": "Qualified", "converted": True}},
    ),
}  # fmt: skip
VALUE = mapping("One value of a picklist.", VALUE_PROPERTIES)
PICKLIST_BINDING = mapping(
    "How a picklist is kept in one system.",
    {
        "standard_value_set": like("api-name", "The system's own value set that holds it.", "Industry"),
        "name": like("api-name", "The name of the value set. Left out: made from the id.", "ABM_Industry"),
    },
)
PICKLIST = file(
    "Picklist",
    mapping(
        "A closed list of values.",
        {
            **named("the list", "Industry", "Branche", "The account's primary industry, as sold to."),
            **life(old="vertical"),
            "owner": owner(),
            "extensible": flag("Whether regions may add values, each under one global parent."),
            "sorted": flag("Whether systems show the values by label instead of in this order."),
            "bands_of": like(
                "field-name", "The number whose bands the values are: exhaustive, without overlap.", "account.employees"
            ),
            "when_unknown": like("value-id", "The band of a record whose number is not known.", "smb"),
            "rolls_up_to": like("id", "The global list that a region's own list maps to.", "industry"),
            "systems": keyed(
                bare("picklist-binding"), "How systems keep it, by instance. Left out: a global value set of its own.",
                {"sf-core": {"standard_value_set": "Industry"}},
            ),
            "values": keyed(
                bare("value"), "The values by id, in the order in which they are offered.",
                {"financial-services": {"label": "Financial Services"}}, key="value-id", least=1,
            ),
        },
        required=("label", "values"),
    ),
)  # fmt: skip

# ------------------------------------------------------------------ fields

FIELD_TYPES = (
    "text", "long-text", "number", "currency", "percent", "date", "datetime", "boolean",
    "picklist", "multipicklist", "email", "url", "phone", "reference",
)  # fmt: skip
BINDING = mapping(
    "One place of a field in one system.",
    {
        "object": like("api-name", "The system's object.", "Account"),
        "name": like("api-name", "The field's name there. Left out: made from the id.", "Industry"),
        "offered": flag("`false` declares that the system does not have the field there.", default=True),
        "group": like("line", "The group of properties that it stands in.", "abm"),
    },
)
FIELD_PRIVACY = mapping(
    "How a field's data is classed, why it may be held, where, for how long, for what use.",
    {
        "class": like("id", "The class of data, as the privacy rules name it.", "firmographic"),
        "lawful_basis": like("id", "Why it may be held.", "legitimate-interest"),
        "storage": like("line", "Where it is stored.", "eu"),
        "retention": like("duration", "How long it is kept.", "7 years"),
        "use": names(
            "use", "What it may be used for. Left out: everything that no rule denies.", ["segment", "score"]
        ),
    },
    required=("class",),
)
DERIVED = mapping(
    "How a field is computed.",
    {
        "band_of": like("field-ref", "The number whose band it is.", "employees"),
        "count_distinct": like(
            "field-name", "How many different values related records have.", "contact.buying-role"
        ),
        "count": like("id", "How many related records of an object there are.", "opportunity"),
        "sum": like("field-name", "The sum over related records.", "opportunity.amount"),
        "latest": like("field-name", "The latest date of related records.", "contact.last-touch"),
    },
    oneOf=exactly_one("band_of", "count_distinct", "count", "sum", "latest"),
)
FIELD_PROPERTIES: Properties = {
    **named("the field", "Industry", "Branche", "The account's primary industry, as sold to."),
    **life(old="vertical"),
    "owner": owner(),
    "type": one_of(FIELD_TYPES, "What it holds.", "picklist"),
    "picklist": like("id", "The list that its values come from.", "industry"),
    "to": like("id", "The object that a reference points to.", "account"),
    "length": whole("The most characters that it holds.", 255, least=1, most=131072),
    "scale": whole("How many decimal places a number has.", 2, most=18),
    "depends_on": like("id", "The field that controls which values are offered.", "industry"),
    "backbone": flag("Non-negotiable: no region hides or weakens it."),
    "unique": flag("No two records have the same."),
    "required": flag("Every record must have it."),
    "restricted": flag("Systems refuse what is not in its picklist."),
    "detail_of": like("id", "The field whose regional values it holds.", "industry"),
    "derived": like("derived", "How it is computed; nobody writes it.", {"band_of": "employees"}),
    "written_by": names("writer", "What may write it, in the order of precedence.", ["enrichment", "form"]),
    "consumers": names("consumer", "Who uses it.", ["marketing", "sales"]),
    "system_of_record": like("id", "The instance whose value is right.", "sf-core"),
    "quality_owner": like("id", "The role that answers for the quality of its data.", "data-lead"),
    "change_route": like("line", "How a change of it is asked for.", "change-field"),
    "privacy": like(
        "field-privacy", "How its data is classed and what it may be used for.",
        {"class": "firmographic", "lawful_basis": "legitimate-interest", "retention": "7 years"},
    ),
    "systems": keyed(
        {
            "description": "One binding, a list of them, or `{offered: false}`.",
            "type": ["object", "array"],
            "if": {"type": "object"},
            "then": bare("binding"),
            "items": bare("binding"),
            "minItems": 1,
        },
        "Where systems have it, by instance. A system that is not named does not have it.",
        {"sf-core": [{"object": "Account", "name": "Industry"}, {"object": "Lead", "name": "Industry"}]},
        {"hubspot-latam": {"object": "companies", "name": "abm_industry"}},
    ),
}  # fmt: skip
FIELD = mapping("One field of the data dictionary.", FIELD_PROPERTIES, required=("label", "type"))
FIELD_DEFAULTS = (
    "since", "owner", "written_by", "consumers", "system_of_record", "quality_owner", "change_route", "privacy",
    "systems",
)  # fmt: skip
FIELDS = file(
    "Fields",
    mapping(
        "The data dictionary of one object.",
        {
            "defaults": mapping(
                "What holds for every field that does not say otherwise. `systems` is filled in by instance.",
                only(FIELD_PROPERTIES, *FIELD_DEFAULTS),
            ) | {"examples": [{"consumers": ["marketing", "sales"], "systems": {"sf-core": {"object": "Account"}}}]},
            "fields": keyed(
                bare("field"), "The fields by id.",
                {"industry": {"label": "Industry", "type": "picklist", "picklist": "industry"}}, least=1,
            ),
        },
        required=("fields",),
    ),
)  # fmt: skip

# ------------------------------------------------------------------ segments and ICP

SEGMENT_PROPERTIES: Properties = {
    **named("the segment", "Enterprise Financial Services", "Finanzdienstleister", "Banks with over 2,000 people."),
    **life(old="large-banks"),
    "owner": owner(),
    "within": like("id", "The global segment that a region's own one is a part of.", "enterprise-finserv"),
    "decision": like("id", "The decision of the charter that it serves.", "coverage"),
    "priority": flag("Whether it is a priority of the programme."),
    "consumers": names("consumer", "Who uses it.", ["marketing", "sales"]),
    "when": condition("Which records belong to it."),
    "use_instead": keyed(
        bare("field-name"), "By which other field a field of the condition is replaced here.",
        {"account.employees": "account.employee-band"}, key="field-name", least=1,
    ),
    "reason": like("prose", "Why it differs here.", "Exact head-counts of subsidiaries may not be stored here."),
    "kpis": names("id", "The key figures that it is judged by.", ["stage-conversion"]),
}  # fmt: skip
SEGMENT = file(
    "Segment",
    mapping(
        "A named condition.",
        without(SEGMENT_PROPERTIES, "within", "use_instead", "reason"),
        required=("label", "when"),
    ),
)
SEGMENT_REGIONAL = file(
    "Segment of a region",
    mapping(
        "A region's own segment, nested in a global one.",
        without(SEGMENT_PROPERTIES, "use_instead", "reason"),
        required=("label", "when", "within"),
    ),
)
ICP = file(
    "Ideal customer profile",
    mapping(
        "Who may be tiered at all.",
        {
            **named("the profile", "Ideal customer profile", "Idealkundenprofil", "Companies that run on data."),
            "owner": owner(),
            "consumers": names("consumer", "Who uses it.", ["marketing", "sales"]),
            "when": condition("Which accounts fit."),
            "examples": keyed(
                bare("example"), "Made-up accounts that fit.",
                {"bank": {"label": "A bank", "record": {"account.employees": 40000}}},
            ),
        },
        required=("when",),
    ),
)  # fmt: skip

# ------------------------------------------------------------------ tiers

SCORE_BAND = mapping(
    "What numbers below a bound score.",
    {
        "below": number("The bound, exclusive; the last band has none.", 50000000, least=-LARGEST),
        "score": number("The score, 0 to 100.", 20, most=100),
    },
    required=("score",),
)
FACTOR = mapping(
    "One factor of the score: 0 to 100, from a number's bands or from a picklist's values.",
    {
        "label": label("The name of the factor that people read.", "Annual revenue"),
        "description": description("Current and projected revenue, the larger of the two."),
        "weight": number("How much it weighs; all weights sum to 100.", 30, most=100),
        "guardrail": {
            "description": "Between which weights a region may choose: the lowest and the highest.",
            "type": "array",
            "items": {"type": "number", "minimum": 0, "maximum": 100},
            "minItems": 2,
            "maxItems": 2,
            "examples": [[20, 40]],
        },
        "field": like("field-name", "The field that it reads.", "account.strategic-value"),
        "fields": names("field-name", "The numbers that it reads together.", ["account.annual-revenue"], least=1),
        "combine": one_of(("max", "min", "mean", "sum"), "How several numbers become one. Left out: `max`.", "mean"),
        "bands": keyed(
            bare("score-band"), "What a number scores, from the lowest band to the highest.",
            {"small": {"below": 50000000, "score": 20}, "large": {"score": 100}}, key="value-id", least=1,
        ),
        "scores": keyed(
            {"type": "number", "minimum": 0, "maximum": 100}, "What a value scores.",
            {"high": 100, "medium": 50, "low": 10}, key="value-id", least=1,
        ),
        "missing": number("What a record without a value scores.", 0, most=100),
    },
    required=("weight",),
    allOf=[{"oneOf": exactly_one("field", "fields")}, {"oneOf": exactly_one("bands", "scores")}],
)  # fmt: skip
ENGAGEMENT = mapping(
    "How accounts of a tier are worked.",
    {
        "motion": one_of(("one-to-one", "one-to-few", "one-to-many"), "The motion.", "one-to-one"),
        "team": one_of(("dedicated", "shared", "pooled"), "The team.", "dedicated"),
        "executive": one_of(
            ("required", "optional", "none"), "Whether executives take part. Left out: `none`.", "required"
        ),
        "content": one_of(("bespoke", "personalised", "nurture"), "The content.", "bespoke"),
        "contact": like("duration", "The longest time between two contacts.", "2 weeks"),
        "channels": names(
            "channel", "The channels that may be used. Left out: all.", ["executive", "field-event"]
        ),
        "bespoke_spend": flag("Whether money may be spent on a single account."),
    },
    required=("motion", "team", "content"),
)
TIER = mapping(
    "One tier.",
    {
        **named("the tier", "Strategic", "Strategisch", "Accounts that are worked one to one."),
        **life(old="platinum"),
        "at_least": number("The lowest score of the tier.", 80, most=100),
        "capacity": whole("How many accounts it holds.", 28),
        "characteristics": names("line", "What its accounts have in common.", ["Over a billion in revenue"]),
        "engagement": like(
            "engagement", "How its accounts are worked.",
            {"motion": "one-to-one", "team": "dedicated", "content": "bespoke"},
        ),
        "examples": keyed(
            bare("example"), "Made-up accounts that belong to it.",
            {"bank": {"label": "A bank", "record": {"account.employees": 40000}}},
        ),
        "kpis": names("id", "The key figures that it is judged by.", ["close-rate"]),
        "review": one_of(CADENCES, "How often its accounts are reviewed.", "quarterly"),
    },
    required=("label", "at_least"),
)  # fmt: skip
TIERS = file(
    "Tiers",
    mapping(
        "The tiers and the score that leads to them.",
        {
            **named("the tiers", "Tiers", "Stufen", "Five factors, three tiers."),
            "owner": owner(),
            "factors": keyed(
                bare("factor"), "The factors of the score by id.",
                {"strategic-alignment": {
                    "weight": 20, "field": "account.strategic-value", "scores": {"high": 100, "low": 10},
                }}, least=1,
            ),
            "tiers": keyed(
                bare("tier"), "The tiers by id, best first.",
                {"tier-1": {"label": "Strategic", "at_least": 80}}, least=1,
            ),
            "hysteresis": number("By how many points a score must pass a threshold to count.", 5, most=100),
            "nominate": like("id", "The role that nominates accounts.", "area-manager"),
            "approve": like("id", "The role that approves them.", "regional-vp"),
            "cascade": flag("Whether a parent's tier holds for its subsidiaries."),
            "moves": names("line", "When accounts may change their tier.", ["first week of Q2"]),
        },
        required=("factors", "tiers"),
    ),
)  # fmt: skip

# ------------------------------------------------------------------ lifecycle and buying groups

STAGE = mapping(
    "One stage of the account's journey.",
    {
        **named("the stage", "Consideration", "Erwägung", "The buying group compares vendors."),
        **life(old="evaluation"),
        "owner": owner("abm-program-manager"),
        "enter": condition("When an account enters it."),
        "sla": like("sla", "Who has to act then, and how soon.", {"within": "1 business day", "owner": "sdr"}),
    },
    required=("label",),
)  # fmt: skip
POINTS = mapping(
    "What one action or trait is worth.",
    {
        "label": label("What was done, or what holds.", "Asked for a demonstration"),
        "category": like("id", "The category whose cap it counts against.", "behaviour"),
        "points": number("The points, negative ones too.", 20, least=-LARGEST),
        "when": condition("When it holds; left out where a system counts it."),
    },
    required=("label", "category", "points"),
)
LEAD_SCORING = mapping(
    "The lead score.",
    {
        "mql_at": number("From how many points a lead is qualified by marketing.", 100),
        "caps": keyed(
            {"type": "number", "minimum": 0, "maximum": LARGEST}, "The most points that a category contributes.",
            {"demographic": 70},
        ),
        "actions": keyed(
            bare("points"), "What scores, by id.",
            {"demo-request": {"label": "Asked for a demonstration", "category": "behaviour", "points": 20}},
        ),
    },
    required=("mql_at",),
)  # fmt: skip
LIFECYCLE = file(
    "Lifecycle",
    mapping(
        "The account's journey, the lead score, and who has to act how soon.",
        {
            **named("the journey", "Account journey", "Weg des Kunden", "From target to purchase."),
            "owner": owner(),
            "field": like("field-name", "The field whose picklist holds the stages.", "account.journey-stage"),
            "stages": keyed(
                bare("stage"), "The stages by id, in their order; the ids are values of the field's picklist.",
                {"consideration": {"label": "Consideration"}}, key="value-id", least=1,
            ),
            "lead_scoring": like("lead-scoring", "The lead score.", {"mql_at": 100, "caps": {"demographic": 70}}),
            "slas": keyed(
                bare("sla"), "Who has to act how soon, by id.",
                {"mql-follow-up": {"within": "2 business hours", "owner": "sdr"}},
            ),
        },
        required=("field", "stages"),
    ),
)  # fmt: skip
BUYING_ROLE = mapping(
    "One role in a buying group.",
    {
        **named("the role", "Champion", "Fürsprecher", "Sells the idea inside the account."),
        **life("value-id", "sponsor"),
    },
)
COVERAGE = mapping(
    "Which part of the buying group must be known.",
    {
        "at_least": whole("How many roles must be known.", 4),
        "roles": names("value-id", "Roles that must be known in any case.", ["decision-maker"]),
    },
)
BUYING_GROUPS = file(
    "Buying groups",
    mapping(
        "The roles of a buying group, and how many of them must be known.",
        {
            **named("the file", "Buying groups", "Buying Center", "Who decides, and with whom."),
            "owner": owner(),
            "field": like("field-name", "The field whose picklist holds the roles.", "contact.buying-role"),
            "roles": keyed(
                bare("buying-role"), "The roles by id; the ids are values of the field's picklist.",
                {"champion": {"description": "Sells the idea inside the account."}}, key="value-id",
            ),
            "coverage": keyed(
                bare("coverage"), "What must be known of an account, by tier.",
                {"tier-1": {"at_least": 4, "roles": ["decision-maker"]}},
            ),
        },
        required=("field",),
    ),
)  # fmt: skip

# ------------------------------------------------------------------ routing

KEEP_RULE = mapping(
    "A rule that keeps, or names, an owner while its condition holds.",
    {
        "keep": like("field-name", "The field that holds the owner who keeps the record.", "account.owner"),
        "to": like("id", "The role or queue that takes the record.", "strategic-accounts"),
        "when": condition("While this holds."),
        "reason": like("prose", "Why it is so.", "Whoever talked to them last goes on talking to them."),
    },
    oneOf=exactly_one("keep", "to"),
)
TERRITORY = mapping(
    "Where a record goes.",
    {
        "label": label("The name of the territory that people read.", "Strategic accounts"),
        "when": condition("Which records are in it; the last territory has no condition."),
        "to": like("id", "The role or queue that takes the record.", "strategic-accounts"),
    },
    required=("to",),
)
ON_CONFLICT = mapping(
    "Who settles two claims.",
    {
        "agree": like("id", "Who has to agree.", "both-managers"),
        "else": like("id", "The role that decides if they do not.", "regional-vp"),
    },
    required=("agree", "else"),
)
ROUTED_PROPERTIES: Properties = {
    "label": label("The name of the role that people read.", "Account owner"),
    "order": names(
        "id",
        "What is asked, first answer wins: `override`, `crm-owner`, `enrichment`, `territory` or a rule.",
        ["override", "crm-owner", "recent-touch", "territory"], least=1,
    ),
    "rules": keyed(
        bare("keep-rule"), "The rules by id.",
        {"recent-touch": {"keep": "account.owner", "when": {"field": "account.last-touch", "within": "30 days"}}},
    ),
    "territories": keyed(
        bare("territory"), "The territories by id; the first whose condition holds takes the record.",
        {"strategic": {"when": {"tier": ["tier-1"]}, "to": "strategic-accounts"}, "rest": {"to": "revops-queue"}},
    ),
    "on_conflict": like(
        "on-conflict", "Who settles two claims.", {"agree": "both-managers", "else": "regional-vp"}
    ),
    "load": {
        "description": "How many accounts one holder works: the fewest and the most.",
        "type": "array",
        "items": {"type": "integer", "minimum": 0, "maximum": LARGEST},
        "minItems": 2,
        "maxItems": 2,
        "examples": [[15, 20]],
    },
    "stale_after": like("duration", "After how long without a contact the holder loses the account.", "9 weeks"),
}  # fmt: skip
ROUTED_ROLE = mapping("How one role's holder is found for a record.", ROUTED_PROPERTIES)
ROUTING = file(
    "Routing",
    mapping(
        "Which region a record is in, and who works it.",
        {
            **named("the routing", "Routing", "Zuweisung", "Who works which account."),
            "owner": owner(),
            "region_of": keyed(
                names("region-source", "What is asked, first answer wins.", least=1),
                "What says which region a record of an object is in, first answer wins.",
                {"account": ["claims", "account.billing-country"], "contact": ["contact.country", "account"]},
            ),
            "roles": keyed(
                bare("routed-role"), "The roles that are routed, by id.",
                {"account-owner": {"order": ["territory"], "territories": {"rest": {"to": "revops-queue"}}}},
            ),
        },
    ),
)  # fmt: skip

# ------------------------------------------------------------------ KPIs

MEASURE = mapping(
    "A number over records.",
    {
        "count": like("id", "How many records of an object.", "account"),
        "count_distinct": like("field-name", "How many different values of a field.", "opportunity.account"),
        "sum": like("field-name", "The sum of a field.", "opportunity.amount"),
        "average": like("field-name", "The mean of a field.", "opportunity.amount"),
        "constant": number("A fixed number.", 1000, least=-LARGEST),
        "when": condition("Which records are counted. Left out: all."),
    },
    oneOf=exactly_one("count", "count_distinct", "sum", "average", "constant"),
)
KPI_PROPERTIES: Properties = {
    **named("the figure", "Tier coverage", "Abdeckung", "How much of the profile's market has a tier."),
    **life(old="coverage"),
    "objective": like("id", "The objective of the charter that it measures.", "focus"),
    "shared_by": names("consumer", "The functions that answer for it together.", ["marketing", "sales"]),
    "owner": owner("abm-program-manager"),
    "unit": one_of(("percent", "currency", "count", "days", "ratio", "score"), "What it is counted in.", "percent"),
    "better": one_of(("higher", "lower"), "Which way is better.", "higher"),
    "numerator": like("measure", "What is measured.", {"count": "account", "when": {"tier": ["tier-1"]}}),
    "denominator": like("measure", "What it is divided by.", {"count": "account", "when": {"icp": True}}),
    "source": like("line", "Where the figure comes from if it is not computed from records.", "abmspec history"),
    "targets": keyed(
        {"type": "number", "minimum": -LARGEST, "maximum": LARGEST}, "The targets: `global` and regions by id.",
        {"global": 95, "emea": 90},
    ),
    "cadence": one_of(("daily", *CADENCES), "How often it is reported.", "monthly"),
    "tiers": names("id", "The tiers that it is for. Left out: all.", ["tier-1"]),
}  # fmt: skip
KPI = mapping("One key figure.", KPI_PROPERTIES, required=("label", "unit", "better"))
KPIS = file(
    "KPIs",
    mapping(
        "The key figures.",
        {
            "defaults": mapping(
                "What holds for every figure of the file that does not say otherwise.",
                only(KPI_PROPERTIES, "since", "objective", "shared_by", "owner", "source", "cadence", "tiers"),
            ) | {"examples": [{"owner": "abm-program-manager", "cadence": "monthly"}]},
            "kpis": keyed(
                bare("kpi"), "The figures by id.",
                {"tier-coverage": {"label": "Tier coverage", "unit": "percent", "better": "higher"}}, least=1,
            ),
        },
        required=("kpis",),
    ),
)  # fmt: skip

# ------------------------------------------------------------------ privacy

JURISDICTION = mapping(
    "Where a law applies.",
    {
        "label": label("The name of the jurisdiction that people read.", "European Union"),
        "countries": names("country", "The countries (ISO 3166-1).", ["DE", "FR", "SE"], least=1),
        "subdivisions": names("subdivision", "Parts of countries (ISO 3166-2).", ["US-CA"], least=1),
        "within": like("id", "The jurisdiction that it is a part of.", "eu"),
    },
    anyOf=at_least_one("countries", "subdivisions"),
)
JURISDICTIONS = file(
    "Jurisdictions",
    mapping(
        "Where which law applies.",
        {
            **named("the file", "Jurisdictions", "Rechtsräume", "Every jurisdiction that a privacy rule names."),
            "owner": owner("privacy-counsel"),
            "jurisdictions": keyed(
                bare("jurisdiction"), "The jurisdictions by id.", {"eu": {"countries": ["DE", "FR", "SE"]}}, least=1
            ),
        },
        required=("jurisdictions",),
    ),
)  # fmt: skip
APPLIES_TO = mapping(
    "Which data a rule is about.",
    {
        "class": like("id", "A class of data.", "special-category"),
        "fields": names("field-name", "Fields by name.", ["contact.email"], least=1),
    },
    anyOf=at_least_one("class", "fields"),
)
CONSENT = mapping(
    "The consent that a rule asks for.",
    {
        "kind": like("id", "What kind of consent.", "express"),
        "proof": like("id", "What proves it.", "double-opt-in"),
        "expires_after": {
            "description": "After how long it expires, or after how long by how it came about.",
            "type": ["string", "object"],
            "if": {"type": "object"},
            "then": {
                "propertyNames": bare("id"),
                "additionalProperties": bare("duration"),
                "minProperties": 1,
            },
            "else": {"if": {"type": "string"}, "then": bare("duration")},
            "examples": ["2 years", {"purchase": "2 years", "inquiry": "6 months"}],
        },
    },
    required=("kind",),
)
PRIVACY_RULE = mapping(
    "One recorded decision of counsel. It gives no legal advice.",
    {
        **named("the rule", "E-mail in Germany", "E-Mail in Deutschland", "No e-mail without express consent."),
        **life(old="uwg-email"),
        "owner": owner("privacy-counsel"),
        "jurisdiction": like("id", "Where it applies.", "germany"),
        "applies_to": like("applies-to", "Which data it is about. Left out: all.", {"class": "special-category"}),
        "channel": like("channel", "The channel that it is about. Left out: all.", "email"),
        "use": names("use", "The uses that it is about. Left out: all.", ["segment", "audience-sync"], least=1),
        "effect": one_of(("allow", "allow-if", "limit", "deny"), "What it decides.", "allow-if"),
        "consent": like(
            "consent", "The consent that it asks for.", {"kind": "express", "proof": "double-opt-in"}
        ),
        "limit": like("prose", "What is limited, and to what.", "At most 10,000 records leave the country a year."),
        "source": like("line", "The law or the opinion that it records.", "UWG §7"),
        "counsel_owner": like("id", "The role of counsel that decided.", "privacy-counsel"),
        "reviewed": like("date", "The day on which counsel last looked at it.", "2026-06-01"),
    },
    required=("jurisdiction", "effect", "source", "counsel_owner", "reviewed"),
)  # fmt: skip
PRIVACY = file(
    "Privacy",
    mapping(
        "Recorded decisions of counsel. A region's file has the same shape and only adds.",
        {
            "rules": keyed(
                bare("privacy-rule"), "The rules by id; a denial wins over everything else.",
                {"germany-email": {
                    "jurisdiction": "germany", "channel": "email", "effect": "allow-if",
                    "consent": {"kind": "express", "proof": "double-opt-in"}, "source": "UWG §7",
                    "counsel_owner": "privacy-counsel", "reviewed": "2026-06-01",
                }}, least=1,
            ),
        },
        required=("rules",),
    ),
)  # fmt: skip

# ------------------------------------------------------------------ charter

OBJECTIVE = mapping(
    "What the programme wants.",
    {
        "label": label("The objective in a few words.", "Focus on the accounts that matter"),
        "description": description("Every account of the profile has a tier and an owner."),
        "outcome": like("id", "The outcome that it serves.", "growth"),
        "owner": owner("abm-leadership"),
    },
    required=("label",),
)
OUTCOME = mapping(
    "A business outcome.",
    {
        "label": label("The outcome in a few words.", "Revenue growth in named accounts"),
        "description": description("Revenue from named accounts grows faster than the rest."),
        "kpi": like("id", "The key figure that measures it.", "pipeline-influenced"),
    },
    required=("label",),
)
DECISION = mapping(
    "A decision that segmentation must support.",
    {
        "label": label("The decision in a few words.", "Coverage"),
        "question": like("prose", "The question that is decided.", "Who covers this account, and how?"),
    },
    required=("label",),
)
SIGN_OFF = mapping(
    "A leader's agreement.",
    {
        "role": like("id", "The role that agreed.", "sales-leadership"),
        "scope": like("id", "For what: `global`, or a region. Left out: `global`.", "emea"),
        "date": like("date", "The day on which it agreed.", "2026-01-20"),
    },
    required=("role", "date"),
)
CHARTER = file(
    "Charter",
    mapping(
        "What the programme is for, and who agreed.",
        {
            **named("the charter", "ABM charter", "ABM-Charta", "What the programme is for."),
            "owner": owner("abm-leadership"),
            "outcomes": keyed(
                bare("outcome"), "The business outcomes by id.",
                {"growth": {"label": "Revenue growth in named accounts"}},
            ),
            "objectives": keyed(
                bare("objective"), "The objectives by id.",
                {"focus": {"label": "Focus on the accounts that matter", "outcome": "growth"}},
            ),
            "decisions": keyed(
                bare("decision"), "The decisions that segmentation must support, by id.",
                {"coverage": {"label": "Coverage", "question": "Who covers this account, and how?"}},
            ),
            "success_metrics": names("id", "The key figures that the programme is judged by.", ["tier-coverage"]),
            "non_negotiable": keyed(
                bare("field-name"), "The field that fills each concept on which no region may differ.",
                {"industry": "account.industry", "size": "account.employee-band"},
            ),
            "sign_off": keyed(
                bare("sign-off"), "Who agreed, by id.",
                {"sales-emea": {"role": "sales-leadership", "scope": "emea", "date": "2026-01-20"}},
            ),
        },
    ),
)  # fmt: skip

FILES: dict[str, Schema] = {
    "project": PROJECT,
    "charter": CHARTER,
    "fields": FIELDS,
    "picklist": PICKLIST,
    "segment": SEGMENT,
    "segment-regional": SEGMENT_REGIONAL,
    "icp": ICP,
    "tiers": TIERS,
    "lifecycle": LIFECYCLE,
    "buying-groups": BUYING_GROUPS,
    "routing": ROUTING,
    "kpis": KPIS,
    "jurisdictions": JURISDICTIONS,
    "privacy": PRIVACY,
    "systems": SYSTEMS,
}
DEFINITIONS: dict[str, Schema] = {
    "system": SYSTEM,
    "stored-key": STORED_KEY,
    "value": VALUE,
    "picklist-binding": PICKLIST_BINDING,
    "binding": BINDING,
    "field-privacy": FIELD_PRIVACY,
    "derived": DERIVED,
    "field": FIELD,
    "score-band": SCORE_BAND,
    "factor": FACTOR,
    "engagement": ENGAGEMENT,
    "tier": TIER,
    "stage": STAGE,
    "points": POINTS,
    "lead-scoring": LEAD_SCORING,
    "buying-role": BUYING_ROLE,
    "coverage": COVERAGE,
    "keep-rule": KEEP_RULE,
    "territory": TERRITORY,
    "on-conflict": ON_CONFLICT,
    "routed-role": ROUTED_ROLE,
    "measure": MEASURE,
    "kpi": KPI,
    "jurisdiction": JURISDICTION,
    "applies-to": APPLIES_TO,
    "consent": CONSENT,
    "privacy-rule": PRIVACY_RULE,
    "objective": OBJECTIVE,
    "outcome": OUTCOME,
    "decision": DECISION,
    "sign-off": SIGN_OFF,
}
