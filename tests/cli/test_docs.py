"""`abmspec docs`: a whole site or none, and never over somebody else's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from abmspec import pipeline
from tests.cli.conftest import Abmspec, Write


def test_the_site_is_written_and_written_anew(abmspec: Abmspec, project: Path) -> None:
    ended = abmspec("docs")
    assert (ended.code, ended.err) == (0, "")
    assert "Open site/index.html" in ended.out
    before = {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}
    assert abmspec("docs").code == 0
    assert {path: path.read_bytes() for path in before} == before


def test_errors_are_told_and_nothing_is_written(abmspec: Abmspec, project: Path, write: Write) -> None:
    write("taxonomy/segments/enterprise-technology.yaml", "colour: blue\n")
    ended = abmspec("docs", "--out", "public")
    assert ended.code == 1
    assert "taxonomy/segments/enterprise-technology.yaml:1:1" in ended.err
    assert "No site was written" in ended.err
    assert not (project / "public").exists()


def test_a_folder_of_somebody_elses_is_left_alone(
    abmspec: Abmspec, project: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "publish", lambda *_: {"index.html": b""})
    write("site/mine.txt", "mine")
    ended = abmspec("docs")
    assert ended.code == 2
    assert "mine.txt" in ended.err


def test_without_mkdocs_the_mend_is_told(abmspec: Abmspec, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("abmspec.pipeline.publication.find_spec", lambda _: None)
    ended = abmspec("docs")
    assert ended.code == 2
    assert "pip install 'abmspec[site]'" in ended.err
