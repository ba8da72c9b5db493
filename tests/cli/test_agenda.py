"""`abmspec agenda`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import icalendar
import jsonschema
import pytest

from abmspec.schema import outputs
from tests.cli.conftest import Abmspec, Write
from tests.repositories import Work
from tests.specs import BASE

COUNCIL = "taxonomy/governance/council.yaml"
INDUSTRY = "taxonomy/picklists/industry.yaml"
FARMING = "  farming: {label: Farming, status: proposed}\n"


def faults(printed: str) -> list[str]:
    """What the published schema finds in an agenda."""
    (schema,) = (json.loads(content) for name, content in outputs() if name == "outputs/agenda.schema.json")
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(json.loads(printed))]


def text_of(path: str) -> str:
    return (BASE / path).read_text()


def section(printed: str, id: str) -> dict[str, Any]:
    (found,) = (each for each in json.loads(printed)["sections"] if each["id"] == id)
    assert isinstance(found, dict)
    return found


@pytest.fixture
def work(project: Path) -> Work:
    """The project in a repository, whose first commit is of 21 September 2026."""
    work = Work.begun(project)
    work.commit()
    return work


def test_the_next_meeting_as_markdown(abmspec: Abmspec) -> None:
    done = abmspec("agenda")
    assert done.code == 0
    assert done.err == ""
    assert done.out.startswith("# ABM council: 14 October 2026\n")
    assert "the project is in no Git repository" in done.out


@pytest.mark.parametrize(
    ("arguments", "day"),
    [
        ((), "2026-10-14"),
        (("--date", "2026-12-01"), "2026-12-01"),
        (("--today", "2026-11-20"), "2026-12-14"),
    ],
)
def test_the_day_is_stated_or_follows(arguments: tuple[str, ...], day: str, abmspec: Abmspec) -> None:
    meeting = json.loads(abmspec("agenda", "--format", "json", *arguments).out)["meeting"]
    assert meeting["date"] == day
    assert meeting["projected"] == (day == "2026-12-14")


def test_json_keeps_its_schema(abmspec: Abmspec, work: Work, write: Write) -> None:
    write("pulls.json", json.dumps([{"number": 1, "title": "A", "created_at": "2026-09-01T00:00:00Z"}]))
    write(INDUSTRY, text_of(INDUSTRY) + FARMING)
    done = abmspec("agenda", "--format", "json", "--pulls", "pulls.json", "--kpis", "--date", "2026-10-30")
    assert done.code == 0
    assert faults(done.out) == []
    found = json.loads(done.out)
    assert found["figures"]["points"][0]["name"] == "2026-09"
    assert [item["text"][:14] for item in section(done.out, "decisions")["items"]] == [
        "Pull request 1",
        "The value `far",
    ]
    assert [item["text"] for item in section(done.out, "changes")["items"]] == [
        "1 additive change globally: `picklist.industry.value.farming`."
    ]


def test_the_same_input_prints_the_same(abmspec: Abmspec, work: Work) -> None:
    for arguments in (("--kpis",), ("--format", "json", "--kpis"), ("--format", "ics")):
        assert abmspec("agenda", *arguments).out == abmspec("agenda", *arguments).out


def test_go_to_market_and_product_changes_stand_by_themselves(
    abmspec: Abmspec, work: Work, write: Write
) -> None:
    region = "regions/emea/region.yaml"
    write(region, text_of(region).replace("route: direct", "route: partner"))
    path = "taxonomy/picklists/product-family.yaml"
    write(path, text_of(path) + "  streams: {label: Streams}\n")
    items = section(abmspec("agenda", "--format", "json", "--date", "2026-10-30").out, "changes")["items"]
    told = [item["address"] for item in items if item["text"].startswith("Product and go-to-market: ")]
    assert told == ["picklist.product-family.value.streams", "region.emea"]


def test_a_history_that_begins_later_is_said(abmspec: Abmspec, work: Work) -> None:
    found = section(abmspec("agenda", "--format", "json").out, "changes")
    assert found["missing"] == (
        "What changed is not known: the history has no spec of 2026-09-14 that can be read."
    )


def test_a_shallow_clone_has_an_agenda_and_no_figures(abmspec: Abmspec, work: Work, tmp_path: Path) -> None:
    work.commit({"README.md": "More.\n"})
    clone = tmp_path / "clone"
    work.git("clone", "--quiet", "--depth=1", work.folder.as_uri(), str(clone))
    done = abmspec("agenda", at=clone)
    assert done.code == 0
    assert "its history was cut off. Fetch the whole history: `fetch-depth: 0`" in done.out
    refused = abmspec("agenda", "--kpis", at=clone)
    assert refused.code == 2
    assert "fetch-depth: 0" in refused.said


def test_figures_need_a_history(abmspec: Abmspec) -> None:
    done = abmspec("agenda", "--kpis")
    assert done.code == 2
    assert "lies in no Git repository." in done.said


def test_a_repository_without_a_commit_has_an_agenda(abmspec: Abmspec, project: Path) -> None:
    Work.begun(project)
    done = abmspec("agenda")
    assert done.code == 0
    assert "What changed is not known." in done.out
    assert abmspec("agenda", "--kpis").code == 2


def test_figures_by_tag(abmspec: Abmspec, work: Work, write: Write) -> None:
    work.git("tag", "v1.0.0")
    write(INDUSTRY, text_of(INDUSTRY) + FARMING)
    work.commit()
    work.git("tag", "v1.1.0")
    done = abmspec("agenda", "--kpis", "--by", "tag", "--since", "2026-01-01", "--limit", "1")
    assert "| v1.0.0 | 0 | none |\n| v1.1.0 | 0 | 1 additive in `global` |" in done.out
    assert "nothing was merged by a merge commit" in done.out
    assert done.err == ""


def test_a_calendar_file(abmspec: Abmspec) -> None:
    done = abmspec("agenda", "--format", "ics", "--time", "16:00", "--minutes", "45")
    assert done.code == 0
    (event,) = icalendar.Calendar.from_ical(done.out).walk("VEVENT")
    assert str(event.decoded("dtstart")) == "2026-10-14 16:00:00+02:00"
    assert str(event.decoded("dtend")) == "2026-10-14 16:45:00+02:00"


def test_a_calendar_file_begins_when_the_calendar_opens(abmspec: Abmspec) -> None:
    (event,) = icalendar.Calendar.from_ical(abmspec("agenda", "--format", "ics").out).walk("VEVENT")
    assert str(event.decoded("dtstart")) == "2026-10-14 09:00:00+02:00"


def test_a_calendar_file_without_icalendar_says_how_to_get_it(
    abmspec: Abmspec, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    done = abmspec("agenda", "--format", "ics")
    assert done.code == 2
    assert "pip install 'abmspec[calendar]'" in done.said


def test_errors_of_the_spec_are_counted_and_it_is_written_all_the_same(
    abmspec: Abmspec, write: Write
) -> None:
    write("taxonomy/segments/broken.yaml", "label: [\n")
    done = abmspec("agenda")
    assert done.code == 0
    assert "`abmspec check` lists them." in done.out


@pytest.mark.parametrize(
    ("council", "said"),
    [
        (None, "There is no council. Write taxonomy/governance/council.yaml"),
        (
            text_of(COUNCIL).replace('next_meeting: "2026-10-14"\n', ""),
            f'{COUNCIL} does not say when the council meets. Add `next_meeting: "2026-10-14"`',
        ),
    ],
)
def test_without_a_meeting_there_is_no_agenda(
    council: str | None, said: str, abmspec: Abmspec, write: Write
) -> None:
    path = write(COUNCIL, council or "")
    if council is None:
        path.unlink()
    done = abmspec("agenda")
    assert done.code == 2
    assert said in done.said
    assert done.out == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "pulls.json: The pull requests are no list"),
        ("[", "pulls.json: The pull requests are no JSON"),
        (None, "pulls.json cannot be read: no such file or directory."),
    ],
)
def test_pull_requests_that_cannot_be_understood(
    text: str | None, said: str, abmspec: Abmspec, write: Write, tmp_path: Path
) -> None:
    if text is not None:
        write("pulls.json", text)
    done = abmspec("agenda", "--pulls", "pulls.json", "-C", str(abmspec.folder), at=tmp_path)
    assert done.code == 2
    assert said in done.said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--since", "2026-01-01"), "--since is for --kpis"),
        (("--by", "tag"), "--by is for --kpis"),
        (("--limit", "3"), "--limit is for --kpis"),
        (("--time", "10:00"), "--time is for --format ics"),
        (("--minutes", "30", "--format", "json"), "--minutes is for --format ics"),
        (("--kpis", "--format", "ics"), "--kpis is for --format markdown or json"),
        (("--date", "soon"), "no date of the form"),
        (("--time", "25:00", "--format", "ics"), "25:00"),
    ],
)
def test_options_that_do_not_go_together(arguments: tuple[str, ...], said: str, abmspec: Abmspec) -> None:
    done = abmspec("agenda", *arguments)
    assert done.code == 2
    assert said in done.said
