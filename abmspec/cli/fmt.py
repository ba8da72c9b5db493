"""`abmspec fmt`."""

from __future__ import annotations

from pathlib import Path

import click

from abmspec import load
from abmspec.cli.options import directory_option, find_project, refusals_as_errors
from abmspec.output import replace_files


@click.command(
    epilog="""\b
Examples:
  abmspec fmt                        every file of the spec
  abmspec fmt regions/emea           the files of a folder
  abmspec fmt --check --diff         what would change; exit 1 where anything would
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--check", "check_", is_flag=True, help="Write nothing; exit 1 where a file is in another form."
)
@click.option("--diff", "diff_", is_flag=True, help="Write nothing; print what would change.")
@directory_option
def command(paths: tuple[Path, ...], check_: bool, diff_: bool, directory: Path) -> None:
    """Bring the spec's files into their canonical form.

    Keys stand in the order of the schemas, text is quoted where readers of YAML would differ, two spaces indent a
    level. Comments, blank lines and everything whose order is meaning stay. Exit code 1 where a file does not parse.
    """
    from abmspec.edit import Change, EditRefused, formatted, unified

    root = find_project(directory)
    files = load.collect(root)
    chosen = _chosen(root, files, [(directory / path).resolve() for path in paths])
    changes, refused = [], [f"{found.path}: {found.message}" for found in files.diagnostics if not paths]
    for entry in chosen:
        raw = files.contents[entry.path]
        try:
            text = formatted(entry.path, raw.decode("utf-8"), entry.kind)
        except UnicodeDecodeError:
            refused.append(f"{entry.path}: the file is not UTF-8.")
        except EditRefused as refusal:
            refused.append(str(refusal))
        else:
            if text.encode() != raw:
                changes.append(Change(entry.path, raw, text.encode()))
    if not (check_ or diff_):
        with refusals_as_errors():
            replace_files(root, changes)
    if diff_:
        click.echo(unified(changes), nl=False)
    else:
        for change in changes:
            click.echo(f"{'would change' if check_ else 'formatted'}: {change.path}")
    for why in refused:
        click.echo(f"left as it is: {why}", err=True)
    same = len(chosen) - len(changes) - len(refused)
    state = "would change" if check_ or diff_ else "formatted"
    click.echo(f"{_files(len(changes))} {state}, {_files(same)} in form already.", err=True)
    raise click.exceptions.Exit(1 if refused or (check_ and changes) else 0)


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"


def _chosen(root: Path, files: load.Files, places: list[Path]) -> list[load.Entry]:
    """The files that were asked for. UsageError for a path with none."""
    entries = [entry for entry in files.layout.entries if entry.path in files.contents]
    for place in places:
        if not any(_is_under(root / entry.path, place) for entry in entries):
            raise click.UsageError(f"{place} is no file of the spec, nor a folder with one.")
    return [
        entry
        for entry in entries
        if not places or any(_is_under(root / entry.path, place) for place in places)
    ]


def _is_under(file: Path, place: Path) -> bool:
    return file == place or place in file.parents
