"""Definitions that several files use. The title and the description of a definition are read out in findings."""

from __future__ import annotations

from collections.abc import Sequence

from tools.schemas.pieces import (
    LARGEST,
    Properties,
    Schema,
    bare,
    keyed,
    like,
    listed,
    mapping,
    names,
)  # fmt: skip

ID = "[a-z][a-z0-9]*(-[a-z0-9]+)*"

CHANNELS = (
    "paid-media", "sdr-sequence", "field-event", "email", "direct-mail", "executive", "partner",
    "webinar", "web", "phone", "in-product",
)  # fmt: skip
CADENCES = ("weekly", "monthly", "quarterly", "half-yearly", "yearly")


def text(title: str, description: str, example: str, pattern: str, longest: int = 255) -> Schema:
    """A definition of texts of one form."""
    return {
        "title": title,
        "description": description,
        "type": "string",
        "pattern": pattern,
        "maxLength": longest,
        "examples": [example],
    }


def closed(title: str, values: Sequence[str]) -> Schema:
    """A definition of texts out of a closed list."""
    return {"title": title, "type": "string", "enum": list(values)}


LINE = "[^ \\t\\r\\n]([^\\r\\n]*[^ \\t\\r\\n])?"
MONTH_DAY = (
    "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])"
)
UNITS = "business (hours?|days?)|(minutes?|hours?|days?|weeks?|months?|years?)"
COMPARISON = "(>=|<=|>|<|==|!=|~=) ?[0-9]+(\\.[0-9]+)*"

TEXTS: dict[str, Schema] = {
    "id": text("an id", "lower-case words joined by hyphens, beginning with a letter", "media-telecom", f"^{ID}$", 80),
    "value-id": text(
        "a value's id", "lower-case words and digits joined by hyphens", "1-100", "^[a-z0-9]+(-[a-z0-9]+)*$", 80
    ),
    "field-name": text(
        "a field's name", "an object and a field, joined by a dot", "account.industry", f"^{ID}\\.{ID}$", 161
    ),
    "field-ref": text(
        "a field", "of the same object by its id, of another as `object.field`", "employees", f"^{ID}(\\.{ID})?$", 161
    ),
    "region-source": text(
        "a source of a record's region", "`claims`, a field, or an object", "account.country", f"^{ID}(\\.{ID})?$", 161
    ),
    "line": text("one line of text", "not empty, no blanks at its ends", "Industry", f"^{LINE}$", 1000),
    "prose": text("text", "not empty", "Split in two.", "[^ \\t\\r\\n]", 20000),
    "date": text(
        "a date", "year, month and day, in quotes", "2026-03-01",
        "^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    ) | {"format": "date"},
    "month-day": text("a day of every year", "month and day, in quotes", "02-01", f"^({MONTH_DAY})$"),
    "hours": text(
        "opening hours", "from and to, in quotes", "09:00-17:00",
        "^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$",
    ),
    "duration": text(
        "a duration",
        "a whole number and minutes, hours, days, weeks, months or years; hours and days may be `business` ones",
        "2 business hours", f"^[1-9][0-9]{{0,4}} ({UNITS})$",
    ),
    "locale": text(
        "a locale", "a BCP 47 language, with a script and a region where it matters", "fr-FR",
        "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$",
    ),
    "country": text("a country", "two capital letters of ISO 3166-1", "FR", "^[A-Z]{2}$"),
    "subdivision": text(
        "a subdivision", "a country and a part of it as in ISO 3166-2", "US-CA", "^[A-Z]{2}-[A-Z0-9]{1,3}$"
    ),
    "currency": text("a currency", "three capital letters of ISO 4217", "USD", "^[A-Z]{3}$"),
    "time-zone": text(
        "a time zone", "a name of the IANA database", "Europe/Paris", "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$"
    ),
    "url": text(
        "an address on the web", "beginning with `https://` or `http://`", "https://meridian.example/briefing",
        "^https?://[^ \\t\\r\\n\"<>]+$", 2000,
    ),
    "semantic-version": text(
        "a version", "three numbers joined by dots", "1.4.0",
        "^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)$",
    ),
    "requirement": text(
        "a requirement on the version", "comparisons joined by commas", ">=0.1",
        f"^{COMPARISON}( ?, ?{COMPARISON})*$",
    ),
    "api-version": text("an API's version", "digits and dots, in quotes", "62.0", "^v?[0-9]+(\\.[0-9]+)*$"),
    "api-name": text("a name inside a system", "not empty, no blanks at its ends", "Industry", f"^{LINE}$"),
    "stored-text": text("a stored key", "not empty, on one line", "Financial Services", "^[^\\r\\n]+$", 3000),
    "prefix": text("a prefix of names", "a letter, then letters, digits or `_`", "ABM", "^[A-Za-z][A-Za-z0-9_]*$", 30),
    "login": text(
        "a login", "an account on the forge, never a name or an e-mail address", "meridian-ops-lead",
        "^[A-Za-z0-9][A-Za-z0-9._-]*$", 100,
    ),
    "team": text(
        "a team", "an organisation and a team, joined by a slash", "meridian/revops",
        "^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)+$",
    ),
    "crm-id": text(
        "a record's id in the CRM", "letters, digits, `.`, `_`, `:` or `-`; never a name or an e-mail address",
        "0015g00000AbCdE", "^[A-Za-z0-9][A-Za-z0-9._:-]*$",
    ),
    "folder": text(
        "a path in the spec", "names joined by slashes", "taxonomy/picklists", "^[a-z0-9-]+(/[a-z0-9-]+)*$"
    ),
    "address": text(
        "an address", "a kind and ids, joined by dots", "picklist.industry.value.fintech",
        "^[a-z][a-z0-9-]*(\\.[A-Za-z0-9_:-]+)*$",
    ),
    "hash": text(
        "a hash", "`sha256:` and 64 hexadecimal digits", "sha256:" + "0123456789abcdef" * 4, "^sha256:[0-9a-f]{64}$"
    ),
    "content-version": text(
        "a content item at a version", "an id, `@` and a whole number", "briefing-invite@3", f"^{ID}@[1-9][0-9]*$"
    ),
    "color": text("a colour", "`#` and six hexadecimal digits, in quotes", "#1B7F79", "^#[0-9A-Fa-f]{6}$"),
}  # fmt: skip

# ------------------------------------------------------------------ conditions

OPERATORS = ("is", "in", "at_least", "at_most", "above", "below", "known", "within", "has_any", "has_all")
HEADS = ("all", "any", "not", "segment", "tier", "region", "icp")

SCALAR: Schema = {
    "title": "a single value",
    "description": "a text, a number, true or false",
    "type": ["string", "number", "boolean"],
    "minLength": 1,
    "minimum": -LARGEST,
    "maximum": LARGEST,
}

BOUND: Schema = {
    "title": "a number or a date",
    "description": "a date is in quotes, year, month and day",
    "type": ["number", "string"],
    "minimum": -LARGEST,
    "maximum": LARGEST,
    "pattern": TEXTS["date"]["pattern"],
    "format": "date",
    "examples": [2001, "2026-03-01"],
}


def condition(description: str) -> Schema:
    """A property that is a condition."""
    return like("condition", description, {"field": "account.employees", "at_least": 2001})


CONDITION: Schema = {
    "title": "a condition",
    "description": "A condition is one of `all`, `any`, `not`, `segment`, `tier`, `region`, `icp`, `exists`, or a "
    "comparison of one `field` by one operator. A missing value satisfies no comparison, and `not` negates that.",
    "type": "object",
    "properties": {
        "all": listed(
            bare("condition"), "True where every condition in the list is.",
            [{"field": "account.industry", "in": ["technology"]}, {"icp": True}], least=1,
        ) | {"uniqueItems": False},
        "any": listed(
            bare("condition"), "True where at least one condition in the list is.",
            [{"segment": "enterprise-finserv"}, {"tier": ["tier-1"]}], least=1,
        ) | {"uniqueItems": False},
        "not": like(
            "condition", "True where the condition is not, a missing value included.",
            {"field": "account.status", "in": ["disqualified"]},
        ),
        "segment": like("id", "True for members of the segment.", "enterprise-finserv"),
        "tier": names("id", "True for accounts in one of the tiers.", ["tier-1", "tier-2"], least=1),
        "region": names(
            "id", "True for records of one of the regions, those nested in them included.", ["emea"], least=1
        ),
        "icp": {
            "description": "True for accounts that fit the ideal customer profile; with `false` for those that do not.",
            "type": "boolean",
            "examples": [True],
        },
        "exists": like("id", "True where enough related records of this object satisfy `where`.", "opportunity"),
        "where": like(
            "condition", "What a related record must satisfy; left out, any record will do.",
            {"field": "opportunity.stage", "in": ["open"]},
        ),
        "field": like("field-name", "The field that is compared.", "account.industry"),
        "is": like("scalar", "Equal to one value. Several: `in`.", "technology"),
        "in": listed(bare("scalar"), "Equal to one of the values.", ["technology", "telecom"], least=1),
        "at_least": like(
            "bound", "This or more; after `exists`, how many related records there must be (1 if left out).", 2001
        ),
        "at_most": like("bound", "This or less.", 2000),
        "above": like("bound", "More than this.", 100),
        "below": like("bound", "Less than this, or before this day.", 50000000, "2026-03-01"),
        "known": {
            "description": "Whether the field has a value at all.",
            "type": "boolean",
            "examples": [True],
        },
        "within": like("duration", "A date no longer ago than this.", "30 days"),
        "has_any": listed(
            bare("scalar"), "A field of several values that has one of these.", ["champion", "influencer"], least=1
        ),
        "has_all": listed(
            bare("scalar"), "A field of several values that has all of these.", ["decision-maker"], least=1
        ),
    },
    "additionalProperties": False,
    "if": {"required": ["field"]},
    "then": {"minProperties": 2, "maxProperties": 2, "propertyNames": {"enum": ["field", *OPERATORS]}},
    "else": {
        "if": {"required": ["exists"]},
        "then": {
            "propertyNames": {"enum": ["exists", "where", "at_least"]},
            "properties": {"at_least": {
                "description": "How many related records there must be.",
                "type": "integer", "minimum": 1, "examples": [2],
            }},
        },
        "else": {"minProperties": 1, "maxProperties": 1, "propertyNames": {"enum": list(HEADS)}},
    },
}  # fmt: skip

# ------------------------------------------------------------------ what everything has


def label(description: str, example: str) -> Schema:
    """The name that people read."""
    return like("line", description, example)


def labels(example: dict[str, str]) -> Schema:
    """The label in other languages."""
    return keyed(bare("line"), "The label in other languages, by locale.", example, key="locale")


def description(example: str) -> Schema:
    """The definition that people read."""
    return like("prose", "What it is, in full sentences.", example)


def owner(example: str = "revops") -> Schema:
    """The accountable role."""
    return like(
        "id",
        "The accountable role. Left out: the folder's default, or the region's owner.",
        example,
    )


def named(what: str, example: str, local: str, meaning: str) -> Properties:
    """Label, labels and description."""
    return {
        "label": label(f"The name of {what} that people read.", example),
        "labels": labels({"de": local}),
        "description": description(meaning),
    }


def life(ids: str = "id", old: str = "old-name") -> Properties:
    """Status and its history."""
    return {
        "status": like("status", "Where it is in its life. Left out: `active`.", "deprecated"),
        "since": like("date", "The day from which it has been active.", "2025-02-01"),
        "deprecated": like(
            "deprecation", "Why and when it goes, and what takes over.",
            {"date": "2026-03-01", "sunset": "2026-09-01", "reason": "Merged.", "replaced_by": "new-name"},
        ),
        "renamed_from": like(ids, "The id that it had before; the old id stays as a tombstone that points here.", old),
    }  # fmt: skip


STATUS: Schema = {
    "description": "`proposed` is never deployed, `deprecated` still is, `retired` is a tombstone: its id stays taken.",
    "type": "string",
    "enum": ["proposed", "active", "deprecated", "retired"],
}

DEPRECATION = mapping(
    "Why and when something goes, and what takes over.",
    {
        "date": like("date", "The day on which it was deprecated.", "2026-03-01"),
        "sunset": like("date", "The day after which nothing may use it any more.", "2026-09-01"),
        "reason": like("prose", "Why it goes.", "Split in two."),
        "replaced_by": {
            "description": "What takes over: one id, or a split as a list whose first matching branch decides.",
            "type": ["string", "array"],
            "pattern": TEXTS["value-id"]["pattern"],
            "items": bare("successor"),
            "minItems": 1,
            "examples": [
                "media",
                [
                    {"value": "telecom", "when": {"field": "account.sub-industry", "in": ["carriers"]}},
                    {"value": "media"},
                ],
            ],
        },
    },
    required=("date",),
)
SUCCESSOR = mapping(
    "One branch of a split.",
    {
        "value": like("value-id", "The id that takes over.", "telecom"),
        "when": condition("Which records it takes over; the last branch has no condition."),
    },
    required=("value",),
)
CALENDAR = mapping(
    "Business time.",
    {
        "time_zone": like("time-zone", "The time zone, as the IANA database names it.", "Europe/Paris"),
        "hours": like("hours", "When business is open, from and to.", "09:00-17:30"),
        "holidays": names("country", "Countries whose public holidays are no business days.", ["FR"]),
    },
)
EXAMPLE = mapping(
    "A made-up record that documents a rule. Tests judge it.",
    {
        "label": label("What the example shows.", "A bank of 40,000 people"),
        "record": {
            "description": "The record's values by field name; a field left out has no value.",
            "type": "object",
            "propertyNames": bare("field-name"),
            "additionalProperties": {
                "type": ["string", "number", "boolean", "array", "null"],
                "minimum": -LARGEST,
                "maximum": LARGEST,
                "items": {"type": "string"},
            },
            "examples": [{"account.industry": "financial-services", "account.employees": 40000}],
        },
    },
    required=("record",),
)
APPROVAL = mapping(
    "Who approved, when, until when.",
    {
        "by": like("id", "The role that approved.", "emea-marketing"),
        "date": like("date", "The day of the approval.", "2026-05-02"),
        "until": like("date", "The last day on which it may be used.", "2027-05-02"),
    },
    required=("by", "date"),
)
LOCAL_TEXT = mapping(
    "A text in one locale.",
    {
        "text": like("prose", "The text itself.", "Vos données restent en Europe."),
        "approval": like(
            "approval", "Who approved this wording, and until when.",
            {"by": "emea-marketing", "date": "2026-05-02", "until": "2027-05-02"},
        ),
    },
    required=("text",),
)  # fmt: skip
SLA = mapping(
    "Who has to act, and how soon.",
    {
        "within": like("duration", "How soon.", "2 business hours"),
        "owner": like("id", "The role that acts.", "sdr"),
        "description": description("Follow up on a marketing-qualified lead."),
    },
    required=("within", "owner"),
)

DEFINITIONS: dict[str, Schema] = {
    **TEXTS,
    "scalar": SCALAR,
    "bound": BOUND,
    "condition": CONDITION,
    "status": STATUS,
    "deprecation": DEPRECATION,
    "successor": SUCCESSOR,
    "calendar": CALENDAR,
    "example": EXAMPLE,
    "approval": APPROVAL,
    "local-text": LOCAL_TEXT,
    "sla": SLA,
    "channel": closed("a channel", CHANNELS),
    "consumer": closed("a consumer", ("marketing", "sales", "customer-success", "product", "operations")),
    "writer": closed("a writer", ("form", "enrichment", "upload", "integration", "user", "derived")),
    "use": closed("a use", ("segment", "score", "route", "personalise", "audience-sync", "email", "report")),
}
