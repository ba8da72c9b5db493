"""The workflows of a spec's repository: advice, gate, intake, council, release."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from textwrap import indent

from abmspec.github.forms import HEADER
from abmspec.resolve import Resolved

FOLDER = ".github/workflows"
NAMES = ("council", "gate", "intake", "release", "review", "spec")
# A line that is a placeholder alone, with its indentation.
PLACEHOLDER = re.compile(r"^( *)@(env:|env|install|salesforce)@\n", re.MULTILINE)


def workflows(resolved: Resolved, install: Iterable[str], environment: Mapping[str, str]) -> dict[str, bytes]:
    """The workflow files by path from the repository's root.

    `install` are the shell's commands that make `.venv/bin/abmspec`; `environment` is set wherever it runs.
    """
    filled = {
        "install": "".join(f"{command}\n" for command in install),
        "env": "".join(f'{name}: "{value}"\n' for name, value in environment.items()),
        "salesforce": "\n".join(_deployments(resolved)),
    }
    filled["env:"] = f"env:\n{indent(filled['env'], '  ')}" if environment else ""
    return {f"{FOLDER}/{name}.yml": _workflow(name, filled) for name in NAMES}


def _workflow(name: str, filled: Mapping[str, str]) -> bytes:
    text = PLACEHOLDER.sub(lambda found: indent(filled[found[2]], found[1]), _template(name))
    return (HEADER + text.rstrip("\n") + "\n").encode()


def _deployments(resolved: Resolved) -> Iterable[str]:
    """A job for each instance that a vendor's own command line can deploy to."""
    systems = resolved.spec.systems
    for id, system in (systems.systems if systems is not None else {}).items():
        if system.kind == "salesforce":
            yield _template("salesforce").replace("@instance@", id)


def _template(name: str) -> str:
    return files("abmspec.github").joinpath("workflows", f"{name}.yml").read_text(encoding="utf-8")
