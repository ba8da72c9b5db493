from __future__ import annotations

import json
from typing import Any

import pytest

from abmspec.systems.hubspot_properties import is_default
from tests.conftest import ROOT
from tests.golden import tree
from tests.golden.compiled import GOLDEN, compiled

FOLDER = GOLDEN / "hubspot"
FILES = compiled(FOLDER / "spec", "hubspot")
PROPERTY = "properties/companies"


def body(path: str) -> dict[str, Any]:
    return dict(json.loads(FILES[path]))


def test_the_whole_tree_is_the_kept_one() -> None:
    tree.check(FILES, FOLDER / "expected")


def test_it_is_the_same_every_time() -> None:
    assert compiled(FOLDER / "spec", "hubspot") == FILES


def test_options_are_whole_and_only_proposed_ones_are_left_out() -> None:
    options = body(f"hubspot/{PROPERTY}/abm_industry.json")["options"]
    assert {option["value"]: option["hidden"] for option in options} == {
        "Financial Services": False,
        "technology": False,
        "high-tech": False,
        "media-telecom": False,
        "media": False,
        "agriculture": True,
    }
    assert [option["displayOrder"] for option in options] == list(range(len(options)))


def test_what_a_suspended_region_adds_is_hidden_and_a_pilots_is_not_there() -> None:
    options = body(f"hubspot/{PROPERTY}/abm_industry_detail.json")["options"]
    assert {option["value"]: option["hidden"] for option in options} == {
        "emea-neobank": True,
        "latam-fintech": False,
        "brazil-pix": False,
    }


def test_labels_are_in_the_language_of_the_accounts_own_regions() -> None:
    latam = body(f"hubspot-latam/{PROPERTY}/sector.json")
    assert latam["label"] == "Sector"
    labels = {option["value"]: option["label"] for option in latam["options"]}
    assert labels["Financial Services"] == "Servicios financieros"
    assert labels["media"] == "Medios"
    everywhere = body(f"hubspot/{PROPERTY}/abm_industry.json")["options"]
    assert everywhere[0]["label"] == "Financial Services"


def test_a_text_that_two_options_would_share_is_not_used() -> None:
    options = body(f"hubspot-latam/{PROPERTY}/sector.json")["options"]
    labels = [option["label"] for option in options]
    assert labels[1:3] == ["Technology", "High Tech"]
    assert len({label.casefold() for label in labels}) == len(labels)


def test_default_properties_are_never_made() -> None:
    made = [path for path in FILES if "/properties/" in path]
    assert not [path for path in made if is_default(*path.removesuffix(".json").split("/")[-2:])]
    order = body("hubspot/deploy-order.json")
    assert {each["property"] for each in order["untouched"]} == {"companies.name", "deals.dealstage"}
    (review,) = order["options_of_default_properties"]
    assert review["only_where"] == {"modificationMetadata.readOnlyOptions": False}
    assert body(f"hubspot/{review['body']}").keys() == {"options"}


def test_a_retired_property_is_hidden_and_nothing_is_deleted() -> None:
    order = body("hubspot/deploy-order.json")
    (retired,) = order["retired"]
    assert body(f"hubspot/{retired['body']}") == {"hidden": True}
    calls = [
        *order["groups"],
        *order["properties"],
        *order["retired"],
        *order["options_of_default_properties"],
    ]
    assert {call["method"] for call in calls} == {"POST", "PATCH"}


def test_an_update_leaves_out_what_only_a_new_property_takes() -> None:
    calls = {call["body"]: call for call in body("hubspot/deploy-order.json")["properties"]}
    assert calls[f"{PROPERTY}/abm_tax_id.json"]["if_there"]["leave_out"] == ["name", "hasUniqueValue"]
    assert calls[f"{PROPERTY}/abm_tax_id.json"]["cannot_be_changed"] == [
        "its name",
        "its values must be unique",
    ]
    owner = calls[f"{PROPERTY}/abm_manager.json"]["if_there"]["leave_out"]
    assert owner == ["name", "externalOptions", "referencedObjectType", "options"]


@pytest.mark.parametrize("instance", ["hubspot", "hubspot-latam"])
def test_every_body_has_its_call_and_every_call_its_body(instance: str) -> None:
    order = body(f"{instance}/deploy-order.json")
    named = [
        call["body"]
        for part in ("groups", "properties", "options_of_default_properties", "retired")
        for call in order[part]
    ]
    bodies = {
        path.removeprefix(f"{instance}/")
        for path in FILES
        if path.startswith(f"{instance}/") and path.count("/") > 1
    }
    assert sorted(named) == sorted(bodies)


def test_the_reference_spec_is_compiled() -> None:
    files = compiled(ROOT, "hubspot")
    assert "hubspot-latam/properties/companies/abm_industry.json" in files
    assert "hubspot-latam/options-of-default-properties/contacts/hs_buying_role.json" in files
