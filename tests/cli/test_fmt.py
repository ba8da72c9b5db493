"""`abmspec fmt`."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from abmspec import output
from tests.cli.conftest import Abmspec, Write
from tests.conftest import ROOT

MESSY = "values:\n    # The only one.\n    low:  {label: 'Low'}\nlabel: Level\n"
CLEAN = "label: Level\nvalues:\n  # The only one.\n  low: {label: Low}\n"
PATH = "taxonomy/picklists/level.yaml"


@pytest.fixture(autouse=True)
def in_form(abmspec: Abmspec) -> None:
    """The project starts in canonical form."""
    assert abmspec("fmt").code == 0


def test_the_reference_spec_is_in_form(abmspec: Abmspec) -> None:
    ended = abmspec("fmt", "--check", at=ROOT)
    assert (ended.code, ended.out) == (0, "")


def test_files_are_written(abmspec: Abmspec, write: Write) -> None:
    assert abmspec("fmt", "--check").code == 0
    file = write(PATH, MESSY)
    ended = abmspec("fmt")
    assert (ended.code, ended.out) == (0, f"formatted: {PATH}\n")
    assert "1 file formatted, 30 files in form already." in ended.err
    assert file.read_text() == CLEAN
    assert abmspec("fmt", "--check").code == 0


def test_check_and_diff_write_nothing(abmspec: Abmspec, write: Write) -> None:
    file = write(PATH, MESSY)
    ended = abmspec("fmt", "--check")
    assert (ended.code, ended.out) == (1, f"would change: {PATH}\n")
    ended = abmspec("fmt", "--diff")
    assert ended.code == 0
    assert ended.out.startswith(f"--- a/{PATH}\n+++ b/{PATH}\n@@ ")
    assert abmspec("fmt", "--diff", "--check").code == 1
    assert file.read_text() == MESSY


def test_paths_say_which_files(abmspec: Abmspec, write: Write, project: Path) -> None:
    write(PATH, MESSY)
    other = write("taxonomy/segments/all.yaml", "when: {icp: true}\nlabel: All\n")
    assert abmspec("fmt", "level.yaml", at=project / "taxonomy" / "picklists").code == 0
    assert (project / PATH).read_text() == CLEAN
    assert other.read_text().startswith("when")
    assert abmspec("fmt", "taxonomy").out == "formatted: taxonomy/segments/all.yaml\n"
    ended = abmspec("fmt", "docs")
    assert ended.code == 2
    assert "is no file of the spec" in ended.said


def test_a_file_that_does_not_parse_is_left_and_the_others_are_not(
    abmspec: Abmspec, write: Write, project: Path
) -> None:
    write(PATH, MESSY)
    bad = write("taxonomy/picklists/bad.yaml", "<<<<<<< HEAD\nlabel: A\n=======\nlabel: B\n>>>>>>> b\n")
    (project / "taxonomy/picklists/latin.yaml").write_bytes(b"label: \xe9\n")
    ended = abmspec("fmt")
    assert ended.code == 1
    assert "left as it is: taxonomy/picklists/bad.yaml:1:1: A merge left its conflict marker" in ended.err
    assert "left as it is: taxonomy/picklists/latin.yaml: the file is not UTF-8." in ended.err
    assert bad.read_text().startswith("<<<<<<<")
    assert (project / PATH).read_text() == CLEAN


def test_a_read_only_file(abmspec: Abmspec, write: Write) -> None:
    file = write(PATH, MESSY)
    file.chmod(0o444)
    ended = abmspec("fmt")
    assert ended.code == 2
    assert f"{PATH} is read-only" in ended.err
    assert file.read_text() == MESSY


def test_a_full_disk(abmspec: Abmspec, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = write(PATH, MESSY)
    monkeypatch.setattr(output, "_write_beside", full)
    ended = abmspec("fmt")
    assert ended.code == 2
    assert "no space left on device. Every file is as it was." in ended.said
    assert file.read_text() == MESSY


def test_ctrl_c_half_way(abmspec: Abmspec, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, count = Path.replace, 0

    def stopped(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == 2:
            raise KeyboardInterrupt
        return replace(self, target)

    files = [write(PATH, MESSY), write("taxonomy/picklists/other.yaml", MESSY)]
    monkeypatch.setattr(Path, "replace", stopped)
    ended = abmspec("fmt")
    assert ended.code == 130
    assert "Stopped while writing. Every file is as it was." in ended.said
    assert [file.read_text() for file in files] == [MESSY, MESSY]


def test_no_project(abmspec: Abmspec, tmp_path: Path) -> None:
    assert abmspec("fmt", at=tmp_path).code == 2
