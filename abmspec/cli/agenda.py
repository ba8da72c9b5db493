"""`abmspec agenda`."""

from __future__ import annotations

import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from abmspec import pipeline
from abmspec.agenda import Agenda, Item, Meeting, NoMeeting, assemble, meeting_of
from abmspec.agenda.figures import Figures, Stretch
from abmspec.agenda.pulls import read_pulls
from abmspec.cli.options import Day, ProjectError, directory_option, open_project, today_option
from abmspec.duration import Duration
from abmspec.gate.inputs import Unreadable
from abmspec.git import GitRefused
from abmspec.report.agenda import as_json, as_markdown
from abmspec.resolve import Resolved

if TYPE_CHECKING:
    from abmspec.diff.change import Change

MOST_MERGES = 100
MINUTES = 60


@click.command(
    epilog="""\b
Examples:
  abmspec agenda                          the next meeting, as Markdown
  abmspec agenda --date 2026-11-11        a meeting on another day
  abmspec agenda --format ics > council.ics
  abmspec agenda --kpis --since 2026-01-01 --by tag
  abmspec agenda --pulls pulls.json       … of gh api --paginate --slurp repos/OWNER/NAME/pulls
"""
)
@click.option(
    "--date",
    "day",
    type=Day(),
    metavar="DATE",
    show_default="the next meeting, as the council's file says",
    help="The day of the meeting.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["markdown", "json", "ics"]),
    default="markdown",
    show_default=True,
    help="How to print. A calendar file is `ics`; what a webhook is sent is `json`.",
)
@click.option(
    "--pulls",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Open pull requests, as GitHub lists them: they want a decision.",
)
@click.option("--kpis", is_flag=True, help="Work out the figures of governance from the history.")
@click.option(
    "--since",
    type=Day(),
    metavar="DATE",
    show_default="a year before --today",
    help="With --kpis: where the history begins that is looked at.",
)
@click.option(
    "--by",
    type=click.Choice(["month", "tag"]),
    default="month",
    show_default=True,
    help="With --kpis: at the end of each month, or at each tag.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=MOST_MERGES,
    show_default=True,
    help="With --kpis: look at so many merges at most, the newest.",
)
@click.option(
    "--time",
    "begins",
    type=click.DateTime(["%H:%M"]),
    metavar="HH:MM",
    show_default="when the project's calendar opens",
    help="With ics: when the meeting begins, in the time zone of the project's calendar.",
)
@click.option(
    "--minutes",
    type=click.IntRange(5, 24 * 60),
    default=MINUTES,
    show_default=True,
    help="With ics: how long it takes.",
)
@directory_option
@today_option
def command(
    day: date | None,
    format_: str,
    pulls: Path | None,
    kpis: bool,
    since: date | None,
    by: str,
    limit: int,
    begins: datetime | None,
    minutes: int,
    directory: Path,
    today: date,
) -> None:
    """Write the agenda of the council's next meeting.

    What wants a decision, what is due before the council meets again, what nobody uses, and what changed since the
    last meeting. Nothing is sent: --format json is what a webhook is given, --format ics what goes
    into a calendar.

    With --kpis: how long approval takes, how many definitions contradict each other, and what changes, by class, region
    and month, out of the history of the default branch.
    """
    _require_fit(format_, kpis)
    root, verdict, resolved = open_project(directory, today)
    try:
        meeting = meeting_of(resolved.spec.governance.council, today, day)
    except NoMeeting as error:
        raise ProjectError(str(error)) from error
    stretch = Stretch(since or Duration(1, "year").before(today), today, limit)
    agenda = assemble(
        resolved,
        meeting,
        verdict.diagnostics,
        pulls=_read_pulls(directory / pulls) if pulls is not None else (),
        changes=_changes(root, resolved, meeting, today),
        figures=_figures(root, resolved, stretch, by_tag=by == "tag") if kpis else None,
    )
    if format_ == "ics":
        click.echo(_invitation(agenda, today, begins, minutes), nl=False)
    else:
        click.echo(as_json(agenda) if format_ == "json" else as_markdown(agenda), nl=False)


def _require_fit(format_: str, kpis: bool) -> None:
    """UsageError for options that say something of what is not asked for."""
    context = click.get_current_context()
    given = {
        name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    }
    for option, name in (("--since", "since"), ("--by", "by"), ("--limit", "limit")):
        if name in given and not kpis:
            raise click.UsageError(f"{option} is for --kpis: add that, or leave it out.")
    for option, name in (("--time", "begins"), ("--minutes", "minutes")):
        if name in given and format_ != "ics":
            raise click.UsageError(f"{option} is for --format ics: add that, or leave it out.")
    if kpis and format_ == "ics":
        raise click.UsageError("--kpis is for --format markdown or json: a calendar has no room for figures.")


def _read_pulls(file: Path) -> tuple[Item, ...]:
    try:
        return read_pulls(file.read_bytes())
    except OSError as error:
        raise ProjectError(f"{file} cannot be read: {(error.strerror or '').lower()}.") from error
    except Unreadable as error:
        raise ProjectError(f"{file}: {error}") from error


def _changes(root: Path, resolved: Resolved, meeting: Meeting, today: date) -> tuple[Change, ...] | str:
    """What changed since the last meeting, or why that is not known: an agenda is one without it too."""
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return "What changed is not known: the project is in no Git repository."
    try:
        changes = pipeline.History(root).changes_since(meeting.last, resolved, today)
    except GitRefused as refusal:
        return " ".join(filter(None, ("What changed is not known.", refusal.why, refusal.mend)))
    if changes is None:
        return f"What changed is not known: the history has no spec of {meeting.last} that can be read."
    return changes


def _figures(root: Path, resolved: Resolved, stretch: Stretch, *, by_tag: bool) -> Figures:
    """The figures, with progress on a terminal."""
    try:
        history = pipeline.History(root)
        work = history.work(stretch, by_tag=by_tag)
        with click.progressbar(
            length=work.steps, label="Reading the history", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:
            return history.figures(work, stretch, resolved, lambda: bar.update(1))
    except GitRefused as refusal:
        raise ProjectError(str(refusal)) from refusal


def _invitation(agenda: Agenda, today: date, begins: datetime | None, minutes: int) -> bytes:
    from abmspec.report.invitation import Appointment, as_invitation

    at = begins.time() if begins is not None else time.fromisoformat(agenda.meeting.opens)
    try:
        return as_invitation(agenda, Appointment(today, at, timedelta(minutes=minutes)))
    except ModuleNotFoundError as missing:
        why = f"{missing.name} is not installed. Install it with: pip install 'abmspec[calendar]'"
        raise ProjectError(why) from missing
