"""`abmspec github`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from abmspec import __version__
from abmspec.cli.options import (
    ProjectError,
    directory_option,
    folder_in_repository,
    open_clean_project,
    refusals_as_errors,
    today_option,
    wants_colour,
)  # fmt: skip
from abmspec.diff.files import DECIDING, TOOL, TOOL_FILE
from abmspec.edit import Change, unified
from abmspec.github import NOTICE, NoHandle, repository_files, workflows
from abmspec.output import replace_files
from abmspec.words import counted

INSTALL = ("python -m venv .venv", f".venv/bin/pip install --quiet 'abmspec[all]=={__version__}'")


class Variable(click.ParamType[tuple[str, str]]):
    """`NAME=VALUE`, as its two parts."""

    name = "name=value"

    def convert(
        self, value: str | tuple[str, str], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """The two parts; wrong usage where the name is none that a shell has."""
        if isinstance(value, tuple):
            return value
        name, equals, content = value.partition("=")
        if not equals or not name.isidentifier() or not name.isascii() or '"' in content or "\\" in content:
            self.fail(f"`{value}` is no variable of the form NAME=VALUE.", param, ctx)
        return name, content


@click.command(
    "github",
    epilog="""\b
Examples:
  abmspec github                after a change of roles, owners or regions
  abmspec github --check        in a workflow: do they still follow from the spec?
  abmspec github --workflows    to begin with, and after abmspec itself was brought up to date
""",
)
@click.option("--check", "check_only", is_flag=True, help="Write nothing; show what differs and end with 1.")
@click.option(
    "--workflows",
    "with_workflows",
    is_flag=True,
    help="The workflows too: advice, gate, intake, agenda, release.",
)
@click.option(
    "--install",
    multiple=True,
    metavar="COMMAND",
    help="How a workflow makes .venv/bin/abmspec; may be given again. By default from the package of this version.",
)
@click.option(
    "--env",
    "environment",
    multiple=True,
    type=Variable(),
    metavar="NAME=VALUE",
    help="Set this wherever a workflow runs abmspec; may be given again.",
)
@click.option("--force", is_flag=True, help="Replace files that were written by hand, too.")
@directory_option
@today_option
def command(
    check_only: bool,
    with_workflows: bool,
    install: tuple[str, ...],
    environment: tuple[tuple[str, str], ...],
    force: bool,
    directory: Path,
    today: date,
) -> None:
    """Write the repository files that follow from the spec.

    CODEOWNERS and the issue forms follow from owners, roles, the RACI, regions and picklists. They stand in `.github/`
    of the repository that the project lies in. Who is asked to review is not who must approve: that is for the gate.
    """
    root, resolved = open_clean_project(directory, today, "Nothing was written.")
    folder = folder_in_repository(root)
    top = root.parents[folder.count("/") - 1] if folder else root
    try:
        files = repository_files(resolved, folder, beside(top))
    except NoHandle as error:
        raise ProjectError(str(error)) from error
    if with_workflows:
        files |= workflows(resolved, install or INSTALL, dict(environment))
    changes = [_change(top, path, content, force=force or check_only) for path, content in files.items()]
    wanted = [change for change in changes if change.before != change.after]
    if check_only:
        _show(wanted)
        return
    with refusals_as_errors():
        replace_files(top, wanted)
    for change in wanted:
        click.echo(change.path)
    click.echo(
        f"{counted(len(wanted), 'file')} written, {len(changes) - len(wanted)} as they were.", err=True
    )


def beside(top: Path) -> Iterator[str]:
    """What a repository has beside the spec that decides what becomes of it."""
    tool = (TOOL,) if (top / TOOL_FILE).is_file() else ()
    for path in (*DECIDING, *tool):
        # What stands in `.github/` belongs to who owns that.
        if not path.startswith(".github/") and (top / path).exists():
            yield path


def _show(wanted: list[Change]) -> None:
    if not wanted:
        click.echo("The repository files are what the spec makes of them.", err=True)
        return
    click.echo(unified(wanted), nl=False, color=wants_colour(sys.stdout))
    click.echo(
        f"{counted(len(wanted), 'file')} of the repository would change. Run: abmspec github", err=True
    )
    raise click.exceptions.Exit(1)


def _change(top: Path, path: str, content: bytes, *, force: bool) -> Change:
    """The change of one file. ProjectError where it was written by hand and is not to be replaced."""
    try:
        before = (top / path).read_bytes()
    except FileNotFoundError:
        return Change(path, None, content)
    except OSError as error:
        raise ProjectError(f"{path} cannot be read: {(error.strerror or '').lower()}.") from error
    if not force and before.strip() and NOTICE.encode() not in before.partition(b"\n\n")[0]:
        raise ProjectError(f"{path} was written by hand. Move it away, or replace it with --force.")
    return Change(path, before, content)
