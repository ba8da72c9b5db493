"""Runs the command line in this process, and as a user's shell would."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from abmspec.cli import main
from tests.specs import BASE

Write = Callable[[str, str], Path]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything that it printed, as one line of words."""
        return " ".join((self.out + self.err).split())


class Abmspec:
    """The command line, run in a folder."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.capsys = capsys
        self.patch = patch

    def __call__(self, *arguments: str, at: Path | None = None) -> Ended:
        """In this process."""
        self.patch.chdir(at or self.folder)
        with pytest.raises(SystemExit) as end:
            main(arguments)
        printed = self.capsys.readouterr()
        assert isinstance(end.value.code, int)
        assert "Traceback" not in printed.out + printed.err
        return Ended(end.value.code, printed.out, printed.err)

    def shell(self, script: str, environment: Mapping[str, str] | None = None) -> Ended:
        """In a shell with `pipefail`, where `abmspec` is the installed command."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", script],
            cwd=self.folder,
            env={**os.environ, "PATH": path, **(environment or {})},
            capture_output=True,
            check=False,
            timeout=60,
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in out + err, err
        assert "Exception ignored" not in err, err
        return Ended(done.returncode, out, err)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A clean project whose path has blanks and letters that are not ASCII."""
    at = tmp_path / "unser Projekt – 仕様"
    shutil.copytree(BASE, at)
    return at


@pytest.fixture
def abmspec(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Abmspec:
    """The command line in the project's folder."""
    return Abmspec(project, capsys, monkeypatch)


@pytest.fixture
def write(project: Path) -> Write:
    """Writes a file of the project."""

    def file(path: str, text: str) -> Path:
        at = project / path
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_text(text, encoding="utf-8")
        return at

    return file
