"""What an instance holds, on specs as small as the question."""

from __future__ import annotations

from textwrap import dedent

import pytest

from abmspec import load
from abmspec.holdings import Holdings, all_holdings, holdings
from abmspec.model.spec import build
from abmspec.resolve import Resolved, resolve

SYSTEMS = """
    systems:
      sf: {kind: salesforce, role: crm, prefix: ABM}
      hs: {kind: hubspot, role: crm, prefix: abm}
      mk: {kind: marketo, role: map, prefix: abm, keys_from: sf}
"""
FIELDS = """
    fields:
      industry:
        label: Industry
        type: picklist
        picklist: industry
        systems:
          sf: [{object: Account, name: Industry}, {object: Lead, name: Industry}]
          hs: {object: companies}
          mk: {}
      industry-detail:
        label: Industry detail
        type: picklist
        detail_of: industry
        systems: {sf: [{object: Account}, {object: Lead, offered: false}], mk: {offered: false}}
"""
INDUSTRY = """
    label: Industry
    extensible: true
    values:
      finance: {label: Finance, labels: {de: Finanzen}, systems: {sf: Financial Services}}
      tech: {label: Technology}
"""


def spec(**more: str) -> Resolved:
    """The files above with others: `taxonomy__picklists__industry` is `taxonomy/picklists/industry.yaml`."""
    texts = {
        "abmspec": "format: 1\nname: t\nversion: 1.0.0\n",
        "taxonomy__systems": SYSTEMS,
        "taxonomy__fields__account": FIELDS,
        "taxonomy__picklists__industry": INDUSTRY,
        **more,
    }
    files = {f"{name.replace('__', '/')}.yaml": dedent(text).encode() for name, text in texts.items()}
    sources, found = load.load_tree(files)
    assert not found, found
    built = build(sources.documents)
    assert built is not None
    return resolve(built)


def options(held: Holdings, name: str) -> dict[str, tuple[str, bool]]:
    """A list's values by id: what is stored, and whether it is active."""
    (found,) = (each for each in held.lists if each.name == name)
    return {option.id: (option.key, option.active) for option in found.options}


EMEA = "label: EMEA\n"


def test_beside_a_detail_field_a_field_holds_no_regional_values() -> None:
    resolved = spec(
        regions__emea__region=EMEA,
        regions__emea__picklists__industry="values:\n  emea-fintech: {label: Fintech, maps_to: finance}\n",
    )
    sf = holdings(resolved, "sf")
    assert options(sf, "Industry") == {"finance": ("Financial Services", True), "tech": ("tech", True)}
    assert options(sf, "ABM_Industry_Detail") == {"emea-fintech": ("emea-fintech", True)}
    detail = next(field for field in sf.fields if field.field.id == "industry-detail")
    assert (detail.object, detail.name, detail.controlled_by) == (
        "Account",
        "ABM_Industry_Detail__c",
        "Industry",
    )
    assert [(option.key, [parent.key for parent in parents]) for option, parents in detail.settings()] == [
        ("emea-fintech", ["Financial Services"])
    ]


def test_without_one_they_stand_in_the_same_list() -> None:
    resolved = spec(
        regions__emea__region=EMEA,
        regions__emea__picklists__industry="""
            values:
              emea-fintech: {label: Fintech, maps_to: finance, after: finance}
        """,
    )
    assert list(options(holdings(resolved, "hs"), "abm_industry")) == ["finance", "emea-fintech", "tech"]


def test_where_the_detail_is_not_offered_the_parent_is_stored() -> None:
    resolved = spec(
        regions__emea__region=EMEA,
        regions__emea__picklists__industry="values:\n  emea-fintech: {label: Fintech, maps_to: finance}\n",
    )
    assert list(options(holdings(resolved, "mk"), "abmIndustry")) == ["finance", "tech"]


def test_keys_are_taken_over_from_another_instance() -> None:
    resolved = spec()
    assert options(holdings(resolved, "mk"), "abmIndustry")["finance"] == ("Financial Services", True)
    assert options(holdings(resolved, "hs"), "abm_industry")["finance"] == ("finance", True)


@pytest.mark.parametrize("keys_from", ["mk", "sf"])
def test_keys_that_go_in_a_circle_end_at_the_id(keys_from: str) -> None:
    systems = SYSTEMS.replace("role: crm, prefix: ABM", f"role: crm, prefix: ABM, keys_from: {keys_from}")
    resolved = spec(taxonomy__systems=systems)
    assert options(holdings(resolved, "mk"), "abmIndustry")["tech"] == ("tech", True)


@pytest.mark.parametrize(
    ("values", "held"),
    [
        ("old: {label: Old, status: retired}", {"old": ("old", False)}),
        ("old: {label: Old, status: deprecated}", {"old": ("old", True)}),
        ("new: {label: New, status: proposed}", {}),
        ("none: {label: None, systems: {hs: {offered: false}}}", {}),
        (
            "new: {label: New, renamed_from: old}\n  old: {label: Old, status: retired, systems: {hs: OLD}}",
            {"new": ("OLD", True)},
        ),
        (
            "new: {label: New, renamed_from: old}\n  old: {label: Old, status: retired}",
            {"new": ("old", True)},
        ),
        (
            "c: {label: C, renamed_from: b}\n  b: {label: B, renamed_from: a, status: retired}\n"
            "  a: {label: A, status: retired, systems: {hs: A}}",
            {"c": ("A", True)},
        ),
        (
            "new: {label: New, renamed_from: old, systems: {hs: NEW}}\n  old: {label: Old, status: retired}",
            {"new": ("NEW", True)},
        ),
        (
            "new: {label: New, renamed_from: old, status: proposed}\n  old: {label: Old, status: retired}",
            {"old": ("old", False)},
        ),
    ],
)
def test_lives_and_renames(values: str, held: dict[str, tuple[str, bool]]) -> None:
    resolved = spec(taxonomy__picklists__industry=f"label: Industry\nvalues:\n  {values}\n")
    assert options(holdings(resolved, "hs"), "abm_industry") == held


def test_a_value_promoted_out_of_a_detail_list_leaves_its_tombstone_there() -> None:
    resolved = spec(
        taxonomy__picklists__industry="""
            label: Industry
            values:
              finance: {label: Finance}
              fintech: {label: Fintech, renamed_from: emea-fintech}
        """,
        regions__emea__region=EMEA,
        regions__emea__picklists__industry="""
            values:
              emea-fintech: {label: Fintech, maps_to: finance, status: retired, systems: {sf: FT, hs: ft}}
        """,
    )
    sf = holdings(resolved, "sf")
    assert options(sf, "Industry")["fintech"] == ("FT", True)
    assert options(sf, "ABM_Industry_Detail") == {"emea-fintech": ("FT", False)}
    assert options(holdings(resolved, "hs"), "abm_industry") == {
        "finance": ("finance", True),
        "fintech": ("ft", True),
    }


def regional(stage: str) -> Resolved:
    return spec(
        taxonomy__fields__account=FIELDS.partition("      industry-detail:")[0],
        regions__emea__region=f"label: EMEA\nstage: {stage}\n",
        regions__emea__picklists__industry="values:\n  emea-x: {label: X, maps_to: tech}\n",
        regions__emea__dach__region="label: DACH\n",
        regions__emea__dach__picklists__industry="values:\n  dach-y: {label: Yy, maps_to: tech}\n",
        regions__apac__region="label: APAC\n",
        regions__apac__picklists__industry="values:\n  apac-z: {label: Z, maps_to: tech}\n",
    )


@pytest.mark.parametrize(
    ("stage", "held"),
    [
        ("live", {"apac-z": True, "emea-x": True, "dach-y": True}),
        ("suspended", {"apac-z": True, "emea-x": False, "dach-y": False}),
        ("pilot", {"apac-z": True}),
    ],
)
def test_regions_by_stage(stage: str, held: dict[str, bool]) -> None:
    found = options(holdings(regional(stage), "hs"), "abm_industry")
    assert {id: active for id, (_, active) in found.items() if id not in ("finance", "tech")} == held


def test_an_instance_of_some_regions_holds_what_these_see() -> None:
    resolved = spec(
        taxonomy__systems="systems:\n  hs: {kind: hubspot, role: crm, regions: [dach], prefix: abm}\n",
        taxonomy__fields__account="""
            fields:
              industry: {label: Industry, type: picklist, picklist: industry, systems: {hs: {}}}
        """,
        regions__emea__region="label: EMEA\n",
        regions__emea__picklists__industry="values:\n  emea-x: {label: X, maps_to: tech}\nhide: [tech]\n",
        regions__emea__dach__region="label: DACH\n",
        regions__emea__dach__picklists__industry="values:\n  dach-y: {label: Yy, maps_to: tech}\n",
        regions__apac__region="label: APAC\n",
        regions__apac__picklists__industry="values:\n  apac-z: {label: Z, maps_to: tech}\n",
    )
    held = holdings(resolved, "hs")
    assert held.regions == ("dach",)
    # Hidden for every region that works there: not offered, never removed.
    assert options(held, "abm_industry") == {
        "finance": ("finance", True),
        "tech": ("tech", False),
        "emea-x": ("emea-x", True),
        "dach-y": ("dach-y", True),
    }


def test_a_value_hidden_by_some_regions_stays_active() -> None:
    resolved = spec(
        regions__emea__region=EMEA,
        regions__emea__picklists__industry="hide: [tech]\n",
        regions__apac__region="label: APAC\n",
    )
    assert options(holdings(resolved, "hs"), "abm_industry")["tech"] == ("tech", True)


def test_a_region_s_text_stands_before_the_first_one_and_is_found_where_it_was_said() -> None:
    resolved = spec(
        regions__emea__region=EMEA,
        regions__emea__picklists__industry="values:\n  finance: {labels: {de: Finanzwesen, fr: Finances}}\n",
    )
    option = holdings(resolved, "hs").lists[0].options[0]
    assert dict(option.texts) == {"de": "Finanzwesen", "fr": "Finances"}
    assert option.text_at("fr").path == "regions/emea/picklists/industry.yaml"
    assert option.text_at("fr").route == ("values", "finance", "labels", "fr")


def test_a_key_is_found_where_it_was_stated() -> None:
    by_id = {option.id: option for option in holdings(spec(), "mk").lists[0].options}
    assert by_id["finance"].key_at.route == ("values", "finance", "systems", "sf")
    assert by_id["tech"].key_at == by_id["tech"].at


def test_a_dependent_field_is_offered_for_its_parents_and_their_regional_children() -> None:
    resolved = spec(
        taxonomy__fields__account="""
            fields:
              industry: {label: I, type: picklist, picklist: industry, systems: {sf: {object: Account}}}
              branche:
                {label: B, type: picklist, picklist: branche, depends_on: industry, systems: {sf: {object: Account}}}
        """,
        taxonomy__picklists__branche="""
            label: Branche
            rolls_up_to: industry
            values:
              it: {label: IT, maps_to: tech, allowed_for: [tech, finance]}
              bank: {label: Bank, maps_to: finance}
              gone: {label: Gone, maps_to: finance, status: retired}
        """,
        regions__emea__region=EMEA,
        regions__emea__picklists__industry="values:\n  emea-fintech: {label: Fintech, maps_to: finance}\n",
    )
    (branche,) = holdings(resolved, "sf").of_field("account.branche")
    assert branche.controlled_by == "ABM_Industry__c"
    assert {option.id: [parent.id for parent in parents] for option, parents in branche.settings()} == {
        "it": ["finance", "tech", "emea-fintech"],
        "bank": ["finance", "emea-fintech"],
    }


@pytest.mark.parametrize(
    ("emea", "apac", "required"),
    [("{required: true}", "{required: true}", True), ("{required: true}", "{label: I}", False)],
)
def test_a_field_is_required_where_every_region_wants_it(emea: str, apac: str, required: bool) -> None:
    resolved = spec(
        regions__emea__region=EMEA,
        regions__emea__fields__account=f"fields:\n  industry: {emea}\n",
        regions__apac__region="label: APAC\n",
        regions__apac__fields__account=f"fields:\n  industry: {apac}\n",
    )
    assert {held.required for held in holdings(resolved, "hs").of_field("account.industry")} == {required}


def test_a_renamed_field_keeps_its_name() -> None:
    resolved = spec(
        taxonomy__fields__account="""
            fields:
              sector: {label: Sector, type: text, renamed_from: trade, systems: {sf: {object: Account}, hs: {}}}
              trade:
                {label: Trade, type: text, status: retired, systems: {sf: {object: Account}, hs: {name: their_trade}}}
        """
    )
    assert [held.name for held in holdings(resolved, "sf").fields] == ["ABM_Trade__c"]
    assert [held.name for held in holdings(resolved, "hs").fields] == ["their_trade"]


def test_one_list_in_two_parts_has_two_names() -> None:
    resolved = spec(
        taxonomy__fields__account="""
            fields:
              industry: {label: I, type: picklist, picklist: industry, systems: {sf: {object: Account}}}
              industry-detail: {label: D, type: picklist, detail_of: industry, systems: {sf: {object: Account}}}
        """,
        taxonomy__fields__contact="""
            fields:
              industry: {label: I, type: picklist, picklist: industry, systems: {sf: {object: Contact}}}
        """,
        regions__emea__region=EMEA,
        regions__emea__picklists__industry="values:\n  emea-fintech: {label: Fintech, maps_to: finance}\n",
    )
    held = holdings(resolved, "sf")
    assert list(options(held, "ABM_Industry")) == ["finance", "tech"]
    assert list(options(held, "ABM_Industry_All")) == ["finance", "tech", "emea-fintech"]


def test_record_types_offer_what_their_regions_do() -> None:
    resolved = spec(
        regions__emea__region="label: EMEA\nsystems: {sf: {record_types: {Account: [EMEA]}}}\n",
        regions__emea__picklists__industry="""
            values: {emea-fintech: {label: Fintech, maps_to: finance}}
            hide: [tech]
        """,
        regions__apac__region="label: APAC\nsystems: {sf: {record_types: {Account: [APAC]}}}\n",
    )
    offers = {
        each.name: {name: [option.id for option in found] for name, found in each.offers.items()}
        for each in holdings(resolved, "sf").record_types
    }
    assert offers == {
        "APAC": {"Industry": ["finance", "tech"], "ABM_Industry_Detail__c": []},
        "EMEA": {"Industry": ["finance"], "ABM_Industry_Detail__c": ["emea-fintech"]},
    }


def test_unknown_kinds_and_instances_that_are_not_in_use_hold_nothing() -> None:
    resolved = spec(
        taxonomy__systems="""
            systems:
              a: {kind: abacus, role: crm}
              b: {kind: hubspot, role: crm, status: proposed}
              c: {kind: hubspot, role: crm}
              d: {kind: hubspot, role: crm, status: retired}
        """
    )
    assert list(all_holdings(resolved)) == ["c"]
    with pytest.raises(KeyError):
        holdings(resolved, "a")
    with pytest.raises(KeyError):
        holdings(resolved, "z")


def test_all_at_once_is_each_by_itself() -> None:
    resolved = regional("live")
    assert all_holdings(resolved) == {
        instance: holdings(resolved, instance) for instance in ("sf", "hs", "mk")
    }
