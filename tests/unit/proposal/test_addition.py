"""New things: where they stand, what they say, and when they are refused."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
import pytest

from abmspec import load
from abmspec.edit import formatted, unified
from abmspec.proposal import Add, Proposal, ProposalRefused, propose
from abmspec.proposal.addition import open_question
from abmspec.proposal.question import AnswerMissing, Question, answered
from tests.rules.page import judge, said
from tests.specs import base_files, resolved_with

TODAY = date(2026, 10, 1)
FINTECH = "regions/emea/picklists/industry.yaml"
EMEA_FINTECH = {FINTECH: "values:\n  emea-fintech: {label: Fintech, maps_to: financial-services}\n"}
APAC = {
    "regions/apac/region.yaml": "label: APAC\nowner: leadership\nstage: pilot\ncouncil_seat: chair\n"
    "gtm: {route: direct, coverage: named, focus: enterprise, maturity: emerging, partner_coverage: low}\n"
    'pilot: {review_by: "2027-01-31", exit_criteria: {ten: {label: Ten accounts}}}\n'
}
TOP = {
    "countries": ["GE"],
    "owner": "leadership",
    "council_seat": "caucasus-lead",
    "gtm": {"route": "direct", "coverage": "named", "focus": "enterprise", "maturity": "emerging",
            "partner_coverage": "low"},
    "pilot": {"exit_criteria": ["Ten accounts have a tier"], "review_by": "2027-03-31"},
}  # fmt: skip
FACTORS = ("influence", "alignment", "relationship", "growth")
STEPS = {"invite": {"day": 0, "channel": "email", "owner": "sdr"}}
WHEN = {"field": "account.employees", "at_least": 5000}


def proposed(request: Add, files: Mapping[str, str] | None = None) -> Proposal:
    contents = {**base_files(), **{path: text.encode() for path, text in (files or {}).items()}}
    return propose(resolved_with(dict(files or {})), contents, request, TODAY)


def with_proposal(proposal: Proposal, files: Mapping[str, str] | None = None) -> dict[str, bytes]:
    contents = {**base_files(), **{path: text.encode() for path, text in (files or {}).items()}}
    for change in proposal.changes:
        assert contents.get(change.path) == change.before
        assert change.after is not None
        contents[change.path] = change.after
    return contents


def refusal(request: Add, files: Mapping[str, str] | None = None) -> str:
    with pytest.raises(ProposalRefused) as refused:
        proposed(request, files)
    return str(refused.value)


def value(label: str = "", *, region: str = "", picklist: str = "industry", **attributes: Any) -> Add:
    return Add(kind="value", label=label, region=region, picklist=picklist, attributes=attributes)


ADDITIONS = {
    "a region inside another": Add(kind="region", id="nordics", region="emea", attributes={"countries": ["IS"]}),
    "a region at the top": Add(kind="region", label="Caucasus", attributes=TOP),
    "a pilot inside another": Add(
        kind="region", id="nordics", region="emea",
        attributes={"countries": ["IS"], "stage": "pilot", "pilot": TOP["pilot"]},
    ),
    "a region of a part of a country": Add(
        kind="region", label="Puerto Rico", region="emea", attributes={"subdivisions": ["US-PR"]}
    ),
    "a value for everybody": value("Retail"),
    "a value that factors score": value(
        "Extreme", picklist="level", scores={"influence": "99.5", "alignment": 100, "relationship": 0, "growth": 7}
    ),
    "a value behind another": Add(kind="value", label="Retail", picklist="industry", after="technology"),
    "a region's value": value("Fintech", region="emea", maps_to="financial-services"),
    "a region's value behind a global one": Add(
        kind="value", label="Fintech", region="emea", picklist="industry", after="technology",
        attributes={"maps_to": "financial-services"},
    ),
    "a region's band": Add(
        kind="value", label="Upper mid", region="emea", picklist="employee-band",
        attributes={"maps_to": "mid-market", "from": 1001, "to": 2000},
    ),
    "a list": Add(kind="picklist", label="Pet kind", attributes={"values": ["Cat", "Dog"]}),
    "a list as the format has it": Add(
        kind="picklist", id="pet-kind", label="Pets", attributes={"values": {"cat": {"label": "Cat"}}}
    ),
    "a region's list": Add(
        kind="picklist", label="Gewerk", region="dach",
        attributes={"values": ["Handwerk = manufacturing"], "rolls_up_to": "industry"},
    ),
    "a field": Add(kind="field", id="account.pets", attributes={"type": "number", "description": "How many."}),
    "a field with a list": Add(
        kind="field", id="level", label="Mood", object="contact", picklist="level",
        attributes={"type": "picklist", "description": "How they feel."},
    ),
    "a region's field": Add(
        kind="field", label="Home port", object="account", region="dach",
        attributes={"type": "text", "description": "Where its ships are."},
    ),
    "a segment": Add(
        kind="segment", label="Very large", attributes={"decision": "coverage", "consumers": ["sales"], "when": WHEN}
    ),
    "a region's segment": Add(
        kind="segment", label="Very large", region="emea",
        attributes={
            "within": "enterprise-technology", "decision": "coverage", "consumers": ["sales"], "when": WHEN,
        },
    ),
    "a play": Add(
        kind="play", label="Visit", attributes={
            "objective": "Meet.", "cta": "book-briefing", "steps": STEPS, "kpis": ["pipeline"],
            "for": {"tiers": ["tier-1"]},
        },
    ),
    "a region's play": Add(
        kind="play", label="Visit", region="emea",
        attributes={"objective": "Meet.", "cta": "book-briefing", "steps": STEPS, "kpis": ["pipeline"]},
    ),
    "content": Add(kind="content", label="Guide", attributes={"kind": "asset"}),
    "a region's content": Add(kind="content", label="Leitfaden", region="dach", attributes={"kind": "asset"}),
    "a role": Add(
        kind="role", label="Nordic marketing",
        attributes={"function": "marketing", "group": "region", "members": ["base-nordics"]},
    ),
    "a queue": Add(kind="role", label="Waiting room", attributes={"function": "sales", "group": "queue"}),
}  # fmt: skip


@pytest.mark.parametrize("what", ADDITIONS)
def test_what_is_added_checks_clean(what: str) -> None:
    request = ADDITIONS[what]
    proposal = proposed(request)
    found = judge(with_proposal(proposal))
    assert [each for each in found if each.severity == "error"] == [], said(found)
    assert any(change.after for change in proposal.changes)


@pytest.mark.parametrize("what", ADDITIONS)
def test_a_new_file_is_in_canonical_form(what: str) -> None:
    for change in proposed(ADDITIONS[what]).changes:
        if change.before is None:
            kinds = {entry.path: entry.kind for entry in load.arrange([*base_files(), change.path]).entries}
            text = (change.after or b"").decode()
            assert formatted(change.path, text, kinds[change.path]) == text


@pytest.mark.parametrize("what", ADDITIONS)
def test_all_else_stays_byte_for_byte(what: str) -> None:
    for change in proposed(ADDITIONS[what]).changes:
        left = iter(change.after or b"")
        assert all(byte in left for byte in change.before or b""), "bytes are only added"


@pytest.mark.parametrize(
    ("request_", "address", "path", "text"),
    [
        (
            ADDITIONS["a region inside another"], "region.nordics", "regions/emea/nordics/region.yaml",
            "label: Nordics\ncountries: [IS]\nlocales: [is-IS]\nstage: live\n",
        ),
        (
            ADDITIONS["a region's value"], "region.emea.picklist.industry.value.emea-fintech", FINTECH,
            "values:\n  emea-fintech: {label: Fintech, maps_to: financial-services}\n",
        ),
        (
            ADDITIONS["a list"], "picklist.pet-kind", "taxonomy/picklists/pet-kind.yaml",
            "label: Pet kind\nvalues: {cat: {label: Cat}, dog: {label: Dog}}\n",
        ),
        (
            ADDITIONS["a region's list"], "region.dach.picklist.dach-gewerk",
            "regions/emea/dach/picklists/dach-gewerk.yaml",
            "label: Gewerk\nrolls_up_to: industry\n"
            "values:\n  dach-handwerk: {label: Handwerk, maps_to: manufacturing}\n",
        ),
        (
            ADDITIONS["content"], "content.guide", "playbooks/content/guide.yaml",
            "label: Guide\nkind: asset\nversion: 1\nstate: draft\n",
        ),
    ],
)  # fmt: skip
def test_a_new_file(request_: Add, address: str, path: str, text: str) -> None:
    proposal = proposed(request_)
    (change,) = proposal.changes
    assert (proposal.address, change.path, change.before) == (address, path, None)
    assert (change.after or b"").decode() == text


@pytest.mark.parametrize(
    ("what", "address", "line"),
    [
        ("a value for everybody", "picklist.industry.value.retail", "+  retail: {label: Retail}"),
        ("a field", "field.account.pets", "+  pets: {label: Pets, type: number, description: How many.}"),
        (
            "a role", "role.nordic-marketing",
            "+  nordic-marketing: "
            "{label: Nordic marketing, function: marketing, group: region, members: [base-nordics]}",
        ),
    ],
)  # fmt: skip
def test_a_line_in_a_file_that_is_there(what: str, address: str, line: str) -> None:
    proposal = proposed(ADDITIONS[what])
    added = [each for each in unified(proposal.changes).splitlines() if each.startswith("+ ")]
    assert (proposal.address, added) == (address, [line])


@pytest.mark.parametrize("called", ["Financial services", "FINANZDIENSTLEISTUNGEN"])
def test_the_value_above_may_be_named_by_what_people_call_it(called: str) -> None:
    proposal = proposed(value("Fintech", region="emea", maps_to=called))
    assert proposal.changes == proposed(ADDITIONS["a region's value"]).changes
    assert proposal.notes[0] == f'"{called}" is taken as the value `financial-services`, which is called so.'


def test_a_value_goes_behind_the_named_one_and_before_what_is_on_its_way_out() -> None:
    (change,) = proposed(ADDITIONS["a value behind another"]).changes
    assert b"aliases: [Tech]\n  retail: {label: Retail}\n  financial-services:" in (change.after or b"")
    files = {
        "taxonomy/picklists/buying-center.yaml": "label: Level\nvalues:\n  high: {label: High}\n"
        "  old: {label: Old, status: retired}\n"
    }
    (change,) = proposed(value("Extreme", picklist="buying-center"), files).changes
    assert (change.after or b"").endswith(
        b"  extreme: {label: Extreme}\n  old: {label: Old, status: retired}\n"
    )


def test_comments_and_layout_of_an_overlay_stay() -> None:
    text = "# Ours.\nhide: [manufacturing]   # not sold to\n"
    (change,) = proposed(ADDITIONS["a region's value"], {FINTECH: text}).changes
    assert (change.after or b"").decode() == (
        "# Ours.\nvalues:\n  emea-fintech: {label: Fintech, maps_to: financial-services}\n"
        "hide: [manufacturing]   # not sold to\n"
    )


@pytest.mark.parametrize(
    ("countries", "parent", "left"),
    [
        (["SE", "IS"], "emea", {"emea": "countries: [FR]  # ours\n"}),
        (["FR", "SE"], "emea", {"emea": ""}),
        (["LI", "AT", "DE", "SE"], "dach", {"emea": "countries: [FR]  # ours\n", "dach": "countries: [CH]\n"}),
    ],
)  # fmt: skip
def test_countries_of_a_region_above_move_to_the_new_one(
    countries: list[str], parent: str, left: dict[str, str]
) -> None:
    emea = base_files()["regions/emea/region.yaml"].decode()
    files = {"regions/emea/region.yaml": emea.replace("[FR, SE]\n", "[FR, SE]  # ours\n")}
    request = Add(kind="region", id="nordics", region=parent, attributes={"countries": countries})
    proposal = proposed(request, files)
    assert not [found for found in judge(with_proposal(proposal, files)) if found.severity == "error"]
    became = {change.path: change for change in proposal.changes if change.before is not None}
    assert len(became) == len(left)
    for region, line in left.items():
        change = became["regions/emea/region.yaml" if region == "emea" else "regions/emea/dach/region.yaml"]
        before = (change.before or b"").decode().splitlines(keepends=True)
        expected = [line if each.startswith("countries:") else each for each in before]
        assert (change.after or b"").decode() == "".join(expected)
    assert "Sweden (`SE`) move" in " ".join(proposal.notes)


def test_a_new_seat_of_a_region_at_the_top() -> None:
    proposal = proposed(ADDITIONS["a region at the top"])
    assert [change.path for change in proposal.changes] == [
        "regions/caucasus/region.yaml", "taxonomy/governance/council.yaml",
    ]  # fmt: skip
    assert "+  caucasus-lead: {label: Caucasus, role: leadership, region: caucasus}" in unified(
        proposal.changes
    )
    assert any("its quorum stays 2" in note for note in proposal.notes)


@pytest.mark.parametrize(
    ("request_", "name", "said_"),
    [
        (Add(kind="value"), "picklist", "Say it with --picklist. There are: `buying-center`,"),
        (value("Fintech", region="emea"), "maps_to", "`technology`, `financial-services` and `manufacturing`."),
        (value(), "label", "Say it with --label."),
        (value("金融"), "id", "Say it with an ID."),
        (value("Extreme", picklist="level"), "scores.influence", "Say it with --score influence=NUMBER."),
        (value("Upper", picklist="employee-band"), "from", "`account.employees`"),
        (Add(kind="region", label="Caucasus", attributes={"countries": ["GE"]}), "owner", "`leadership`"),
        (Add(kind="region", id="nordics", region="emea"), "countries", "--countries"),
        (Add(kind="field", id="account.x", attributes={"description": "X."}), "type", "`boolean`"),
        (Add(kind="segment", label="Big"), "decision", "`portfolio`, `coverage`, `investment` and `lifecycle`"),
        (Add(kind="play", label="Visit", attributes={"objective": "Meet."}), "cta", "`book-briefing`"),
        (Add(kind="waiver", attributes={"rule": "sunset-passed"}), "address", "--address"),
    ],
)  # fmt: skip
def test_what_nothing_answers_is_asked_for(request_: Add, name: str, said_: str) -> None:
    with pytest.raises(AnswerMissing) as missing:
        proposed(request_)
    assert missing.value.question.name == name
    assert said_ in str(missing.value)


def test_of_many_choices_some_are_spelt_out() -> None:
    question = Question("picklist", "which list it joins", tuple(f"l-{number}" for number in range(30)))
    assert str(AnswerMissing(question, "value")).endswith(" `l-21`, `l-22`, `l-23` and 6 more.")


REFUSED = {
    "a country that another region has": (
        Add(kind="region", id="tyrol", region="emea", attributes={"countries": ["SE", "AT"]}), {},
        "Austria (`AT`) is a country of `dach` already (regions/emea/dach/region.yaml), and a country belongs to one "
        "region. Where the new region lies in that one, say --parent dach, and it moves;",
    ),
    "no country": (
        Add(kind="region", id="nordics", region="emea", attributes={"countries": ["UK"]}), {}, "Did you mean `GB`?",
    ),
    "a region live at the top": (
        Add(kind="region", label="Caucasus", attributes={**TOP, "stage": "live"}), {}, "--stage pilot",
    ),
    "a region live in a pilot": (
        Add(kind="region", label="Korea", region="apac", attributes={"countries": ["KR"], "stage": "live"}), APAC,
        "`apac` is a pilot, so nothing inside it can be live",
    ),
    "a region too deep": (
        Add(kind="region", label="Bonn", region="nrw", attributes={"countries": ["LI"]}),
        {"regions/emea/dach/nrw/region.yaml": "label: NRW\n"},
        "`nrw` is 3 levels below headquarters, and regions nest no deeper.",
    ),
    "another's seat": (
        Add(kind="region", label="Caucasus", attributes={**TOP, "council_seat": "dach-lead"}), {},
        "The seat `dach-lead` is that of `dach`.",
    ),
    "no such region": (value("Fintech", region="emeea"), {}, "There is no region `emeea`. Did you mean `emea`?"),
    "no such list": (value("Fintech", picklist="indutry"), {}, "Did you mean `industry`?"),
    "a country that another region has, before all else is asked": (
        Add(kind="region", id="nordics", attributes={"countries": ["SE"]}), {}, "say --parent emea, and it moves;",
    ),
    "an id of another region": (
        Add(kind="value", id="dach-retail", label="Retail", region="emea", picklist="industry"), {},
        "`dach-retail` begins like what belongs to `dach`, and a value of `emea` may not. Choose another id, or add it "
        "to `dach` with --region dach.",
    ),
    "a list that is closed to regions": (
        value("Extreme", region="emea", picklist="level"), {},
        "as it is not `extensible` (taxonomy/picklists/level.yaml). Leave --region out",
    ),
    "a list of a region for everybody": (
        value("Crafts", picklist="dach-gewerk"),
        {"regions/emea/dach/picklists/dach-gewerk.yaml": "label: Gewerk\nvalues:\n  dach-a: {label: A}\n"},
        "`dach-gewerk` is a list of `dach`: say --region dach.",
    ),
    "a list that is no more": (
        value("Mood", picklist="moods"),
        {"taxonomy/picklists/moods.yaml": "label: Moods\nstatus: retired\nvalues:\n  a: {label: A}\n"},
        "The picklist `moods` is retired",
    ),
    "no such value above": (
        value("Fintech", region="emea", maps_to="finance"), {}, "Did you mean `financial-services`?",
    ),
    "a score that is none": (
        value("Extreme", picklist="level", scores=dict.fromkeys(FACTORS, "x")), {}, "`x` is no score",
    ),
    "a score of no factor": (
        value("Extreme", picklist="level", scores=dict.fromkeys((*FACTORS, "grwth"), 1)), {},
        "No factor `grwth` scores the values of `level`. Did you mean `growth`?",
    ),
    "a score where nothing scores": (
        value("Retail", scores={"growth": 1}), {}, "No factor `growth` scores the values of `industry`.",
    ),
    "a value above that goes": (
        value("Fintech", region="emea", maps_to="chips"),
        {"taxonomy/picklists/industry.yaml": "label: Industry\nextensible: true\nvalues:\n  technology: {label: T}\n"
         "  chips: {label: C, status: deprecated, deprecated: {date: '2026-01-01', replaced_by: technology}}\n"},
        "`chips` of `industry` is deprecated, so nothing new rolls up to it. Its place is taken by `technology`.",
    ),
    "a value above that is another region's": (
        value("Neobank", region="dach", maps_to="emea-fintech"), EMEA_FINTECH, "Say --maps-to financial-services",
    ),
    "a value above that is hidden": (
        value("Cranes", region="emea", maps_to="manufacturing"), {FINTECH: "hide: [manufacturing]\n"},
        "`emea` hides `manufacturing`",
    ),
    "an id that is there": (
        Add(kind="value", id="technology", label="Cranes", picklist="industry"), {},
        "There is a value `technology` already, in taxonomy/picklists/industry.yaml",
    ),
    "an id that was there": (
        Add(kind="value", id="old", label="Cranes", picklist="level"),
        {"taxonomy/picklists/level.yaml": "label: Level\nvalues:\n  old: {label: O, status: retired}\n"},
        "is retired (taxonomy/picklists/level.yaml), and an id is never used again",
    ),
    "another region's prefix": (
        Add(kind="value", id="dach-cranes", picklist="industry"), {}, "add it to `dach` with --region dach",
    ),
    "a path": (Add(kind="picklist", id="../../x", attributes={"values": ["A"]}), {}, "`../../x` is not a thing's name"),
    "a long id": (Add(kind="picklist", id="x" * 81, attributes={"values": ["A"]}), {}, "80"),
    "a look-alike": (Add(kind="picklist", id="p\u0435t", attributes={"values": ["A"]}), {}, "look alike"),
    "a label of two lines": (value("Cranes\nvalues:"), {}, "is not one line of text"),
    "a label that turns round": (value("Cranes\u202e"), {}, "a character that does not show"),
    "a part of the request among attributes": (
        Add(kind="value", picklist="industry", attributes={"label": "X"}), {}, "Say `label` beside `attributes`",
    ),
    "no list where there are several": (
        Add(kind="region", id="nordics", attributes={"countries": "IS"}), {}, "`countries` has to be a list of texts",
    ),
    "a value of a list that rolls up to nothing": (
        Add(kind="picklist", label="Gewerk", region="dach",
            attributes={"values": ["Handwerk"], "rolls_up_to": "industry"}), {},
        "Write `Handwerk=technology`, or another of",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_refused_with_the_mend(what: str) -> None:
    request, files, said_ = REFUSED[what]
    assert said_ in refusal(request, files)


@pytest.mark.parametrize(
    ("request_", "files", "said_"),
    [
        (
            value("Fintech", region="dach", maps_to="financial-services"), EMEA_FINTECH,
            'There is already the value `emea-fintech` ("Fintech") in regions/emea/picklists/industry.yaml, '
            'by its label "Fintech". `dach`, inside `emea`, inherits it: use it, nothing needs to be added.',
        ),
        (
            value("Fin-Tech"), EMEA_FINTECH, "It is `emea`'s own: make it everybody's instead of having both.",
        ),
        (
            value("Fin Tech", region="apac", maps_to="financial-services"), {**EMEA_FINTECH, **APAC},
            "move it up to the backbone for both, or repeat it here",
        ),
        (
            value("FinTech", region="emea", maps_to="technology"),
            {"regions/emea/dach/picklists/industry.yaml":
             "values:\n  dach-fintech: {label: Fintech, maps_to: technology}\n"},
            "`dach` lies inside `emea`: it would have both. Move it up instead.",
        ),
        (value("Tech", region="emea", maps_to="manufacturing"), {}, 'by its alias "Tech". It is everybody\'s'),
        (value("Technologie"), {}, 'by its label in de "Technologie"'),
        (value("Financial Service"), {}, 'by its label "Financial Services", much like "Financial Service"'),
        (
            value("Making", region="emea", maps_to="technology", aliases=["Manufacturing"]),
            {FINTECH: "hide: [manufacturing]\n"}, "`emea` hides it: take `manufacturing` out of `hide`",
        ),
        (Add(kind="region", label="EMEA", attributes=TOP), {}, "There is a region `emea` already"),
        (Add(kind="role", label="Revenue operation", attributes={
            "function": "sales", "group": "operations", "members": ["x"]}), {}, "Use `revops`."),
        (Add(kind="field", id="contact.buying-centre", attributes={"type": "text", "description": "X."}), {},
         "There is already the field `buying-center`"),
    ],
)  # fmt: skip
def test_what_exists_already_is_named(request_: Add, files: dict[str, str], said_: str) -> None:
    assert said_ in refusal(request_, files)


def test_a_reason_lets_something_similar_in_and_it_is_told_of() -> None:
    request = value("Financial Service", region="emea", maps_to="technology")
    assert "say why with --reason" in refusal(request)
    proposal = proposed(msgspec.structs.replace(request, reason="Another market."))
    assert [each.address for each in proposal.similar] == ["picklist.industry.value.financial-services"]


@pytest.mark.parametrize(
    ("label", "other"),
    [("Value 1 of 7", "Value 2 of 7"), ("Unqualified lead", "Qualified lead"), ("IT", "ET")],
)
def test_what_only_looks_alike_is_let_in(label: str, other: str) -> None:
    files = {"taxonomy/picklists/buying-center.yaml": f"label: Level\nvalues:\n  x: {{label: {other}}}\n"}
    assert proposed(value(label, picklist="buying-center"), files).similar == ()


def test_a_file_with_errors_is_not_added_to() -> None:
    contents = {**base_files(), FINTECH: b"<<<<<<< HEAD\nvalues: {}\n=======\n>>>>>>> other\n"}
    resolved = resolved_with()
    torn = dataclasses.replace(resolved, spec=dataclasses.replace(resolved.spec, broken=frozenset({FINTECH})))
    with pytest.raises(
        ProposalRefused, match=r"regions/emea/picklists/industry\.yaml has errors.*mend them first"
    ):
        propose(torn, contents, ADDITIONS["a region's value"], TODAY)


def test_a_factor_that_scores_each_value_gets_one_for_the_new_one() -> None:
    proposal = proposed(ADDITIONS["a value that factors score"])
    tiers = next(change for change in proposal.changes if change.path == "taxonomy/tiers.yaml")
    assert (
        b"influence: {weight: 10, field: account.influence, scores: {high: 100, medium: 50, low: 10, extreme: 99.5}}"
        in (tiers.after or b"")
    )
    assert "The factor `growth` of the tiers gives it the score 7." in proposal.notes


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        ("value", {"picklist": "industry", "region": "emea", "label": "Fintech", "id": "emea-fintech",
                   "maps_to": "financial-services"}),
        ("region", {"label": "Nordics", "id": "nordics", "region": "emea", "countries": ["IS"], "locales": ["is-IS"],
                    "stage": "pilot", "pilot.exit_criteria": ["Ten"], "pilot.review_by": "2027-01-31"}),
        ("role", {"label": "A team", "id": "a-team", "function": "sales", "group": "queue", "team": "a/b"}),
    ],
)  # fmt: skip
def test_questions_come_one_after_the_other(kind: Any, answers: dict[str, Any]) -> None:
    resolved, request = resolved_with(), Add(kind=kind)
    asked = []
    while (question := open_question(resolved, request, TODAY, frozenset())) is not None:
        asked.append(question.name)
        request = answered(request, question.name, answers[question.name])
    assert asked == list(answers)
    assert propose(resolved, base_files(), request, TODAY).changes
