"""Options that several commands take, and the project that they work on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from abmspec import pipeline
from abmspec.load import PROJECT_PATH
from abmspec.output import OutputRefused
from abmspec.pipeline import Verdict
from abmspec.words import did_you_mean, listing

if TYPE_CHECKING:
    from abmspec.lookup import Thing
    from abmspec.resolve import Resolved

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """An ISO date, as a `datetime.date`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date; wrong usage where the text is none."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"`{value}` is no date of the form 2026-10-01.", param, ctx)


def directory_option(command: F) -> F:
    """`-C DIR`, which every command takes."""
    return click.option(
        "-C",
        "directory",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=Path(),
        metavar="DIR",
        help="Run as if started in DIR.",
    )(command)


def today_option(command: F) -> F:
    """`--today DATE`, on every command that judges terms, sunsets or waivers."""
    return click.option(
        "--today",
        type=Day(),
        envvar="ABMSPEC_TODAY",
        default=pipeline.current_day,
        metavar="DATE",
        show_default="the current day, UTC",
        help="Judge terms, sunsets and waivers as of this day; also ABMSPEC_TODAY.",
    )(command)


class ProjectError(click.ClickException):
    """The project or the place to write to cannot be used: exit code 2."""

    exit_code = 2


@contextmanager
def refusals_as_errors() -> Iterator[None]:
    """An output that was refused ends the command with the reason and exit code 2; a stop says what it left."""
    try:
        yield
    except OutputRefused as refusal:
        raise ProjectError(str(refusal)) from refusal
    except KeyboardInterrupt as stop:
        for note in getattr(stop, "__notes__", ()):
            click.echo(note, err=True)
        raise


@contextmanager
def history_as_errors() -> Iterator[None]:
    """A repository that cannot be read, or a state that cannot be compared, ends the command with exit code 2."""
    from abmspec.git import GitRefused

    try:
        yield
    except (GitRefused, pipeline.NotComparable) as refusal:
        raise ProjectError(str(refusal)) from refusal


def find_project(directory: Path) -> Path:
    """The folder with `abmspec.yaml`: `directory` or the nearest one above it. ProjectError where there is none."""
    start = directory.resolve()
    for folder in (start, *start.parents):
        if (folder / PROJECT_PATH).is_file():
            return folder
    misnamed = start / "abmspec.yml"
    if misnamed.is_file():
        raise ProjectError(f"{misnamed} is not read: rename it to {PROJECT_PATH}.")
    raise ProjectError(
        f"No {PROJECT_PATH} in {start} or above it, so this is no abmspec project. Go to one, or name it with -C DIR."
    )


def folder_in_repository(root: Path) -> str:
    """Where the project lies in its Git repository: `abm/`; empty for its root, or where there is no repository."""
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            return "".join(f"{name}/" for name in root.relative_to(folder).parts)
    return ""


def require_usable(verdict: Verdict) -> None:
    """ProjectError where `abmspec.yaml` cannot be used, or wants another abmspec: nothing can be said of the rest."""
    misfits = [found for found in verdict.diagnostics if found.rule == "project-requires"]
    if verdict.usable and not misfits:
        return
    why = [
        f"  {found.path}:{found.line}:{found.column}: {found.message} {found.suggestion}".rstrip()
        for found in misfits or verdict.diagnostics
        if found.path == PROJECT_PATH
    ]
    raise ProjectError("\n".join((f"{PROJECT_PATH} cannot be used, so nothing else was judged.", *why)))


def open_project(directory: Path, today: date) -> tuple[Path, Verdict, Resolved]:
    """The project's folder, the verdict on it and its resolved spec. ProjectError where it cannot be used."""
    root = find_project(directory)
    verdict, resolved = pipeline.judge(root, today)
    require_usable(verdict)
    assert resolved is not None, "a usable project is resolved"
    return root, verdict, resolved


def open_clean_project(directory: Path, today: date, otherwise: str) -> tuple[Path, Resolved]:
    """The project's folder and its resolved spec. Where it has errors, they are printed and the command ends with 1."""
    root, verdict, resolved = open_project(directory, today)
    if verdict.errors:
        report_on(verdict, root)
        click.echo(f"{otherwise} Mend the errors first.", err=True)
        raise click.exceptions.Exit(1)
    return root, resolved


def report_on(verdict: Verdict, root: Path) -> None:
    """Prints a verdict's findings for people, on standard error."""
    from abmspec.check import all_rules
    from abmspec.report import Report
    from abmspec.report.text import as_text

    colour = wants_colour(sys.stderr)
    report = Report(verdict.diagnostics, verdict.waived, all_rules(), root, verdict.files, None, colour)
    click.echo(as_text(report), nl=False, err=True, color=colour)


def wants_colour(stream: Any = None) -> bool:
    """Whether to colour what goes to the stream: a terminal, and `NO_COLOR` not set (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    stream = stream or sys.stdout
    # A closed stream is None.
    return stream is not None and bool(stream.isatty()) and os.environ.get("TERM") != "dumb"


def no_such(what: str, name: str, known: Iterable[str]) -> str:
    """What to say of a name that is none: the nearest one, or all where they are few."""
    names = list(known)
    hint = did_you_mean(name, names) or f"There are: {', '.join(names) or 'none'}."
    return f"There is no {what} `{name}`. {hint}"


def no_such_rule(name: str, known: Iterable[str]) -> str:
    """What to say of a rule that is none: the nearest one, and where all of them are named."""
    hints = filter(None, (did_you_mean(name, known), "`abmspec explain --list` names them all."))
    return f"There is no rule `{name}`. {' '.join(hints)}"


def find_thing(resolved: Resolved, address: str, region: str | None) -> Thing:
    """The thing at an address, as the region sees it. UsageError, with the nearest addresses, where there is none.

    Which files cannot be used, so that something may be missing, is said on standard error.
    """
    from abmspec import lookup

    if region is not None and region not in resolved.regions:
        raise click.UsageError(no_such("region", region, resolved.regions))
    thing = lookup.find(resolved, address, region or "")
    if unread := sorted(resolved.spec.broken):
        click.echo(
            f"note: What stands in {listing(unread, 'and')} is missing here, for it cannot be used as it is. `abmspec "
            "check` says why.",
            err=True,
        )
    if thing is None:
        hint = lookup.hint(address, lookup.addresses(resolved))
        raise click.UsageError(f"Nothing has the address `{address}`. {hint}")
    return thing
