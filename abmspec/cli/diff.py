"""`abmspec diff`."""

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
    today_option,
    wants_colour,
)
from abmspec.diff.change import CLASSES
from abmspec.git import Repository
from abmspec.load import PROJECT_PATH
from abmspec.pipeline import State
from abmspec.report.changes import ChangeReport, as_json, as_text
from abmspec.report.changes_markdown import as_markdown
from abmspec.resolve import Resolved

FORMATS = {"text": as_text, "markdown": as_markdown, "json": as_json}


@click.command(
    epilog="""\b
Examples:
  abmspec diff                          what the working tree changes since the last commit
  abmspec diff main                     … since main
  abmspec diff v1.3.0 v1.4.0            from one release to the next
  abmspec diff ../abm-old .             from one folder to another
  abmspec diff main --region emea --class breaking --class forbidden
"""
)
@click.argument("base", default="HEAD", shell_complete=completion.refs)
@click.argument("head", default="", shell_complete=completion.refs)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How to print.",
)
@click.option(
    "--region",
    metavar="REGION",
    help="Only what this region states or feels.",
    shell_complete=completion.regions,
)
@click.option(
    "--class", "classes", type=click.Choice(CLASSES), multiple=True, help="Only this class; may be repeated."
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 where something changed, for scripts.")
@directory_option
@today_option
def command(
    base: str,
    head: str,
    format_: str,
    region: str | None,
    classes: tuple[str, ...],
    exit_code: bool,
    directory: Path,
    today: date,
) -> None:
    """Say what changed, in meaning, and who feels it.

    BASE and HEAD are each a Git ref, or a folder that holds an abmspec.yaml. Default: from the last commit to the
    working tree. Moving a file, the order of keys, layout and comments are no change.
    """
    with history_as_errors():
        before, after = _state(base, directory), _state(head, directory)
        compared = pipeline.diff(before, after, today)
    if region is not None:
        _require_region(region, compared.resolved)
    changes = tuple(
        change
        for change in compared.changes
        if (not classes or change.change_class in classes) and (region is None or change.concerns(region))
    )
    colour = wants_colour()
    regions = frozenset(compared.resolved[0].regions) & frozenset(compared.resolved[1].regions)
    report = ChangeReport(compared.base, compared.head, changes, regions, compared.unread, colour)
    click.echo(FORMATS[format_](report), nl=False, color=colour)
    if exit_code and changes:
        raise click.exceptions.Exit(1)


def _state(name: str, directory: Path) -> State:
    """The project that a name stands for: a folder with a project in it, a ref; nothing for the working tree."""
    if not name:
        return pipeline.state_in(find_project(directory), "the working tree")
    folder = directory / name
    if (folder / PROJECT_PATH).is_file():
        return pipeline.state_in(folder.resolve(), name)
    root = find_project(directory)
    repository = Repository.of(root)
    return pipeline.state_at(repository, name, repository.place_of(root))


def _require_region(region: str, both: tuple[Resolved, Resolved]) -> None:
    known = {**both[0].regions, **both[1].regions}
    if region not in known:
        raise click.UsageError(no_such("region", region, known))
