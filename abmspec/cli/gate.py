"""`abmspec gate`."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import click

from abmspec import pipeline
from abmspec.cache import Cache
from abmspec.cli.options import (
    ProjectError,
    directory_option,
    history_as_errors,
    refusals_as_errors,
    wants_colour,
)
from abmspec.gate import read_answers
from abmspec.gate.inputs import MOST_BYTES
from abmspec.gate.login import is_login
from abmspec.git import Repository
from abmspec.load import PROJECT_PATH
from abmspec.output import write_file
from abmspec.pipeline import Gated, Simulation
from abmspec.report.gate import GateReport, as_evidence, as_json, as_text
from abmspec.report.gate_markdown import as_markdown

FORMATS = {"text": as_text, "markdown": as_markdown, "json": as_json}


class Moment(click.ParamType[datetime]):
    """An ISO time, or a date, which stands for its end; in UTC where no zone is said."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The moment; wrong usage where the text is none."""
        if isinstance(value, datetime):
            return value
        try:
            moment = _moment(value)
        except ValueError:
            self.fail(f"`{value}` is no date or time of the form 2026-10-01T14:30Z.", param, ctx)
        if not 1970 <= moment.year < 3000:
            self.fail(f"`{value}` is in no year that can be judged.", param, ctx)
        return moment


def _moment(text: str) -> datetime:
    with suppress(ValueError):
        return datetime.combine(date.fromisoformat(text), time(23, 59, 59), UTC)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Login(click.ParamType[str]):
    """The name of an account on the forge."""

    name = "login"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The login; wrong usage where no account could have that name."""
        login = str(value).removeprefix("@")
        if not is_login(login):
            self.fail(f"`{value}` is no login: letters, digits, hyphens, dots and underscores.", param, ctx)
        return login


class Answer(click.Path):
    """A file that the forge's answer was put into."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)


@click.command(
    epilog="""\b
Examples:
  abmspec gate --base origin/main                           who would have to approve
  abmspec gate --base origin/main --as ana --if-approved-by bo --if-approved-by cleo
  abmspec gate --base origin/main --reviews reviews.json --commits commits.json --event event.json
"""
)
@click.option(
    "--base", required=True, metavar="REF", help="What is merged into: its policy and its roles hold."
)
@click.option("--head", default="HEAD", metavar="REF", show_default=True, help="What is to be merged.")
@click.option("--reviews", type=Answer(), metavar="FILE", help="The forge's list of reviews, as JSON.")
@click.option("--commits", type=Answer(), metavar="FILE", help="The forge's list of commits, as JSON.")
@click.option(
    "--event", type=Answer(), metavar="FILE", help="The event, or the pull request itself, as JSON."
)
@click.option(
    "--requester", type=Login(), metavar="LOGIN", help="Who asked an app for the change: counts as author."
)
@click.option("--as", "author", type=Login(), metavar="LOGIN", help="Simulate: as if LOGIN had opened it.")
@click.option(
    "--if-approved-by",
    "approved_by",
    type=Login(),
    multiple=True,
    metavar="LOGIN",
    help="Simulate: as if LOGIN had approved it; may be repeated.",
)
@click.option(
    "--evidence",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write what was decided, from what, into FILE.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How to print.",
)
@directory_option
@click.option(
    "--today",
    "now",
    type=Moment(),
    envvar="ABMSPEC_TODAY",
    default=lambda: datetime.now(UTC),
    metavar="TIME",
    show_default="now",
    help="Judge as of this time, or the end of this day (UTC); also ABMSPEC_TODAY.",
)
def command(
    base: str,
    head: str,
    reviews: Path | None,
    commits: Path | None,
    event: Path | None,
    requester: str | None,
    author: str | None,
    approved_by: tuple[str, ...],
    evidence: Path | None,
    format_: str,
    directory: Path,
    now: datetime,
) -> None:
    """Say whether a change may merge, and who still has to approve it.

    The policy, roles, RACI and waivers are those of the base, so a change is never judged by what it brings. Nothing of
    the head is run. What cannot be understood closes the gate. Exit code 0 where it is open, 1 where it is closed.

    GitHub's answers are understood as they are: `gh api --paginate --slurp repos/OWNER/NAME/pulls/NUMBER/reviews`, the
    same with `commits`, and the event's file, or `gh api repos/OWNER/NAME/pulls/NUMBER`. A role that may override the
    policy does so by an approving review with a line that begins with `Override:` and says why.
    """
    answers = read_answers(*(None if path is None else _content(path) for path in (reviews, commits, event)))
    simulation = Simulation(author or "", approved_by) if author or approved_by else None
    root = _project(directory)
    with history_as_errors():
        repository = Repository.of(root)
        folder = repository.place_of(root)
        branch = pipeline.branch_of(repository, folder, base, head, now.date())
        gated = pipeline.gate(branch, answers, now, requester or "", simulation, Cache.of_project(root))
    report = _report(gated)
    if evidence is not None:
        moment = now.astimezone(UTC).replace(microsecond=0).isoformat()
        with refusals_as_errors():
            kept = as_evidence(report, pipeline.artefacts(gated), moment)
            write_file(evidence, kept.encode("utf-8", "backslashreplace"))
    click.echo(FORMATS[format_](report), nl=False, color=report.colour)
    raise click.exceptions.Exit(0 if gated.decision.is_open else 1)


def _project(directory: Path) -> Path:
    """The folder of the project: where an `abmspec.yaml` stands, else the folder itself: a bare repository has none."""
    start = directory.resolve()
    return next((place for place in (start, *start.parents) if (place / PROJECT_PATH).is_file()), start)


def _content(path: Path) -> bytes:
    """What is in a file; of one that is too large only so much that this shows."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be read: {(error.strerror or 'no reason given').lower()}."
        ) from error


def _report(gated: Gated) -> GateReport:
    tip = gated.branch.project(gated.branch.tip).resolved
    roles = tip.spec.governance.roles if tip is not None else {}
    regions = {id for resolved in (tip, gated.head) if resolved is not None for id in resolved.regions}
    return GateReport(
        decision=gated.decision,
        changes=gated.changes,
        findings=gated.verdict.diagnostics,
        base=gated.branch.tip,
        merge_bases=gated.branch.merge_bases,
        head=gated.branch.head,
        roles={id: role.label for id, role in roles.items()},
        regions=frozenset(regions),
        colour=wants_colour(),
    )
