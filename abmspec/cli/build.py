"""`abmspec build`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from abmspec import pipeline
from abmspec.cli import completion
from abmspec.cli.options import (
    directory_option,
    open_clean_project,
    refusals_as_errors,
    today_option,
)  # fmt: skip
from abmspec.output import differences, replace_tree
from abmspec.words import counted


@click.command(
    epilog="""\b
Examples:
  abmspec build                      every instance that something is compiled for, into dist/
  abmspec build sf-core mkto         these instances; what dist/ has of others stays
  abmspec build salesforce           every instance of a kind
  abmspec build --check              does dist/ hold just what a build would write?
"""
)
@click.argument("systems", nargs=-1, metavar="[SYSTEM]...", shell_complete=completion.systems)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("dist"),
    show_default=True,
    metavar="DIR",
    help="Where to write, from the project's folder.",
)
@click.option("--check", "check_", is_flag=True, help="Write nothing; exit 1 where DIR differs from a build.")
@directory_option
@today_option
def command(systems: tuple[str, ...], out: Path, check_: bool, directory: Path, today: date) -> None:
    """Compile the spec into what each system deploys.

    Checks first, and writes nothing where an error is found. The same spec gives the same bytes.
    """
    root, resolved = open_clean_project(directory, today, otherwise="Nothing was built.")
    try:
        built = pipeline.build(resolved, systems)
    except pipeline.UnknownSystem as unknown:
        raise click.UsageError(str(unknown)) from unknown
    target = root / out
    with refusals_as_errors():
        files = pipeline.beside_what_stands(target, built) if systems else built.files
        if check_:
            found = differences(target, files, **built.stated)
            for line in found:
                click.echo(line)
            click.echo(
                f"{out} differs from a build in {counted(len(found), 'file')}."
                if found
                else f"{out} is up to date."
            )
            raise click.exceptions.Exit(1 if found else 0)
        replace_tree(target, files, **built.stated)
    for instance in built.instances:
        count = sum(path.startswith(f"{instance}/") for path in built.files)
        click.echo(f"{out / instance}: {counted(count, 'file')}")
    if built.without_target:
        click.echo(
            f"Nothing is compiled for {', '.join(built.without_target)}; what they hold is in {out}/spec.json."
        )
