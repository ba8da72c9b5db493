"""The site, made by MkDocs in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from abmspec.resolve import Resolved


class SiteRefused(Exception):
    """The site could not be made. The message says why, in one or more lines."""


def publish(root: Path, resolved: Resolved, today: date) -> dict[str, bytes]:
    """The files of the site, by path: the spec's pages, and those that the project's own `mkdocs.yml` adds.

    The spec must be without errors. MkDocs runs as a process of its own and finds the plugin by its entry point.
    The same spec and pages give the same bytes. SiteRefused where MkDocs is missing or not content.
    """
    from abmspec.site.configuration import FILE, configuration

    if find_spec("mkdocs") is None or find_spec("material") is None:
        raise SiteRefused("MkDocs is not installed. Install it with: pip install 'abmspec[site]'")
    with tempfile.TemporaryDirectory(prefix="abmspec-site-") as folder:
        stated, target = root / FILE, Path(folder) / "site"
        if not stated.is_file():
            stated = Path(folder) / FILE
            stated.write_text(configuration(resolved.spec.project, root), encoding="utf-8")
            (Path(folder) / "docs").mkdir()
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet",
             "--config-file", str(stated), "--site-dir", str(target)],
            cwd=root,
            env={"SOURCE_DATE_EPOCH": "0", **os.environ, "ABMSPEC_TODAY": today.isoformat(),
                 "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise SiteRefused(f"MkDocs could not make the site:\n{(done.stderr or done.stdout).strip()}")
        return {
            path.relative_to(target).as_posix(): path.read_bytes()
            for path in sorted(target.rglob("*"))
            if path.is_file()
        }
