"""`abmspec version` and `abmspec changelog`, in real repositories."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Abmspec
from tests.repositories import Work
from tests.unit.test_schemas_of_outputs import faults

INDUSTRY = "taxonomy/picklists/industry.yaml"
SEGMENT = "taxonomy/segments/enterprise-technology.yaml"


@pytest.fixture
def work(project: Path) -> Work:
    """The project in a repository, released as v1.0.0."""
    work = Work.begun(project)
    work.commit()
    work.git("tag", "v1.0.0")
    return work


def edit(work: Work, path: str, old: str, new: str) -> None:
    """Changes a file of the work tree. AssertionError where what is to change is not there."""
    at = work.folder / path
    text = at.read_text(encoding="utf-8")
    assert old in text
    at.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_nothing_is_asked_for_nothing(abmspec: Abmspec, work: Work) -> None:
    ended = abmspec("version", "--check")
    assert ended.code == 0
    assert ended.out == (
        "Nothing has changed since v1.0.0 that asks for another version.\n"
        "abmspec.yaml says 1.0.0, which is enough.\n"
    )


@pytest.mark.parametrize(
    ("path", "old", "new", "demanded"),
    [
        pytest.param(INDUSTRY, "label: Technology", "label: Tech", "1.0.1 (patch)", id="wording"),
        pytest.param(SEGMENT, "[enterprise]", "[enterprise, smb]", "1.1.0 (minor)", id="a condition"),
        pytest.param(INDUSTRY, "extensible: true\n", "", "2.0.0 (major)", id="regions may not add any more"),
    ],
)
def test_changes_ask_for_a_version(
    abmspec: Abmspec, work: Work, path: str, old: str, new: str, demanded: str
) -> None:
    edit(work, path, old, new)
    assert abmspec("version").code == 0
    ended = abmspec("version", "--check")
    assert ended.code == 1
    assert f"The changes since v1.0.0 ask for {demanded}:" in ended.out
    assert "abmspec.yaml says 1.0.0. Raise it: abmspec version --write" in ended.out


def test_a_version_that_is_higher_is_right(abmspec: Abmspec, work: Work) -> None:
    edit(work, INDUSTRY, "label: Technology", "label: Tech")
    edit(work, "abmspec.yaml", "version: 1.0.0", "version: 3.0.0")
    assert abmspec("version", "--check").code == 0


def test_the_version_is_written_with_its_comment_kept(abmspec: Abmspec, work: Work) -> None:
    edit(work, "abmspec.yaml", "version: 1.0.0", "version: 1.0.0  # released on Fridays")
    edit(work, SEGMENT, "[enterprise]", "[enterprise, smb]")
    before = (work.folder / "abmspec.yaml").read_bytes()
    ended = abmspec("version", "--write")
    assert ended.code == 0
    assert "abmspec.yaml: version 1.0.0 → 1.1.0" in ended.out
    after = (work.folder / "abmspec.yaml").read_bytes()
    assert after == before.replace(b"version: 1.0.0", b"version: 1.1.0")
    assert abmspec("version", "--write").code == abmspec("version", "--check").code == 0
    assert (work.folder / "abmspec.yaml").read_bytes() == after


def test_json_keeps_its_schema(abmspec: Abmspec, work: Work) -> None:
    edit(work, SEGMENT, "[enterprise]", "[enterprise, smb]")
    report = json.loads(abmspec("version", "--format", "json").out)
    assert faults("version-report", report) == []
    assert (report["last"], report["stated"], report["demanded"]) == ("1.0.0", "1.0.0", "1.1.0")
    assert (report["level"], report["enough"]) == ("minor", False)
    assert [change["address"] for change in report["changes"]] == ["segment.enterprise-technology"]
    written = json.loads(abmspec("version", "--write", "--format", "json").out)
    assert (written["stated"], written["enough"]) == ("1.1.0", True)


@pytest.mark.parametrize("command", ["version", "changelog"])
def test_a_project_in_a_folder_of_the_repository(abmspec: Abmspec, project: Path, command: str) -> None:
    work = Work.begun(project.parent)
    work.commit()
    work.git("tag", "1.0.0")
    edit(work, f"{project.name}/{SEGMENT}", "[enterprise]", "[enterprise, smb]")
    (project.parent / "Makefile").write_text("all:\n")
    ended = abmspec(command)
    assert ended.code == 0
    assert "The changes since 1.0.0 ask for" in ended.out
    assert "1.1.0 (minor)" in ended.out


@pytest.mark.parametrize("command", ["version", "changelog"])
def test_without_a_history_the_mend_is_said(abmspec: Abmspec, command: str) -> None:
    ended = abmspec(command)
    assert ended.code == 2
    assert (
        "lies in no Git repository. Run this in a clone of the project, or begin one: git init" in ended.said
    )


@pytest.mark.parametrize("command", ["version", "changelog"])
def test_a_shallow_clone_is_refused(abmspec: Abmspec, work: Work, tmp_path: Path, command: str) -> None:
    work.commit({"README.md": "x"})
    work.git("clone", "--quiet", "--depth=1", f"file://{work.folder}", str(tmp_path / "clone"))
    ended = abmspec(command, at=tmp_path / "clone")
    assert ended.code == 2
    assert "fetch-depth: 0" in ended.said


def test_a_broken_file_is_named_and_nothing_is_written(abmspec: Abmspec, work: Work) -> None:
    edit(work, SEGMENT, "label:", "label: [")
    before = (work.folder / "abmspec.yaml").read_bytes()
    ended = abmspec("version", "--write")
    assert ended.code == 1
    assert SEGMENT in ended.err
    assert "No version was determined. Mend the errors first." in ended.said
    assert (work.folder / "abmspec.yaml").read_bytes() == before


def test_check_and_write_exclude_each_other(abmspec: Abmspec, work: Work) -> None:
    assert abmspec("version", "--check", "--write").code == 2


# -- the changelog ------------------------------------------------------------------------------------


def test_the_changelog_of_every_release(abmspec: Abmspec, work: Work) -> None:
    edit(work, SEGMENT, "[enterprise]", "[enterprise, smb]")
    work.commit()
    work.git("tag", "v1.1.0")
    edit(work, INDUSTRY, "label: Technology", "label: Tech")
    text = abmspec("changelog", "--all").out
    assert [line for line in text.splitlines() if line.startswith("##")] == [
        "## Unreleased", "### Wording", "## v1.1.0 (2026-09-21)", "### Changed meaning", "## v1.0.0 (2026-09-21)",
    ]  # fmt: skip
    assert text.startswith("# Changelog of base-abm\n")
    assert "The changes since v1.1.0 ask for version 1.1.1 (patch)." in text
    report = json.loads(abmspec("changelog", "--all", "--format", "json").out)
    assert faults("changelog", report) == []
    assert [release["name"] for release in report["releases"]] == ["Unreleased", "v1.1.0", "v1.0.0"]


def test_the_changelog_since_a_ref(abmspec: Abmspec, work: Work) -> None:
    edit(work, SEGMENT, "[enterprise]", "[enterprise, smb]")
    work.commit()
    edit(work, INDUSTRY, "label: Technology", "label: Tech")
    text = abmspec("changelog", "--since", "HEAD").out
    assert "`picklist.industry.value.technology`" in text
    assert "segment.enterprise-technology" not in text
    ended = abmspec("changelog", "--since", "mian")
    assert ended.code == 2
    assert "Did you mean `main`?" in ended.said


def test_the_changelog_of_a_region(abmspec: Abmspec, work: Work) -> None:
    value = "values:\n  emea-fintech: {label: Fintech, maps_to: financial-services}\n"
    at = work.folder / "regions" / "emea" / "picklists" / "industry.yaml"
    at.parent.mkdir()
    at.write_text(value, encoding="utf-8")
    text = abmspec("changelog", "--region", "emea").out
    assert text.startswith("# Changelog of base-abm, emea\n")
    assert "- **Fintech** (`region.emea.picklist.industry.value.emea-fintech`)" in text
    ended = abmspec("changelog", "--region", "emae")
    assert ended.code == 2
    assert "Did you mean `emea`?" in ended.said


def test_a_release_that_cannot_be_read_does_not_hide_the_others(abmspec: Abmspec, work: Work) -> None:
    good = (work.folder / "abmspec.yaml").read_text(encoding="utf-8")
    work.commit({"abmspec.yaml": "format: 99\n"})
    work.git("tag", "v1.1.0")
    work.commit({"abmspec.yaml": good})
    work.git("tag", "v1.2.0")
    ended = abmspec("changelog", "--all")
    assert ended.code == 0
    assert ended.out.count("## v1.") == 3
    assert "v1.1.0 has no abmspec.yaml that can be used" in ended.said


def test_the_changelog_is_written_to_a_file(abmspec: Abmspec, work: Work) -> None:
    printed = abmspec("changelog").out
    assert abmspec("changelog", "--out", "CHANGELOG.md").out == ""
    assert (work.folder / "CHANGELOG.md").read_text(encoding="utf-8") == printed


def test_since_and_all_exclude_each_other(abmspec: Abmspec, work: Work) -> None:
    assert abmspec("changelog", "--since", "main", "--all").code == 2
