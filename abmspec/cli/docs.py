"""`abmspec docs`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from abmspec import pipeline
from abmspec.cli.options import (
    ProjectError,
    directory_option,
    find_project,
    refusals_as_errors,
    report_on,
    require_usable,
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
    root = find_project(directory)
    verdict, resolved = pipeline.judge(root, today)
    require_usable(verdict)
    if verdict.errors or resolved is None:
        report_on(verdict, root)
        click.echo("No site was written: mend the errors first.", err=True)
        raise click.exceptions.Exit(1)
    try:
        files = pipeline.publish(root, resolved, today)
    except pipeline.SiteRefused as refused:
        raise ProjectError(str(refused)) from refused
    project = resolved.spec.project
    with refusals_as_errors():
        replace_tree(root / out, files, project=project.name, spec_version=project.version)
    count = sum(path.endswith(".html") and not path.startswith("sources/") for path in files)
    click.echo(f"{out}: {count} pages. Open {out / 'index.html'}.")
