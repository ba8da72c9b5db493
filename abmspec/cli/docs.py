"""`abmspec docs`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from abmspec import pipeline
from abmspec.cli.options import (
    ProjectError,
    directory_option,
    open_clean_project,
    refusals_as_errors,
    today_option,
)  # fmt: skip
from abmspec.output import replace_tree


@click.command(
    epilog="""\b
Examples:
  abmspec docs                       into site/; open site/index.html
  abmspec docs --out public          where a forge's pages expect it
  mkdocs serve                       while you write: reloads when the spec changes
"""
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("site"),
    show_default=True,
    metavar="DIR",
    help="Where to write, from the project's folder.",
)
@directory_option
@today_option
def command(out: Path, directory: Path, today: date) -> None:
    """Write the site that marketing and sales read.

    Checks first, and writes nothing where an error is found. The pages work when they are opened as files.
    """
    root, resolved = open_clean_project(directory, today, otherwise="No site was written.")
    if sys.stderr.isatty():
        click.echo("Making the pages; this takes a few seconds.", err=True)
    try:
        files = pipeline.publish(root, resolved, today)
    except pipeline.SiteRefused as refused:
        raise ProjectError(str(refused)) from refused
    project = resolved.spec.project
    with refusals_as_errors():
        replace_tree(root / out, files, project=project.name, spec_version=project.version)
    count = sum(path.endswith(".html") and not path.startswith("sources/") for path in files)
    click.echo(f"{out}: {count} pages. Open {out / 'index.html'}.")
