"""`abmspec build`: all or nothing, and never over somebody else's files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Abmspec, Write


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_everything_is_built(abmspec: Abmspec, project: Path) -> None:
    ended = abmspec("build")
    assert (ended.code, ended.err) == (0, "")
    built = tree(project / "dist")
    assert "spec.json" in built
    assert any(path.startswith("sf/") for path in built)
    assert "dist/sf: " in ended.out
    manifest = json.loads(built["manifest.json"])
    assert set(manifest["files"]) == set(built) - {"manifest.json"}
    assert abmspec("build", "--check").code == 0
    assert abmspec("build").code == 0
    assert tree(project / "dist") == built
    assert [path.name for path in project.iterdir() if path.name.startswith(".dist")] == []


def test_a_difference_is_told(abmspec: Abmspec, project: Path) -> None:
    ended = abmspec("build", "--check")
    assert ended.code == 1
    assert "missing: spec.json" in ended.out
    assert not (project / "dist").exists()
    abmspec("build")
    (project / "dist" / "spec.json").write_text("{}")
    (project / "dist" / "notes.txt").write_text("mine")
    ended = abmspec("build", "--check")
    assert ended.code == 1
    assert "changed: spec.json" in ended.out
    assert "unexpected: notes.txt" in ended.out
    assert (project / "dist" / "spec.json").read_text() == "{}"


def test_one_instance_keeps_the_others(abmspec: Abmspec, project: Path) -> None:
    abmspec("build")
    before = tree(project / "dist")
    ended = abmspec("build", "sf")
    assert ended.code == 0
    assert tree(project / "dist") == before
    assert abmspec("build", "salesforce").code == 0
    assert abmspec("build", "sf", "--check").code == 0


def test_files_of_others_are_refused(abmspec: Abmspec, project: Path, write: Write) -> None:
    write("dist/thesis.txt", "the only copy")
    ended = abmspec("build")
    assert (ended.code, ended.out) == (2, "")
    assert "holds files that abmspec did not write (thesis.txt)" in ended.err
    assert tree(project / "dist") == {"thesis.txt": b"the only copy"}


def test_a_file_in_the_way_is_refused(abmspec: Abmspec, write: Write) -> None:
    write("dist", "a file")
    assert abmspec("build").code == 2


def test_nothing_is_built_on_errors(abmspec: Abmspec, project: Path, write: Write) -> None:
    abmspec("build")
    before = tree(project / "dist")
    write("taxonomy/picklists/level.yaml", "label: [Level\n")
    ended = abmspec("build")
    assert (ended.code, ended.out) == (1, "")
    assert "error[yaml-syntax]" in ended.err
    assert "Nothing was built" in ended.err
    assert tree(project / "dist") == before


def test_a_failure_half_way_leaves_all_as_it_was(
    abmspec: Abmspec, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    abmspec("build")
    before = tree(project / "dist")
    original = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise PermissionError(13, "Permission denied")
        return original(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    ended = abmspec("build")
    assert (ended.code, ended.out) == (2, "")
    assert "permission denied" in ended.err
    assert tree(project / "dist") == before
    assert [path.name for path in project.iterdir() if path.name.startswith(".dist")] == []


def test_out_names_another_folder(abmspec: Abmspec, project: Path, tmp_path: Path) -> None:
    assert abmspec("build", "--out", "deep/er", "-C", str(project / "taxonomy"), at=tmp_path).code == 0
    assert (project / "deep" / "er" / "spec.json").is_file()
    assert abmspec("build", "--out", str(tmp_path / "elsewhere")).code == 0
    assert (tmp_path / "elsewhere" / "spec.json").is_file()
