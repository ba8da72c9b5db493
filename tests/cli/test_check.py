"""`abmspec check`: what is reported, how, and with which exit code."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from abmspec import check as checking
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from tests.cli.conftest import Abmspec, Write

UNKNOWN_CTA = "playbooks/plays/executive-briefing.yaml"
ERROR = "label: Level\nvalues: {high: {label: High}, low: {lable: Low}}\n"
WARNING = "values: {emea-financial-service: {label: Financial Service, maps_to: financial-services}}\n"
TELECOM = """\
label: Industry
description: The account's primary industry, as sold to.
extensible: true
values:
  technology: {label: Technology}
  financial-services: {label: Financial Services}
  manufacturing: {label: Manufacturing}
  telecom:
    label: Telecom
    status: deprecated
    deprecated: {date: "2026-01-01", sunset: "2026-06-01", reason: Part of technology., replaced_by: technology}
"""


def test_clean(abmspec: Abmspec) -> None:
    ended = abmspec("check")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("clean: 0 errors, 0 warnings in 31 files (")


def test_an_error_fails(abmspec: Abmspec, write: Write) -> None:
    write("taxonomy/picklists/level.yaml", ERROR)
    ended = abmspec("check")
    assert (ended.code, ended.err) == (1, "")
    assert "taxonomy/picklists/level.yaml:2:37: error[schema-unknown-key]: `lable`" in ended.out
    assert "mend: Did you mean `label`?" in ended.out


def test_a_warning_fails_only_where_that_is_asked_for(abmspec: Abmspec, write: Write) -> None:
    write("regions/emea/picklists/industry.yaml", WARNING)
    assert abmspec("check").code == 0
    assert abmspec("check", "--strict").code == 1


@pytest.mark.parametrize("today", ["2026-05-31", "2026-06-02"])
def test_the_day_is_given(
    today: str, abmspec: Abmspec, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("taxonomy/picklists/industry.yaml", TELECOM)
    expected = 1 if today > "2026-06-01" else 0
    assert abmspec("check", "--today", today).code == expected
    monkeypatch.setenv("ABMSPEC_TODAY", today)
    assert abmspec("check").code == expected
    assert abmspec("check", "--today", "2026-06-01").code == 0


def test_paths_say_what_is_reported(abmspec: Abmspec, write: Write, project: Path) -> None:
    write("taxonomy/picklists/level.yaml", ERROR)
    write("regions/emea/picklists/industry.yaml", WARNING)
    assert abmspec("check", "taxonomy").code == 1
    assert abmspec("check", "taxonomy/picklists/level.yaml").code == 1
    assert abmspec("check", "regions/emea").out.count("near-duplicate") == 1
    assert abmspec("check", "regions", "--strict").code == 1
    assert abmspec("check", "playbooks").out.startswith("clean")
    # From where the user stands, or from -C.
    assert abmspec("check", "level.yaml", at=project / "taxonomy" / "picklists").code == 1
    assert abmspec("check", "../plays", at=project / "playbooks" / "content").code == 0
    assert abmspec("check", "-C", str(project / "taxonomy"), "picklists", at=project.parent).code == 1
    assert abmspec("check", str(project / "taxonomy"), at=project / "playbooks").code == 1


def test_a_path_may_name_what_should_exist(abmspec: Abmspec, write: Write) -> None:
    write("regions/apac/picklists/industry.yaml", "values: {}\n")
    assert "region-file-missing" in abmspec("check", "regions/apac/region.yaml").out


def test_a_path_may_be_a_link(abmspec: Abmspec, project: Path) -> None:
    (project / "taxonomy" / "picklists" / "secret.yaml").symlink_to("/etc/hostname")
    ended = abmspec("check", "taxonomy/picklists/secret.yaml")
    assert ended.code == 1
    assert "file-symlink" in ended.out


def test_what_a_link_leads_to_is_not_shown(abmspec: Abmspec, project: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the password\n")
    (project / "taxonomy" / "picklists" / "secret.yaml").symlink_to(tmp_path / "secret")
    assert "password" not in abmspec("check").out


def test_rules_and_regions_say_what_is_reported(abmspec: Abmspec, write: Write) -> None:
    write("taxonomy/picklists/level.yaml", ERROR)
    write("regions/emea/picklists/industry.yaml", WARNING)
    assert "schema-unknown-key" not in abmspec("check", "--rule", "near-duplicate").out
    both = abmspec("check", "--rule", "near-duplicate", "--rule", "schema-unknown-key")
    assert "1 error, 1 warning" in both.out
    assert abmspec("check", "--region", "emea").code == 0
    assert "near-duplicate" in abmspec("check", "--region", "emea").out
    assert abmspec("check", "--region", "dach").out.startswith("clean")


def test_what_is_waived_is_counted_with_what_is_reported(abmspec: Abmspec, write: Write) -> None:
    write("taxonomy/picklists/industry.yaml", TELECOM)
    write(
        "taxonomy/governance/waivers/telecom.yaml",
        "rule: sunset-passed\naddress: picklist.industry.value.telecom\nreason: Soon.\napproved_by: council\n"
        'until: "2026-12-31"\n',
    )
    assert "1 waived" in abmspec("check").out
    assert "waived" not in abmspec("check", "playbooks").out
    assert "waived" not in abmspec("check", "--rule", "near-duplicate").out
    waived = json.loads(abmspec("check", "--format", "json").out)["waived"]
    assert [each["waiver"] for each in waived] == ["telecom"]


def test_formats(abmspec: Abmspec, write: Write) -> None:
    write("taxonomy/picklists/level.yaml", ERROR)
    ended = abmspec("check", "--format", "json")
    assert (ended.code, ended.err) == (1, "")
    (found,) = json.loads(ended.out)["diagnostics"]
    assert (found["rule"], found["path"]) == ("schema-unknown-key", "taxonomy/picklists/level.yaml")
    sarif = json.loads(abmspec("check", "--format", "sarif").out)
    assert [each["ruleId"] for each in sarif["runs"][0]["results"]] == ["schema-unknown-key"]
    assert abmspec("check", "--format", "github").out.startswith(
        "::error file=taxonomy/picklists/level.yaml,"
    )
    assert "error[schema-unknown-key]" in abmspec("check", "--format", "text").out


def test_the_cache_changes_nothing(abmspec: Abmspec, write: Write) -> None:
    def seen(*arguments: str) -> str:
        return abmspec("check", *arguments).out.rpartition(" (")[0]

    clean = seen()
    level = write("taxonomy/picklists/level.yaml", ERROR)
    assert seen() == seen() == seen("--no-cache")
    assert seen() != clean
    level.unlink()
    assert "reference-unknown" in seen()


# -- what cannot be judged ----------------------------------------------------------------------------


def test_no_project(abmspec: Abmspec, tmp_path: Path) -> None:
    ended = abmspec("check", at=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert f"No abmspec.yaml in {tmp_path} or above it" in ended.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "abmspec.yaml:1:1: The file holds no data."),
        ("format: 1\nversion: 1.0.0\n", "no `name`"),
        ("format: 7\nname: x\nversion: 1.0.0\n", "this abmspec reads format 1"),
        ("format: 1\nname: [x\n", "abmspec.yaml:2:7: The bracket that opens here is not closed"),
    ],
)
@pytest.mark.parametrize("command", [("check",), ("show", "icp"), ("uses", "icp"), ("build",), ("docs",)])
def test_an_unusable_project(
    command: tuple[str, ...], text: str, said: str, abmspec: Abmspec, write: Write
) -> None:
    write("abmspec.yaml", text)
    ended = abmspec(*command)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_another_version_is_wanted(abmspec: Abmspec, project: Path) -> None:
    at = project / "abmspec.yaml"
    at.write_text(at.read_text().replace(">=0.1", ">=99"))
    ended = abmspec("check", "--format", "json")
    assert (ended.code, ended.out) == (2, "")
    assert "The spec wants abmspec >=99" in ended.err


def test_a_rule_that_crashes_is_a_bug(
    abmspec: Abmspec, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def crash(subject: Subject) -> Iterator[Finding]:
        raise ZeroDivisionError("by nothing\nat all")

    broken = SpecRule(Rule("near-duplicate", Severity.ERROR, "It crashes."), crash)
    monkeypatch.setattr(checking, "RULES", (broken,))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = abmspec("check", "--no-cache")
    assert (ended.code, ended.out) == (3, "")
    assert ended.err.count("\n") == 1
    assert "ZeroDivisionError: by nothing (in the rule near-duplicate)" in ended.err
    (log,) = tmp_path.glob("abmspec-*.log")
    assert str(log) in ended.err
    assert "Traceback" in log.read_text()


# -- surroundings -------------------------------------------------------------------------------------

WIDE = "label: 金融 Ünïcode\ndescription: x\nvalues: {ü: {label: 金融}}\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
@pytest.mark.parametrize("format_", ["text", "json", "sarif", "github"])
def test_any_locale(encoding: str, format_: str, abmspec: Abmspec, write: Write) -> None:
    write("taxonomy/picklists/wide.yaml", WIDE)
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    ended = abmspec.shell(f"abmspec check --no-cache --format {format_}", environment)
    assert (ended.code, ended.err) == (1, "")
    assert "`ü` is not a value's id" in ended.out


@pytest.mark.parametrize(
    "command",
    ["check --format sarif", "explain --list", "show picklist.industry", "uses role.revops", "--help"],
)
def test_a_reader_that_has_seen_enough(command: str, abmspec: Abmspec) -> None:
    ended = abmspec.shell(f"abmspec {command} | true")
    assert ended.code in (0, 141)
    assert ended.err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_no_bug(abmspec: Abmspec) -> None:
    ended = abmspec.shell("abmspec explain --list > /dev/full")
    assert (ended.code, ended.err) == (2, "Error: The output cannot be written: no space left on device.\n")


def test_output_that_is_closed(abmspec: Abmspec) -> None:
    ended = abmspec.shell("abmspec check >&-")
    assert (ended.code, ended.err) == (0, "")


def test_stopped_by_hand(abmspec: Abmspec, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("abmspec.pipeline.check_project", stop)
    ended = abmspec("check")
    assert ended.code == 130
    assert ended.err.strip() == "Stopped."


def test_a_file_that_may_not_be_read(
    abmspec: Abmspec, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    level = project / "taxonomy" / "picklists" / "level.yaml"
    original = Path.open

    def denied(self: Path, *arguments: Any, **named: Any) -> Any:
        if self == level:
            raise PermissionError(13, "Permission denied")
        return original(self, *arguments, **named)

    monkeypatch.setattr(Path, "open", denied)
    ended = abmspec("check", "--no-cache")
    assert ended.code == 1
    assert "taxonomy/picklists/level.yaml:1:1: error[file-unreadable]" in ended.out
    assert "permission denied" in ended.out


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({"NO_COLOR": "", "FORCE_COLOR": ""}, False),
        ({"NO_COLOR": "", "FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_in_a_pipe(environment: dict[str, str], coloured: bool, abmspec: Abmspec) -> None:
    assert ("\x1b[" in abmspec.shell("abmspec check | cat", environment).out) is coloured


@pytest.mark.parametrize(("term", "coloured"), [("xterm", True), ("dumb", False)])
def test_colour_on_a_terminal(term: str, coloured: bool, abmspec: Abmspec) -> None:
    environment = {"NO_COLOR": "", "FORCE_COLOR": "", "TERM": term}
    ended = abmspec.shell("script -qec 'abmspec check' /dev/null", environment)
    assert ended.code == 0
    assert ("\x1b[" in ended.out) is coloured


def test_json_is_never_coloured(abmspec: Abmspec) -> None:
    ended = abmspec.shell("abmspec check --format json", {"NO_COLOR": "", "FORCE_COLOR": "1"})
    assert "\x1b" not in ended.out
