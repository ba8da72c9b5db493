"""Salesforce. Facts from the Metadata API Developer Guide (GlobalValueSet, StandardValueSet, CustomField, CustomValue,
"StandardValueSet Names and Standard Picklist Fields") and from Salesforce Help ("Picklist Limitations", "Supported
Languages").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from abmspec.model.taxonomy import FieldType
from abmspec.systems.kind import FieldLimits, Kind, ListLimits, Naming, StandardAttribute, StandardSet
from abmspec.systems.standard_value_sets import NAMES

# Letter first, no two underscores in a row, none at the end: "fullName" in the Metadata API Developer Guide.
DEVELOPER_NAME = re.compile(r"[A-Za-z](?:_?[A-Za-z0-9])*")
WANTS = "a letter first, then letters, digits and single underscores, none of these at the end"


def developer_name(id: str, prefix: str) -> str:
    """`ABM_Industry_Detail`: the prefix as it is written, each word of the id with a capital."""
    return "_".join(part for part in (prefix, *(word.capitalize() for word in id.split("-"))) if part)


def field_name(id: str, prefix: str) -> str:
    """`ABM_Industry_Detail__c`."""
    return f"{developer_name(id, prefix)}__c"


TYPES: Mapping[FieldType, str] = {
    "text": "Text",
    "long-text": "LongTextArea",
    "number": "Number",
    "currency": "Currency",
    "percent": "Percent",
    "date": "Date",
    "datetime": "DateTime",
    "boolean": "Checkbox",
    "picklist": "Picklist",
    "multipicklist": "MultiselectPicklist",
    "email": "Email",
    "url": "Url",
    "phone": "Phone",
    "reference": "Lookup",
}

OBJECTS = {
    "account": "Account",
    "campaign": "Campaign",
    "campaign-member": "CampaignMember",
    "case": "Case",
    "contact": "Contact",
    "contract": "Contract",
    "event": "Event",
    "lead": "Lead",
    "opportunity": "Opportunity",
    "product": "Product2",
    "task": "Task",
    "user": "User",
}

# A record type on one of these belongs to a business process, which a deployment names (RecordType.businessProcess),
# and which alone decides the values of this field.
PROCESS_FIELDS = {"Case": "Status", "Lead": "Status", "Opportunity": "StageName", "Solution": "Status"}

# Fully supported, end-user and platform-only languages by the language tag that means them.
LANGUAGES = {
    "af": "af", "ar": "ar", "bg": "bg", "ca": "ca", "cs": "cs", "cy": "cy", "da": "da", "de": "de", "de-AT": "de_AT",
    "de-BE": "de_BE", "de-CH": "de_CH", "de-LU": "de_LU", "el": "el", "en-AU": "en_AU", "en-CA": "en_CA",
    "en-GB": "en_GB", "en-IE": "en_IE", "en-IN": "en_IN", "en-MY": "en_MY", "en-NZ": "en_NZ", "en-PH": "en_PH",
    "en-SG": "en_SG", "en-US": "en_US", "en-ZA": "en_ZA", "es": "es", "es-AR": "es_AR", "es-CL": "es_CL",
    "es-CO": "es_CO", "es-MX": "es_MX", "es-PE": "es_PE", "es-US": "es_US", "et": "et", "eu": "eu", "fa": "fa",
    "fi": "fi", "fr": "fr", "fr-BE": "fr_BE", "fr-CA": "fr_CA", "fr-CH": "fr_CH", "fr-LU": "fr_LU", "ga": "ga",
    "gu": "gu", "he": "iw", "hi": "hi", "hr": "hr", "hu": "hu", "hy": "hy", "id": "in", "is": "is", "it": "it",
    "it-CH": "it_CH", "ja": "ja", "ka": "ka", "kn": "kn", "ko": "ko", "lb": "lb", "lt": "lt", "lv": "lv", "mi": "mi",
    "mk": "mk", "ml": "ml", "mr": "mr", "ms": "ms", "mt": "mt", "my": "my", "nb": "no", "nl": "nl_NL", "nl-BE": "nl_BE",
    "nl-NL": "nl_NL", "no": "no", "pa": "pa", "pl": "pl", "pt": "pt_BR", "pt-BR": "pt_BR", "pt-PT": "pt_PT",
    "rm": "rm", "ro": "ro", "ro-MD": "ro_MD", "ru": "ru", "sk": "sk", "sl": "sl", "sq": "sq", "sr": "sr",
    "sv": "sv", "sw": "sw", "ta": "ta", "te": "te", "th": "th", "tl": "tl", "tr": "tr", "uk": "uk", "ur": "ur",
    "vi": "vi", "xh": "xh", "zh": "zh_CN", "zh-CN": "zh_CN", "zh-HK": "zh_HK", "zh-Hans": "zh_CN", "zh-Hant": "zh_TW",
    "zh-MY": "zh_MY", "zh-SG": "zh_SG", "zh-TW": "zh_TW", "zu": "zu",
}  # fmt: skip

# Which elements of StandardValue a set's values carry: the "relevant only for" notes of StandardValue in the guide.
ATTRIBUTES: Mapping[str, tuple[StandardAttribute, ...]] = {
    "CaseStatus": ("closed",),
    "LeadStatus": ("converted",),
    "OpportunityStage": ("closed", "forecastCategory", "probability", "won"),
    "TaskStatus": ("closed",),
}
# ForecastCategories of the Metadata API.
FORECAST_CATEGORIES = ("Omitted", "Pipeline", "BestCase", "MostLikely", "Forecast", "Closed")
HUNDRED_VALUES = frozenset({"CaseStatus", "LeadStatus", "OpportunityStage", "TaskStatus"})

STANDARD_FIELDS = {
    "Account.AccountSource": "LeadSource",
    "Account.Industry": "Industry",
    "Account.Ownership": "AccountOwnership",
    "Account.Rating": "AccountRating",
    "Account.Type": "AccountType",
    "AccountContactRelation.Roles": "AccountContactMultiRoles",
    "AccountContactRole.Role": "AccountContactRole",
    "AccountTeamMember.TeamMemberRole": "SalesTeamRole",
    "Asset.Status": "AssetStatus",
    "Campaign.Status": "CampaignStatus",
    "Campaign.Type": "CampaignType",
    "CampaignMember.Status": "CampaignMemberStatus",
    "Case.Origin": "CaseOrigin",
    "Case.Priority": "CasePriority",
    "Case.Reason": "CaseReason",
    "Case.Status": "CaseStatus",
    "Case.Type": "CaseType",
    "Contact.LeadSource": "LeadSource",
    "Contact.Salutation": "Salutation",
    "Contract.Status": "ContractStatus",
    "Event.Subject": "EventSubject",
    "Event.Type": "EventType",
    "Lead.Industry": "Industry",
    "Lead.LeadSource": "LeadSource",
    "Lead.Rating": "AccountRating",
    "Lead.Salutation": "Salutation",
    "Lead.Status": "LeadStatus",
    "Opportunity.LeadSource": "LeadSource",
    "Opportunity.StageName": "OpportunityStage",
    "Opportunity.Type": "OpportunityType",
    "OpportunityCompetitor.CompetitorName": "OpportunityCompetitor",
    "OpportunityContactRole.Role": "ContactRole",
    "OpportunityTeamMember.TeamMemberRole": "SalesTeamRole",
    "Order.Status": "OrderStatus",
    "Order.Type": "OrderType",
    "Partner.Role": "PartnerRole",
    "Product2.Family": "Product2Family",
    "Quote.Status": "QuoteStatus",
    "Solution.Status": "SolutionStatus",
    "Task.Priority": "TaskPriority",
    "Task.Status": "TaskStatus",
    "Task.Subject": "TaskSubject",
    "Task.Type": "TaskType",
}

SALESFORCE = Kind(
    name="salesforce",
    title="Salesforce",
    types=TYPES,
    objects=OBJECTS,
    field_name=Naming(DEVELOPER_NAME, WANTS, 40, field_name, suffix="__c"),
    list_name=Naming(DEVELOPER_NAME, WANTS, 80, developer_name),
    lists=ListLimits(
        values=1000,
        several=500,
        controlling=300,
        key=255,
        label=255,
        description=255,
        unique_labels="active",
        list_label=80,
        list_description=255,
    ),
    fields=FieldLimits(
        label=40,
        description=1000,
        lengths={"text": (1, 255), "long-text": (256, 131072)},
    ),
    languages=LANGUAGES,
    standard_sets={
        name: StandardSet(name, ATTRIBUTES.get(name, ()), 100 if name in HUNDRED_VALUES else 1000)
        for name in NAMES
    },
    standard_fields=STANDARD_FIELDS,
    dependencies=True,
)
