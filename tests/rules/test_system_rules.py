"""Where rules about systems find fault: rule, path, line and column."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

import pytest

from abmspec import load
from abmspec.diagnostic import place
from abmspec.model.spec import build
from abmspec.resolve import resolve
from abmspec.rules import (
    keys_from_cycle,
    standard_value_incomplete,
    standard_value_set_unknown,
    system_controller_missing,
    system_description_too_long,
    system_fields_too_many,
    system_key_invalid,
    system_kind_unknown,
    system_label_duplicate,
    system_label_too_long,
    system_length_invalid,
    system_list_too_long,
    system_name_duplicate,
    system_name_invalid,
    system_option_semicolon,
    system_translation_unsupported,
    system_type_unsupported,
)
from abmspec.rules.rule import SpecRule, Subject

SYSTEMS = """
    systems:
      sf: {kind: salesforce, role: crm, prefix: ABM}
      hs: {kind: hubspot, role: crm, prefix: abm}
      mk: {kind: marketo, role: map, prefix: abm, keys_from: sf}
"""
TOPICS = """
    label: Topic
    values:
      a: {label: A}
      b: {label: B}
"""
PICKLIST = "taxonomy/picklists/topic.yaml"
ACCOUNT = "taxonomy/fields/account.yaml"
EMEA = "regions/emea/region.yaml"


def found(rule: SpecRule, field: str, topics: str = TOPICS, **more: str) -> list[tuple[str, int, int]]:
    """Where the rule finds fault with one field of accounts and its list."""
    texts = {
        "abmspec": "format: 1\nname: t\nversion: 1.0.0\n",
        "taxonomy__systems": SYSTEMS,
        "taxonomy__fields__account": f"fields:\n  topic: {field}\n",
        "taxonomy__picklists__topic": topics,
        **more,
    }
    files = {
        f"{name.replace('__', '/')}.yaml": dedent(text).lstrip("\n").encode() for name, text in texts.items()
    }
    sources, wrong = load.load_tree(files)
    assert not wrong, wrong
    spec = build(sources.documents)
    assert spec is not None
    findings = rule.check(Subject(resolve(spec), date(2026, 10, 1)))
    placed = (place(finding, rule.rule, spec.documents) for finding in findings)
    return [(each.path, each.line, each.column) for each in placed]


def bound(to: str, type: str = "picklist, picklist: topic") -> str:
    return f"{{label: Topic, type: {type}, systems: {{{to}}}}}"


SF = bound("sf: {object: Account}")
HS = bound("hs: {}")


def values(count: int) -> str:
    return "label: Topic\nvalues:\n" + "".join(
        f"  v{n}: {{label: V{n}, status: retired}}\n" for n in range(count)
    )


@pytest.mark.parametrize(
    ("field", "count", "places"),
    [
        (SF, 1000, []),
        (SF, 1001, [(PICKLIST, 2, 1)]),
        (HS, 5000, []),
        (HS, 5001, [(PICKLIST, 2, 1)]),
        (bound("mk: {}"), 5001, []),
        (bound("sf: {object: Task, name: Status}"), 100, []),
        (bound("sf: {object: Task, name: Status}"), 101, [(PICKLIST, 2, 1)]),
        (bound("sf: {object: Account, name: Industry}"), 101, []),
    ],
)
def test_lists_count_what_is_retired(field: str, count: int, places: list[tuple[str, int, int]]) -> None:
    assert found(system_list_too_long.RULE, field, values(count)) == places


@pytest.mark.parametrize(
    ("count", "places"),
    [(500, []), (501, [(PICKLIST, 2, 1)])],
)
def test_lists_of_several_values_are_shorter(count: int, places: list[tuple[str, int, int]]) -> None:
    field = bound("sf: {object: Account}", "multipicklist, picklist: topic")
    assert found(system_list_too_long.RULE, field, values(count).replace("retired", "active")) == places


@pytest.mark.parametrize(
    ("count", "places"), [(300, []), (301, [("taxonomy/picklists/industry.yaml", 2, 1)])]
)
def test_lists_that_others_depend_on_are_shorter(count: int, places: list[tuple[str, int, int]]) -> None:
    fields = """
        fields:
          industry: {label: I, type: picklist, picklist: industry, systems: {sf: {object: Account}}}
          topic: {label: T, type: picklist, picklist: topic, depends_on: industry, systems: {sf: {object: Account}}}
    """
    topics = "label: T\nrolls_up_to: industry\nvalues:\n  a: {label: A, maps_to: v1}\n"
    industries = values(count).replace("retired", "active")
    more = {"taxonomy__fields__account": fields, "taxonomy__picklists__industry": industries}
    assert found(system_list_too_long.RULE, "", topics, **more) == places


@pytest.mark.parametrize(
    ("rule", "field", "topics", "places"),
    [
        (
            system_option_semicolon.RULE,
            HS,
            "label: T\nvalues:\n  a: {label: A, systems: {hs: a;b}}\n",
            [(PICKLIST, 3, 31)],
        ),
        (system_option_semicolon.RULE, SF, "label: T\nvalues:\n  a: {label: A, systems: {sf: a;b}}\n", []),
        (
            system_option_semicolon.RULE,
            bound("sf: {object: Account}", "multipicklist, picklist: topic"),
            "label: T\nvalues:\n  a: {label: A, systems: {sf: {key: a;b}}}\n",
            [(PICKLIST, 3, 31)],
        ),
        (
            system_key_invalid.RULE,
            SF,
            f"label: T\nvalues:\n  a: {{label: A, systems: {{sf: {'x' * 256}}}}}\n",
            [(PICKLIST, 3, 31)],
        ),
        (
            system_key_invalid.RULE,
            SF,
            f"label: T\nvalues:\n  a: {{label: A, systems: {{sf: {'x' * 255}}}}}\n",
            [],
        ),
        (
            system_key_invalid.RULE,
            bound("mk: {}"),
            'label: T\nvalues:\n  a: {label: A, systems: {sf: "x\\ty"}}\n',
            [(PICKLIST, 3, 31)],
        ),
        (
            system_label_duplicate.RULE,
            HS,
            "label: T\nvalues:\n  a: {label: Same}\n  b: {label: same, status: retired}\n",
            [(PICKLIST, 4, 14)],
        ),
        (
            system_label_duplicate.RULE,
            SF,
            "label: T\nvalues:\n  a: {label: Same}\n  b: {label: same, status: retired}\n",
            [],
        ),
        (
            system_label_too_long.RULE,
            SF,
            f"label: T\nvalues:\n  a: {{label: A, labels: {{de: {'x' * 256}}}}}\n",
            [(PICKLIST, 3, 30)],
        ),
        (
            system_label_too_long.RULE,
            SF,
            f"label: {'x' * 81}\nvalues:\n  a: {{label: A}}\n",
            [(PICKLIST, 1, 8)],
        ),
        (
            system_description_too_long.RULE,
            SF,
            f"label: T\nvalues:\n  a: {{label: A, description: {'x' * 256}}}\n",
            [(PICKLIST, 3, 30)],
        ),
        (
            system_description_too_long.RULE,
            HS,
            f"label: T\nvalues:\n  a: {{label: A, description: {'x' * 2998}}}\n",
            [],
        ),
        (
            system_description_too_long.RULE,
            HS,
            f"label: T\nvalues:\n  a: {{label: A, description: {'x' * 2999}}}\n",
            [(PICKLIST, 3, 30)],
        ),
        (
            system_translation_unsupported.RULE,
            SF,
            "label: T\nvalues:\n  a: {label: A, labels: {gsw: A, de-LI: A}}\n  b: {label: B, labels: {gsw: B}}\n",
            [(PICKLIST, 3, 26)],
        ),
        (
            system_translation_unsupported.RULE,
            HS,
            "label: T\nvalues:\n  a: {label: A, labels: {gsw: A}}\n",
            [],
        ),
        (
            standard_value_incomplete.RULE,
            bound("sf: {object: Lead, name: Status}"),
            "label: T\nvalues:\n  a: {label: A, status: retired, systems: {sf: {converted: true}}}\n",
            [(PICKLIST, 2, 1)],
        ),
        (
            standard_value_incomplete.RULE,
            bound("sf: {object: Opportunity, name: StageName}"),
            "label: T\nvalues:\n  a: {label: A, systems: {sf: {probability: 1, forecast_category: Perhaps}}}\n"
            "  b: {label: B, systems: {sf: {probability: 0, forecast_category: Omitted}}}\n  c: {label: C}\n",
            [(PICKLIST, 3, 31), (PICKLIST, 5, 3)],
        ),
        (
            standard_value_set_unknown.RULE,
            bound("sf: {object: Account, name: Colour}"),
            TOPICS,
            [(ACCOUNT, 2, 96)],
        ),
        (
            standard_value_set_unknown.RULE,
            bound("sf: {object: Account, name: Industry}"),
            "label: T\nsystems: {sf: {standard_value_set: LeadSource}}\nvalues:\n  a: {label: A}\n",
            [(ACCOUNT, 2, 96)],
        ),
        (
            standard_value_set_unknown.RULE,
            HS,
            "label: T\nsystems: {hs: {standard_value_set: Industry}}\nvalues:\n  a: {label: A}\n",
            [(PICKLIST, 2, 36)],
        ),
    ],
)
def test_places(rule: SpecRule, field: str, topics: str, places: list[tuple[str, int, int]]) -> None:
    assert found(rule, field, topics) == places


@pytest.mark.parametrize(
    ("rule", "field", "places"),
    [
        (system_length_invalid.RULE, bound("sf: {object: Account}", "text, length: 256"), [(ACCOUNT, 2, 45)]),
        (system_length_invalid.RULE, bound("sf: {object: Account, name: Site}", "text, length: 256"), []),
        (system_length_invalid.RULE, bound("hs: {}", "text, length: 256"), []),
        (system_type_unsupported.RULE, bound("ads: {}", "date"), [(ACCOUNT, 2, 47)]),
        (system_name_invalid.RULE, bound("sf: {object: Account, name: A__B__c}"), [(ACCOUNT, 2, 96)]),
        (system_name_invalid.RULE, bound(f"sf: {{object: Account, name: {'x' * 41}__c}}"), [(ACCOUNT, 2, 96)]),
        (system_name_invalid.RULE, bound(f"sf: {{object: Account, name: {'x' * 40}__c}}"), []),
        (system_name_invalid.RULE, bound("hs: {name: Topic}"), [(ACCOUNT, 2, 79)]),
        (system_name_invalid.RULE, bound("hs: {object: ../x}"), [(ACCOUNT, 2, 3)]),
        (system_label_too_long.RULE, SF.replace("Topic", "x" * 41), [(ACCOUNT, 2, 18)]),
        (
            system_label_too_long.RULE,
            bound("sf: {object: Account, name: Industry}").replace("Topic", "x" * 41),
            [],
        ),
        (system_description_too_long.RULE, SF.replace("type", f"description: {'x' * 1001}, type"), [(ACCOUNT, 2, 38)]),
    ],
)  # fmt: skip
def test_places_in_fields(rule: SpecRule, field: str, places: list[tuple[str, int, int]]) -> None:
    systems = SYSTEMS + "      ads: {kind: linkedin, role: ads}\n"
    assert found(rule, field, taxonomy__systems=systems) == places


def test_names_that_are_made_count_their_prefix() -> None:
    long = "a-rather-long-name-of-some-field-here"
    fields = f"fields:\n  {long}: {{label: L, type: text, systems: {{sf: {{object: Account}}}}}}\n"
    assert found(system_name_invalid.RULE, "", taxonomy__fields__account=fields) == [(ACCOUNT, 2, 3)]


def test_names_that_are_made_meet_others() -> None:
    fields = """
        fields:
          topic: {label: T, type: text, systems: {sf: {object: Account}}}
          other: {label: O, type: text, systems: {sf: {object: Account, name: abm_topic__c}}}
    """
    assert found(system_name_duplicate.RULE, "", taxonomy__fields__account=fields) == [(ACCOUNT, 3, 71)]


def test_a_record_type_has_an_api_name() -> None:
    region = "label: EMEA\nsystems: {sf: {record_types: {Account: [EMEA Prospect]}}}\n"
    assert found(system_name_invalid.RULE, SF, regions__emea__region=region) == [(EMEA, 2, 30)]


@pytest.mark.parametrize(
    ("rule", "systems", "places"),
    [
        (system_kind_unknown.RULE, "sf: {kind: siebel, role: crm}", [(2, 14)]),
        (keys_from_cycle.RULE, "sf: {kind: salesforce, role: crm, keys_from: sf}", [(2, 48)]),
        (
            keys_from_cycle.RULE,
            "sf: {kind: hubspot, role: crm, keys_from: b}\n  b: {kind: hubspot, role: crm, keys_from: sf}\n"
            "  c: {kind: hubspot, role: crm, keys_from: sf}",
            [(2, 45)],
        ),
        (keys_from_cycle.RULE, "sf: {kind: hubspot, role: crm, keys_from: nowhere}", []),
    ],
)
def test_the_registry(rule: SpecRule, systems: str, places: list[tuple[int, int]]) -> None:
    systems = f"systems:\n  {systems}\n"
    expected = [("taxonomy/systems.yaml", *place) for place in places]
    assert found(rule, SF, taxonomy__systems=systems) == expected


def test_only_so_many_fields_can_be_made() -> None:
    fields = "fields:\n" + "".join(
        f"  f{n}: {{label: F{n}, type: text, systems: {{mk: {{}}, hs: {{}}}}}}\n" for n in range(101)
    )
    places = found(system_fields_too_many.RULE, "", taxonomy__fields__account=fields)
    assert places == [("taxonomy/systems.yaml", 4, 3)]


@pytest.mark.parametrize(
    ("industry", "places"),
    [
        ("{object: Account}", []),
        ("{object: Lead}", [(ACCOUNT, 3, 3)]),
        ("{offered: false}", [(ACCOUNT, 3, 3)]),
    ],
)
def test_a_dependent_field_has_the_other_beside_it(industry: str, places: list[tuple[str, int, int]]) -> None:
    fields = f"""
        fields:
          industry: {{label: I, type: picklist, picklist: industry, systems: {{sf: {industry}}}}}
          topic:
            {{label: T, type: picklist, picklist: topic, depends_on: industry, systems: {{sf: {{object: Account}}}}}}
    """
    topics = "label: T\nrolls_up_to: industry\nvalues:\n  a: {label: A, maps_to: tech}\n"
    industries = "label: I\nvalues:\n  tech: {label: Tech}\n"
    assert (
        found(
            system_controller_missing.RULE,
            "",
            topics,
            taxonomy__fields__account=fields,
            taxonomy__picklists__industry=industries,
        )
        == places
    )


def test_a_value_that_no_other_offers_cannot_be_chosen() -> None:
    fields = """
        fields:
          industry: {label: I, type: picklist, picklist: industry, systems: {sf: {object: Account}}}
          topic: {label: T, type: picklist, picklist: topic, depends_on: industry, systems: {sf: {object: Account}}}
    """
    topics = "label: T\nrolls_up_to: industry\nvalues:\n  a: {label: A, maps_to: tech}\n"
    industries = (
        "label: I\nvalues:\n  tech: {label: Tech, systems: {sf: {offered: false}}}\n  b: {label: B}\n"
    )
    places = found(
        system_controller_missing.RULE,
        "",
        topics,
        taxonomy__fields__account=fields,
        taxonomy__picklists__industry=industries,
    )
    assert places == [(PICKLIST, 4, 3)]
