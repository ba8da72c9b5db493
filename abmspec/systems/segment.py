"""Segment (a CDP). A tracking plan's rules are JSON Schema (draft 7); an account's traits travel with GROUP calls.
Facts from its Public API reference ("Tracking Plans").
"""

from __future__ import annotations

import re

from abmspec.systems.kind import Kind, ListLimits, Naming, snake_case

TRAIT = re.compile(r"\S(?:.*\S)?")

SEGMENT = Kind(
    name="segment",
    title="Segment",
    types={
        "text": "string",
        "long-text": "string",
        "number": "number",
        "currency": "number",
        "percent": "number",
        "date": "string",
        "datetime": "string",
        "boolean": "boolean",
        "picklist": "string",
        "multipicklist": "array",
        "email": "string",
        "url": "string",
        "phone": "string",
        "reference": "string",
    },
    objects={"account": "group", "contact": "identify", "lead": "identify"},
    field_name=Naming(TRAIT, "no blank at either end", 255, snake_case),
    list_name=Naming(TRAIT, "no blank at either end", 255, snake_case),
    lists=ListLimits(),
)
