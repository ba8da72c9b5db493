"""HubSpot. Facts from its CRM API reference ("Properties": types, field types, options) and its knowledge base
("Property field types", "HubSpot's limits"). A property's internal name cannot change once it exists.
"""

from __future__ import annotations

import re

from abmspec.systems.kind import FieldLimits, Kind, ListLimits, Naming, snake_case

PROPERTY_NAME = re.compile(r"[a-z][a-z0-9_]*")
WANTS = "a small letter first, then small letters, digits and underscores"

# `type/fieldType` of a property.
HUBSPOT = Kind(
    name="hubspot",
    title="HubSpot",
    types={
        "text": "string/text",
        "long-text": "string/textarea",
        "number": "number/number",
        "currency": "number/number",
        "percent": "number/number",
        "date": "date/date",
        "datetime": "datetime/date",
        "boolean": "bool/booleancheckbox",
        "picklist": "enumeration/select",
        "multipicklist": "enumeration/checkbox",
        "email": "string/text",
        "url": "string/text",
        "phone": "string/phonenumber",
        "reference": "string/text",
    },
    objects={
        "account": "companies",
        "contact": "contacts",
        "lead": "contacts",
        "opportunity": "deals",
        "product": "products",
        "case": "tickets",
        "task": "tasks",
    },
    field_name=Naming(PROPERTY_NAME, WANTS, 100, snake_case),
    list_name=Naming(PROPERTY_NAME, WANTS, 100, snake_case),
    lists=ListLimits(values=5000, text=3000, key_without=";", unique_labels="all"),
    fields=FieldLimits(lengths={"text": (1, 65536), "long-text": (1, 65536)}),
)
