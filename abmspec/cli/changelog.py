"""`abmspec changelog`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from abmspec import pipeline
from abmspec.cli import completion
from abmspec.cli.options import (
    directory_option,
    find_project,
    history_as_errors,
    no_such,
    refusals_as_errors,
    today_option,
)
from abmspec.git import Repository
from abmspec.output import write_file
from abmspec.report.changelog import as_json, as_markdown

FORMATS = {"markdown": as_markdown, "json": as_json}


@click.command(
    epilog="""\b
Examples:
  abmspec changelog                             since the last release
  abmspec changelog --since main --region emea  what a branch means for EMEA
  abmspec changelog --all --out CHANGELOG.md    every release
"""
)
@click.option(
    "--since",
    metavar="REF",
    default="",
    help="Count from this ref, not from the last release.",
    shell_complete=completion.refs,
)
@click.option("--all", "everything", is_flag=True, help="A chapter for every release.")
@click.option(
    "--region",
    metavar="REGION",
    help="Only what this region states or feels.",
    shell_complete=completion.regions,
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    default="markdown",
    show_default=True,
    help="How to write it.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to a file instead of printing.",
)
@directory_option
@today_option
def command(
    since: str,
    everything: bool,
    region: str | None,
    format_: str,
    out: Path | None,
    directory: Path,
    today: date,
) -> None:
    """Write what changed for those who use the spec.

    What is new, what means something else, what goes away and when, what is gone: from the changes themselves, since
    the highest release tag (v1.4.0 or 1.4.0) or the project's first commit. Nobody has to keep notes.
    """
    if since and everything:
        raise click.UsageError("--since and --all exclude each other.")
    root = find_project(directory)
    if region is not None and region not in (known := pipeline.names(root).regions):
        raise click.UsageError(no_such("region", region, known))
    with history_as_errors():
        repository = Repository.of(root)
        head = pipeline.state_in(root, "the working tree")
        changelog = pipeline.changelog(repository, head, today, since, everything=everything)
    text = FORMATS[format_](changelog if region is None else changelog.of_region(region))
    if out is None:
        click.echo(text, nl=False)
        return
    with refusals_as_errors():
        write_file(directory / out, text.encode())
