"""`abmspec version`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from abmspec import pipeline
from abmspec.cli.options import (
    directory_option,
    find_project,
    history_as_errors,
    refusals_as_errors,
    today_option,
    wants_colour,
)
from abmspec.diagnostic import Diagnostic
from abmspec.git import Repository
from abmspec.jsontext import json_text
from abmspec.load import PROJECT_PATH
from abmspec.output import replace_files
from abmspec.report.changes import headline
from abmspec.report.text import paint, visible
from abmspec.semver import Demand, Level, level_of
from abmspec.words import counted

VERSION = 1
COLOURS: dict[Level, str] = {"major": "31", "minor": "33", "patch": "2"}
MOST_NAMED = 10


@click.command(
    epilog="""\b
Examples:
  abmspec version                     what the changes since the last release ask for
  abmspec version --check             exit 1 where abmspec.yaml's version is too low
  abmspec version --write             raise it
"""
)
@click.option("--check", "check_", is_flag=True, help="Exit with 1 where the stated version is too low.")
@click.option("--write", is_flag=True, help="Write the version that is asked for into abmspec.yaml.")
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="How to print."
)
@directory_option
@today_option
def command(check_: bool, write: bool, format_: str, directory: Path, today: date) -> None:
    """Say which version the spec's changes ask for.

    What breaks asks for a major version, what adds or changes an answer for a minor one, wording for a patch. Counted
    from the highest release tag (v1.4.0 or 1.4.0), or from the project's first commit, to the working tree.
    """
    if check_ and write:
        raise click.UsageError("--check and --write exclude each other.")
    root = find_project(directory)
    with history_as_errors():
        repository = Repository.of(root)
        head = pipeline.state_in(root, "the working tree")
        demand, compared = pipeline.version_demand(repository, repository.resolve("HEAD"), head, today)
    _refuse_unread(compared.unread[1])
    written = write and bool(demand.fault)
    if written:
        _write(root, str(demand.demanded))
    if format_ == "json":
        click.echo(_as_json(demand, written=written), nl=False)
    else:
        _print(demand, written=written)
    for found in compared.unread[0]:
        click.echo(f"Not counted: {visible(found.path)} of {demand.since} cannot be read.", err=True)
    if check_ and demand.fault:
        raise click.exceptions.Exit(1)


def _refuse_unread(unread: tuple[Diagnostic, ...]) -> None:
    """Ends the command where files of the working tree cannot be read: what they change cannot be known."""
    for found in unread:
        click.echo(visible(f"{found.path}:{found.line}:{found.column}: {found.message}"), err=True)
    if unread:
        click.echo("No version was determined. Mend the errors first.", err=True)
        raise click.exceptions.Exit(1)


def _write(root: Path, version: str) -> None:
    from abmspec.edit import SetValue, change

    before = (root / PROJECT_PATH).read_bytes()
    with refusals_as_errors():
        replace_files(root, [change(PROJECT_PATH, before, [SetValue(("version",), version)], "project")])


def _print(demand: Demand, *, written: bool) -> None:
    colour = wants_colour()
    if not demand.changes:
        click.echo(f"Nothing has changed since {visible(demand.since)} that asks for another version.")
    else:
        asked = paint(f"{demand.demanded} ({demand.level})", "1", colour)
        click.echo(f"The changes since {visible(demand.since)} ask for {asked}:", color=colour)
    for level in ("major", "minor", "patch"):
        asking = [change for change in demand.changes if level_of(change) == level]
        for change in asking[:MOST_NAMED]:
            label = f" “{visible(change.label)}”" if change.label else ""
            mark = paint(f"{level:<5}", COLOURS[level], colour)
            click.echo(f"  {mark}  {visible(change.address)}{label}: {headline(change)}", color=colour)
        if len(asking) > MOST_NAMED:
            click.echo(f"         … and {counted(len(asking) - MOST_NAMED, f'more {level} change')}")
    if written:
        click.echo(f"{PROJECT_PATH}: version {demand.stated} → {demand.demanded}")
    elif demand.fault:
        click.echo(f"{PROJECT_PATH} says {demand.stated}. Raise it: abmspec version --write")
    else:
        click.echo(f"{PROJECT_PATH} says {demand.stated}, which is enough.")


def _as_json(demand: Demand, *, written: bool) -> str:
    return json_text(
        {
            "version": VERSION,
            "since": demand.since,
            "last": str(demand.last),
            "stated": str(demand.demanded if written else demand.stated),
            "demanded": str(demand.demanded),
            "level": demand.level,
            "enough": written or not demand.fault,
            "changes": [
                {
                    "address": change.address,
                    "class": change.change_class,
                    "level": level_of(change),
                    "why": [reason.why for reason in change.reasons],
                }
                for change in demand.changes
            ],
        }
    )
