"""The steps of the generated workflows, run by a real shell against a forge that is played."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from abmspec.github.automation import workflows
from tests.conftest import IN_CI
from tests.specs import BASE, resolved_with

pytestmark = pytest.mark.external

# The forge's command line, as far as the steps use it: keeps what it was asked, and gives the first answer that fits.
GH = f"""\
#!{sys.executable}
import json, os, pathlib, re, subprocess, sys
played = pathlib.Path(os.environ["PLAYED"])
asked = sys.argv[1:]
said = ""
if "--input" in asked:
    source = asked[asked.index("--input") + 1]
    said = sys.stdin.read() if source == "-" else pathlib.Path(source).read_text()
for option in ("--body-file", "--notes-file"):
    if option in asked:
        said = pathlib.Path(asked[asked.index(option) + 1]).read_text()
with (played / "asked.jsonl").open("a") as log:
    log.write(json.dumps({{"asked": asked, "said": said}}) + "\\n")
for pattern, answer in json.loads((played / "answers.json").read_text()):
    if re.search(pattern, " ".join(asked)):
        if answer is None:
            sys.exit(1)
        text = json.dumps(answer)
        if "--jq" in asked:
            asked_for = ["jq", "-r", asked[asked.index("--jq") + 1]]
            text = subprocess.run(asked_for, input=text, stdout=subprocess.PIPE, text=True, check=True).stdout
        print(text.rstrip("\\n"))
        sys.exit(0)
sys.exit(f"no answer to: {{asked}}")
"""


# A runner has no identity of its own.
IDENTITY = ("GIT_AUTHOR_", "GIT_COMMITTER_")


@cache
def steps(workflow: str, job: str) -> dict[str, dict[str, Any]]:
    """The steps of a job by name."""
    made = workflows(resolved_with(), ["true"], {})
    parsed = yaml.safe_load(made[f".github/workflows/{workflow}.yml"])
    return {step["name"]: step for step in parsed["jobs"][job]["steps"] if "name" in step}


@dataclass
class Forge:
    """A runner's folders, and what the forge would answer."""

    temp: Path
    workspace: Path
    answers: list[tuple[str, Any]] = field(default_factory=list)

    def run(self, workflow: str, job: str, name: str, **given: str) -> subprocess.CompletedProcess[str]:
        """Runs one step. What the workflow fills in from contexts has to be given."""
        step = steps(workflow, job)[name]
        stated: Mapping[str, str] = step.get("env", {})
        filled = {key for key, value in stated.items() if "${{" in value}
        assert filled - {"GH_TOKEN"} <= given.keys(), (filled, given)
        (self.temp / "answers.json").write_text(json.dumps(self.answers), encoding="utf-8")
        own = {name: value for name, value in os.environ.items() if not name.startswith(IDENTITY)}
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace,
            env={
                **own, **stated, **given,
                "PATH": f"{self.temp / 'bin'}{os.pathsep}{os.environ['PATH']}",
                "PLAYED": str(self.temp), "RUNNER_TEMP": str(self.temp), "GITHUB_WORKSPACE": str(self.workspace),
                "GITHUB_OUTPUT": str(self.temp / "output"), "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
                "GITHUB_REPOSITORY": "meridian/abm", "GITHUB_SHA": "0" * 40,
            },
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip

    def asked(self) -> list[dict[str, Any]]:
        """What the forge was asked, in order."""
        log = self.temp / "asked.jsonl"
        return (
            [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
            if log.exists()
            else []
        )

    def output(self) -> str:
        """What the step handed to those after it."""
        return (self.temp / "output").read_text(encoding="utf-8")


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    if shutil.which("jq") is None and not IN_CI:
        pytest.skip("jq is not installed")
    temp, workspace = tmp_path / "temp", tmp_path / "workspace"
    (temp / "bin").mkdir(parents=True)
    workspace.mkdir()
    gh = temp / "bin" / "gh"
    gh.write_text(GH, encoding="utf-8")
    gh.chmod(0o755)
    return Forge(temp, workspace)


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def cloned(forge: Forge, tmp_path: Path) -> str:
    """A workspace cloned from a repository that has pull request 7; gives its head."""
    origin, author = tmp_path / "origin.git", tmp_path / "author"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(origin))
    git(tmp_path, "clone", "--quiet", str(origin), str(author))
    for path in ("taxonomy/a.yaml", ".github/workflows/gate.yml"):
        (author / path).parent.mkdir(parents=True, exist_ok=True)
        (author / path).write_text("one\n", encoding="utf-8")
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    git(author, "add", "--all")
    git(author, *identity, "commit", "--quiet", "-m", "one")
    git(author, "push", "--quiet", "origin", "HEAD:main")
    git(author, *identity, "commit", "--quiet", "--allow-empty", "-m", "two")
    git(author, "push", "--quiet", "origin", "HEAD:refs/pull/7/head")
    shutil.rmtree(forge.workspace)
    git(tmp_path, "clone", "--quiet", "--branch", "main", str(origin), str(forge.workspace))
    return git(author, "rev-parse", "HEAD")


def pull(number: int, head: str, login: str = "emea-anna", ref: str = "fintech") -> dict[str, Any]:
    there = {"sha": head, "ref": ref, "repo": {"full_name": "meridian/abm"}}
    return {"number": number, "user": {"login": login}, "head": there, "base": {"ref": "main"}}


def run(created: str, head: str, login: str = "pusher", repository: str = "meridian/abm") -> dict[str, Any]:
    """A run of a workflow on a pull request."""
    return {
        "created_at": created, "actor": {"login": login, "type": "User", "id": 5}, "head_sha": head,
        "head_repository": {"full_name": repository},
    }  # fmt: skip


FIND = "Find the open pull requests with this head; on schedule all of them"
GATHER = "Gather what GitHub knows of the pull request"


@pytest.mark.parametrize(("head", "numbers"), [("a" * 40, "[7,9]"), ("c" * 40, "[]"), ("", "[7,8,9]")])
def test_the_pull_requests_with_a_head_are_found(forge: Forge, head: str, numbers: str) -> None:
    forge.answers = [("pulls", [[pull(7, "a" * 40), pull(8, "b" * 40)], [pull(9, "a" * 40)]])]
    assert forge.run("gate", "find", FIND, HEAD=head, BRANCH="main").returncode == 0
    assert forge.output() == f"numbers={numbers}\n"
    assert "base=main" in forge.asked()[0]["asked"][-1]


def gathered(forge: Forge, head: str, **more: str) -> dict[str, Any]:
    forge.answers += [
        ("pulls/7$", pull(7, head, **more)),
        ("pulls/7/reviews", [[{"id": 1}], []]),
        ("pulls/7/commits", [[{"sha": head}]]),
        (
            f"workflows/spec.yml/runs .*head_sha={head}",
            {
                "workflow_runs": [
                    run("2026-10-02T09:00:00Z", head, "re-runner"),
                    run("2026-10-01T09:00:00Z", head),
                ]
            },
        ),
        (
            f"workflows/spec.yml/runs .*branch={more.get('ref', 'fintech')}",
            {
                "workflow_runs": [
                    run("2026-10-01T09:00:00Z", head),
                    run("2026-09-30T09:00:00Z", "b" * 40),
                    run("2026-09-29T09:00:00Z", "a" * 40),
                    run("2026-09-30T10:00:00Z", "c" * 40, repository="x/abm"),
                ]
            },
        ),
        ("issues/12 --jq", {"user": {"login": "emea-anna"}}),
    ]
    ended = forge.run("gate", "judge", GATHER, NUMBER="7", BOT="abmspec[bot]")
    assert ended.returncode == 0, ended.stderr
    event: dict[str, Any] = json.loads((forge.temp / "event.json").read_text(encoding="utf-8"))
    return event


def test_what_the_gate_needs_is_gathered_and_nothing_is_checked_out(forge: Forge, tmp_path: Path) -> None:
    head = cloned(forge, tmp_path)
    before = git(forge.workspace, "rev-parse", "HEAD")
    event = gathered(forge, head)
    assert (event["action"], event["number"], event["pull_request"]["head"]["sha"]) == (
        "synchronize",
        7,
        head,
    )
    assert event["sender"] == {"login": "pusher", "type": "User"}
    assert event["before"] == "b" * 40
    assert json.loads((forge.temp / "reviews.json").read_text()) == [[{"id": 1}], []]
    assert (forge.temp / "requester").read_text() == ""
    assert forge.output() == f"head={head}\n"
    assert git(forge.workspace, "cat-file", "-t", head) == "commit"
    assert git(forge.workspace, "rev-parse", "HEAD") == before
    assert git(forge.workspace, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("login", "ref", "requester"),
    [
        ("abmspec[bot]", "abmspec-request/12", "emea-anna\n"),
        # A person who calls a branch so is the author, and counts as that.
        ("mallory", "abmspec-request/12", ""),
        ("abmspec[bot]", "abmspec-request/12; id", ""),
        ("abmspec[bot]", "other", ""),
    ],
)
def test_who_filed_the_form_is_known_of_what_the_app_opened(
    forge: Forge, tmp_path: Path, login: str, ref: str, requester: str
) -> None:
    gathered(forge, cloned(forge, tmp_path), login=login, ref=ref)
    assert (forge.temp / "requester").read_text() == requester


def test_a_head_that_nobody_pushed_has_no_sender(forge: Forge, tmp_path: Path) -> None:
    head = cloned(forge, tmp_path)
    forge.answers = [("workflows/spec.yml/runs", {"workflow_runs": []})]
    event = gathered(forge, head)
    assert (event["sender"], event["before"]) == ({"login": None, "type": None}, None)


def changed_spec(forge: Forge, tmp_path: Path, old: str, new: str) -> str:
    """A workspace with the small spec and the tool, cloned from where a branch changes a picklist; gives its head."""
    origin, author = tmp_path / "origin", tmp_path / "author"
    shutil.copytree(BASE, origin)
    git(origin, "init", "--quiet", "--initial-branch=main")
    git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "-m", "one")
    git(tmp_path, "clone", "--quiet", str(origin), str(author))
    shutil.rmtree(forge.workspace)
    git(tmp_path, "clone", "--quiet", str(origin), str(forge.workspace))
    industry = author / "taxonomy" / "picklists" / "industry.yaml"
    industry.write_text(industry.read_text(encoding="utf-8").replace(old, new))
    git(author, "commit", "--quiet", "--all", "-m", "two")
    git(author, "push", "--quiet", "origin", "HEAD:refs/heads/changed", "HEAD:refs/pull/7/head")
    (forge.workspace / ".venv" / "bin").mkdir(parents=True)
    (forge.workspace / ".venv" / "bin" / "abmspec").symlink_to(Path(sys.executable).with_name("abmspec"))
    return git(author, "rev-parse", "HEAD")


JUDGE = "Judge it"
MARKER = "<!-- abmspec-gate -->"


def test_the_judge_reads_what_was_gathered(forge: Forge, tmp_path: Path) -> None:
    head = changed_spec(forge, tmp_path, "Technology", "Tech")
    git(forge.workspace, "fetch", "--quiet", "origin", "refs/pull/7/head")
    opened = {
        "user": {"login": "someone"},
        "created_at": "2026-10-01T08:00:00Z",
        "head": {"sha": head},
        "number": 7,
    }
    event = {"action": "synchronize", "pull_request": opened, "sender": {"login": "someone", "type": "User"}}
    commit = {"sha": head, "author": {"login": "someone"}, "committer": {"login": "someone"}}
    played = {"event.json": event, "commits.json": [[commit]], "reviews.json": [[]]}
    for name, content in played.items():
        (forge.temp / name).write_text(json.dumps(content), encoding="utf-8")
    (forge.temp / "requester").touch()
    assert forge.run("gate", "judge", JUDGE, HEAD=head).returncode == 0
    assert (forge.temp / "conclusion").read_text() == "failure\n"
    assert (forge.temp / "verdict.md").read_text().startswith(f"{MARKER}\n### ⛔ Closed")
    evidence = json.loads((forge.temp / "evidence.json").read_text())
    assert evidence["head"] == head
    reviews = [
        {
            "user": {"login": login},
            "state": "APPROVED",
            "commit_id": head,
            "submitted_at": "2026-10-01T09:00:00Z",
        }
        for login in evidence["smallest"]
    ]
    (forge.temp / "reviews.json").write_text(json.dumps([reviews]), encoding="utf-8")
    assert forge.run("gate", "judge", JUDGE, HEAD=head).returncode == 0
    assert (forge.temp / "conclusion").read_text() == "success\n"


def test_a_judge_who_cannot_judge_closes(forge: Forge, tmp_path: Path) -> None:
    head = changed_spec(forge, tmp_path, "Technology", "Tech")
    (forge.temp / "requester").touch()
    assert forge.run("gate", "judge", JUDGE, HEAD=head).returncode == 0
    assert (forge.temp / "conclusion").read_text() == "failure\n"
    assert (forge.temp / "verdict.md").read_text().startswith(f"{MARKER}\n**The gate is closed")


TREE = "Judge the merged tree"


@pytest.mark.parametrize(
    ("advice", "is_kept", "conclusion"),
    [("success", True, "success"), ("failure", True, "failure"), ("success", False, "failure")],
)
def test_a_merged_tree_is_judged_in_the_queue(
    forge: Forge, tmp_path: Path, advice: str, is_kept: bool, conclusion: str
) -> None:
    origin, author = tmp_path / "origin", tmp_path / "author"
    shutil.copytree(BASE, origin)
    git(origin, "init", "--quiet", "--initial-branch=main")
    git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "-m", "one")
    git(tmp_path, "clone", "--quiet", str(origin), str(author))
    shutil.rmtree(forge.workspace)
    git(tmp_path, "clone", "--quiet", str(origin), str(forge.workspace))
    industry = author / "taxonomy" / "picklists" / "industry.yaml"
    text = industry.read_text(encoding="utf-8")
    industry.write_text(
        text.replace("Technology", "Tech") if is_kept else text.replace("  technology:", "  tech:")
    )
    git(author, "commit", "--quiet", "--all", "-m", "two")
    git(author, "push", "--quiet", "origin", "HEAD:refs/heads/queue")
    (forge.workspace / ".venv" / "bin").mkdir(parents=True)
    (forge.workspace / ".venv" / "bin" / "abmspec").symlink_to(Path(sys.executable).with_name("abmspec"))
    ended = forge.run("gate", "queue", TREE, ADVICE=advice, HEAD=git(author, "rev-parse", "HEAD"))
    assert ended.returncode == 0, ended.stderr
    assert (forge.temp / "conclusion").read_text() == f"{conclusion}\n"
    assert ("removed" in (forge.temp / "verdict.md").read_text()) != is_kept


POST = "Post the verdict"


@pytest.mark.parametrize("conclusion", ["success", "failure"])
def test_the_verdict_is_a_check_and_one_comment(forge: Forge, conclusion: str) -> None:
    text = f"{MARKER}\n**Closed** $(id) `x` ${{{{ y }}}}\n" + "ü" * 70_000
    (forge.temp / "verdict.md").write_text(text, encoding="utf-8")
    (forge.temp / "conclusion").write_text(f"{conclusion}\n", encoding="utf-8")
    comments = [
        {"id": 1, "user": {"login": "mallory"}, "body": f"{MARKER}\nopen!"},
        {"id": 2, "user": {"login": "abmspec[bot]"}, "body": "Something else."},
    ]
    forge.answers = [("check-runs", {}), ("per_page", [comments]), ("issues/7/comments", {"id": 3})]
    given = {"NUMBER": "7", "BOT": "abmspec[bot]", "HEAD": "a" * 40}
    assert forge.run("gate", "judge", POST, **given).returncode == 0
    check = json.loads(forge.asked()[0]["said"])
    assert (check["name"], check["head_sha"], check["conclusion"]) == ("abmspec gate", "a" * 40, conclusion)
    assert check["output"]["summary"] == text[:65_000]
    assert forge.asked()[-1]["asked"][:2] == ["api", "repos/meridian/abm/issues/7/comments"]
    assert json.loads(forge.asked()[-1]["said"])["body"].startswith(f"{MARKER}\n**Closed** $(id)")
    # The next time its own comment is brought up to date.
    comments.append({"id": 3, "user": {"login": "abmspec[bot]"}, "body": f"{MARKER}\nold"})
    forge.answers.insert(0, ("PATCH.*comments/3", {}))
    assert forge.run("gate", "judge", POST, **given).returncode == 0
    assert "PATCH" in forge.asked()[-1]["asked"]


AGENDA = "Open the issue, or bring it up to date"


@pytest.mark.parametrize(
    ("there", "verb"),
    [
        ([], "create"),
        ([{"number": 4, "title": "ABM council: agenda"}], "edit"),
        ([{"number": 5, "title": "x"}], "create"),
    ],
)
def test_the_agenda_is_one_issue(forge: Forge, there: list[dict[str, Any]], verb: str) -> None:
    (forge.temp / "agenda.md").write_text("# Agenda\n", encoding="utf-8")
    forge.answers = [("issue list", there), ("issue (create|edit)", {})]
    assert forge.run("council", "agenda", AGENDA).returncode == 0
    last = forge.asked()[-1]
    assert (last["asked"][1], last["said"]) == (verb, "# Agenda\n")


RELEASE = "Release a version that is new"


@pytest.mark.parametrize(("there", "released"), [({"tagName": "v1.4.0"}, False), (None, True)])
def test_a_version_is_released_once(forge: Forge, there: Any, released: bool) -> None:
    (forge.workspace / "dist").mkdir()
    (forge.workspace / "dist.md").write_text("New.\n", encoding="utf-8")
    forge.answers = [("release view v1.4.0", there), ("release create v1.4.0", {})]
    given = {"VERSION": "1.4.0", "GH_REPO": "meridian/abm"}
    assert forge.run("release", "release", RELEASE, **given).returncode == 0
    assert ("create" in forge.asked()[-1]["asked"]) == released


OPEN = "Open the pull request, or say why not"


def request(forge: Forge, patch: str, title: str = "industry: add “Fintech” $(id)") -> dict[str, str]:
    """What the job before has handed over."""
    folder = forge.temp / "request"
    folder.mkdir()
    (folder / "change.patch").write_text(patch, encoding="utf-8")
    (folder / "title.txt").write_text(f"{title}\n", encoding="utf-8")
    (folder / "body.md").write_text("Why: `id`\n", encoding="utf-8")
    return {"NUMBER": "12", "BOT": "abmspec[bot]", "VERDICT": "proposed"}


def patch_of(path: str) -> str:
    return f"--- a/{path}\n+++ b/{path}\n@@ -1 +1 @@\n-one\n+two\n"


def test_a_request_becomes_a_pull_request(forge: Forge, tmp_path: Path) -> None:
    cloned(forge, tmp_path)
    forge.answers = [("pr view", None), ("pr create", {})]
    ended = forge.run("intake", "answer", OPEN, **request(forge, patch_of("taxonomy/a.yaml")))
    assert ended.returncode == 0, ended.stderr
    created = forge.asked()[-1]
    assert created["asked"][created["asked"].index("--title") + 1] == "industry: add “Fintech” $(id)"
    assert created["said"] == "Why: `id`\n"
    pushed = git(tmp_path / "origin.git", "log", "-1", "--format=%an|%s", "abmspec-request/12")
    assert pushed == "abmspec[bot]|industry: add “Fintech” $(id)"
    assert git(tmp_path / "origin.git", "show", "abmspec-request/12:taxonomy/a.yaml") == "two"


def test_a_patch_touches_nothing_beside_the_spec(forge: Forge, tmp_path: Path) -> None:
    cloned(forge, tmp_path)
    forge.answers = [("pr view", None), ("pr create", {})]
    ended = forge.run("intake", "answer", OPEN, **request(forge, patch_of(".github/workflows/gate.yml")))
    assert ended.returncode != 0
    assert not any("create" in asked["asked"] for asked in forge.asked())
    assert "abmspec-request" not in git(tmp_path / "origin.git", "branch", "--list")


def test_a_refusal_is_told_to_who_asked(forge: Forge, tmp_path: Path) -> None:
    cloned(forge, tmp_path)
    forge.answers = [("issue comment 12", {})]
    given = request(forge, "") | {"VERDICT": "refused"}
    assert forge.run("intake", "answer", OPEN, **given).returncode == 0
    assert forge.asked()[-1]["said"] == "Why: `id`\n"
    assert "abmspec-request" not in git(tmp_path / "origin.git", "branch", "--list")
