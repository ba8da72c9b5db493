"""A pull request in a real repository, and what a forge would say of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema_rs

from abmspec.schema import outputs
from tests.repositories import Work

SCHEMA = jsonschema_rs.validator_for(json.loads(dict(outputs())["outputs/gate-report.schema.json"]))
Run = Callable[..., tuple[int, str, str]]
VALUE = "values:\n  emea-fintech: {label: Fintech, maps_to: financial-services}\n"
VALUES_FILE = "regions/emea/picklists/industry.yaml"
OPENED = "2026-10-01T08:00:00Z"
# Whoever may approve a regional change, and a global one.
REGIONAL = ("base-emea", "base-ops")
GLOBAL = ("base-ops-2", "base-chief")
GOVERNANCE = ("base-chief", "base-manager", "base-ops")


@dataclass(frozen=True, slots=True)
class Answered:
    """How the gate ended, and what it said as JSON; empty where it said none."""

    code: int
    data: Mapping[str, Any]
    err: str

    @property
    def said(self) -> str:
        """Everything that it said, as one line of words."""
        return " ".join((json.dumps(self.data, ensure_ascii=False) + self.err).split())

    @property
    def classes(self) -> dict[str, str]:
        """The class of each change, by address."""
        return {each["address"]: each["class"] for each in self.data["changes"]}

    @property
    def rejected(self) -> dict[str, str]:
        """Why approvals do not count, by login."""
        return {each["login"]: each["why"] for each in self.data["approvals"]["rejected"]}


@dataclass
class PullRequest:
    """From `main` to `change`, opened and pushed by `author`. What it does is done on the branch `change`."""

    work: Work
    run: Run
    author: dict[str, Any] = field(default_factory=lambda: user("author"))
    pusher: str = "author"
    reviews: list[Any] = field(default_factory=list)
    unlinked: set[str] = field(default_factory=set)
    event: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def copied(cls, template: Path, folder: Path, run: Run) -> PullRequest:
        """A pull request of its own in a copy of a repository."""
        shutil.copytree(template, folder)
        work = Work(folder, commits=1)
        work.git("checkout", "--quiet", "-b", "change")
        return cls(work, run)

    # -------------------------------------------------------------- what people do

    def text(self, path: str) -> str:
        """A file of the work tree."""
        return (self.work.folder / path).read_text(encoding="utf-8")

    def commit(self, files: Mapping[str, str | bytes | None], by: str = "author") -> str:
        """A commit by somebody; its id."""
        self._write(files)
        return self.record(by)

    def record(self, by: str = "author") -> str:
        """A commit of what the index holds."""
        return self.work.record(f"--author={by} <{by}@example.com>")

    def _write(self, files: Mapping[str, str | bytes | None]) -> None:
        for path, content in files.items():
            place = self.work.folder / path
            if content is None:
                place.unlink()
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.work.git("add", "--all")

    def replace(self, path: str, old: str, new: str, by: str = "author") -> str:
        """A commit that changes a text in a file."""
        before = self.text(path)
        assert old in before, before
        return self.commit({path: before.replace(old, new, 1)}, by)

    def on_base(self, files: Mapping[str, str | bytes | None]) -> None:
        """A commit on `main` by somebody else."""
        self.work.git("checkout", "--quiet", "main")
        self.commit(files, "stranger")
        self.work.git("checkout", "--quiet", "change")

    def update(self, by: str = "web-flow") -> str:
        """Merges `main` into the change, as the forge's button does."""
        self.work.commits += 1
        self.work.git("merge", "--quiet", "--no-ff", "--no-commit", "main")
        return self.record(by)

    def approve(
        self, *logins: str, at: str = "", state: str = "APPROVED", body: str = "", kind: str = "User"
    ) -> None:
        """Reviews, of the head unless it is said otherwise."""
        for login in logins:
            self.reviews.append(
                {
                    "id": len(self.reviews) + 1,
                    "user": user(login, kind),
                    "body": body,
                    "state": state,
                    "commit_id": at or self.head,
                    "submitted_at": f"2026-10-01T09:{len(self.reviews) // 60:02}:{len(self.reviews) % 60:02}Z",
                }
            )

    # -------------------------------------------------------------- what the forge says

    @property
    def head(self) -> str:
        """The id of the last commit."""
        return self.work.git("rev-parse", "change")

    def answers(self) -> dict[str, Any]:
        """Reviews, commits and event, as they would be fetched."""
        log = self.work.git("log", "--reverse", "--format=%H %an", "main..change").splitlines()
        commits = [line.split(" ", 1) for line in log]
        return {
            "reviews": [self.reviews],
            "commits": [[self._listed(id, by) for id, by in commits]],
            "event": {
                "action": "synchronize",
                "sender": user(self.pusher),
                "pull_request": {
                    "number": 1,
                    "user": self.author,
                    "created_at": OPENED,
                    "head": {"sha": self.head, "ref": "change"},
                    "base": {"sha": self.work.git("rev-parse", "main"), "ref": "main"},
                },
                **self.event,
            },
        }

    def _listed(self, id: str, by: str) -> dict[str, Any]:
        account = None if by in self.unlinked else user(by)
        return {"sha": id, "author": account, "committer": account, "commit": {}, "parents": []}

    # -------------------------------------------------------------- the gate

    def gate(self, *more: str, **instead: bytes | None) -> Answered:
        """What the gate says; an answer of the forge can be replaced by other bytes, or left out (None)."""
        arguments = ["gate", "-C", str(self.work.folder), "--base", "main", "--head", "change"]
        arguments += ["--format", "json"]
        for name, data in self.answers().items():
            content = instead.get(name, json.dumps(data).encode())
            if content is not None:
                file = self.work.folder.parent / f"{name}.json"
                file.write_bytes(content)
                arguments += [f"--{name}", str(file)]
        code, out, err = self.run(*arguments, *more)
        data = json.loads(out) if out.startswith("{") else {}
        assert not data or not list(SCHEMA.iter_errors(data))
        return Answered(code, data, out + err)


def user(login: str, kind: str = "User") -> dict[str, Any]:
    """An account as the forge writes it."""
    return {"login": login, "id": 1, "type": kind}
