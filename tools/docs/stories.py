"""Does what a page of the documentation tells its reader to do, in the order in which it tells it.

A page is a story in a project of its own. What stands in its blocks is done:

- `console`: each line that begins with `$ ` is run. What stands below it is what it prints; a line `...` stands for
  lines that are left out, and where nothing is shown the command has to succeed.
- A block whose first line is a comment with a path is what that file holds. Where the file is there already and is
  YAML, the block says what is added to it.
- `diff`, below `--- path`: the lines of a file that go and come, between some that stay. `@@` parts two places.

Anything else is only read. The last line of a page may say where it plays, as `<!-- In an empty folder. -->`.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]
SPEC = ("taxonomy", "regions", "playbooks", "accounts")
EMPTY = "an empty folder"
CHECKOUT = "a checkout of the tool"

FENCE = re.compile(r"^(?P<ticks>```+)(?P<language>\w*)\n(?P<text>.*?)^(?P=ticks)$", re.MULTILINE | re.DOTALL)
PATH_COMMENT = re.compile(r"(?:#|<!--) (?P<path>[\w./-]+\.\w+)(?: -->)?\n")
SCENE = re.compile(r"<!-- In (?P<scene>.+)\. -->\n\Z")
# No page shows how long something took.
TOOK = re.compile(r" \(\d+\.\d+ s\)$", re.MULTILINE)
LEFT_OUT = "...\n"


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code: where in the page its text begins and ends, its language, the text."""

    start: int
    end: int
    language: str
    text: str


def blocks(page: str) -> Iterator[Block]:
    """Every block of code of a page."""
    for match in FENCE.finditer(page):
        yield Block(*match.span("text"), match["language"], match["text"])


def told(page: str, folder: Path) -> str:
    """The page as it reads when it is followed in `folder`, which does not exist yet: with what commands print now.

    AssertionError, with the line, where a block cannot be followed.
    """
    story = Story(folder, set_scene(page, folder))
    now, end = "", 0
    for block in blocks(page):
        try:
            now += page[end : block.start] + story.do(block)
        except AssertionError as error:
            error.add_note(f"in the block on line {page.count(chr(10), 0, block.start) + 1} of the page")
            raise
        end = block.end
    return now + page[end:]


def set_scene(page: str, folder: Path) -> dict[str, str]:
    """Makes the project in which a page plays, committed to Git; what its commands need in their environment.

    ValueError for a place that is not known.
    """
    named = SCENE.search(page)
    scene = named["scene"] if named else ""
    if scene not in ("", EMPTY, CHECKOUT):
        raise ValueError(f"no page plays in {scene}")
    folder.mkdir(parents=True)
    if scene == EMPTY:
        return {}
    for name in SPEC:
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "abmspec.yaml", folder)
    for arguments in (["init", "-qb", "main"], ["add", "."], ["commit", "-qm", "The spec"]):
        subprocess.run(["git", *arguments], cwd=folder, check=True)
    if scene != CHECKOUT:
        return {}
    shutil.copytree(ROOT / "abmspec", folder / "abmspec")
    return {"PYTHONPATH": str(folder)}


class Story:
    """A reader at work: in which folder they stand, and with which environment."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        # Unbuffered, so that what goes to both streams stands in the order in which it was said.
        self.environment = {**os.environ, "PATH": path, "PYTHONUNBUFFERED": "1", **environment}

    def do(self, block: Block) -> str:
        """Does what one block says. Its text as it reads now: the same, unless a command prints something else."""
        if block.language == "console":
            return "".join(
                f"$ {command}\n{self.run(command, shown)}" for command, shown in commands(block.text)
            )
        if block.language == "diff":
            self.patch(block.text)
        elif named := PATH_COMMENT.match(block.text):
            self.write(self.folder / named["path"], block.text[named.end() :])
        return block.text

    def run(self, command: str, shown: str = "") -> str:
        """Runs a command. What a page has to show of what it prints: as much as it does, where that is right."""
        arguments = shlex.split(command.replace("\\\n", ""))
        if arguments[0] == "cd":
            self.folder = (self.folder / arguments[1]).resolve(strict=True)
            return shown
        done = subprocess.run(
            arguments,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        assert shown or done.returncode == 0, f"$ {command}\n{done.stdout}"
        printed = TOOK.sub("", re.sub(r" +$", "", done.stdout, flags=re.MULTILINE))
        return shown if not shown or is_part(shown, printed) else printed

    def write(self, path: Path, text: str) -> None:
        """Writes a file, or adds to one of YAML."""
        if path.suffix == ".yaml" and path.exists():
            there = path.read_text(encoding="utf-8").splitlines(keepends=True)
            text = "".join(with_added(there, text.splitlines(keepends=True)))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def patch(self, text: str) -> None:
        """Takes lines out of a file and puts others in."""
        head, _, body = text.partition("\n")
        path = self.folder / head.removeprefix("--- ")
        content = path.read_text(encoding="utf-8")
        for place in filter(None, body.split("@@\n")):
            lines = place.splitlines(keepends=True)
            before, after = (
                "".join(line[1:] for line in lines if line[0] in signs) for signs in (" -", " +")
            )
            assert content.count(before) == 1, f"{path.name} does not have once:\n{before}"
            content = content.replace(before, after)
        path.write_text(content, encoding="utf-8")


def commands(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a console, and what each is said to print. A backslash carries a command on to the next line."""
    for match in re.finditer(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE):
        yield match[1], match[2]


def is_part(shown: str, printed: str) -> bool:
    """Whether this is what was printed, but for lines that are left out."""
    lines = shown.splitlines(keepends=True)
    pattern = "".join(r"(?:.*\n)*?" if line == LEFT_OUT else re.escape(line) for line in lines)
    return re.fullmatch(pattern, printed) is not None


def with_added(lines: list[str], added: list[str]) -> list[str]:
    """Lines of YAML with what is added: under a key that is there already, else at the end of its mapping.

    A key that has a value on its own line gets the new one. AssertionError where that is more than one line.
    """
    for entry in _entries(added):
        key = entry[0].partition(":")[0]
        start = next((at for at, line in enumerate(lines) if line.partition(":")[0] == key), None)
        if start is None:
            lines = [*lines, *entry]
            continue
        end = _end(lines, start)
        if len(entry) == 1:
            assert end == start + 1, f"{key} has lines of its own"
            within = entry
        else:
            assert lines[start].endswith(":\n"), f"{key} has no lines of its own"
            within = [lines[start], *with_added(lines[start + 1 : end], entry[1:])]
        lines = [*lines[:start], *within, *lines[end:]]
    return lines


def _end(lines: list[str], start: int) -> int:
    """Where what stands below a line ends."""
    depth = _depth(lines[start])
    return next((at for at in range(start + 1, len(lines)) if _depth(lines[at]) <= depth), len(lines))


def _entries(lines: list[str]) -> Iterator[list[str]]:
    """The entries of a mapping, each with the lines below its key."""
    starts = [at for at, line in enumerate(lines) if _depth(line) == _depth(lines[0])]
    for start, end in pairwise([*starts, len(lines)]):
        yield lines[start:end]


def _depth(line: str) -> int:
    """How far a line is indented. An empty one, and a comment, belong to what stands above."""
    bare = line.lstrip(" ")
    return len(line) - len(bare) if bare.strip() and not bare.startswith("#") else 999
