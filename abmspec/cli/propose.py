"""`abmspec propose`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn, TypeVar, get_args

import click

from abmspec import pipeline
from abmspec.cli import completion
from abmspec.cli.adding import choices
from abmspec.cli.options import (
    Day,
    ProjectError,
    directory_option,
    find_project,
    refusals_as_errors,
    require_usable,
    today_option,
    wants_colour,
)  # fmt: skip
from abmspec.output import replace_files
from abmspec.proposal.proposal import NothingThere, ProposalRefused
from abmspec.proposal.reading import MOST_BYTES, RequestInvalid, read_request
from abmspec.proposal.request import (
    Add,
    AnyRequest,
    Deprecate,
    Hide,
    Kind,
    Map,
    Relabel,
    Rename,
    Retire,
    Translate,
)  # fmt: skip
from abmspec.report import proposals
from abmspec.report.text import visible
from abmspec.words import counted

if TYPE_CHECKING:
    from abmspec.proposal import Proposal

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class How:
    """How a proposal is made and shown: where, on which day, whether to write it."""

    directory: Path
    today: date
    format: str
    write: bool


class Refused(click.ClickException):
    """A request that cannot be met."""

    exit_code = 1


def _how(command: F) -> F:
    """The options of everything that proposes, given to the command as one."""

    @wraps(command)
    def with_how(
        *arguments: Any, directory: Path, today: date, format_: str, write: bool, **named: Any
    ) -> Any:
        return command(*arguments, how=How(directory, today, format_, write), **named)

    options = (
        click.option("--write", is_flag=True, help="Write the changes: all of them, or none."),
        click.option(
            "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="How to print."
        ),
        today_option,
        directory_option,
    )
    decorated: Any = with_how
    for option in options:
        decorated = option(decorated)
    made: F = decorated
    return made


_reason = click.option("--reason", default="", metavar="TEXT", help="Why it is wanted.")
_region = click.option(
    "--region", default="", metavar="REGION", help="The region.", shell_complete=completion.regions
)
_address = click.argument("address", shell_complete=completion.addresses)


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  abmspec propose add value --picklist industry --region nordics --label Fintech --maps-to financial-services
  abmspec propose rename picklist.industry.value.media publishing
  abmspec propose deprecate segment.small-business --replaced-by midmarket-tech --replace
  abmspec propose translate picklist.industry.value.energy fr=Énergie --region emea
  abmspec propose hide field.account.tech-stack --region japan --write
  abmspec propose - < request.json              one request as JSON; its schema is in `abmspec schema`
  abmspec propose retire picklist.industry.value.media-telecom | git apply
""",
)
@click.option(
    "--from",
    "source",
    type=click.File("rb"),
    metavar="FILE",
    help="Read the request from FILE as JSON; `-` is standard input.",
)
@_how
@click.pass_context
def command(ctx: click.Context, source: IO[bytes] | None, how: How) -> None:
    """Propose a change of the spec: what would be written, and what it touches.

    Uses follow, comments and layout stay. What has errors afterwards that it has not now is never written. Exit code 1
    where the change cannot be made. The diff is printed on standard output, all else on standard error.
    """
    if ctx.invoked_subcommand is None:
        if source is None:
            raise click.UsageError("Say what to change: `abmspec propose --help` lists what can be done.")
        _from(source, how)
        return
    if source is not None:
        raise click.UsageError("--from has the whole request: leave out the action.")
    sources = {name: ctx.get_parameter_source(name) for name in ("today", "format_", "write")}
    stated = [name for name, where in sources.items() if where is click.core.ParameterSource.COMMANDLINE]
    if stated:
        option = f"--{stated[0].rstrip('_')}"
        raise click.UsageError(f"Write {option} behind the action: `… {ctx.invoked_subcommand} … {option}`.")
    if isinstance(ctx.command, click.Group):
        ctx.default_map = {name: {"directory": how.directory} for name in ctx.command.commands}


# -- the actions -----------------------------------------------------------------------------------


@command.command("add")
@click.argument("kind", type=click.Choice(get_args(Kind)))
@click.argument("id", default="")
@click.option("--label", default="", metavar="TEXT", help="The name that people read.")
@click.option(
    "--picklist", default="", metavar="ID", help="The list that a value joins.", shell_complete=choices
)
@click.option(
    "--object",
    "object_",
    default="",
    metavar="ID",
    help="The object that a field describes.",
    shell_complete=choices,
)
@click.option(
    "--maps-to",
    default="",
    metavar="ID",
    help="The global value that a region's rolls up to: an id, a label or an alias.",
    shell_complete=choices,
)
@click.option(
    "--after", default="", metavar="ID", help="Behind which other it stands.", shell_complete=choices
)
@click.option(
    "--set",
    "attributes",
    multiple=True,
    metavar="NAME=VALUE",
    help="What else is said of it; VALUE may be JSON, as countries='[\"IS\"]'. May be repeated.",
)
@_region
@_reason
@_how
def add(
    kind: Kind,
    id: str,
    label: str,
    picklist: str,
    object_: str,
    maps_to: str,
    after: str,
    attributes: tuple[str, ...],
    region: str,
    reason: str,
    how: How,
) -> None:
    """Something new; `abmspec new` asks for what is missing."""
    more = dict(_attribute(each) for each in attributes)
    if maps_to:
        more["maps_to"] = maps_to
    request = Add(
        kind=kind, id=id, label=label, region=region, picklist=picklist, object=object_, after=after,
        attributes=more, reason=reason,
    )  # fmt: skip
    _propose(request, how)


@command.command("rename")
@_address
@click.argument("new_id")
@_reason
@_how
def rename(address: str, new_id: str, reason: str, how: How) -> None:
    """Another id: uses follow, the old one stays as a tombstone."""
    _propose(Rename(address=address, to=new_id, reason=reason), how)


@command.command("deprecate")
@_address
@click.option(
    "--replaced-by",
    default="",
    metavar="ID",
    help="What takes over: an id; of a value, a label or an alias too.",
    shell_complete=completion.replacements,
)
@click.option(
    "--sunset", type=Day(), metavar="DATE", help="The day after which nothing may use it; 90 days on."
)
@click.option("--replace", is_flag=True, help="Move what uses it to what takes over, region by region.")
@_reason
@_how
def deprecate(
    address: str, replaced_by: str, sunset: date | None, replace: bool, reason: str, how: How
) -> None:
    """Something that goes: until when, and what takes over."""
    until = sunset.isoformat() if sunset is not None else ""
    request = Deprecate(
        address=address, sunset=until, replaced_by=replaced_by, replace=replace, reason=reason
    )
    _propose(request, how)


@command.command("retire")
@_address
@_reason
@_how
def retire(address: str, reason: str, how: How) -> None:
    """The end of what was deprecated and is used no more."""
    _propose(Retire(address=address, reason=reason), how)


@command.command("relabel")
@_address
@click.argument("label", metavar="TEXT")
@_reason
@_how
def relabel(address: str, label: str, reason: str, how: How) -> None:
    """Another label in the spec's own language."""
    _propose(Relabel(address=address, label=label, reason=reason), how)


@command.command("translate")
@_address
@click.argument("labels", metavar="LANGUAGE=TEXT...", nargs=-1, required=True)
@_region
@_reason
@_how
def translate(address: str, labels: tuple[str, ...], region: str, reason: str, how: How) -> None:
    """Labels in other languages, of all or of a region."""
    said = dict(_pair(each, "a language and a text, as `de=Bildung`") for each in labels)
    _propose(Translate(address=address, labels=said, region=region, reason=reason), how)


@command.command("map")
@_address
@click.argument("maps_to", metavar="ID", shell_complete=completion.parents)
@_reason
@_how
def map_(address: str, maps_to: str, reason: str, how: How) -> None:
    """Another global value, by id, label or alias, for a region's value to roll up to."""
    _propose(Map(address=address, maps_to=maps_to, reason=reason), how)


@command.command("hide")
@_address
@click.option(
    "--region",
    required=True,
    metavar="REGION",
    help="The region that does not offer it.",
    shell_complete=completion.regions,
)
@_reason
@_how
def hide(address: str, region: str, reason: str, how: How) -> None:
    """A value or a field that a region does not offer."""
    _propose(Hide(address=address, region=region, reason=reason), how)


@command.command("-")
@_how
def standard_input(how: How) -> None:
    """A request as JSON on standard input."""
    with click.open_file("-", "rb") as source:
        _from(source, how)


def _from(source: IO[bytes], how: How) -> None:
    """A request that came in as JSON."""
    try:
        request = read_request(source.read(MOST_BYTES + 1))
    except ProposalRefused as refusal:
        _end_refused(refusal, how)
    _propose(request, how)


def _pair(text: str, form: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise click.UsageError(f"`{text}` is not {form}.")
    return name, value


def _attribute(text: str) -> tuple[str, Any]:
    """What `--set` says: JSON where it is that, else a text."""
    name, value = _pair(text, "a name and a value, as `type=number`")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


# -- what comes of it ------------------------------------------------------------------------------


def _propose(request: AnyRequest, how: How) -> None:
    """Works the request out, shows it, and writes it where that is asked for and right."""
    root = find_project(how.directory)
    try:
        done = pipeline.propose(root, how.today, request)
    except ProposalRefused as refusal:
        _end_refused(refusal, how)
    require_usable(done.before)
    proposal = done.proposal
    assert proposal is not None, "a usable project has a proposal"
    written = how.write and not done.errors
    if written:
        with refusals_as_errors():
            replace_files(root, proposal.changes)
    if how.format == "json":
        click.echo(proposals.as_json(proposal, done.errors, written=written), nl=False)
    else:
        for line in proposals.as_lines(proposal, done.errors):
            click.echo(line, err=True)
        if written:
            for change in proposal.changes:
                click.echo(f"{proposals.status(change)}: {change.path}")
        else:
            colour = wants_colour()
            click.echo(proposals.as_diff(proposal.changes, colour=colour), nl=False, color=colour)
        click.echo(_conclusion(proposal, len(done.errors), written=written), err=True)
    raise click.exceptions.Exit(1 if done.errors else 0)


def _conclusion(proposal: Proposal, errors: int, *, written: bool) -> str:
    """The last line: what happened, and what to do next."""
    if errors:
        return (
            f"Nothing was written: the spec would have {counted(errors, 'error')} that it has not now. Mend what "
            "stands in the way first, or ask for something else."
        )
    if not proposal.changes:
        return "There is nothing to change."
    files = counted(len(proposal.changes), "file")
    if written:
        return f"{files} written. `abmspec diff` says what that means; commit it on a branch and open a pull request."
    return f"Nothing was written: {files} would change. The same with --write writes them."


def _end_refused(refusal: ProposalRefused, how: How) -> NoReturn:
    """Ends the command with why it cannot be done."""
    is_wrong_usage = isinstance(refusal, RequestInvalid | NothingThere)
    if how.format == "text":
        why = "\n".join(visible(line) for line in str(refusal).split("\n"))
        raise (ProjectError if is_wrong_usage else Refused)(why) from refusal
    click.echo(proposals.refused_as_json(str(refusal)), nl=False)
    raise click.exceptions.Exit(2 if is_wrong_usage else 1)
