"""Broken specs: what somebody got wrong, and exactly what is said of it.

`<area>/<name>.yaml` is one case, laid over the small clean spec in `tests/rules/base/`; a file dropped in is a test.

    about: what was done wrong, in a sentence
    files: {path: text}             files added or replaced
    edit: {path: {old: new}}        text that stands once in a file of the base (or of `files`), and what it becomes
    base64, bz2, symlink, fifo: {path: text}     as in the pages of rules: see tests/rules/page.py
    delete: [path]                  files taken away
    expect: [rule path:line:column]     every finding, and no other
    exit: 1                         `abmspec check`'s exit code, if it is another
    complaint: text                 with exit code 2, where nothing can be judged: what is said instead of findings
    unmended: [rule]                rules whose findings here have no suggestion
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML

from tests.rules.page import Block, make_special
from tests.specs import base_files

HERE = Path(__file__).parent
FORMS = {"files": "text", "base64": "base64", "bz2": "bz2", "symlink": "symlink", "fifo": "fifo"}


@dataclass(frozen=True)
class Case:
    """A broken spec and what is found in it."""

    name: str
    about: str
    expect: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    edit: dict[str, dict[str, str]] = field(default_factory=dict)
    base64: dict[str, str] = field(default_factory=dict)
    bz2: dict[str, str] = field(default_factory=dict)
    symlink: dict[str, str] = field(default_factory=dict)
    fifo: dict[str, str] = field(default_factory=dict)
    delete: list[str] = field(default_factory=list)
    exit: int = 1
    complaint: str = ""
    unmended: list[str] = field(default_factory=list)

    def write(self, root: Path) -> None:
        """The spec, on disk."""
        contents = dict(base_files())
        for name, form in FORMS.items():
            for path, text in getattr(self, name).items():
                block = Block(form, "bad", path, text)
                for each in block.paths:
                    if block.needs_disk:
                        contents.pop(each, None)
                        make_special(root / each, form, text)
                    else:
                        contents[each] = block.content or b""
        for path, changes in self.edit.items():
            text = contents[path].decode()
            for old, new in changes.items():
                assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
                text = text.replace(old, new)
            contents[path] = text.encode()
        for path in self.delete:
            del contents[path]
        for path, content in contents.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)


def cases() -> list[Case]:
    """Every case, by its path below this folder."""
    return [
        Case(path.relative_to(HERE).with_suffix("").as_posix(), **YAML(typ="safe").load(path))
        for path in sorted(HERE.glob("*/*.yaml"))
    ]
