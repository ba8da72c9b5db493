"""`abmspec` alone says what to do next, here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Abmspec, Write


def named(said: str) -> set[str]:
    """The commands that are advised."""
    return {line.split()[1] for line in said.splitlines() if line.startswith("  abmspec ")}


def test_a_clean_project(abmspec: Abmspec, project: Path) -> None:
    ended = abmspec(at=project / "taxonomy")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"The spec in {project}: 0 errors, 0 warnings in 31 files.\n")
    assert named(ended.out) == {"build", "docs", "show", "--help"}


def test_a_project_with_errors(abmspec: Abmspec, write: Write) -> None:
    write("taxonomy/picklists/level.yaml", "label: Level\nvalues: {high: {lable: High}}\n")
    ended = abmspec()
    assert (ended.code, ended.err) == (0, "")
    assert "1 error, 0 warnings" in ended.out
    assert named(ended.out) == {"check", "explain", "--help"}


def test_a_project_with_warnings(abmspec: Abmspec, write: Write) -> None:
    near = "values: {emea-financial-service: {label: Financial Service, maps_to: financial-services}}\n"
    write("regions/emea/picklists/industry.yaml", near)
    ended = abmspec()
    assert "0 errors, 1 warning" in ended.out
    assert named(ended.out) == {"check", "build", "docs", "show", "--help"}


def test_an_unusable_project(abmspec: Abmspec, write: Write) -> None:
    write("abmspec.yaml", "format: 1\nversion: 1.0.0\n")
    ended = abmspec()
    assert (ended.code, ended.err) == (0, "")
    assert "no `name`" in ended.out


def test_no_project(abmspec: Abmspec, tmp_path: Path) -> None:
    ended = abmspec(at=tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert f"No abmspec.yaml in {tmp_path}" in ended.out
    assert named(ended.out) == {"init", "check", "--help"}


def test_the_day_is_that_of_the_check(abmspec: Abmspec, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ABMSPEC_TODAY", "tomorrow")
    ended = abmspec()
    assert (ended.code, ended.out) == (2, "")
    assert "`tomorrow` is no date" in ended.said


def test_options_are_still_needed_to_be_right(abmspec: Abmspec) -> None:
    assert abmspec("--what").code == 2
