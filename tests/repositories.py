"""Git repositories for tests, made by the real git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from abmspec.git import Repository

# When the first commit was made; each further one a minute later.
FIRST_COMMIT = 1_790_000_000


class Grown(NamedTuple):
    """A commit to be made: its parents by their number, its time, and the files that differ from the first parent's."""

    parents: tuple[int, ...]
    time: int
    files: Mapping[str, str | None]


@dataclass(slots=True)
class Work:
    """A repository with a work tree, whose commits are a minute apart."""

    folder: Path
    commits: int = 0

    @classmethod
    def begun(cls, folder: Path, *options: str) -> Work:
        """A new repository in a folder, on the branch `main`."""
        folder.mkdir(parents=True, exist_ok=True)
        work = cls(folder)
        work.git("init", "--quiet", "--initial-branch=main", *options)
        return work

    @property
    def repository(self) -> Repository:
        """The repository as the code sees it."""
        return Repository.of(self.folder)

    def git(self, *arguments: str | bytes, stdin: bytes | None = None) -> str:
        """What git prints. AssertionError, with its own words, where it fails."""
        when = f"{FIRST_COMMIT + 60 * self.commits} +0000"
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            input=stdin,
            env={**os.environ, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def commit(self, files: Mapping[str, str | bytes | None] | None = None, *more: str) -> str:
        """Commits files added, changed or (None) taken away; the commit's id."""
        for path, content in (files or {}).items():
            at = self.folder / path
            if content is None:
                at.unlink()
                continue
            at.parent.mkdir(parents=True, exist_ok=True)
            at.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.git("add", "--all")
        return self.record(*more)

    def record(self, *more: str) -> str:
        """Commits what the index holds; the commit's id."""
        self.commits += 1
        self.git("commit", "--quiet", "--allow-empty", "--no-verify", "-m", f"Commit {self.commits}", *more)
        return self.git("rev-parse", "HEAD")

    def merge(self, *others: str) -> str:
        """Merges other commits into the current branch, taking this side's word; the merge's id."""
        self.commits += 1
        self.git("merge", "--quiet", "--no-edit", "--strategy=ours", "--no-ff", *others)
        return self.git("rev-parse", "HEAD")

    def stage(self, mode: str, oid: str, path: str) -> None:
        """Puts an entry into the index that no file stands behind."""
        self.git("update-index", "--add", "--cacheinfo", f"{mode},{oid},{path}")

    def grow(self, commits: Iterable[Grown]) -> list[str]:
        """Makes many commits at once, on no branch; their ids."""
        stream = bytearray()
        marks = self.folder / ".git" / "marks"
        for number, (parents, time, files) in enumerate(commits, start=1):
            stream += b"reset refs/grown/tip\n\ncommit refs/grown/tip\nmark :%d\n" % number
            stream += b"committer Test <test@example.com> %d +0000\ndata 0\n" % time
            for word, parent in zip((b"from", *[b"merge"] * len(parents)), parents, strict=False):
                stream += b"%s :%d\n" % (word, parent + 1)
            for path, content in files.items():
                if content is None:
                    stream += b"D %s\n" % path.encode()
                else:
                    raw = content.encode()
                    stream += b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(raw), raw)
            stream += b"\n"
        self.git("fast-import", "--quiet", "--force", f"--export-marks={marks}", stdin=bytes(stream))
        ids = dict(line.split() for line in marks.read_text().splitlines())
        return [ids[f":{number}"] for number in range(1, len(ids) + 1)]
