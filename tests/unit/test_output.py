"""Trees are written whole or not at all, and nothing of somebody else's is lost."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from abmspec import output
from abmspec.output import OutputRefused

TREE = {"a/one.txt": b"1\n", "two.txt": b"2\n"}


def test_a_tree_carries_the_hashes_of_its_files(tmp_path: Path) -> None:
    output.replace_tree(tmp_path / "dist", TREE, project="x")
    manifest = json.loads((tmp_path / "dist/manifest.json").read_bytes())
    assert manifest == {
        "version": 1,
        "project": "x",
        "files": {path: hashlib.sha256(content).hexdigest() for path, content in sorted(TREE.items())},
    }
    assert (tmp_path / "dist/a/one.txt").read_bytes() == b"1\n"


def test_a_later_tree_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    target = tmp_path / "dist"
    output.replace_tree(target, TREE)
    output.replace_tree(target, {"three.txt": b"3\n"})
    assert sorted(path.name for path in target.rglob("*")) == ["manifest.json", "three.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["dist"], "no temporary folder stays behind"


def test_files_that_no_manifest_names_are_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "dist"
    output.replace_tree(target, TREE)
    (target / "a/mine.txt").write_text("mine")
    with pytest.raises(OutputRefused, match=r"a/mine\.txt"):
        output.replace_tree(target, {"three.txt": b"3\n"})
    assert (target / "two.txt").exists()
    assert (target / "a/mine.txt").read_text() == "mine"


def test_a_folder_without_a_manifest_is_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(OutputRefused, match=r"thesis\.txt"):
        output.replace_tree(tmp_path, TREE)


@pytest.mark.parametrize("manifest", ["", "[]", '{"files": 3}', '{"files": {"../up": "x"}}'])
def test_a_broken_manifest_names_nothing(tmp_path: Path, manifest: str) -> None:
    target = tmp_path / "dist"
    target.mkdir()
    (target / "manifest.json").write_text(manifest)
    (target / "mine.txt").write_text("mine")
    with pytest.raises(OutputRefused):
        output.replace_tree(target, TREE)


def test_a_file_in_the_way_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("a file")
    with pytest.raises(OutputRefused, match="not a folder"):
        output.replace_tree(tmp_path / "dist", TREE)


def test_a_failure_half_way_leaves_the_tree_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "dist"
    output.replace_tree(target, TREE)
    impossible = {"name": b"a file", "name/below": b"and a folder of the same name"}
    with pytest.raises(OutputRefused, match="as it was"):
        output.replace_tree(target, impossible)
    assert output.differences(target, TREE) == ()
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_differences_name_each_file_once(tmp_path: Path) -> None:
    target = tmp_path / "dist"
    output.replace_tree(target, TREE)
    (target / "two.txt").write_bytes(b"other\n")
    (target / "more.txt").write_bytes(b"")
    (target / "a/one.txt").unlink()
    assert output.differences(target, TREE) == (
        "missing: a/one.txt",
        "unexpected: more.txt",
        "changed: two.txt",
    )


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "deep/file.json"
    output.write_file(path, b"{}\n")
    output.write_file(path, b"[]\n")
    assert path.read_bytes() == b"[]\n"
    assert [each.name for each in path.parent.iterdir()] == ["file.json"]


def test_a_place_that_cannot_be_written_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputRefused, match="cannot be written"):
        output.write_file(tmp_path / "file/below.json", b"")
