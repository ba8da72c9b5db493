"""What the schema stage says of a broken file: which rule, where, in which words, and how often."""

from __future__ import annotations

import copy
import random
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from abmspec import load, schema
from abmspec.address import address_of
from abmspec.diagnostic import Diagnostic
from abmspec.load import Entry
from abmspec.model.spec import convert
from abmspec.source import Document, Route
from tests.conftest import ROOT
from tests.unit.test_schemas_published import SCHEMAS, SUBJECTS

PICKLIST = "label: Industry\nvalues:\n  media: {label: Media}\n"
SEGMENT = "label: Banks\nwhen: "


def document(kind: str, text: str, id: str = "x", region: str = "") -> Document:
    parsed, _ = load.parse(Entry(f"{kind}.yaml", kind, id, region), text.encode())
    assert parsed is not None, text
    return parsed


def judge(kind: str, text: str, id: str = "x", region: str = "") -> tuple[Diagnostic, ...]:
    return schema.validate(document(kind, text, id, region))


def said(found: tuple[Diagnostic, ...]) -> str:
    return "\n".join(
        f"{each.line}:{each.column} {each.rule}: {each.message} {each.suggestion}" for each in found
    )


# Kind, text, then what is found: `line:column rule`, a part of the message, a part of the suggestion.
BROKEN = [
    # keys
    ("picklist", PICKLIST + "colour: red\n", "4:1 schema-unknown-key", "`colour` is not a key", "`extensible`"),
    ("picklist", PICKLIST + "extensibel: true\n", "4:1 schema-unknown-key", "", "Did you mean `extensible`?"),
    ("picklist", "values: {a: {}}\n", "1:1 schema-missing-key", "no `label`: the name", "`label: Industry`"),
    ("picklist", "lable: X\nvalues: {a: {}}\n", "1:1 schema-unknown-key", "`lable`", "Did you mean `label`?"),
    (
        "picklist", "label: X\nvalues: {a: {deprecated: {reason: Old.}}}\n",
        "2:14 schema-missing-key", "`deprecated` has no `date`", '`date: "2026-03-01"`',
    ),
    ("fields", "fields:\n  a: {label: A}\n", "2:3 schema-missing-key", "`a` has no `type`", "`type: picklist`"),
    ("fields", "fields: {a: {label: A, type: text, tpye: text}}\n", "1:36 schema-unknown-key", "`tpye`", "Keys here"),
    ("project", "format: 2\nnmae: x\n", "1:9 format-unknown", "this abmspec reads format 1", "Install a later"),
    # types
    ("picklist", "label: 5\nvalues: {a: {}}\n", "1:8 schema-wrong-type", "`5`, and must be one line", '`"5"`'),
    ("picklist", "label:\nvalues: {a: {}}\n", "1:7 schema-wrong-type", "`label` is empty", "`Industry`"),
    ("picklist", "label: X\nvalues: [a, b]\n", "2:9 schema-wrong-type", "a list, and must be a mapping", "For example"),
    ("picklist", "label: X\nvalues: {a: {aliases: b}}\n", "2:23 schema-wrong-type", "must be a list", "`[b]`"),
    ("picklist", PICKLIST + 'sorted: "on"\n', "4:9 schema-wrong-type", "`true` or `false`", "Write `true`."),
    ("project", "format: '1'\nname: a\nversion: 1.0.0\n", "1:9 schema-wrong-type", "a whole number", "quotes: `1`"),
    ("project", "format: 1\nname: a\nversion: 1.4\n", "3:10 schema-wrong-type", "three numbers", '`"1.4.0"`'),
    ("project", "format: true\nname: a\nversion: 1.0.0\n", "1:9 schema-wrong-type", "the truth value `true`", ""),
    ("council", "seats: {a: {label: A, role: b}}\nquorum: 2.0\ncadence: monthly\n",
     "2:9 schema-wrong-type", "`2.0`", "7"),
    ("segment", SEGMENT + "[]\n", "2:7 schema-wrong-type", "a list, and must be a condition", "account.employees"),
    # closed lists
    ("picklist", PICKLIST + "status: retierd\n", "4:9 schema-not-allowed-value", "`retierd`", "mean `retired`?"),
    ("picklist", PICKLIST + "status: gone\n", "4:9 schema-not-allowed-value", "", "`proposed`, `active`"),
    (
        "change-policy", "rules: {a: {when: {class: [additiv]}}}\n",
        "1:28 schema-not-allowed-value", "Item 1 of `class`", "`additive`",
    ),
    # forms
    ("picklist", "label: X\nvalues:\n  A b: {}\n", "3:3 schema-bad-format", "The key `A b` is not a", "`a-b`"),
    ("picklist", PICKLIST + 'since: "2026-3-1"\n', "4:8 schema-bad-format", "not a date", "2026-03-01"),
    ("picklist", PICKLIST + 'since: "2026-02-30"\n', "4:8 schema-bad-format", "not a day of the calendar", ""),
    ("picklist", PICKLIST + 'since: "0026-02-01"\n', "4:8 schema-bad-format", "not a date", ""),
    ("region", "label: X\ncountries: [fr]\n", "2:13 schema-bad-format", "not a country", "Did you mean `FR`?"),
    ("region", "label: X\nlocales: [en_GB]\n", "2:11 schema-bad-format", "not a locale", "Did you mean `en-GB`?"),
    ("region", "label: X\nsubdivisions: [California]\n", "2:16 schema-bad-format", "not a subdivision", "`US-CA`"),
    ("region", "label: X\ncalendar: {hours: 9-17}\n", "2:19 schema-bad-format", "opening hours", "09:00"),
    ("roles", "roles: {a: {label: A, function: b, group: council, members: [J. Doe]}}\n", "1:62 schema-bad-format",
     "not a login", "meridian-ops-lead"),
    ("roles", "roles: {a: {label: A, function: b, group: council, deputy_after: 2 business weeks}}\n",
     "1:66 schema-bad-format", "not a duration", "1 business day"),
    ("play-overlay", "content: {proof: {from: briefing}}\n", "1:25 schema-bad-format", "at a version", "@3"),
    ("picklist", 'label: "Industry "\nvalues: {a: {}}\n', "1:8 schema-bad-format", "one line", "mean `Industry`?"),
    ("segment", SEGMENT + "{field: account.a, at_least: '5'}\n", "2:36 schema-bad-format", "a number or a date", "`5`"),
    # bounds
    ("kpis", "kpis: {}\n", "1:1 schema-too-few", "`kpis` is empty", "tier-coverage"),
    ("segment", SEGMENT + "{all: []}\n", "2:13 schema-too-few", "`all` is empty", "For example"),
    ("picklist", f"label: X\nvalues: {{{'a' * 81}: {{}}}}\n", "2:10 schema-too-many", "81 characters", ""),
    ("routing", "roles: {a: {load: [1, 2, 3]}}\n", "1:19 schema-too-many", "3 items, and at most 2", ""),
    ("routing", "roles: {a: {load: [1]}}\n", "1:19 schema-too-few", "1 of at least 2 items", "`[15, 20]`"),
    ("play", "label: P\nobjective: o\nfor: {tiers: [a, b, a]}\ncta: c\nsteps: {s: {day: 0, channel: web, owner: o}}\n",
     "3:21 schema-duplicate-item", "`a` stands more than once", "Leave it out"),
    ("tiers-overlay", "capacity: {a: -1}\n", "1:15 schema-out-of-range", "at least 0", "Write `0`, or more."),
    ("tiers", "factors: {a: {weight: 120, field: a.b, scores: {c: 1}}}\ntiers: {a: {label: A, at_least: 0}}\n",
     "1:23 schema-out-of-range", "between 0 and 100", "Write `100`, or less."),
    ("picklist", "label: X\nvalues: {a: {from: 1000000000000001}}\n", "2:20 schema-out-of-range", "at most", "to 0."),
    # keys that go or do not go together
    ("play-overlay", "steps: {dinner: {skip: true}}\n", "1:9 schema-missing-key",
     "`dinner` has `skip` and no `reason`: why the step is left out here.", "Add `reason: "),
    ("charter", "sign_off: {a: {date: '2026-01-01'}}\n", "1:12 schema-missing-key", "no `role`", "Add `role: "),
    ("tiers", "factors: {a: {weight: 1, field: a.b, bands: {b: {below: 2}}}}\ntiers: {a: {label: A, at_least: 0}}\n",
     "1:46 schema-missing-key", "`b` has no `score`: the score, 0 to 100.", "Add `score: "),
    ("jurisdictions", "jurisdictions: {eu: {}}\n", "1:17 schema-missing-key", "none of `countries` and", "Add"),
    ("kpis", "kpis: {a: {label: A, unit: count, better: higher, numerator: {count: a, sum: a.b}}}\n",
     "1:73 schema-conflicting-keys", "`count` and `sum`, of which one", "Keep one"),
    ("kpis", "kpis: {a: {label: A, unit: count, better: higher, numerator: {cuont: a}}}\n",
     "1:63 schema-unknown-key", "`cuont`", "Did you mean `count`?"),
    ("tiers-overlay", "weights: {a: 5}\n", "1:1 schema-missing-key", "has `weights` and no `reason`", "`reason: "),
    # conditions
    ("segment", SEGMENT + "{}\n", "2:1 schema-bad-condition", "empty", "Write one of `all`"),
    ("segment", SEGMENT + "{field: account.a, equals: b}\n", "2:26 schema-bad-condition", "`equals` is not an", "`is`"),
    ("segment", SEGMENT + "{field: account.a, at_leats: 5}\n", "2:26 schema-bad-condition", "", "`at_least`?"),
    ("segment", SEGMENT + "{field: account.a, not_in: [b]}\n", "2:26 schema-bad-condition", "", "`not: {field: …"),
    ("segment", SEGMENT + "{field: account.a}\n", "2:8 schema-bad-condition", "compared with nothing", "`has_all`"),
    ("segment", SEGMENT + "{field: account.a, is: b, in: [c]}\n", "2:33 schema-bad-condition", "one operator", "`all`"),
    ("segment", SEGMENT + "{in: [b]}\n", "2:8 schema-bad-condition", "`in` stands without `field`", "Add `field`"),
    ("segment", SEGMENT + "{segment: a, tier: [b]}\n", "2:20 schema-bad-condition", "`segment` and `tier`", "`all`"),
    ("segment", SEGMENT + "{icp: true, at_least: 2}\n", "2:19 schema-bad-condition", "goes with `field`, not", "Leave"),
    ("segment", SEGMENT + "{anny: [{icp: true}]}\n", "2:8 schema-bad-condition", "`anny` is not a condition", "`any`?"),
    ("segment", SEGMENT + "{exists: a, wher: {icp: true}}\n", "2:19 schema-bad-condition", "", "`where`?"),
    ("segment", SEGMENT + "{exists: a, at_least: 0}\n", "2:29 schema-out-of-range", "at least 1", "`1`, or more"),
    ("segment", SEGMENT + "{all: [{not: {field: account.a, iss: b}}]}\n", "2:39 schema-bad-condition", "", "`is`"),
    ("segment", SEGMENT + "{field: account.a, within: 30d}\n", "2:34 schema-bad-format", "not a duration", "30 days"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "place", "message", "suggestion"), BROKEN)
def test_one_mistake_is_one_finding(kind: str, text: str, place: str, message: str, suggestion: str) -> None:
    region = "emea" if kind.endswith("-overlay") else ""
    found = judge(kind, text, region=region)
    assert [f"{each.line}:{each.column} {each.rule}" for each in found] == [place], said(found)
    assert message in found[0].message
    assert suggestion in found[0].suggestion


OVERLAYS = [
    ("picklist-overlay", "sorted: true\n", "1:1", "cannot set `sorted`", "add values of its own that map"),
    ("picklist-overlay", "description: x\n", "1:1", "cannot set `description`", "hide values"),
    ("segment-overlay", "when: {icp: true}\n", "1:1", "cannot set `when`", "`use_instead` with a `reason`"),
    ("tiers-overlay", "tiers: {}\n", "1:1", "cannot set `tiers`", "`capacity`"),
    ("routing-overlay", "roles: {a: {order: [b]}}\n", "1:13", "cannot set `order`", "before those from above"),
    ("play-overlay", "cta: a\n", "1:1", "cannot set `cta`", "skip steps"),
    ("content-overlay", "version: 2\nlocales: {}\n", "1:1", "cannot set `version`", "`locales`"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "place", "message", "suggestion"), OVERLAYS)
def test_an_overlay_says_what_it_may_do(
    kind: str, text: str, place: str, message: str, suggestion: str
) -> None:
    found = judge(kind, text, region="emea")
    assert [f"{each.line}:{each.column} {each.rule}" for each in found] == [f"{place} overlay-not-allowed"], (
        said(found)
    )
    assert message in found[0].message
    assert suggestion in found[0].suggestion


def test_a_region_cannot_loosen_a_field() -> None:
    (found,) = judge("fields-overlay", "fields: {industry: {required: false}}\n", "account", "emea")
    assert (found.rule, found.suggestion) == ("schema-not-allowed-value", "Write `true`.")


def test_what_is_no_key_anywhere_is_unknown_in_an_overlay_too() -> None:
    (found,) = judge("picklist-overlay", "hid: [a]\n", region="emea")
    assert (found.rule, found.suggestion) == ("schema-unknown-key", "Did you mean `hide`?")


def test_an_own_field_without_a_type_lacks_that_alone() -> None:
    (found,) = judge("fields-overlay", "fields: {emea-a: {label: A, picklist: b}}\n", "account", "emea")
    assert (found.rule, found.column) == ("schema-missing-key", 10)
    assert "the region's own field, and has no `type`" in found.message


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (
            "picklist-overlay",
            "values: {emea-a: {label: A, aliases: [b]}, media: {labels: {fr: M}}}\nhide: [b]\n",
        ),
        (
            "fields-overlay",
            "fields: {emea-a: {label: A, type: text}, b: {required: true, labels: {fr: B}}}\n",
        ),
        ("fields-overlay", "hide: [b]\n"),
        ("picklist-overlay", "labels: {fr: Y}\n"),
        # What a rule judges, which knows what stands above.
        ("picklist-overlay", "values: {media: {status: retired}}\n"),
        ("fields-overlay", "fields: {b: {backbone: false}, c: {label: C, type: text}}\n"),
    ],
)
def test_own_things_and_words_on_those_above_may_stand_side_by_side(kind: str, text: str) -> None:
    assert judge(kind, text, region="emea") == ()


def test_each_mistake_is_found_once_and_in_order() -> None:
    text = "labels: {EN: x}\nvalues:\n  a: {label: 5, colour: red, aliases: [b, b]}\n  b: {status: gone, since: soon}\n"
    found = judge("picklist", text)
    assert [(each.line, each.rule) for each in found] == [
        (1, "schema-missing-key"),
        (1, "schema-bad-format"),
        (3, "schema-wrong-type"),
        (3, "schema-unknown-key"),
        (3, "schema-duplicate-item"),
        (4, "schema-not-allowed-value"),
        (4, "schema-bad-format"),
    ]
    assert list(found) == sorted(set(found))


def test_a_missing_key_of_the_file_stands_at_its_start() -> None:
    (found,) = judge("picklist", "# A comment.\n\nvalues: {a: {}}\n")
    assert (found.line, found.column, found.end_line, found.end_column) == (1, 1, 1, 1)


def test_long_and_odd_values_stay_on_one_line() -> None:
    (found,) = judge("picklist", PICKLIST + 'status: "`a`\\n' + "b" * 300 + '"\n')
    assert "\n" not in found.message
    assert len(found.message) < 160


def test_every_rule_is_found_by_some_case() -> None:
    rules = {place.split()[1] for _, _, place, _, _ in BROKEN} | {"overlay-not-allowed"}
    assert rules == {rule.name for rule in schema.RULES}


def test_no_rule_can_be_waived() -> None:
    assert not [rule.name for rule in schema.RULES if rule.waivable]


def test_a_kind_without_a_schema_is_a_bug() -> None:
    with pytest.raises(FileNotFoundError):
        judge("nothing", "a: b\n")


# -- addresses ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "id", "region", "route", "address"),
    [
        ("picklist", "industry", "", (), "picklist.industry"),
        ("picklist", "industry", "", ("values",), "picklist.industry"),
        ("picklist", "industry", "", ("values", "fintech", "label"), "picklist.industry.value.fintech"),
        ("picklist-overlay", "industry", "emea", ("values", "a"), "region.emea.picklist.industry.value.a"),
        ("fields", "account", "", ("fields", "industry", "type"), "field.account.industry"),
        ("fields-overlay", "account", "dach", ("fields", "b"), "region.dach.field.account.b"),
        ("segment", "banks", "", ("when", "all", 0), "segment.banks"),
        ("segment-regional", "emea-banks", "emea", (), "region.emea.segment.emea-banks"),
        ("tiers", "", "", (), "tiers"),
        ("tiers", "", "", ("tiers", "tier-1", "label"), "tier.tier-1"),
        ("tiers", "", "", ("factors", "revenue"), "tiers.factor.revenue"),
        ("tiers-overlay", "", "emea", ("capacity", "tier-1"), "region.emea.tier.tier-1"),
        ("play-overlay", "briefing", "emea", ("steps", "dinner"), "region.emea.play.briefing"),
        ("region", "emea", "emea", ("label",), "region.emea"),
        ("kpis", "", "", ("kpis", "coverage"), "kpi.coverage"),
        ("privacy", "", "emea", ("rules", "a"), "region.emea.privacy.a"),
        ("council", "", "", ("seats", "chair"), "council.seat.chair"),
        ("project", "", "", ("name",), "project"),
    ],
)
def test_addresses(kind: str, id: str, region: str, route: Route, address: str) -> None:
    assert address_of(kind, id, region, route) == address


def test_findings_carry_their_address() -> None:
    (found,) = judge("picklist", "label: X\nvalues: {a: {label: 5}}\n", "industry", "emea")
    assert found.address == "region.emea.picklist.industry.value.a"


# -- the two validators ---------------------------------------------------------------------------------


def full(kind: str) -> dict[str, Any]:
    """A file of the kind in which everything is said that has an example, by the examples."""
    examples = {name: inner["examples"][0] for name, inner in SCHEMAS[kind]["properties"].items()}
    return copy.deepcopy(examples)


def routes(node: Any, route: Route = ()) -> Iterator[Route]:
    yield route
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, item in inside:
        yield from routes(item, (*route, key))


ODD: list[Any] = [
    None, True, False, 0, 1, -1, 1.0, 2.5, 10**16, "", " ", "x", "x\n", "X Y", "5", "2026-02-30", "2026-02-28", "1 day",
    "no-such-thing", "٣", "é", [], ["x"], ["x", "x"], [None], [1, 1.0], [True, 1], {}, {"x": 1}, {"X Y": {}},
    {"field": "a.b"}, {"field": "a.b", "is": 1}, {"all": [{}]}, {"exists": "a", "at_least": 1.0},
]  # fmt: skip


def mutated(data: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The data with one node replaced, removed or joined by a key."""
    route = chance.choice([*routes(data)][1:])
    parent: Any = data
    for key in route[:-1]:
        parent = parent[key]
    match chance.choice(("replace", "remove", "add", "rename")):
        case "remove":
            del parent[route[-1]]
        case "add" if isinstance(parent, dict):
            parent[chance.choice(("x", "label", "when", "in", "X Y", "type", "maps_to"))] = chance.choice(ODD)
        case "rename" if isinstance(parent, dict):
            parent[chance.choice(("x", "X", "is", "field", "a-b"))] = parent.pop(route[-1])
        case _:
            parent[route[-1]] = copy.deepcopy(chance.choice(ODD))
    return data


def as_document(kind: str, data: dict[str, Any]) -> Document:
    region = "emea" if kind.endswith("-overlay") else ""
    return Document(
        path="a.yaml", kind=kind, id="x", region=region, data=data, text="", find_spans=lambda _: {}
    )


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_precise_validator_accepts_what_the_fast_one_accepts(kind: str) -> None:
    chance = random.Random(kind)
    accepts, failures = schema._accepts, schema._failures
    for _ in range(150):
        data = mutated(full(kind), chance)
        if chance.random() < 0.3:
            data = mutated(data, chance) if data else data
        accepted = accepts(kind, data)
        assert accepted == (next(failures(kind, data), None) is None), data
        found = schema.validate(as_document(kind, data))
        assert accepted or found, data
        for each in found:
            assert each.message.endswith((".", "…`.")), each
            assert "None" not in each.message, each


@given(st.sampled_from(sorted(SUBJECTS)), st.randoms(use_true_random=False))
def test_what_is_accepted_can_be_read_into_the_typed_model(kind: str, chance: random.Random) -> None:
    subject = SUBJECTS[kind]
    data = mutated(full(kind), chance)
    if schema.validate(as_document(kind, data)):
        return
    given_by_layout = {"id": "x", "path": "a.yaml", "object": "account"}
    for entry in data[subject.at[0]].values() if subject.at else [data]:
        more = (
            given_by_layout if "id" in {field.name for field in msgspec.structs.fields(subject.cls)} else {}
        )
        convert({**data.get("defaults", {}), **entry, **more}, subject.cls)


def test_the_reference_spec_keeps_to_the_schemas() -> None:
    sources, _ = load.load(ROOT)
    found = [each for document in sources.documents.values() for each in schema.validate(document)]
    assert said(tuple(found)) == ""


def test_the_precise_validator_is_not_imported_for_what_is_right() -> None:
    code = (
        "import sys\nfrom abmspec import schema\nfrom abmspec.source import Document\n"
        "data = {'label': 'X', 'values': {'a': {}}}\n"
        "document = Document(path='a', kind='picklist', id='a', region='', data=data, text='', find_spans=dict)\n"
        "assert schema.validate(document) == ()\n"
        "print([name for name in ('jsonschema', 'rapidfuzz') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"
