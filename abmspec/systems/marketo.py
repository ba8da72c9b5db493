"""Marketo Engage. Facts from its REST API reference ("Lead Database", `leads/schema/fields.json`, "Field types").

It has no picklist type: a closed list is kept beside a string field, as an allow-list. A field is never deleted, and
its type, name and length cannot change.
"""

from __future__ import annotations

import re

from abmspec.systems.kind import FieldLimits, Kind, ListLimits, Naming, camel_case

API_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
WANTS = "a letter first, then letters, digits and underscores"

MARKETO = Kind(
    name="marketo",
    title="Marketo Engage",
    types={
        "text": "string",
        "long-text": "text",
        "number": "float",
        "currency": "currency",
        "percent": "percent",
        "date": "date",
        "datetime": "datetime",
        "boolean": "boolean",
        "picklist": "string",
        "multipicklist": "string",
        "email": "email",
        "url": "url",
        "phone": "phone",
        "reference": "reference",
    },
    objects={"account": "company", "contact": "lead", "lead": "lead", "opportunity": "opportunity"},
    field_name=Naming(API_NAME, WANTS, 255, camel_case),
    list_name=Naming(API_NAME, WANTS, 255, camel_case),
    lists=ListLimits(key=255, key_without=";"),
    fields=FieldLimits(label=255, made=100, lengths={"text": (1, 255), "long-text": (1, 30000)}),
)
