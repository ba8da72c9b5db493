"""Which states of a project people were told of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from abmspec.git import GitRefused, Repository
from abmspec.releases import Release, last_release, releases
from abmspec.semver import Version
from tests.repositories import Work

PROJECT = {"abmspec.yaml": "format: 1\nname: x\nversion: 0.3.0\n"}


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work.begun(tmp_path / "work")


def test_releases_are_version_tags_in_the_history(work: Work) -> None:
    for tag in ("v1.9.0", "v1.10.0", "v2.0.0-rc.1", "latest"):
        work.commit({**PROJECT, "README.md": tag})
        work.git("tag", "--annotate", tag, "-m", tag)
    head = work.commit({"README.md": "x"})
    work.git("checkout", "--quiet", "-b", "side")
    work.commit({"README.md": "y"})
    work.git("tag", "v3.0.0")
    assert [each.name for each in releases(work.repository, head)] == ["v1.9.0", "v1.10.0"]
    commit = work.repository.resolve("v1.10.0")
    assert last_release(work.repository, head) == Release(
        Version(1, 10, 0), "v1.10.0", commit, date(2026, 9, 21)
    )
    assert last_release(work.repository, commit).name == "v1.10.0"


def test_of_two_tags_of_a_version_one_counts(work: Work) -> None:
    head = work.commit(PROJECT)
    work.git("tag", "v1.0.0")
    work.git("tag", "1.0.0")
    assert len(releases(work.repository, head)) == 1


def test_without_a_release_changes_count_from_the_first_commit_of_the_project(work: Work) -> None:
    work.commit({"README.md": "x"})
    work.git("tag", "v9.0.0")
    begun = work.commit({f"abm/{path}": text for path, text in PROJECT.items()})
    head = work.commit({"abm/abmspec.yaml": "format: 1\nname: x\nversion: 0.4.0\n"})
    found = last_release(work.repository, head, "abm")
    assert (found.version, found.commit) == (Version(0, 3, 0), begun)
    assert begun[:12] in found.name


@pytest.mark.parametrize("text", ["version: soon\n", "- x\n", "a: [", "name: x\n"])
def test_a_beginning_without_a_version_is_the_lowest(work: Work, text: str) -> None:
    head = work.commit({"abmspec.yaml": text})
    assert last_release(work.repository, head).version == Version(0, 0, 0)


def test_a_project_that_was_never_committed_has_no_release(work: Work) -> None:
    head = work.commit({"README.md": "x"})
    with pytest.raises(GitRefused, match="Commit the project first"):
        last_release(work.repository, head)


def test_a_shallow_clone_is_refused(work: Work, tmp_path: Path) -> None:
    work.commit(PROJECT)
    work.commit({"README.md": "x"})
    work.git("clone", "--quiet", "--depth=1", f"file://{work.folder}", str(tmp_path / "clone"))
    clone = Repository.of(tmp_path / "clone")
    with pytest.raises(GitRefused, match="fetch-depth: 0"):
        releases(clone, clone.resolve("HEAD"))
