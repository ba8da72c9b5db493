"""The files of `regions/`: what an overlay may say, and nothing else."""

from __future__ import annotations

from tools.schemas import taxonomy
from tools.schemas.pieces import (
    LARGEST,
    Properties,
    Schema,
    at_least_one,
    bare,
    file,
    keyed,
    like,
    mapping,
    names,
    number,
    one_of,
    only,
)  # fmt: skip
from tools.schemas.shared import label, labels, life, named, owner

GO_TO_MARKET = mapping(
    "How the region sells.",
    {
        "route": one_of(("direct", "partner", "hybrid"), "Through whom.", "partner"),
        "coverage": one_of(("named", "volume", "mixed"), "By named accounts or by volume.", "named"),
        "focus": one_of(
            ("enterprise", "mid-market", "smb", "mixed"), "To companies of which size.", "enterprise"
        ),
        "maturity": one_of(
            ("emerging", "developing", "established"), "How developed the market is.", "established"
        ),
        "partner_coverage": one_of(
            ("none", "low", "medium", "high"), "How much of the market partners reach.", "high"
        ),
    },
)
REGION_SYSTEM = mapping(
    "What the region is in one system.",
    {
        "record_types": keyed(
            names("api-name", "The record types.", least=1), "The region's record types by object.",
            {"Account": ["EMEA_Prospect"], "Lead": ["EMEA"]}, key="api-name",
        ),
        "workspace": like("line", "The region's workspace.", "EMEA"),
        "partition": like("line", "The region's partition.", "EMEA"),
    },
)  # fmt: skip
EXIT_CRITERION = mapping(
    "What a pilot must show before it goes live: a key figure within bounds, or a statement.",
    {
        "label": label("What must hold.", "Nine of ten accounts have a tier"),
        "kpi": like("id", "The key figure.", "tier-coverage"),
        "at_least": number("It is this or more.", 90, least=-LARGEST),
        "at_most": number("It is this or less.", 5, least=-LARGEST),
        "met": like("date", "The day on which it was met.", "2026-08-01"),
    },
    required=("label",),
)
PILOT = mapping(
    "The terms of a pilot.",
    {
        "started": like("date", "The day on which it began.", "2026-03-01"),
        "review_by": like("date", "The day by which it is reviewed.", "2026-12-01"),
        "exit_criteria": keyed(
            bare("exit-criterion"), "What it must show before it goes live, by id.",
            {"coverage": {"label": "Nine of ten accounts have a tier", "kpi": "tier-coverage", "at_least": 90}},
        ),
    },
)  # fmt: skip
REGION = file(
    "Region",
    mapping(
        "A region. All but label, countries, claims and stage is inherited from the region above.",
        {
            **named("the region", "Europe, Middle East and Africa", "Europa", "Sells to regulated industries first."),
            **life(old="europe"),
            "countries": names("country", "Its countries; each stands once in the whole tree.", ["FR", "NO", "SE"]),
            "subdivisions": names("subdivision", "Its parts of countries (ISO 3166-2).", ["US-CA"]),
            "claims": mapping(
                "Which accounts it takes by condition, before countries are looked at.",
                {"segment": like("id", "The segment whose members it takes.", "us-public-sector")},
                required=("segment",),
            ) | {"examples": [{"segment": "us-public-sector"}]},
            "locales": names("locale", "Its languages.", ["en-GB", "fr-FR"]),
            "gtm": like("go-to-market", "How it sells.", {"route": "direct", "coverage": "named"}),
            "owner": owner("emea-marketing"),
            "council_seat": like("id", "Its seat on the council.", "emea-lead"),
            "stage": one_of(
                ("pilot", "live", "suspended"),
                "A pilot is checked and never deployed; what is suspended stays deployed, inactive. Left out: `live`.",
                "pilot",
            ),
            "pilot": like("pilot", "The terms of the pilot.", {"started": "2026-03-01", "review_by": "2026-12-01"}),
            "calendar": like(
                "calendar", "Its business time.",
                {"time_zone": "Europe/Paris", "hours": "09:00-17:30", "holidays": ["FR"]},
            ),
            "systems": keyed(
                bare("region-system"), "What it is in systems, by instance.", {"mkto": {"workspace": "EMEA"}}
            ),
        },
        required=("label",),
    ),
)  # fmt: skip

TEXTS: Properties = {
    "labels": labels({"fr": "Secteur"}),
}


def hide(what: str, *example: str) -> Schema:
    """Ids from above that are not offered in the region."""
    return names("value-id", f"Ids of {what} from above that are not offered here.", list(example))


# That a region only translates and tightens is for a rule to say, which knows what stands above.
TIGHTENING = mapping(
    "What a region says of a field from above: labels, `required: true`.",
    {
        **taxonomy.FIELD_PROPERTIES,
        **TEXTS,
        "required": {
            "description": "`true`: every record must have it here. What is required above stays so.",
            "const": True,
            "examples": [True],
        },
    },
)
FIELDS_OVERLAY = file(
    "Fields of a region",
    mapping(
        "A region's own fields of one object, and what it tightens or hides of those above.",
        {
            "defaults": taxonomy.FIELDS["properties"]["defaults"]
            | {"description": "What holds for every field of the region's own that does not say otherwise."},
            "fields": keyed(
                {
                    "type": "object",
                    "if": {"required": ["type"]},
                    "then": bare("field"),
                    "else": bare("tightening"),
                },
                "Fields of the region's own, whose ids carry its prefix, and fields from above to tighten.",
                {
                    "dach-branche": {"label": "Branche", "type": "picklist", "picklist": "dach-branche"},
                    "industry": {"required": True},
                },
            ),
            "hide": hide("fields", "partner-tier"),
        },
        anyOf=at_least_one("fields", "hide"),
    ),
)
PICKLIST_OVERLAY = file(
    "Picklist overlay",
    mapping(
        "What a region adds to a picklist from above, renames and hides.",
        {
            **TEXTS,
            "values": keyed(
                bare("value"),
                "Values of the region's own, whose ids carry its prefix, and labels of values from above.",
                {
                    "emea-fintech": {"label": "Fintech", "maps_to": "financial-services"},
                    "financial-services": {"labels": {"fr": "Services financiers"}},
                },
                key="value-id",
            ),
            "hide": hide("values", "us-federal"),
        },
    ),
)
SEGMENT_OVERLAY = file(
    "Segment overlay",
    mapping(
        "The same segment by other fields, and why.",
        {**TEXTS, **only(taxonomy.SEGMENT_PROPERTIES, "use_instead", "reason")},
        dependentRequired={"use_instead": ["reason"]},
    ),
)
TIERS_OVERLAY = file(
    "Tiers overlay",
    mapping(
        "A region's share of the tiers' capacity and, within the guardrails, its weights.",
        {
            "capacity": keyed(
                {"type": "integer", "minimum": 0, "maximum": LARGEST},
                "How many accounts of each tier are the region's, without its children that state their own.",
                {"tier-1": 8},
            ),
            "weights": keyed(
                {"type": "number", "minimum": 0, "maximum": 100}, "The factors' weights here.", {"annual-revenue": 25}
            ),
            "reason": like("prose", "Why the weights differ.", "Public revenue figures are rarer here."),
        },
        dependentRequired={"weights": ["reason"]},
    ),
)  # fmt: skip
ROUTING_OVERLAY = file(
    "Routing overlay",
    mapping(
        "Rules and territories that come before those from above.",
        {
            "roles": keyed(
                bare("routed-role-overlay"), "What comes first, by routed role.",
                {"account-owner": {"territories": {"emea-banks": {"to": "emea-banks-team"}}}}, least=1,
            ),
        },
        required=("roles",),
    ),
)  # fmt: skip
ROUTED_ROLE_OVERLAY = mapping(
    "Rules and territories of a region for one routed role.",
    only(taxonomy.ROUTED_PROPERTIES, "rules", "territories"),
)

FILES: dict[str, Schema] = {
    "region": REGION,
    "fields-overlay": FIELDS_OVERLAY,
    "picklist-overlay": PICKLIST_OVERLAY,
    "segment-overlay": SEGMENT_OVERLAY,
    "tiers-overlay": TIERS_OVERLAY,
    "routing-overlay": ROUTING_OVERLAY,
}
DEFINITIONS: dict[str, Schema] = {
    "go-to-market": GO_TO_MARKET,
    "region-system": REGION_SYSTEM,
    "exit-criterion": EXIT_CRITERION,
    "pilot": PILOT,
    "tightening": TIGHTENING,
    "routed-role-overlay": ROUTED_ROLE_OVERLAY,
}
