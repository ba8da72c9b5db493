"""`abmspec new`."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from abmspec import pipeline
from abmspec.cli.adding import KINDS, Flag, flag_of, read, request_of, with_flags
from abmspec.cli.options import (
    ProjectError,
    directory_option,
    find_project,
    refusals_as_errors,
    require_usable,
    today_option,
    wants_colour,
)
from abmspec.output import replace_files
from abmspec.proposal.request import Add, Kind
from abmspec.words import did_you_mean, slug

if TYPE_CHECKING:
    from abmspec.edit import Change
    from abmspec.pipeline import Proposed
    from abmspec.proposal.question import Question

EXAMPLES: dict[Kind, tuple[str, ...]] = {
    "region": (
        "abmspec new region nordics --parent emea --countries IS",
        "abmspec new region caucasus --parent emea --countries GE --stage pilot \\",
        '    --exit-criterion "Ten accounts have a tier" --review-by 2027-03-31',
    ),
    "picklist": (
        'abmspec new picklist --label "Pet kind" --value Cat --value Dog',
        "abmspec new picklist --region dach --label Gewerk --rolls-up-to industry \\",
        "    --value Handwerk=manufacturing",
    ),
    "value": (
        "abmspec new value --picklist industry --region nordics --label Fishery --maps-to agriculture",
        "abmspec new value space --picklist industry --after aerospace-defense",
    ),
    "field": (
        'abmspec new field account.fleet-size --type number --description "How many lorries it runs."',
        'abmspec new field account.port --region nordics --type text --description "Its home port."',
    ),
    "segment": (
        "abmspec new segment --label Shippers --decision coverage --consumers sales \\",
        '    --when "{field: account.industry, in: [transportation]}"',
    ),
    "play": (
        'abmspec new play --label "Port visit" --objective "Meet on the quay." --cta book-briefing \\',
        "    --step 'invite: {day: 0, channel: email, owner: sdr}' --kpis pipeline",
    ),
    "content": ('abmspec new content --label "Port guide" --kind asset',),
    "role": (
        'abmspec new role --label "Nordic marketing" --function marketing --group region --members acme-nordics',
    ),
    "waiver": (
        "abmspec new waiver --rule sunset-passed --address picklist.industry.value.pharma \\",
        '    --approved-by council --until 2027-01-31 --reason "Forty accounts move by January."',
    ),
}
PURPOSES: dict[Kind, str] = {
    "region": "A region, with what it takes over from the one in which it lies.",
    "picklist": "A list of values, global or a region's own.",
    "value": "A value of a list, for everybody or for one region.",
    "field": "A field of the data dictionary.",
    "segment": "A named group of accounts.",
    "play": "A play, proposed at first.",
    "content": "A piece of content, a draft at first.",
    "role": "A role that decides or acts.",
    "waiver": "An exception from one rule for one thing, until a day.",
}


class KindGroup(click.Group):
    """The kinds. A name that is none is answered with the nearest one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands and not args[0].startswith("-"):
            hint = did_you_mean(args[0], KINDS) or f"There are: {', '.join(KINDS)}."
            ctx.fail(f"There is no kind `{args[0]}`. {hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=KindGroup,
    invoke_without_command=True,
    epilog="""\b
Examples:
  abmspec new region nordics --parent emea --countries IS
  abmspec new value --picklist industry --region nordics --label Fishery --maps-to agriculture
  abmspec new value                  asks, on a terminal, for what it needs to know
  abmspec new value --help           what can be said of a value
""",
)
@directory_option
@click.pass_context
def command(ctx: click.Context, directory: Path) -> None:
    """Add a region, a value, a field and more, in the right file.

    Comments and layout are kept, and it is written only if the spec gets no new error by it. What is
    left unsaid comes from the spec where the spec has it; on a terminal, the rest is asked for.
    """
    if ctx.invoked_subcommand is not None:
        return
    if not _somebody_is_there():
        click.echo(ctx.get_help(), err=True)
        raise click.exceptions.Exit(2)
    for name in KINDS:
        click.echo(f"  {name:<10}{PURPOSES[name]}", err=True)
    kind = click.prompt("What is it to be", type=click.Choice(KINDS), show_choices=False, err=True)
    chosen = command.commands[kind]
    with chosen.make_context(kind, [], parent=ctx) as inner:
        chosen.invoke(inner)


def _subcommand(kind: Kind) -> click.Command:
    @click.command(
        kind,
        help=f"{PURPOSES[kind]}\n\nID is made from the label where it is left out.",
        short_help=PURPOSES[kind],
        epilog="\b\nExamples:\n" + "".join(f"  {line}\n" for line in EXAMPLES[kind]),
    )
    @click.option(
        "--diff", "--dry-run", "diff_", is_flag=True, help="Write nothing; print what would change."
    )
    @today_option
    @directory_option
    @click.pass_context
    def new(ctx: click.Context, /, diff_: bool, today: date, directory: Path, **params: Any) -> None:
        from abmspec.proposal import ProposalRefused
        from abmspec.proposal.reading import RequestInvalid

        try:
            root = find_project(_folder(ctx))
            _add(root, today, request_of(kind, params), preview=diff_)
        except ProposalRefused as refusal:
            kind_of_end = ProjectError if isinstance(refusal, RequestInvalid) else click.ClickException
            raise kind_of_end(_visible(refusal)) from refusal

    with_flags(new, kind)
    return new


def _folder(ctx: click.Context) -> Path:
    """The folder to run in, said before the kind or after it."""
    before = ctx.parent.params["directory"] if ctx.parent is not None else Path()
    return Path(before, ctx.params["directory"])


for _kind in KINDS:
    command.add_command(_subcommand(_kind))


def _add(root: Path, today: date, request: Add, *, preview: bool) -> None:
    """Works out the change, and writes it, or prints it, unless the spec would have errors by it."""
    from abmspec.report import proposals
    from abmspec.report.text import visible

    proposed = _proposed(root, today, request)
    require_usable(proposed.before)
    proposal = proposed.proposal
    assert proposal is not None, "a usable spec can be added to"
    if preview:
        colour = wants_colour()
        click.echo(proposals.as_diff(proposal.changes, colour=colour), nl=False, color=colour)
    for line in proposals.as_lines(replace(proposal, notes=()), proposed.errors):
        click.echo(line, err=True)
    if proposed.errors:
        click.echo("The spec would have these errors with it, so nothing was written.", err=True)
        raise click.exceptions.Exit(1)
    if not preview:
        with refusals_as_errors():
            replace_files(root, proposal.changes)
        for change in proposal.changes:
            click.echo(f"{_verb(change)}: {change.path}")
    for note in proposal.notes:
        click.echo(visible(f"note: {note}"), err=True)
    if not preview:
        click.echo(
            f"Next: `abmspec show {proposal.address}`, `abmspec check`, then commit it with Git.", err=True
        )


def _proposed(root: Path, today: date, request: Add) -> Proposed:
    """What the request comes to. What it leaves open is asked for where somebody is there to answer."""
    from abmspec.proposal.question import AnswerMissing

    if _somebody_is_there() and request == Add(kind=request.kind):
        request = _asked(root, today, request)
    try:
        return pipeline.propose(root, today, request)
    except AnswerMissing as missing:
        if not _somebody_is_there():
            raise click.UsageError(_visible(missing)) from missing
    return pipeline.propose(root, today, _asked(root, today, request))


def _visible(refusal: Exception) -> str:
    """Why something is refused, with nothing in it that drives a terminal."""
    from abmspec.report.text import visible

    return "\n".join(visible(line) for line in str(refusal).split("\n"))


def _somebody_is_there() -> bool:
    """Whether there is a terminal to ask and to be answered from."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty())


def _asked(root: Path, today: date, request: Add) -> Add:
    """The request with what somebody answers to each question that it leaves open."""
    from abmspec.proposal import ProposalRefused
    from abmspec.proposal.addition import open_question
    from abmspec.proposal.question import answered

    resolved = pipeline.resolved_project(root)
    if resolved is None:
        return request
    declined: frozenset[str] = frozenset()
    asked = ""
    while (question := open_question(resolved, request, today, declined)) is not None:
        text = _prompted(request.kind, question, again=question.name == asked)
        asked = question.name
        if not text:
            declined |= {question.name}
            continue
        try:
            answer = _answer(request.kind, question, text)
            _require_listed(question, answer)
            said = answered(request, question.name, answer)
            open_question(resolved, said, today, declined)  # judges it, in view of what was left empty
        except (ProposalRefused, click.BadParameter) as refusal:
            click.echo(f"  {_visible(refusal)}", err=True)
        else:
            request = said
    return request


def _require_listed(question: Question, answer: Any) -> None:
    """BadParameter for what is not among the choices, which stand above it on the screen."""
    for each in answer if isinstance(answer, list) else (answer,):
        if question.closed and question.choices and each not in question.choices:
            hint = did_you_mean(str(each), question.choices) or "Give a number or a name of the list."
            raise click.BadParameter(f"`{each}` is none of them. {hint}")


def _prompted(kind: Kind, question: Question, *, again: bool) -> str:
    """Asks one question, at first with what there is to choose from."""
    from abmspec.proposal.question import prompt

    click.echo(err=True)
    if not again:
        for number, choice in enumerate(question.choices, 1):
            click.echo(f"  {number:>3} {choice}", err=True)
    default = question.default
    shown = ", ".join(default) if isinstance(default, list) else default
    if shown is None and not question.needed:
        shown = ""
    is_sentences = _separator(flag_of(kind, question)) == ";"
    more = f" (separated by {'semicolons' if is_sentences else 'commas'})" if question.several else ""
    said = click.prompt(f"{prompt(question)}{more}", default=shown, show_default=bool(shown), err=True)
    return str(said).strip()


def _answer(kind: Kind, question: Question, text: str) -> Any:
    """What was answered, in its form; of choices a number is as good as the name, and the name in people's spelling."""
    flag = flag_of(kind, question)
    if question.several:
        return [_named(question, each.strip()) for each in text.split(_separator(flag)) if each.strip()]
    return read(flag, [text] if flag.form in ("entries", "pairs") else _named(question, text))


def _separator(flag: Flag) -> str:
    """What stands between several answers: sentences may hold commas."""
    return ";" if flag.form == "texts" else ","


def _named(question: Question, text: str) -> str:
    if text in question.choices:
        return text
    if text.isdigit() and 0 < int(text) <= len(question.choices):
        return question.choices[int(text) - 1]
    return name if (name := slug(text)) in question.choices else text


def _verb(change: Change) -> str:
    return "created" if change.before is None else "changed"
