"""A long history: a thousand commits, each a change of one of ten picklists. The same bytes every time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

COMMITS = 1000
LISTS = 10
VALUES = 40


def write(repository: Path) -> None:
    """Makes the repository, which must not exist yet; its history is that of `HEAD`."""
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(repository)], check=True)
    stream = bytearray()
    for number in range(COMMITS):
        stream += b"commit refs/heads/main\ncommitter Bench <bench@example.com> %d +0000\ndata 0\n" % (
            1_700_000_000 + 3600 * number
        )
        content = _picklist(number).encode()
        path = f"taxonomy/picklists/bench-{number % LISTS}.yaml".encode()
        stream += b"M 100644 inline %s\ndata %d\n%s\n" % (path, len(content), content)
    subprocess.run(["git", "fast-import", "--quiet"], cwd=repository, input=bytes(stream), check=True)


def _picklist(number: int) -> str:
    """The list as of a commit: each has values that the one before had not, and lacks some that it had."""
    lines = [f"label: Bench list {number % LISTS}", "description: A generated list.", "values:"]
    for value in range(number // LISTS, number // LISTS + VALUES):
        lines.append(f"  value-{value}: {{label: Value {value}, aliases: [v{value}, V-{value}]}}")
    return "\n".join(lines) + "\n"


def consult() -> None:
    """What is measured: the ledger of `HEAD` of the repository in the current folder, with the user's cache."""
    from abmspec.cache import Cache
    from abmspec.git import Repository
    from abmspec.history import ledger_at

    repository = Repository.of(Path.cwd())
    ledger = ledger_at(repository, repository.resolve("HEAD"), "", Cache.of_project(Path.cwd()))
    expected = LISTS * (COMMITS // LISTS + VALUES)
    found = len(ledger.published)
    if found != expected:
        sys.exit(f"{found} ids where {expected} were published")


if __name__ == "__main__":
    consult()
