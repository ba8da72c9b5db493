"""`abmspec check --baseline`: an old spec shows what is new; and `--statistics`, where to begin with the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from abmspec.report import FORMATS
from tests.cli.conftest import Abmspec, Write

OVERLAY = "regions/emea/picklists/industry.yaml"
OLD = "values:\n  emea-a: {label: Aaa}\n  emea-b: {label: Bbb}\n"
NEW = "values:\n  emea-c: {label: Ccc}\n\n  emea-b: {label: Bbb}\n  emea-a: {label: Aaa}\n"
UNPARSABLE = "values: [\n"


@pytest.fixture
def old(abmspec: Abmspec, write: Write, project: Path) -> Path:
    """The baseline of a project with two errors."""
    write(OVERLAY, OLD)
    ended = abmspec("check", "--baseline", "old.json", "--write-baseline")
    assert (ended.code, ended.err) == (0, "old.json: 2 findings put aside.\n")
    assert ended.out.startswith("clean: 0 errors, 0 warnings, 2 in the baseline in 32 files")
    return project / "old.json"


def test_only_what_is_new_is_shown(abmspec: Abmspec, write: Write, old: Path) -> None:
    assert abmspec("check").code == 1
    write(OVERLAY, NEW)
    before = old.read_bytes()
    ended = abmspec("check", "--baseline", "old.json")
    assert ended.code == 1
    assert f"{OVERLAY}:2:3: error[overlay-value-unmapped]" in ended.out
    assert "emea-a" not in ended.out
    assert "1 error, 0 warnings, 2 in the baseline in 32 files" in ended.out
    assert old.read_bytes() == before


def test_what_is_gone_is_said(abmspec: Abmspec, write: Write, old: Path) -> None:
    write(OVERLAY, "values:\n  emea-a: {label: Aaa}\n")
    ended = abmspec("check", "--baseline", "old.json")
    assert ended.code == 0
    assert "1 finding of the baseline is gone: write it anew with `--write-baseline`." in ended.out
    assert "  region.emea.picklist.industry.value.emea-b: [overlay-value-unmapped]" in ended.out
    assert abmspec("check", "--baseline", "old.json", "--write-baseline").code == 0
    assert "gone" not in abmspec("check", "--baseline", "old.json").out
    assert len(json.loads(old.read_bytes())["findings"]) == 1


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_leaves_it_out(format_: str, abmspec: Abmspec, write: Write, old: Path) -> None:
    ended = abmspec("check", "--baseline", "old.json", "--format", format_)
    assert (ended.code, ended.err) == (0, "")
    write(OVERLAY, NEW)
    ended = abmspec("check", "--baseline", "old.json", "--format", format_)
    assert ended.code == 1
    assert "emea-c" in ended.out
    shows_the_silenced = format_ in ("json", "sarif", "junit")
    assert ("emea-a" in ended.out) is shows_the_silenced
    write(OVERLAY, "values: {}\n")
    ended = abmspec("check", "--baseline", "old.json", "--format", format_)
    assert ended.code == 0
    if format_ in ("text", "github", "markdown"):
        assert "2 findings of the baseline are gone" in ended.out


def test_the_bytes_are_those_of_the_findings(abmspec: Abmspec, old: Path) -> None:
    before = old.read_bytes()
    abmspec("check", "--baseline", "old.json", "--write-baseline", "--no-cache")
    assert old.read_bytes() == before
    assert not list(old.parent.glob(".old*"))


def test_what_does_not_parse_is_never_put_aside(abmspec: Abmspec, write: Write, old: Path) -> None:
    write("taxonomy/picklists/level.yaml", UNPARSABLE)
    ended = abmspec("check", "--baseline", "old.json", "--write-baseline")
    assert ended.code == 1
    assert "2 findings put aside; 1 finding that no waiver may silence not." in ended.err
    assert "taxonomy/picklists/level.yaml" in abmspec("check", "--baseline", "old.json").out


def test_filters_say_what_is_counted(abmspec: Abmspec, old: Path) -> None:
    beside = ("check", "--baseline", "old.json")
    assert "2 in the baseline" in abmspec(*beside, "--region", "emea").out
    assert "in the baseline" not in abmspec(*beside, "taxonomy").out
    assert "in the baseline" not in abmspec(*beside, "--rule", "near-duplicate").out
    (old.parent / OVERLAY).unlink()
    assert "2 findings of the baseline are gone" in abmspec(*beside, "regions").out
    assert "gone" not in abmspec(*beside, "taxonomy").out
    assert "gone" not in abmspec(*beside, "--rule", "near-duplicate").out


def test_warnings_fail_if_asked_and_new(abmspec: Abmspec, write: Write, old: Path) -> None:
    near = "values: {emea-financial-service: {label: Financial Service, maps_to: financial-services}}\n"
    write(OVERLAY, near)
    beside = ("check", "--strict", "--baseline", "old.json")
    assert abmspec(*beside).code == 1
    assert abmspec(*beside, "--write-baseline").code == 0
    assert abmspec(*beside).code == 0


def test_the_file_is_beside_where_the_command_runs(abmspec: Abmspec, old: Path) -> None:
    beside = ("check", "-C", str(old.parent), "--baseline", "old.json")
    assert "2 in the baseline" in abmspec(*beside, at=old.parent.parent).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--baseline", "none.json"), "There is no baseline none.json. Write it with --write-baseline."),
        (("--baseline", "abmspec.yaml"), "abmspec.yaml is no baseline that abmspec wrote"),
        (("--baseline", "abmspec.yaml", "--write-baseline"), "abmspec.yaml is no baseline"),
        (("--baseline", "abmspec.yaml/x", "--write-baseline"), "abmspec.yaml/x cannot be read"),
        (("--baseline", "x.json", "--write-baseline", "taxonomy"), "leave out PATHS, --rule and --region"),
        (("--baseline", "x.json", "--write-baseline", "--region", "emea"), "leave out PATHS"),
        (("--write-baseline",), "--baseline FILE"),
        (("--baseline", "taxonomy"), "is a directory"),
        (("--statistics", "--format", "json"), "leave out --format json"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], said: str, abmspec: Abmspec, project: Path) -> None:
    before = (project / "abmspec.yaml").read_bytes()
    ended = abmspec("check", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.said
    assert (project / "abmspec.yaml").read_bytes() == before
    assert not (project / "x.json").exists()


def test_nothing_is_written_where_the_project_is_unusable(
    abmspec: Abmspec, write: Write, project: Path
) -> None:
    write("abmspec.yaml", UNPARSABLE)
    assert abmspec("check", "--baseline", "old.json", "--write-baseline").code == 2
    assert not (project / "old.json").exists()


def test_statistics(abmspec: Abmspec, write: Write) -> None:
    write(
        OVERLAY, f"{OLD}  emea-financial-service: {{label: Financial Service, maps_to: financial-services}}\n"
    )
    ended = abmspec("check", "--statistics")
    assert ended.code == 1
    assert ended.out.splitlines()[:3] == [
        "2  error    overlay-value-unmapped",
        "1  warning  near-duplicate",
        "",
    ]
    assert "2 errors, 1 warning in 32 files" in ended.out
    assert abmspec("check", "--statistics", "playbooks").out.startswith("clean")
