"""pre-commit takes the hooks of this repository and runs them in a spec's own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tests.specs import BASE

pytestmark = [pytest.mark.external, pytest.mark.timeout(300)]
SHIPPED = ("abmspec", "constraints.txt", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


def git(at: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", at, *arguments], check=True, capture_output=True)


def repository(at: Path) -> Path:
    git(at, "init", "--quiet")
    git(at, "add", "--all")
    git(at, "commit", "--quiet", "--message", "All")
    git(at, "tag", "v1")
    return at


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What of this repository pre-commit installs, as it stands, in a repository of its own."""
    at = tmp_path_factory.mktemp("hooks")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, at / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, at)
    return repository(at)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    at = tmp_path / "programme"
    shutil.copytree(BASE, at)
    return repository(at)


@dataclass(frozen=True, slots=True)
class PreCommit:
    """pre-commit in a spec's repository; what it installs it keeps for the next test."""

    project: Path
    hooks: Path
    home: Path

    def __call__(self, hook: str, *arguments: str) -> tuple[int, str]:
        """The exit code of one hook on what is to be committed, and what it said."""
        config = self.home / f"{hook}.yaml"
        config.write_text(f"repos: [{{repo: {self.hooks.as_uri()}, rev: v1, hooks: [{{id: {hook}}}]}}]\n")
        git(self.project, "add", "--all")
        done = subprocess.run(
            [
                str(Path(sys.executable).with_name("pre-commit")),
                "run",
                "--config",
                str(config),
                "--verbose",
                *arguments,
            ],
            cwd=self.project,
            env={
                **os.environ,
                "PIP_CONSTRAINT": str(ROOT / "constraints.txt"),
                "PRE_COMMIT_COLOR": "never",
                "PRE_COMMIT_HOME": str(self.home),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("installed")


@pytest.fixture
def pre_commit(project: Path, hooks: Path, home: Path) -> PreCommit:
    return PreCommit(project, hooks, home)


def test_a_hook_checks_the_spec(pre_commit: PreCommit, project: Path) -> None:
    code, said = pre_commit("abmspec-check", "--all-files")
    assert "clean: 0 errors" in said
    assert code == 0

    (project / "notes.txt").write_text("Not of the spec.\n")
    code, said = pre_commit("abmspec-check")
    assert "Skipped" in said
    assert code == 0

    (project / "taxonomy" / "picklists" / "level.yaml").write_text(
        "label: Level\nvalues: {high: {lable: High}}\n"
    )
    code, said = pre_commit("abmspec-check")
    assert "error[schema-unknown-key]" in said
    assert code == 1


def test_a_hook_brings_the_spec_into_form(pre_commit: PreCommit, project: Path) -> None:
    pre_commit("abmspec-fmt", "--all-files")
    assert pre_commit("abmspec-fmt", "--all-files")[0] == 0
    git(project, "commit", "--quiet", "--message", "In form")

    (project / "accounts").mkdir()
    (project / "accounts" / "README.md").write_text("No YAML.\n")
    code, said = pre_commit("abmspec-fmt")
    assert "Skipped" in said
    assert code == 0

    level = project / "taxonomy" / "picklists" / "level.yaml"
    level.write_text("values: {high: {label: 'High'}}\nlabel: Level\n")
    code, said = pre_commit("abmspec-fmt")
    assert "formatted: taxonomy/picklists/level.yaml" in said
    assert code == 1
    assert level.read_text() == "label: Level\nvalues: {high: {label: High}}\n"
    assert pre_commit("abmspec-fmt")[0] == 0


def test_pre_commit_understands_the_hooks() -> None:
    validate = [
        str(Path(sys.executable).with_name("pre-commit")),
        "validate-manifest",
        ".pre-commit-hooks.yaml",
    ]
    subprocess.run(validate, cwd=ROOT, check=True)


HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_every_file_of_a_spec_starts_it(hook: dict[str, str]) -> None:
    starts = re.compile(hook["files"])
    paths = [path.relative_to(BASE).as_posix() for path in BASE.rglob("*") if path.is_file()]
    assert [path for path in paths if not starts.search(path) or not starts.search(f"abm/{path}")] == []
    others = ("README.md", "docs/taxonomy.md", "taxonomy", "x/regions.yaml", "abmspec_yaml")
    assert [path for path in others if starts.search(path)] == []
