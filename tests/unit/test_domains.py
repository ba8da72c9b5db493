"""What the fields of a spec can hold, and which conditions it has."""

from __future__ import annotations

from abmspec.condition import REGION, TIER
from abmspec.domains import domains
from tests.specs import resolved_with

INDUSTRY = "regions/emea/picklists/industry.yaml"
DACH_INDUSTRY = "regions/emea/dach/picklists/industry.yaml"


def test_a_list_holds_the_values_of_every_region_below_their_parents() -> None:
    found = domains(
        resolved_with(
            {
                INDUSTRY: "values:\n  emea-fintech: {label: Fintech, maps_to: financial-services}\n",
                DACH_INDUSTRY: "values:\n  dach-it: {label: IT, maps_to: technology}\n",
            }
        )
    )
    industry = found["account.industry"]
    assert industry.kind == "choice"
    assert set(industry.values or ()) == {
        "technology", "financial-services", "manufacturing", "emea-fintech", "dach-it",
    }  # fmt: skip
    assert industry.matching(["technology"]) == {"technology", "dach-it"}
    assert found["account.industry-detail"].values == industry.values


def test_types() -> None:
    found = domains(resolved_with())
    kinds = {name.removeprefix("account."): found[name].kind for name in found if name.startswith("account.")}
    assert {name: kinds[name] for name in ("employees", "product-family", "billing-country", "owner")} == {
        "employees": "number", "product-family": "choices", "billing-country": "text", "owner": "text",
    }  # fmt: skip
    assert found["account.billing-country"].values is None


def test_tiers_and_regions() -> None:
    found = domains(resolved_with())
    assert found[TIER].values == ("tier-1", "tier-2", "tier-3")
    assert found[REGION].matching(["emea"]) == {"emea", "dach"}


SPLIT = """\
label: Level
description: Levels.
values:
  high: {label: High}
  medium:
    label: Medium
    status: deprecated
    deprecated:
      date: "2026-01-01"
      replaced_by: [{value: high, when: {field: contact.country, in: [DE]}}, {value: low}]
  low: {label: Low}
"""


def test_a_split_is_asked_of_the_records_that_hold_the_list() -> None:
    files: dict[str, str | None] = {
        "taxonomy/picklists/level.yaml": SPLIT,
        "taxonomy/picklists/buying-role.yaml": SPLIT.replace("Level", "Role"),
    }
    asked = {each.address: each.object for each in resolved_with(files).conditions()}
    assert asked["picklist.level.value.medium"] == "account"
    assert asked["picklist.buying-role.value.medium"] == "contact"
