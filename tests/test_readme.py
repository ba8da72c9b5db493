"""What the README tells a newcomer to do gives what it says."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from abmspec import cli
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
OVERLAY = "regions/emea/picklists/industry.yaml"
SECONDS = re.compile(r" \(\d+\.\d\d s\)$", re.MULTILINE)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the reference spec."""
    target = tmp_path_factory.mktemp("reference")
    for name in ("taxonomy", "regions", "playbooks", "accounts"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "abmspec.yaml", target)
    return target


def consoles() -> list[tuple[list[str], str]]:
    """The commands of each console block of the first change, and what they are said to print."""
    story = README[README.index("## A first change") : README.index("## Where things are")]
    blocks = re.findall(r"```console\n(.*?)```", story, re.DOTALL)
    shown = []
    for block in blocks:
        lines = block.splitlines(keepends=True)
        commands = [line[2:].strip() for line in lines if line.startswith("$ ")]
        shown.append((commands, "".join(line for line in lines if not line.startswith("$ "))))
    return shown


def run(
    project: Path, command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> str:
    name, *arguments = command.split()
    assert name == "abmspec"
    monkeypatch.chdir(project)
    with pytest.raises(SystemExit):
        cli.main(arguments)
    return SECONDS.sub("", capsys.readouterr().out)


def write_value(project: Path, maps_to: str) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    text = (ROOT / OVERLAY).read_text(encoding="utf-8")
    added = text.replace("values:\n", "values:\n" + example.replace("insurence", maps_to), 1)
    assert added != text
    (project / OVERLAY).write_text(added, encoding="utf-8")


def test_the_first_change_reads_as_it_runs(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, mended, shown, made = consoles()
    write_value(project, "insurence")
    assert run(project, broken[0][0], capsys, monkeypatch) == broken[1]
    write_value(project, "insurance")
    assert run(project, mended[0][0], capsys, monkeypatch) == mended[1]
    assert run(project, shown[0][0], capsys, monkeypatch) == shown[1]
    assert made[0] == ["abmspec build", "abmspec docs"]


def test_the_built_value_is_where_the_readme_says(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_value(project, "insurance")
    run(project, "abmspec build", capsys, monkeypatch)
    objects = project / "dist/sf-core/force-app/main/default/objects"
    (detail,) = objects.glob("Account/fields/ABM_Industry_Detail__c.field-meta.xml")
    setting = re.search(
        r"<valueSettings>\s*<controllingFieldValue>(\w+)</controllingFieldValue>\s*<valueName>emea-insurtech<",
        detail.read_text(encoding="utf-8"),
    )
    assert setting is not None
    assert setting[1] == "Insurance"


def test_the_interpreter_is_one_the_readme_promises() -> None:
    assert "Python 3.11" in README
    assert sys.version_info >= (3, 11)
