"""`abmspec propose`."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from abmspec import pipeline
from abmspec.proposal import AnyRequest
from tests.cli.conftest import Abmspec, Write

INDUSTRY = "taxonomy/picklists/industry.yaml"
EMEA = "regions/emea/picklists/industry.yaml"
TECHNOLOGY = "picklist.industry.value.technology"
RENAME = ("rename", TECHNOLOGY, "tech")
RELABEL = ("relabel", TECHNOLOGY, "IT")


def files(project: Path) -> dict[str, bytes]:
    """Every file of the project, links not followed."""
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in sorted(project.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


# -- what is shown, and what is written ------------------------------------------------------------


def test_it_shows_a_diff_and_writes_nothing(abmspec: Abmspec, project: Path) -> None:
    before = files(project)
    ended = abmspec("propose", *RELABEL)
    assert ended.code == 0
    assert ended.out == (
        f"--- a/{INDUSTRY}\n+++ b/{INDUSTRY}\n@@ -3,7 +3,7 @@\n extensible: true\n values:\n   technology:\n"
        "-    label: Technology\n+    label: IT\n     labels: {de: Technologie}\n     aliases: [Tech]\n"
        "   financial-services:\n"
    )
    assert "The label was `Technology`." in ended.err
    assert "Nothing was written: 1 file would change. The same with --write writes them." in ended.err
    assert files(project) == before


@pytest.mark.skipif(shutil.which("git") is None, reason="needs Git")
def test_git_applies_the_diff(abmspec: Abmspec, project: Path) -> None:
    shown = abmspec("propose", "rename", "segment.enterprise-technology", "big-tech")
    subprocess.run(["git", "apply"], cwd=project, input=shown.out.encode(), check=True)
    applied = files(project)
    subprocess.run(["git", "apply", "--reverse"], cwd=project, input=shown.out.encode(), check=True)
    assert abmspec("propose", "rename", "segment.enterprise-technology", "big-tech", "--write").code == 0
    assert files(project) == applied
    assert abmspec("check", "--strict").code == 0


def test_it_writes_every_file(abmspec: Abmspec, project: Path) -> None:
    ended = abmspec("propose", *RENAME, "--write")
    assert (ended.code, ended.out) == (
        0,
        f"changed: {INDUSTRY}\nchanged: taxonomy/segments/enterprise-technology.yaml\n",
    )
    assert "2 files written." in ended.err
    assert "  tech:\n" in (project / INDUSTRY).read_text()
    assert abmspec("check", "--strict").code == 0


def test_a_things_whole_life(abmspec: Abmspec) -> None:
    by = ("--replaced-by", "manufacturing", "--replace", "--reason", "Nobody sells to it.")
    assert abmspec("propose", "deprecate", TECHNOLOGY, *by, "--write").code == 0
    assert abmspec("check", "--strict").code == 0
    assert abmspec("propose", "retire", TECHNOLOGY, "--write").code == 1
    assert abmspec("propose", "retire", TECHNOLOGY, "--write", "--today", "2027-01-01").code == 0
    assert abmspec("check", "--today", "2027-01-01").code == 0


def test_it_adds(abmspec: Abmspec, project: Path) -> None:
    ended = abmspec(
        "propose", "add", "value", "--picklist", "industry", "--region", "emea", "--label", "Fintech",
        "--maps-to", "financial-services", "--set", 'aliases=["FinTech"]', "--write",
    )  # fmt: skip
    assert (ended.code, ended.out) == (0, f"added: {EMEA}\n"), ended.said
    assert "maps_to: financial-services" in (project / EMEA).read_text()
    assert "aliases: [FinTech]" in (project / EMEA).read_text()


def test_what_is_there_already_takes_a_reason(abmspec: Abmspec) -> None:
    asked = ("propose", "add", "value", "--picklist", "industry", "--label", "Financial Service")
    refused = abmspec(*asked)
    assert refused.code == 1
    assert "There is already the value `financial-services`" in refused.said
    ended = abmspec(*asked, "--reason", "Sold to otherwise.")
    assert ended.code == 0
    assert "There is already `picklist.industry.value.financial-services`" in ended.err


def test_translations_and_what_a_region_hides(abmspec: Abmspec, project: Path) -> None:
    assert abmspec("propose", "translate", TECHNOLOGY, "fr=Technologie", "ja=IT = 技術", "--write").code == 0
    assert "labels: {de: Technologie, fr: Technologie, ja: IT = 技術}" in (project / INDUSTRY).read_text()
    hidden = abmspec("propose", "hide", "picklist.industry.value.manufacturing", "--region", "emea")
    assert hidden.out.startswith(f"--- /dev/null\n+++ b/{EMEA}\n")


def test_errors_that_the_spec_would_have_stop_it(abmspec: Abmspec, project: Path, write: Write) -> None:
    write(
        "regions/emea/segments/emea-it.yaml",
        "label: IT\nwithin: enterprise-technology\ndecision: coverage\nconsumers: [sales]\n"
        "when: {all: [{segment: enterprise-technology}, {field: account.industry, in: [technology]}]}\n",
    )
    before = files(project)
    ended = abmspec("propose", "hide", TECHNOLOGY, "--region", "emea", "--write")
    assert ended.code == 1
    assert "regions/emea/segments/emea-it.yaml:5:" in ended.err
    assert "error[hide-breaks]: `emea` hides the value `technology`" in ended.err
    assert "Nothing was written: the spec would have 1 error that it has not now." in ended.err
    assert files(project) == before


def test_warnings_that_it_brings_are_told(abmspec: Abmspec, write: Write) -> None:
    write(
        "taxonomy/picklists/shade.yaml",
        """\
        label: Shade
        values:
          dark:
            label: Dark
          dim:
            label: Dim
            status: deprecated
            deprecated: {date: "2026-01-01", sunset: "2026-06-01", reason: Too near., replaced_by: dark}
        """,
    )
    waiver = "rule: sunset-passed\naddress: picklist.shade.value.dim\nreason: Soon.\napproved_by: council\n"
    write("taxonomy/governance/waivers/dim.yaml", f'{waiver}until: "2026-12-31"\n')
    ended = abmspec("propose", "retire", "picklist.shade.value.dim", "--write")
    assert ended.code == 0, ended.said
    (line,) = (line for line in ended.err.splitlines() if line.startswith("The check warns then: "))
    assert "taxonomy/governance/waivers/dim.yaml:1: " in line
    assert "Delete the file." in line
    assert "1 warning" in abmspec("check").said


def test_errors_that_are_there_already_do_not(abmspec: Abmspec, write: Write) -> None:
    write("taxonomy/picklists/mood.yaml", "label: Mood\nowner: nobody\nvalues: {}\n")
    assert abmspec("check").code == 1
    assert abmspec("propose", *RELABEL, "--write").code == 0


def test_colours_are_for_terminals(abmspec: Abmspec, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    painted = abmspec("propose", *RELABEL).out
    assert "\x1b[31m-    label: Technology\x1b[0m\n\x1b[32m+    label: IT\x1b[0m\n" in painted
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in abmspec("propose", *RELABEL).out


def test_nothing_to_change(abmspec: Abmspec) -> None:
    ended = abmspec("propose", "relabel", TECHNOLOGY, "Technology", "--write")
    assert (ended.code, ended.out) == (0, "")
    assert "is labelled so already.\nThere is nothing to change." in ended.err


# -- as JSON ---------------------------------------------------------------------------------------

REQUEST = {"action": "rename", "address": TECHNOLOGY, "to": "tech"}


@pytest.mark.parametrize("source", ["propose -", "propose --from -", "propose --from request.json"])
def test_a_request_as_json(source: str, abmspec: Abmspec, write: Write) -> None:
    write("request.json", json.dumps(REQUEST))
    flags = abmspec("propose", *RENAME)
    ended = abmspec.shell(f"abmspec {source} < request.json")
    assert (ended.code, ended.out) == (0, flags.out)
    written = abmspec.shell(f"abmspec {source} --write --format json < request.json")
    assert json.loads(written.out)["written"]
    assert abmspec("check", "--strict").code == 0


def test_its_answer_as_json(abmspec: Abmspec) -> None:
    ended = abmspec("propose", *RENAME, "--format", "json")
    report = json.loads(ended.out)
    assert (ended.code, ended.err) == (0, "")
    assert report["address"] == "picklist.industry.value.tech"
    assert [(each["path"], each["status"]) for each in report["changes"]] == [
        (INDUSTRY, "changed"),
        ("taxonomy/segments/enterprise-technology.yaml", "changed"),
    ]
    assert "".join(each["diff"] for each in report["changes"]) == abmspec("propose", *RENAME).out
    assert report["notes"][0].startswith("`technology` stays as a tombstone")


@pytest.mark.parametrize(
    ("request_", "code", "why"),
    [
        ("{", 2, "The request is not JSON"),
        ('{"action": "rename", "address": "icp", "to": "../../x"}', 2, "$.to: `../../x` is not a value's id"),
        ('{"action": "relabel", "address": "icp", "label": "a\\u001b[2Jb"}', 2, "$.label: The text holds U+001B"),
        ('{"action": "rename", "address": "picklist.industri", "to": "x"}', 2, "Did you mean `picklist.industry`"),
        ('{"action": "rename", "address": "region.emea", "to": "x"}', 1, "cannot get another"),
    ],
)  # fmt: skip
def test_a_refusal_in_either_form(
    request_: str, code: int, why: str, abmspec: Abmspec, write: Write, project: Path
) -> None:
    write("request.json", request_)
    before = files(project)
    ended = abmspec("propose", "--from", "request.json", "--write")
    assert (ended.code, ended.out) == (code, "")
    assert why in ended.err
    assert "\x1b" not in ended.err
    ended = abmspec("propose", "--from", "request.json", "--write", "--format", "json")
    report = json.loads(ended.out)
    assert (ended.code, report["address"], report["changes"]) == (code, None, [])
    assert why in report["refused"]
    assert files(project) == before


# -- wrong usage -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Say what to change: `abmspec propose --help` lists what can be done."),
        (("move", "icp"), "No such command 'move'."),
        (("rename", "icp"), "Missing argument 'NEW_ID'."),
        (("rename", "picklist.industri", "x"), "Did you mean `picklist.industry`"),
        (("relabel", "icp", "a\u202eb"), "label: The text holds U+202E"),
        (("translate", TECHNOLOGY, "Technologie"), "`Technologie` is not a language and a text, as `de=Bildung`."),
        (("translate", TECHNOLOGY, "de="), "labels.de"),
        (("hide", TECHNOLOGY), "Missing option '--region'."),
        (("hide", TECHNOLOGY, "--region", "emae"), "Did you mean `emea`?"),
        (("deprecate", TECHNOLOGY, "--sunset", "soon"), "`soon` is no date of the form 2026-10-01."),
        (("add", "value", "--set", "aliases"), "`aliases` is not a name and a value"),
        (("--write", "retire", TECHNOLOGY), "Write --write behind the action"),
        (("--from", "nowhere.json"), "nowhere.json"),
    ],
)  # fmt: skip
def test_wrong_usage(arguments: tuple[str, ...], said: str, abmspec: Abmspec) -> None:
    ended = abmspec("propose", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.said


def test_the_folder_may_stand_before_the_action_or_behind(abmspec: Abmspec, project: Path) -> None:
    behind = abmspec("propose", *RELABEL, "-C", str(project), at=Path("/"))
    before = abmspec("propose", "-C", str(project), *RELABEL, at=Path("/"))
    assert behind == before
    assert behind.code == 0


@pytest.mark.parametrize(
    "action", ["add", "rename", "deprecate", "retire", "relabel", "translate", "map", "hide"]
)
def test_every_action_has_help(action: str, abmspec: Abmspec) -> None:
    ended = abmspec("propose", action, "--help")
    assert ended.code == 0
    assert all(option in ended.out for option in ("-C DIR", "--today", "--write", "--format", "--reason"))


# -- files that cannot be written as they are ------------------------------------------------------


def test_line_ends_stay(abmspec: Abmspec, project: Path) -> None:
    for name in (INDUSTRY, "taxonomy/segments/enterprise-technology.yaml"):
        (project / name).write_bytes((project / name).read_bytes().replace(b"\n", b"\r\n"))
    assert abmspec("propose", *RENAME, "--write").code == 0
    assert abmspec("propose", "rename", "segment.enterprise-technology", "big-tech", "--write").code == 0
    for name in (INDUSTRY, "taxonomy/segments/big-tech.yaml", "taxonomy/segments/enterprise-technology.yaml"):
        content = (project / name).read_bytes()
        assert content.count(b"\n") == content.count(b"\r\n") > 5


def test_conflict_markers_stop_it(abmspec: Abmspec, project: Path) -> None:
    file = project / "taxonomy/segments/enterprise-technology.yaml"
    file.write_bytes(b"<<<<<<< HEAD\n" + file.read_bytes() + b"=======\n>>>>>>> other\n")
    before = files(project)
    ended = abmspec("propose", *RENAME, "--write")
    assert (ended.code, ended.out) == (1, "")
    assert "taxonomy/segments/enterprise-technology.yaml cannot be read" in ended.err
    assert files(project) == before


def test_a_read_only_file_stops_all(abmspec: Abmspec, project: Path) -> None:
    (project / "taxonomy/segments/enterprise-technology.yaml").chmod(0o444)
    before = files(project)
    ended = abmspec("propose", *RENAME, "--write")
    assert (ended.code, ended.out) == (2, "")
    assert "is read-only. Make it writable: chmod u+w taxonomy/segments" in ended.err
    assert files(project) == before


def test_a_link_is_not_written_through(abmspec: Abmspec, project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.yaml"
    shutil.copy(project / INDUSTRY, elsewhere)
    (project / INDUSTRY).unlink()
    (project / INDUSTRY).symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    ended = abmspec("propose", *RELABEL, "--write")
    assert ended.code in (1, 2), ended.said
    assert INDUSTRY in ended.said
    assert elsewhere.read_bytes() == before


def test_a_file_changed_meanwhile_stops_all(
    abmspec: Abmspec, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    propose = pipeline.propose

    def slow(root: Path, today: date, request: AnyRequest) -> pipeline.Proposed:
        done = propose(root, today, request)
        (project / INDUSTRY).write_bytes((project / INDUSTRY).read_bytes() + b"# Mine.\n")
        return done

    monkeypatch.setattr(pipeline, "propose", slow)
    before = files(project)
    ended = abmspec("propose", *RENAME, "--write")
    assert (ended.code, ended.out) == (2, "")
    assert f"{INDUSTRY} was changed since it was read" in ended.err
    assert files(project) == before | {INDUSTRY: before[INDUSTRY] + b"# Mine.\n"}


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")])
@pytest.mark.parametrize("after", [1, 2])
def test_a_stop_half_way_takes_everything_back(
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
    ended = abmspec("propose", *RENAME, "--write")
    assert ended.code in (2, 130)
    assert "Every file is as it was." in ended.err
    assert files(project) == before


def test_a_full_disk_leaves_every_file(
    abmspec: Abmspec, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(project)

    def full(handle: int, mode: str) -> object:
        os.close(handle)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    ended = abmspec("propose", *RENAME, "--write")
    assert ended.code == 2
    assert "no space left on device. Every file is as it was." in ended.err
    assert files(project) == before
