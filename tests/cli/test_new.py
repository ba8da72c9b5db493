"""`abmspec new`."""

from __future__ import annotations

import errno
import os
import pty
import select
import shlex
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from abmspec import pipeline
from abmspec.cli.new import EXAMPLES
from abmspec.proposal import AnyRequest
from tests.cli.conftest import Abmspec, Write
from tests.conftest import ROOT

INDUSTRY = "taxonomy/picklists/industry.yaml"
EMEA = "regions/emea/picklists/industry.yaml"
FINTECH = ("value", "--picklist", "industry", "--region", "emea", "--label", "Fintech")
MAPPED = (*FINTECH, "--maps-to", "financial-services")


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_a_region_and_a_value_of_it(abmspec: Abmspec) -> None:
    ended = abmspec("new", "region", "nordics", "--parent", "emea", "--countries", "IS")
    assert (ended.code, ended.out) == (0, "created: regions/emea/nordics/region.yaml\n")
    assert "From `emea` it has the owner `emea-marketing`" in ended.err
    assert "Next: `abmspec show region.nordics`" in ended.err
    ended = abmspec(
        "new", "value", "fishery", "--picklist", "industry", "--region", "nordics", "--maps-to", "manufacturing"
    )  # fmt: skip
    assert (ended.code, ended.out) == (0, "created: regions/emea/nordics/picklists/industry.yaml\n")
    ended = abmspec("check")
    assert ended.code == 0, ended.said
    assert "clean: 0 errors, 0 warnings in 33 files" in ended.out
    assert "label: Fishery" in abmspec("show", "region.nordics.picklist.industry.value.nordics-fishery").out


@pytest.mark.parametrize("option", ["--diff", "--dry-run"])
def test_a_preview_writes_nothing(option: str, abmspec: Abmspec, project: Path) -> None:
    before = files(project)
    ended = abmspec("new", *MAPPED, option)
    assert ended.code == 0
    assert ended.out == (
        f"--- /dev/null\n+++ b/{EMEA}\n@@ -0,0 +1,2 @@\n"
        "+values:\n+  emea-fintech: {label: Fintech, maps_to: financial-services}\n"
    )
    assert files(project) == before


KINDS = {
    "region": (("--label", "Nordics", "--parent", "emea", "--countries", "IS,GL", "--set", "calendar.time_zone=UTC"),
               "regions/emea/nordics/region.yaml"),
    "picklist": (("--label", "Gewerk", "--region", "dach", "--rolls-up-to", "industry", "--value",
                  "Handwerk=manufacturing"), "regions/emea/dach/picklists/dach-gewerk.yaml"),
    "value": ((*MAPPED[1:], "--alias", "FT", "--translation", "fr=Technologie financière"), EMEA),
    "field": (("account.port", "--type", "text", "--description", "Its port.", "--required"),
              "taxonomy/fields/account.yaml"),
    "segment": (("--label", "Big", "--decision", "coverage", "--consumers", "sales,marketing", "--when",
                 "{field: account.employees, at_least: 5000}"), "taxonomy/segments/big.yaml"),
    "play": (("--label", "Visit", "--objective", "Meet.", "--cta", "book-briefing", "--kpis", "pipeline", "--step",
              "invite: {day: 0, channel: email, owner: sdr}", "--step", "call: {day: 2, channel: phone, owner: sdr}"),
             "playbooks/plays/visit.yaml"),
    "content": (("--label", "Guide", "--kind", "asset", "--url", "https://example.com/guide"),
                "playbooks/content/guide.yaml"),
    "role": (("--label", "Nordic marketing", "--function", "marketing", "--group", "region", "--members", "a,b"),
             "taxonomy/governance/roles.yaml"),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_from_flags(kind: str, abmspec: Abmspec, project: Path) -> None:
    flags, path = KINDS[kind]
    is_new = not (project / path).exists()
    ended = abmspec("new", kind, *flags)
    assert (ended.code, ended.out) == (0, f"{'created' if is_new else 'changed'}: {path}\n"), ended.err
    ended = abmspec("check")
    assert ended.code == 0, ended.said


def test_a_waiver_of_a_finding(abmspec: Abmspec, write: Write) -> None:
    write(EMEA, "values:\n  emea-tech: {label: Technologie, maps_to: technology}\n")
    assert "1 warning" in abmspec("check").out
    address = "region.emea.picklist.industry.value.emea-tech"
    ended = abmspec(
        "new", "waiver", "--rule", "near-duplicate", "--address", address,
        "--approved-by", "council", "--until", "2099-01-31", "--reason", "Agreed for the move.",
    )  # fmt: skip
    path = "taxonomy/governance/waivers/emea-tech-near-duplicate.yaml"
    assert (ended.code, ended.out) == (0, f"created: {path}\n"), ended.err
    assert "clean: 0 errors, 0 warnings, 1 waived" in abmspec("check").out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("vale",), 2, "There is no kind `vale`. Did you mean `value`?"),
        ((), 2, "Usage: abmspec new"),
        (
            FINTECH,
            2,
            "Say it with --maps-to. There are: `technology`, `financial-services` and `manufacturing`.",
        ),
        (("value",), 2, "Say it with --picklist."),
        ((*FINTECH, "--maps-to", "finance"), 1, "Did you mean `financial-services`?"),
        ((*MAPPED[:-3], "Tech", *MAPPED[-2:]), 1, "If something else is meant, say why with --reason."),
        ((*MAPPED, "--set", "x"), 2, "`x` is not of the form NAME=VALUE."),
        ((*MAPPED, "--translation", "x"), 2, "`x` is not of the form de=Text."),
        (("segment", "--when", "{a"), 2, "`{a` cannot be read"),
        (("play", "--step", "- a"), 2, "`- a` cannot be read"),
        (
            (*MAPPED, "--set", "nonsense=1"),
            1,
            "The spec would have these errors with it, so nothing was written.",
        ),
        ((*MAPPED, "-C", "/"), 2, "this is no abmspec project"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    arguments: tuple[str, ...], code: int, said: str, abmspec: Abmspec, project: Path
) -> None:
    before = files(project)
    ended = abmspec("new", *arguments)
    assert ended.code == code, ended.said
    assert said in ended.said
    assert files(project) == before


def test_errors_that_are_there_already_stop_nothing(abmspec: Abmspec, write: Write) -> None:
    write("taxonomy/picklists/level.yaml", "label: Level\nvalues:\n  high: {label: High}\n")
    assert abmspec("check").code == 1
    assert abmspec("new", *MAPPED).code == 0


def test_something_similar_is_told_of_where_a_reason_is_given(abmspec: Abmspec) -> None:
    ended = abmspec(
        "new", "value", "--picklist", "industry", "--region", "emea", "--label", "Financial Service",
        "--maps-to", "technology", "--reason", "Sold to otherwise.",
    )  # fmt: skip
    assert ended.code == 0, ended.said
    assert "There is already `picklist.industry.value.financial-services` (Financial Services)" in ended.err


def test_an_unusable_project_is_said(abmspec: Abmspec, write: Write) -> None:
    write("abmspec.yaml", "format: 1\n")
    ended = abmspec("new", *MAPPED)
    assert (ended.code, ended.out) == (2, "")
    assert "abmspec.yaml cannot be used" in ended.err


def test_every_example_of_the_help_works_on_the_reference_spec(abmspec: Abmspec, tmp_path: Path) -> None:
    at = tmp_path / "reference"
    for folder in ("taxonomy", "regions", "playbooks", "accounts"):
        shutil.copytree(ROOT / folder, at / folder)
    shutil.copy(ROOT / "abmspec.yaml", at)
    for lines in EXAMPLES.values():
        for example in "\n".join(lines).replace("\\\n", "").splitlines():
            ended = abmspec(*shlex.split(example)[1:], "--today", "2026-10-01", at=at)
            assert ended.code == 0, (example, ended.said)
    assert abmspec("check", "--today", "2026-10-01", at=at).code == 0
    assert abmspec("fmt", "--check", at=at).code == 0


# -- files that cannot be written as they are ------------------------------------------------------


def test_line_ends_stay(abmspec: Abmspec, project: Path) -> None:
    file = project / INDUSTRY
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    before = file.read_bytes()
    assert abmspec("new", "value", "retail", "--picklist", "industry").code == 0
    assert file.read_bytes() == before + b"  retail: {label: Retail}\r\n"


def test_a_file_with_conflict_markers_is_left(abmspec: Abmspec, project: Path) -> None:
    file = project / INDUSTRY
    file.write_bytes(b"<<<<<<< HEAD\n" + file.read_bytes() + b"=======\n>>>>>>> other\n")
    before = files(project)
    ended = abmspec("new", "value", "retail", "--picklist", "industry")
    assert ended.code == 1, ended.said
    assert f"{INDUSTRY} has errors, so what is in it is unknown." in ended.said
    assert files(project) == before


def test_an_overlay_with_conflict_markers_is_left(abmspec: Abmspec, write: Write, project: Path) -> None:
    write(EMEA, "<<<<<<< HEAD\nhide: []\n=======\n>>>>>>> other\n")
    before = files(project)
    ended = abmspec("new", *MAPPED)
    assert (ended.code, ended.out) == (1, "")
    assert f"{EMEA} has errors, so nothing can be added to it." in ended.err
    assert files(project) == before


def test_a_read_only_file_is_left(abmspec: Abmspec, project: Path) -> None:
    (project / INDUSTRY).chmod(0o444)
    before = files(project)
    ended = abmspec("new", "value", "retail", "--picklist", "industry")
    assert (ended.code, ended.out) == (2, "")
    assert f"{INDUSTRY} is read-only. Make it writable: chmod u+w {INDUSTRY}" in ended.err
    assert files(project) == before


def test_a_link_is_left(abmspec: Abmspec, project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.yaml"
    elsewhere.write_text("hide: []\n")
    (project / EMEA).parent.mkdir(parents=True)
    (project / EMEA).symlink_to(elsewhere)
    ended = abmspec("new", *MAPPED)
    assert ended.code in (1, 2), ended.said
    assert EMEA in ended.said
    assert elsewhere.read_text() == "hide: []\n"
    assert (project / EMEA).is_symlink()


def test_a_file_changed_meanwhile_is_left(
    abmspec: Abmspec, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    propose = pipeline.propose

    def slow(root: Path, today: date, request: AnyRequest) -> pipeline.Proposed:
        found = propose(root, today, request)
        (project / INDUSTRY).write_bytes((project / INDUSTRY).read_bytes() + b"# Mine.\n")
        return found

    monkeypatch.setattr(pipeline, "propose", slow)
    ended = abmspec("new", "value", "retail", "--picklist", "industry")
    assert (ended.code, ended.out) == (2, "")
    assert f"{INDUSTRY} was changed since it was read, so it is not written over." in ended.err
    assert (project / INDUSTRY).read_bytes().endswith(b"# Mine.\n")
    assert b"retail" not in (project / INDUSTRY).read_bytes()


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")])
@pytest.mark.parametrize("after", [1, 2])
def test_a_stop_half_way_leaves_every_file(
    after: int, error: BaseException, abmspec: Abmspec, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, replace, count = files(project), Path.replace, 0

    def stopped(self: Path, target: Path) -> Path:
        nonlocal count
        if project in self.parents:
            count += 1
            if count == after:
                raise error
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", stopped)
    ended = abmspec(
        "new", "region", "caucasus", "--countries", "GE", "--owner", "leadership", "--council-seat", "caucasus-lead",
        "--route", "direct", "--coverage", "named", "--focus", "enterprise", "--maturity", "emerging",
        "--partner-coverage", "low", "--exit-criterion", "Ten accounts", "--review-by", "2027-03-31",
    )  # fmt: skip
    assert ended.code in (2, 130)
    assert "Every file is as it was." in ended.err
    assert files(project) == before
    assert not (project / "regions" / "caucasus").exists()


# -- somebody at a terminal ------------------------------------------------------------------------


class Terminal:
    """A command run in a terminal of its own, its questions answered in turn."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, arguments: list[str], answers: list[str]) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        command = [str(Path(sys.executable).with_name("abmspec")), *arguments]
        running = subprocess.Popen(
            command, cwd=self.folder, stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "NO_COLOR": "1"}
        )  # fmt: skip
        os.close(theirs)
        said, left = "", list(answers)
        while True:
            ready, _, _ = select.select([ours], [], [], 30)
            assert ready, f"waits for an answer that nobody gives: {said}"
            try:
                new = os.read(ours, 65536).decode()
            except OSError:
                break
            if not new:
                break
            said += new
            if said.endswith(": ") and left:
                os.write(ours, f"{left.pop(0)}\n".encode())
        os.close(ours)
        assert left == [], f"was not asked for {left}: {said}"
        return running.wait(30), said.replace("\r", "")


@pytest.fixture
def terminal(project: Path) -> Terminal:
    return Terminal(project)


def test_what_is_missing_is_asked_for(terminal: Terminal, project: Path) -> None:
    answers = ["industry", "emea", "Fintech", "", "nonsense", "2"]
    code, said = terminal(["new", "value"], answers)
    assert code == 0, said
    assert "By which id others refer to it [emea-fintech]: " in said
    assert said.count("2 financial-services") == 1
    assert "`nonsense` is none of them. Give a number or a name of the list.\n" in said
    assert "emea-fintech: {label: Fintech, maps_to: financial-services}" in (project / EMEA).read_text()


def test_a_choice_is_known_in_the_spelling_of_people(terminal: Terminal, project: Path) -> None:
    code, said = terminal(["new", "value"], ["Industry", "EMEA", "Fintech", "", "Financial Services"])
    assert code == 0, said
    assert "maps_to: financial-services" in (project / EMEA).read_text()


def test_what_exists_already_is_told_before_the_rest_is_asked(terminal: Terminal, project: Path) -> None:
    answers = ["industry", "emea", "Financial Service", "", "Sold to otherwise.", "technology"]
    code, said = terminal(["new", "value"], answers)
    assert code == 0, said
    assert said.index("It is everybody's: use it") < said.index("which value of `industry`".capitalize()), (
        said
    )
    assert "emea-financial-service" in (project / EMEA).read_text()


def test_the_kind_is_asked_for_too(terminal: Terminal, project: Path) -> None:
    answers = ["region", "Nordics", "", "emea", "IS, GL", "", ""]
    code, said = terminal(["new"], answers)
    assert code == 0, said
    assert (project / "regions/emea/nordics/region.yaml").read_text() == (
        "label: Nordics\ncountries: [IS, GL]\nlocales: [is-IS, kl-GL]\nstage: live\n"
    )


def test_a_country_that_another_region_has_is_asked_for_again(terminal: Terminal, project: Path) -> None:
    answers = [
        "Nordics",
        "",
        "",
        "SE, NO",
        "FI",
        "",
        "leadership",
        "direct",
        "named",
        "mixed",
        "emerging",
        "low",
        "seat",
    ]
    code, said = terminal(["new", "region"], [*answers, "", "Ten accounts", "2027-03-31"])
    assert code == 0, said
    assert "  Sweden (`SE`) is a country of `emea` already" in said
    assert "countries: [FI]" in (project / "regions/nordics/region.yaml").read_text()


def test_sentences_are_separated_by_semicolons(terminal: Terminal, project: Path) -> None:
    arguments = ["new", "region", "nordics", "--parent", "emea", "--countries", "IS", "--stage", "pilot"]
    code, said = terminal(arguments, ["", "", "Ten accounts, all with a tier; One deal", "2027-03-31"])
    assert code == 0, said
    assert "before it goes live (separated by semicolons): " in said
    assert (
        (project / "regions/emea/nordics/region.yaml")
        .read_text()
        .endswith(
            'pilot:\n  review_by: "2027-03-31"\n  exit_criteria:\n'
            '    ten-accounts-all-with-a-tier: {label: "Ten accounts, all with a tier"}\n'
            "    one-deal: {label: One deal}\n"
        )
    )


def test_only_what_is_missing_is_asked_for(terminal: Terminal) -> None:
    code, said = terminal(["new", *FINTECH], ["", "financial-services"])
    assert code == 0, said
    assert "Which list it joins" not in said


def test_nothing_is_asked_where_all_is_said(terminal: Terminal) -> None:
    code, said = terminal(["new", *MAPPED], [])
    assert (code, ": [" in said) == (0, False), said


# -- completion ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("new va", "value"),
        ("new value --picklist ind", "industry"),
        ("new value --region ", "dach,emea"),
        ("new value --picklist industry --region emea --maps-to fin", "financial-services"),
        ("new segment --decision ", "portfolio,coverage,investment,lifecycle"),
        ("new segment --consumers sales,mar", "sales,marketing"),
        ("new region --parent em", "emea"),
    ],
)
def test_completion_offers_what_exists(words: str, offered: str, abmspec: Abmspec) -> None:
    given = f"abmspec {words}"
    ended = abmspec.shell(
        "abmspec",
        {
            "_ABMSPEC_COMPLETE": "bash_complete",
            "COMP_WORDS": given,
            "COMP_CWORD": str(len(given.split(" ")) - 1),
        },
    )
    found = [line.partition(",")[2] for line in ended.out.splitlines()]
    assert sorted(found) == sorted([offered] if "," in words else offered.split(","))
