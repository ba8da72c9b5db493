"""`abmspec diff`, between refs of a real repository, folders, and the working tree."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from abmspec.schema import outputs
from tests.cli.conftest import Abmspec, Write
from tests.repositories import Work

TIERS = "taxonomy/tiers.yaml"
SEGMENT = "taxonomy/segments/enterprise-technology.yaml"
INDUSTRY = "taxonomy/picklists/industry.yaml"


@pytest.fixture
def work(project: Path) -> Work:
    """The project in a repository, with one commit and a tag on it."""
    made = Work.begun(project)
    made.commit()
    made.git("tag", "v1.0.0")
    return made


def change(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text(encoding="utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def lower_the_threshold(folder: Path) -> None:
    change(folder, TIERS, "at_least: 50", "at_least: 45")


def test_the_working_tree_against_the_last_commit(abmspec: Abmspec, work: Work) -> None:
    assert abmspec("diff").out == "No change, from HEAD to the working tree\n"
    lower_the_threshold(work.folder)
    ended = abmspec("diff")
    assert ended.code == 0
    assert "tier.tier-2 “Key”: changed  taxonomy/tiers.yaml" in ended.out
    assert "The threshold falls from 50 to 45 points: more accounts reach the tier." in ended.out
    assert ended.out.endswith("1 change: 1 meaning, from HEAD to the working tree\n")


def test_a_repository_that_names_contents_by_sha_256(abmspec: Abmspec, project: Path) -> None:
    work = Work.begun(project, "--object-format=sha256")
    work.commit({"Makefile": "all:\n"})
    assert abmspec("diff").out == "No change, from HEAD to the working tree\n"


def test_from_one_ref_to_another(abmspec: Abmspec, work: Work) -> None:
    lower_the_threshold(work.folder)
    work.commit()
    assert "1 change: 1 meaning, from v1.0.0 to main" in abmspec("diff", "v1.0.0", "main").out
    assert "rises from 45 to 50" in abmspec("diff", "main", "v1.0.0").out
    assert abmspec("diff", "main").out == "No change, from main to the working tree\n"


def test_from_one_folder_to_another(abmspec: Abmspec, project: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(project, other)
    lower_the_threshold(other)
    ended = abmspec("diff", ".", str(other))
    assert ended.code == 0
    assert "falls from 50 to 45" in ended.out


def test_a_project_in_a_folder_of_its_repository(abmspec: Abmspec, project: Path, tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    shutil.copytree(project, repository / "abm")
    work = Work.begun(repository)
    work.commit({"CODEOWNERS": "* @a\n", "README.md": "Read.\n", "abm/Makefile": "all:\n"})
    lower_the_threshold(repository / "abm")
    for path in ("CODEOWNERS", "README.md", "abm/Makefile"):
        (repository / path).write_text("another\n", encoding="utf-8")
    for at, head in ((repository / "abm", ""), (repository / "abm" / "taxonomy", "")):
        ended = abmspec("diff", "HEAD", *filter(None, [head]), "--format", "json", at=at)
        found = [each["address"] for each in json.loads(ended.out)["changes"]]
        assert found == ["file:CODEOWNERS", "file:abm/Makefile", "tier.tier-2"]


def test_files_beside_the_spec_are_the_same_in_the_tree_and_on_the_disk(abmspec: Abmspec, work: Work) -> None:
    work.commit({".github/workflows/ci.yml": "on: push\n", "tools/run.py": "print()\n", "notes.txt": "a\n"})
    (work.folder / "tools" / "run.py").chmod(0o755)
    (work.folder / "notes.txt").write_text("b\n", encoding="utf-8")
    ended = abmspec("diff")
    assert (
        "1 file beside the spec: how it is checked, approved or built\n    tools/run.py: changed" in ended.out
    )
    (work.folder / "tools" / "run.py").chmod(0o644)
    assert abmspec("diff").out.startswith("No change")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "There is no commit `nowhere`"),
        ("mian", "Did you mean `main`?"),
        ("--upload-pack=x", "No such option"),
    ],
)
def test_a_ref_that_is_none_is_wrong_usage(abmspec: Abmspec, work: Work, name: str, said: str) -> None:
    ended = abmspec("diff", name)
    assert ended.code == 2
    assert said in ended.said


def test_without_a_repository_a_ref_means_nothing(abmspec: Abmspec) -> None:
    ended = abmspec("diff", "main")
    assert ended.code == 2
    assert "git" in ended.said.lower()


def test_a_base_without_a_project_is_wrong_usage(abmspec: Abmspec, project: Path) -> None:
    work = Work.begun(project)
    work.git("commit", "--quiet", "--allow-empty", "-m", "Nothing yet")
    ended = abmspec("diff")
    assert ended.code == 2
    assert "HEAD has no abmspec.yaml that can be used" in ended.said


def test_what_is_broken_is_named_and_nothing_else_is_lost(abmspec: Abmspec, work: Work) -> None:
    (work.folder / SEGMENT).write_text("label: [\n", encoding="utf-8")
    lower_the_threshold(work.folder)
    ended = abmspec("diff")
    assert ended.code == 0
    assert f"the working tree has files that cannot be read:\n  {SEGMENT}:" in ended.out
    assert "falls from 50 to 45" in ended.out
    assert "vanishes" not in ended.out
    work.commit()
    work.git("checkout", "--quiet", "v1.0.0", "--", SEGMENT)
    ended = abmspec("diff")
    assert f"HEAD has files that cannot be read:\n  {SEGMENT}:" in ended.out
    assert "segment.enterprise-technology" not in ended.out


def test_a_broken_region_takes_what_is_in_it_along(abmspec: Abmspec, work: Work, write: Write) -> None:
    write("regions/emea/picklists/industry.yaml", "values: {emea-x: {label: X, maps_to: technology}}\n")
    work.commit()
    write("regions/emea/region.yaml", "label: [\n")
    ended = abmspec("diff")
    assert "No change" in ended.out
    assert "regions/emea/region.yaml" in ended.out


def test_only_a_region_or_a_class(abmspec: Abmspec, work: Work, write: Write) -> None:
    lower_the_threshold(work.folder)
    change(work.folder, INDUSTRY, "label: Manufacturing", "label: Making")
    write("regions/emea/dach/picklists/industry.yaml", "hide: [manufacturing]\n")

    def found(*options: str) -> list[str]:
        return [
            each["address"]
            for each in json.loads(abmspec("diff", *options, "--format", "json").out)["changes"]
        ]

    hiding, label = "region.dach.picklist.industry", "picklist.industry.value.manufacturing"
    assert found() == [label, hiding, "tier.tier-2"]
    assert found("--class", "meaning") == [hiding, "tier.tier-2"]
    assert found("--class", "meaning", "--class", "cosmetic") == found()
    assert found("--class", "forbidden") == []
    assert found("--region", "dach") == found()
    assert found("--region", "emea") == [label, "tier.tier-2"]
    ended = abmspec("diff", "--region", "dahc")
    assert ended.code == 2
    assert "Did you mean `dach`?" in ended.said


def test_the_exit_code_is_for_scripts(abmspec: Abmspec, work: Work) -> None:
    assert abmspec("diff", "--exit-code").code == 0
    lower_the_threshold(work.folder)
    assert abmspec("diff").code == 0
    assert abmspec("diff", "--exit-code").code == 1
    assert abmspec("diff", "--exit-code", "--class", "forbidden").code == 0


def test_json_keeps_its_schema(abmspec: Abmspec, work: Work, write: Write) -> None:
    (schema,) = (json.loads(content) for name, content in outputs() if "diff-report" in name)
    lower_the_threshold(work.folder)
    change(work.folder, SEGMENT, "in: [enterprise]", "in: [enterprise, mid-market]")
    change(
        work.folder,
        INDUSTRY,
        "    label: Manufacturing\n",
        "    label: Manufacturing\n    systems: {sf: Maker}\n",
    )
    write("taxonomy/kpis.yaml", "kpis: [\n")
    report = json.loads(abmspec("diff", "--format", "json").out)
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(report)) == []
    assert len(report["changes"]) == 3
    assert report["unread"]["head"]


def test_markdown_and_the_same_bytes_every_time(abmspec: Abmspec, work: Work) -> None:
    lower_the_threshold(work.folder)
    for format_ in ("text", "markdown", "json"):
        first = abmspec("diff", "--format", format_).out
        assert "tier.tier-2" in first
        assert abmspec("diff", "--format", format_).out == first
