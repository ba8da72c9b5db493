"""LinkedIn ads: no fields and no lists of ours; segments are compiled into targeting criteria, whose facets and values
are LinkedIn's own URNs (`urn:li:adTargetingFacet:industries`, `urn:li:industry:4`). Facts from its Marketing API
reference ("Ad Targeting").
"""

from __future__ import annotations

import re

from abmspec.systems.kind import Kind, ListLimits, Naming, snake_case

FACET = re.compile(r"\S+")

LINKEDIN = Kind(
    name="linkedin",
    title="LinkedIn",
    types={"picklist": "facet", "multipicklist": "facet", "number": "facet"},
    field_name=Naming(FACET, "a targeting facet without blanks", 255, snake_case),
    list_name=Naming(FACET, "a targeting facet without blanks", 255, snake_case),
    lists=ListLimits(),
)
