"""Properties and groups that every HubSpot account has from the start (`hubspotDefined`), by object.

From HubSpot's knowledge base ("HubSpot's default company / contact / deal / ticket properties"). Names that begin with
`hs_` are HubSpot's own and are not listed. The live flag `hubspotDefined` of a property decides; this is what is known
without asking.
"""

from __future__ import annotations

from collections.abc import Mapping

OWN_PREFIXES = ("hs_", "hubspot_")
_NOTES = frozenset(
    {
        "notes_last_contacted",
        "notes_last_updated",
        "notes_next_activity_date",
        "num_contacted_notes",
        "num_notes",
    }
)
DEFAULT_PROPERTIES: Mapping[str, frozenset[str]] = {
    "companies": _NOTES
    | {
        "about_us", "address", "address2", "annualrevenue", "city", "closedate", "country", "createdate",
        "days_to_close", "description", "domain", "facebook_company_page", "facebookfans", "first_contact_createdate",
        "first_deal_created_date", "founded_year", "googleplus_page", "industry", "is_public", "lifecyclestage",
        "linkedin_company_page", "linkedinbio", "name", "num_associated_contacts", "num_associated_deals",
        "numberofemployees", "phone", "recent_deal_amount", "recent_deal_close_date", "state", "timezone",
        "total_money_raised", "total_revenue", "twitterbio", "twitterfollowers", "twitterhandle", "type",
        "web_technologies", "website", "zip",
    },
    "contacts": _NOTES
    | {
        "address", "annualrevenue", "associatedcompanyid", "city", "closedate", "company", "country", "createdate",
        "date_of_birth", "days_to_close", "degree", "email", "fax", "field_of_study", "first_conversion_date",
        "first_conversion_event_name", "first_deal_created_date", "firstname", "followercount", "gender",
        "graduation_date", "industry", "ip_city", "ip_country", "ip_state", "job_function", "jobtitle",
        "lastmodifieddate",
        "lastname", "lifecyclestage", "linkedinbio", "marital_status", "message", "military_status", "mobilephone",
        "num_associated_deals", "numemployees", "phone", "photo", "recent_conversion_date",
        "recent_conversion_event_name", "recent_deal_amount", "recent_deal_close_date", "relationship_status",
        "salutation", "school", "seniority", "start_date", "state", "total_revenue", "twitterhandle",
        "webinareventlastupdated",
        "website", "work_email", "zip",
    },
    "deals": _NOTES
    | {
        "amount", "amount_in_home_currency", "closed_lost_reason", "closed_won_reason", "closedate", "createdate",
        "days_to_close", "deal_currency_code", "dealname", "dealstage", "dealtype", "description",
        "num_associated_contacts", "pipeline",
    },
    "tickets": _NOTES | {"closed_date", "content", "createdate", "source_type", "subject"},
    "products": frozenset(
        {"amount", "createdate", "description", "name", "price", "quantity", "recurringbillingfrequency"}
    ),
}  # fmt: skip

DEFAULT_GROUPS = frozenset(
    {
        "companyinformation", "contactinformation", "conversioninformation", "deal_activity", "dealinformation",
        "emailinformation", "productinformation", "social_media_information", "socialmediainformation",
        "ticketinformation", "webinformation",
    }
)  # fmt: skip

# Their options are the stages of pipelines, which have an API of their own.
PIPELINE_PROPERTIES: Mapping[str, frozenset[str]] = {
    "deals": frozenset({"dealstage", "pipeline"}),
    "tickets": frozenset({"hs_pipeline", "hs_pipeline_stage"}),
}


def is_default(object: str, name: str) -> bool:
    """Whether a property comes with HubSpot, so that nobody can make it."""
    return name.startswith(OWN_PREFIXES) or name in DEFAULT_PROPERTIES.get(object, ())
