"""What the user sees of a bug: one line, and a file with the rest."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from pathlib import Path

import click

from abmspec import __version__


def report(error: Exception) -> None:
    """Writes the traceback to a log file and says where it is."""
    lines = [
        f"abmspec {__version__}, Python {platform.python_version()}, {platform.system()}\n",
        f"arguments: {sys.argv[1:]}\n\n",
        *traceback.format_exception(error),
    ]
    with tempfile.NamedTemporaryFile(
        "w", prefix="abmspec-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.writelines(lines)
    where = next(iter(getattr(error, "__notes__", ())), "")
    what = f"{type(error).__name__}: {error}".splitlines()[0] + (f" ({where})" if where else "")
    click.echo(f"abmspec: a bug in abmspec: {what}. Please report it with {Path(log.name)}.", err=True)
