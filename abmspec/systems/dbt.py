"""A warehouse kept by dbt: fields are columns, lists are seeds with `accepted_values` tests.

Names are unquoted identifiers that Snowflake, BigQuery, Redshift and Postgres all take;
63 characters is Postgres's limit.
"""

from __future__ import annotations

import re

from abmspec.systems.kind import Kind, ListLimits, Naming, snake_case

COLUMN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
WANTS = "a letter or an underscore first, then letters, digits and underscores"

DBT = Kind(
    name="dbt",
    title="dbt",
    types={
        "text": "varchar",
        "long-text": "varchar",
        "number": "numeric",
        "currency": "numeric",
        "percent": "numeric",
        "date": "date",
        "datetime": "timestamp",
        "boolean": "boolean",
        "picklist": "varchar",
        "multipicklist": "varchar",
        "email": "varchar",
        "url": "varchar",
        "phone": "varchar",
        "reference": "varchar",
    },
    objects={"account": "accounts", "contact": "contacts", "lead": "leads", "opportunity": "opportunities"},
    field_name=Naming(COLUMN, WANTS, 63, snake_case),
    list_name=Naming(COLUMN, WANTS, 63, snake_case),
    lists=ListLimits(),
)
