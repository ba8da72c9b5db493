"""Kinds that a spec may name and that nothing is compiled for yet. Facts from the vendors' API references:
Eloqua REST 1.0 (option lists), Account Engagement API v5 (custom fields), Dataverse Web API (global option sets).
"""

from __future__ import annotations

import re

from abmspec.model.taxonomy import FieldType
from abmspec.systems.kind import Kind, ListLimits, Naming, camel_case, snake_case

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
WANTS = "a letter first, then letters, digits and underscores"
ALL: dict[FieldType, str] = {
    "text": "text",
    "long-text": "large text",
    "number": "number",
    "currency": "number",
    "percent": "number",
    "date": "date",
    "datetime": "date",
    "boolean": "checkbox",
    "picklist": "option list",
    "multipicklist": "option list",
    "email": "text",
    "url": "text",
    "phone": "text",
    "reference": "text",
}

ELOQUA = Kind(
    name="eloqua",
    title="Oracle Eloqua",
    types=ALL,
    field_name=Naming(NAME, WANTS, 100, camel_case),
    list_name=Naming(NAME, WANTS, 100, camel_case),
    lists=ListLimits(),
    compiled=False,
)
ACCOUNT_ENGAGEMENT = Kind(
    name="account-engagement",
    title="Salesforce Account Engagement",
    types=ALL,
    field_name=Naming(NAME, WANTS, 255, snake_case),
    list_name=Naming(NAME, WANTS, 255, snake_case),
    lists=ListLimits(),
    compiled=False,
)
DATAVERSE = Kind(
    name="dataverse",
    title="Microsoft Dataverse",
    types=ALL,
    field_name=Naming(NAME, WANTS, 100, snake_case),
    list_name=Naming(NAME, WANTS, 100, snake_case),
    lists=ListLimits(),
    compiled=False,
)
