"""The job that the documentation has for GitLab: one of GitLab's, and it judges what GitLab says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import IN_CI, ROOT
from tests.repositories import Work
from tests.specs import base_files

pytestmark = pytest.mark.external
PAGE = ROOT / "docs" / "how-to" / "gate-on-gitlab.md"
POLICY = "taxonomy/governance/change-policy.yaml"

# The API, as far as the job asks it.
CURL = f"""\
#!{sys.executable}
import pathlib, sys
name = sys.argv[-1].rpartition("merge_requests/3")[2].partition("?")[0].strip("/") or "request"
print((pathlib.Path(__file__).parents[1] / f"{{name}}.json").read_text())
"""


def job() -> dict[str, Any]:
    (text,) = re.findall(
        r"```yaml\n(# \.gitlab-ci\.yml\n.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def test_it_is_a_pipeline_of_gitlab(tmp_path: Path) -> None:
    path = tmp_path / ".gitlab-ci.yml"
    executable = Path(sys.executable).with_name("check-jsonschema")
    for content, code in ((job(), 0), ({"gate": {"script": 7}}, 1)):
        path.write_text(yaml.safe_dump(content), encoding="utf-8")
        command = [
            str(executable),
            "--builtin-schema",
            "vendor.gitlab-ci",
            "--data-transform",
            "gitlab-ci",
            str(path),
        ]
        assert subprocess.run(command, capture_output=True, check=False).returncode == code


@pytest.mark.parametrize(("approved", "code"), [((), 1), (("base-ops",), 1), (("base-ops", "base-chief"), 0)])
def test_it_judges_what_gitlab_says(tmp_path: Path, approved: tuple[str, ...], code: int) -> None:
    if shutil.which("jq") is None and not IN_CI:
        pytest.skip("jq is not installed")
    work = Work.begun(tmp_path / "origin")
    files = dict(base_files())
    policy = yaml.safe_load(files[POLICY])
    policy |= {
        "rules": {"all": {"when": {"scope": "global"}, "require": ["revops", "leadership"]}},
        "unlinked_commits": "ignore",
    }
    work.commit(files | {POLICY: yaml.safe_dump(policy, sort_keys=False).encode()})
    work.git("switch", "--quiet", "--create", "changed")
    industry = files["taxonomy/picklists/industry.yaml"].decode().replace("Technology", "Tech")
    head = work.commit({"taxonomy/picklists/industry.yaml": industry.encode()})
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", work.folder, clone], check=True)
    answers = {
        "request": {
            "iid": 3, "author": {"username": "someone"}, "sha": head, "created_at": "2026-09-30T08:00:00Z",
            "prepared_at": None,
        },
        "approvals": {"approved_by": [{"user": {"username": login}} for login in approved]},
        "commits": [{"id": head, "author_email": "a@example.com"}],
    }  # fmt: skip
    binaries = tmp_path / "bin"
    binaries.mkdir()
    for name, answer in answers.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(answer), encoding="utf-8")
    (binaries / "curl").write_text(CURL, encoding="utf-8")
    (binaries / "curl").chmod(0o755)
    ended = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join(job()["gate"]["script"])],
        cwd=clone,
        env={
            **os.environ, "PATH": f"{binaries}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_COMMIT_SHA": head, "CI_MERGE_REQUEST_IID": "3",
            "CI_API_V4_URL": "https://gitlab.example/api/v4", "CI_PROJECT_ID": "1", "GATE_TOKEN": "x",
        },
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert ended.returncode == code, ended.stdout + ended.stderr
    evidence = json.loads((clone / "evidence.json").read_text(encoding="utf-8"))
    assert {each["login"] for each in evidence["approvals"]["counted"]} == set(approved)
