"""`abmspec schema`."""

from __future__ import annotations

from pathlib import Path

import click

from abmspec.cli.options import directory_option, refusals_as_errors
from abmspec.output import write_file
from abmspec.schema import outputs, schemas


@click.command(
    epilog="""\b
Examples:
  abmspec schema --out schemas    one self-contained file a kind, JSON Schema 2020-12
"""
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("schemas"),
    show_default=True,
    metavar="DIR",
    help="The folder to write into.",
)
@directory_option
def command(out: Path, directory: Path) -> None:
    """Write the JSON Schemas of the spec's files.

    Below outputs/ stand those of what abmspec prints as JSON.
    """
    target = directory / out
    written = {**dict(schemas()), **dict(outputs())}
    with refusals_as_errors():
        for name, content in written.items():
            write_file(target / name, content)
    click.echo(f"{len(written)} schemas in {target}")
