"""`abmspec schema`: the published schemas, and those of a project with their bindings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from abmspec.schema import kinds
from tests.cli.conftest import Abmspec, Write

FOLDER = ".abmspec/schemas"
SETTINGS = ".vscode/settings.json"


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_published_schemas_need_no_project(abmspec: Abmspec, tmp_path: Path) -> None:
    ended = abmspec("schema", "--out", "here", at=tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert {f"{kind}.schema.json" for kind in kinds()} < tree(tmp_path / "here").keys()


def test_a_project_gets_schemas_and_bindings(abmspec: Abmspec, project: Path) -> None:
    ended = abmspec("schema", "--project")
    assert (ended.code, ended.err) == (0, "")
    assert "Bound in .vscode/settings.json, for the extension redhat.vscode-yaml" in ended.out
    written = tree(project / FOLDER)
    assert written[".gitignore"] == b"*\n"
    bindings = json.loads((project / SETTINGS).read_bytes())["yaml.schemas"]
    assert json.loads(written["settings.json"])["yaml.schemas"] == bindings
    assert all((project / name).is_file() for name in bindings)
    assert bindings[f"./{FOLDER}/global/segment.json"] == "taxonomy/segments/*.yaml"
    assert json.loads((project / ".vscode/extensions.json").read_bytes()) == {
        "recommendations": ["redhat.vscode-yaml"]
    }


def test_twice_is_once(abmspec: Abmspec, project: Path) -> None:
    abmspec("schema", "--project")
    before = tree(project)
    assert abmspec("schema", "--project", at=project / "taxonomy").code == 0
    assert tree(project) == before


def test_what_is_new_is_offered_and_what_is_gone_is_not(
    abmspec: Abmspec, project: Path, write: Write
) -> None:
    abmspec("schema", "--project")
    write("taxonomy/segments/new-one.yaml", "label: New\nwhen: {icp: true}\n")
    (project / "playbooks/plays/executive-briefing.yaml").unlink()
    abmspec("schema", "--project")
    play = json.loads(tree(project / FOLDER)["global/play.json"])
    experiment = json.loads(tree(project / FOLDER)["_all/experiment.json"])
    assert "new-one" in play["$defs"]["there.segment"]["enum"]
    assert experiment["$defs"]["there.play"]["enum"] == []
    assert "There is no play yet." in experiment["$defs"]["there.play"]["errorMessage"]


def test_settings_of_ones_own_stay(abmspec: Abmspec, project: Path, write: Write) -> None:
    write(SETTINGS, '{\n  // mine\n  "editor.tabSize": 2,\n}\n')
    write(".vscode/extensions.json", '{"recommendations": ["mine"]}')
    assert abmspec("schema", "--project").code == 0
    settings = (project / SETTINGS).read_text(encoding="utf-8")
    assert settings.startswith('{\n  // mine\n  "editor.tabSize": 2,\n  "yaml.schemas": {\n')
    assert "mine" in (project / ".vscode/extensions.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "line 1 is not read as JSON with comments"),
        ('{"yaml.schemas": {} // mine\n, "yaml.schemas": {}}', "`yaml.schemas` stands there twice"),
    ],
)
def test_settings_that_cannot_be_merged_stay_and_are_told(
    text: str, why: str, abmspec: Abmspec, project: Path, write: Write
) -> None:
    write(SETTINGS, text)
    ended = abmspec("schema", "--project")
    assert ended.code == 0
    assert f"{SETTINGS} was left as it is: {why}." in ended.err
    assert f"Take `yaml.schemas` over from {FOLDER}/settings.json." in ended.err
    assert (project / SETTINGS).read_text(encoding="utf-8") == text


def test_settings_in_another_encoding_stay(abmspec: Abmspec, project: Path) -> None:
    at = project / SETTINGS
    at.parent.mkdir()
    at.write_bytes('{"a": "ä"}'.encode("latin-1"))
    assert "it is not UTF-8" in abmspec("schema", "--project").err
    assert at.read_bytes() == '{"a": "ä"}'.encode("latin-1")


def test_a_published_binding_makes_room(abmspec: Abmspec, project: Path, write: Write) -> None:
    write(
        SETTINGS,
        '{"yaml.schemas": {"./schemas/segment.schema.json": "taxonomy/segments/*.yaml", "x.json": "x"}}',
    )
    abmspec("schema", "--project")
    bindings = json.loads((project / SETTINGS).read_bytes())["yaml.schemas"]
    assert "x.json" in bindings
    assert "./schemas/segment.schema.json" not in bindings


def test_a_broken_file_is_told_and_closes_nothing(abmspec: Abmspec, project: Path, write: Write) -> None:
    write("taxonomy/governance/roles.yaml", "roles: [\n")
    ended = abmspec("schema", "--project")
    assert ended.code == 0
    assert "taxonomy/governance/roles.yaml cannot be used" in ended.err
    assert "there.role" not in json.loads(tree(project / FOLDER)["global/segment.json"])["$defs"]


def test_another_folder(abmspec: Abmspec, project: Path) -> None:
    assert abmspec("schema", "--project", "--out", "editor").code == 0
    assert "./editor/global/segment.json" in json.loads((project / SETTINGS).read_bytes())["yaml.schemas"]


def test_a_folder_of_somebody_else_is_not_replaced(abmspec: Abmspec, write: Write) -> None:
    write(f"{FOLDER}/mine.json", "{}")
    ended = abmspec("schema", "--project")
    assert ended.code == 2
    assert "mine.json" in ended.err


def test_without_a_usable_project_nothing_is_written(
    abmspec: Abmspec, tmp_path: Path, project: Path, write: Write
) -> None:
    assert abmspec("schema", "--project", at=tmp_path).code == 2
    write("abmspec.yaml", "format: [")
    ended = abmspec("schema", "--project")
    assert ended.code == 2
    assert "abmspec.yaml cannot be used" in ended.err
    assert not (project / ".abmspec").exists()
