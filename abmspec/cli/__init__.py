"""The command line: thin commands over the pipeline.

Commands are imported when they run, so that `abmspec --help` and `--version` cost little more than Python's start.
"""

from __future__ import annotations

import errno
import importlib
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn

import click

from abmspec import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# By what they are for, in the order of a day's work: name → the first line of its help. The module is
# `abmspec.cli.<name>`.
GROUPS = {
    "Write": {
        "init": "Begin a project: a small, complete spec that checks clean.",
        "new": "Add a region, a value, a field and more, in the right file.",
        "propose": "Propose a change of the spec: what would be written, and what it touches.",
        "fmt": "Bring the spec's files into their canonical form.",
    },
    "Look": {
        "check": "Check the spec: every rule, every region.",
        "explain": "Say what a rule wants, why, with examples.",
        "show": "Show a resolved thing and where each part of it comes from.",
        "uses": "List everything that refers to a thing.",
    },
    "Decide": {
        "diff": "Say what changed, in meaning, and who feels it.",
        "gate": "Say whether a change may merge, and who still has to approve it.",
        "version": "Say which version the spec's changes ask for.",
        "changelog": "Write what changed for those who use the spec.",
        "agenda": "Write the agenda of the council's next meeting.",
        "intake": "Turn a filed form into a change and the text of its pull request.",
    },
    "Publish": {
        "build": "Compile the spec into what each system deploys.",
        "docs": "Write the site that marketing and sales read.",
        "github": "Write the repository files that follow from the spec.",
        "schema": "Write the JSON Schemas of the spec's files.",
    },
}
COMMANDS = {name: help for group in GROUPS.values() for name, help in group.items()}

# What click's scripts set to ask for completions.
COMPLETION = "_ABMSPEC_COMPLETE"
USAGE = 2
BUG = 3
STOPPED = 130
PIPE_CLOSED = 141
UNWRITABLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})


class OutputFailed(click.ClickException):
    """What a command prints has nowhere to go."""

    exit_code = USAGE


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"abmspec.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by what they are for, without importing one."""
        width = max(map(len, COMMANDS))
        for title, commands in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), help) for name, help in commands.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds the command; a name that is none is answered with the nearest one."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            ctx.fail(f"There is no command `{name}`. {_meant(name)}".rstrip())
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """The commands that begin so, without importing one, and the options."""
        from click.shell_completion import CompletionItem

        begun = [
            CompletionItem(name, help=help) for name, help in COMMANDS.items() if name.startswith(incomplete)
        ]
        return [*begun, *click.Command.shell_complete(self, ctx, incomplete)]

    def make_context(self, *arguments: Any, **named: Any) -> click.Context:
        """Reads the arguments, and prints help where that is asked for."""
        with _output_may_end():
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command."""
        with _output_may_end():
            return super().invoke(ctx)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with `abmspec check` in a project's folder. Exit codes: 0 clean, 1 errors found, 2 wrong "
    "usage, 3 a bug in abmspec.\n\nCompletion of commands, rules, addresses, regions and systems: "
    f'`eval "$({COMPLETION}=bash_source abmspec)"` in ~/.bashrc, zsh_source in ~/.zshrc, '
    f"`{COMPLETION}=fish_source abmspec | source` for fish.",
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="abmspec", message="%(prog)s %(version)s")
@click.pass_context
def root(ctx: click.Context) -> None:
    """Account-based marketing as config-as-code.

    The global backbone, the regions' overlays and the playbooks are YAML in Git; abmspec checks them, compiles them
    for the systems that run them and publishes the site where people read them.
    """
    if ctx.invoked_subcommand is None:
        from abmspec.cli.start import next_steps

        click.echo(next_steps())


def _meant(name: str) -> str:
    """What somebody wanted who takes a name for a command."""
    from abmspec.cli.propose import command as propose
    from abmspec.words import did_you_mean

    if name == "add":
        return "`abmspec new` adds a region, a value and more; `abmspec propose add` shows first what it would write."
    if name in propose.list_commands(click.Context(propose)):
        return f"It is an action of another: `abmspec propose {name}`."
    return did_you_mean(name, COMMANDS)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """The entry point. Ends the process with the exit code of what happened; never with a traceback."""
    for stream in (sys.stdout, sys.stderr):
        _let_every_character_through(stream)
    try:
        code = root.main(args=arguments, prog_name="abmspec", standalone_mode=False)
    except click.exceptions.Exit as end:
        code = end.exit_code
    except click.Abort:
        click.echo("Stopped.", err=True)
        code = STOPPED
    except click.ClickException as error:
        code = error.exit_code
        if COMPLETION not in os.environ:
            error.show()
    except Exception as error:  # noqa: BLE001  the one place: a bug is one line here and a traceback in a file
        code = BUG
        if COMPLETION not in os.environ:  # Nobody who is typing wants to read it.
            from abmspec.cli.crash import report

            report(error)
    sys.exit(code if isinstance(code, int) else 0)


def _let_every_character_through(stream: object) -> None:
    """Files and pipes get UTF-8, whatever the locale; a terminal that cannot show a character gets its number."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


@contextmanager
def _output_may_end() -> Iterator[None]:
    """A reader that has seen enough ends the command quietly; a full disk is said, and is no bug."""
    try:
        yield
    except BrokenPipeError as error:
        _let_go_of_output()
        raise click.exceptions.Exit(PIPE_CLOSED) from error
    except OSError as error:
        if error.errno not in UNWRITABLE:
            raise
        _let_go_of_output()
        raise OutputFailed(f"The output cannot be written: {(error.strerror or '').lower()}.") from error


def _let_go_of_output() -> None:
    """What is still to be written goes nowhere, so that Python does not complain of it at its end."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
