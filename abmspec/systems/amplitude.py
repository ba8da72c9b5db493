"""Amplitude (product analytics). Facts from its Taxonomy API reference: group and user properties, `enum` types.
Values of a property are cut at 1,024 characters.
"""

from __future__ import annotations

import re

from abmspec.systems.kind import Kind, ListLimits, Naming, snake_case

PROPERTY = re.compile(r"\S(?:.*\S)?")

AMPLITUDE = Kind(
    name="amplitude",
    title="Amplitude",
    types={
        "text": "string",
        "long-text": "string",
        "number": "number",
        "currency": "number",
        "percent": "number",
        "date": "string",
        "datetime": "string",
        "boolean": "boolean",
        "picklist": "enum",
        "multipicklist": "enum",
        "email": "string",
        "url": "string",
        "phone": "string",
        "reference": "string",
    },
    objects={"account": "group", "contact": "user", "lead": "user"},
    field_name=Naming(PROPERTY, "no blank at either end", 1024, snake_case),
    list_name=Naming(PROPERTY, "no blank at either end", 1024, snake_case),
    lists=ListLimits(key=1024),
)
