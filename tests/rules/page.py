"""Rules' pages and their examples, which run.

A page stands beside its rule as `abmspec/rules/<name>.md`. A fenced block whose info string is `<form> <side> <path>`
is a file of an example, `bad` or `good`; all blocks of one side together, over the spec in `base/`, are one example.
The form says how the block becomes the file:

    yaml, csv, text   as it stands
    base64            bytes, for what text cannot show
    bz2               bytes, compressed and then in base64, for what is too large to show
    symlink           a symbolic link to what the block names
    fifo              a pipe
    delete            no file: the one of the base is taken away

A path may hold one range, `{1..20001}`: the file exists once for each number.
"""

from __future__ import annotations

import base64
import bz2
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from abmspec import load, pipeline
from abmspec.check import check
from abmspec.diagnostic import Diagnostic
from abmspec.resolve import resolve
from tests.conftest import ROOT, TODAY
from tests.specs import base_files

RULES = ROOT / "abmspec" / "rules"
SIDES = ("bad", "good")
FENCE = re.compile(
    r"^(?P<fence>```+)(?P<form>[a-z0-9]+) (?P<side>bad|good) (?P<path>\S+)\n(?P<text>.*?)^(?P=fence)$",
    flags=re.MULTILINE | re.DOTALL,
)
RANGE = re.compile(r"\{(\d+)\.\.(\d+)\}")


@dataclass(frozen=True, slots=True)
class Block:
    """One file of an example."""

    form: str
    side: str
    path: str
    text: str

    @property
    def paths(self) -> Iterator[str]:
        """The paths that the block stands for."""
        found = RANGE.search(self.path)
        if found is None:
            yield self.path
            return
        for number in range(int(found[1]), int(found[2]) + 1):
            yield RANGE.sub(str(number), self.path)

    @property
    def content(self) -> bytes | None:
        """The file's bytes; None where the block takes a file away."""
        match self.form:
            case "delete":
                return None
            case "base64":
                return base64.b64decode(self.text)
            case "bz2":
                return bz2.decompress(base64.b64decode(self.text))
            case "yaml" | "csv" | "text":
                return self.text.encode()
        raise ValueError(f"{self.form} is no form of a file")

    @property
    def needs_disk(self) -> bool:
        """Whether bytes by path cannot say it."""
        return self.form in ("symlink", "fifo")


@dataclass(frozen=True, slots=True)
class Page:
    """A rule's page."""

    rule: str
    text: str

    @property
    def title(self) -> str:
        """The text of the first line."""
        return self.text.split("\n", 1)[0].removeprefix("# ")

    @property
    def summary(self) -> str:
        """The paragraph below the title, on one line."""
        paragraphs = self.text.split("\n\n")
        return " ".join(paragraphs[1].split()) if len(paragraphs) > 1 else ""

    @property
    def sections(self) -> list[str]:
        """The headings below the title."""
        prose = FENCE.sub("", self.text)
        return re.findall(r"^## (.+)$", prose, flags=re.MULTILINE)

    def blocks(self, side: str) -> list[Block]:
        """The files of one example."""
        found = (
            Block(match["form"], match["side"], match["path"], match["text"])
            for match in FENCE.finditer(self.text)
        )
        return [block for block in found if block.side == side]


def pages() -> dict[str, Page]:
    """Every page, by the name of its rule."""
    return {
        path.stem: Page(path.stem, path.read_text(encoding="utf-8")) for path in sorted(RULES.glob("*.md"))
    }


def with_blocks(blocks: Iterable[Block]) -> dict[str, bytes]:
    """The base's files with those of an example."""
    files = dict(base_files())
    for block in blocks:
        content = block.content
        for path in block.paths:
            if content is None:
                del files[path]
            else:
                files[path] = content
    return files


def judge(files: Mapping[str, bytes], today: str = TODAY) -> tuple[Diagnostic, ...]:
    """What the loader, the schemas and the rules find in a spec."""
    sources, found = load.load_tree(files)
    return _judged(sources, found, today)


def judge_blocks(blocks: list[Block], root: Path, today: str = TODAY) -> tuple[Diagnostic, ...]:
    """What they find in an example; written into `root` where only a disk can hold it."""
    if not any(block.needs_disk for block in blocks):
        return judge(with_blocks(blocks), today)
    for path, content in with_blocks(block for block in blocks if not block.needs_disk).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    for block in blocks:
        if block.needs_disk:
            make_special(root / block.path, block.form, block.text)
    sources, found = load.load(root)
    return _judged(sources, found, today)


def make_special(at: Path, form: str, text: str) -> None:
    """Puts a symbolic link or a pipe where a file may be."""
    at.parent.mkdir(parents=True, exist_ok=True)
    at.unlink(missing_ok=True)
    if form == "symlink":
        at.symlink_to(text.strip())
    else:
        os.mkfifo(at)


def _judged(sources: load.Sources, found: tuple[Diagnostic, ...], today: str) -> tuple[Diagnostic, ...]:
    spec, rejected = pipeline.understand(sources)
    earlier = (*found, *rejected)
    if spec is None:
        return tuple(sorted(earlier))
    return check(resolve(spec), date.fromisoformat(today), earlier)[0]


def said(diagnostics: Iterable[Diagnostic]) -> str:
    """Findings as lines, for a failing test to show."""
    return "\n".join(
        f"{found.path}:{found.line}:{found.column}: [{found.rule}] {found.message} {found.suggestion}"
        for found in diagnostics
    )
