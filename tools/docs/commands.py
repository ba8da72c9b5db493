"""The commands, as their own help has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from abmspec.cli import COMMANDS, GROUPS, root
from tools.docs.markdown import block, code, page, table

EXIT_CODES = (
    ("0", "Clean, written, or allowed. Warnings alone are clean, unless `--strict` is given."),
    (
        "1",
        "An error among the findings, which a file that does not parse is too; a gate that is closed; a change that is "
        "refused; a difference that `--check` found.",
    ),
    ("2", "Wrong usage: no project, an unknown option or name, an `abmspec.yaml` that cannot be used."),
    ("3", "A bug in abmspec. One line on the screen names the file with the details."),
)


def pages() -> Iterator[tuple[str, str]]:
    """The one page of all commands."""
    with click.Context(root, info_name="abmspec") as context:
        found = [_resolved(root, name, context) for name in COMMANDS]
        sections = [text for name, command in found for text in _command(command, name, context, "##")]
        yield (
            "commands.md",
            page(
                "# Commands",
                "`abmspec COMMAND --help` prints the same.",
                *_overview(),
                "## Exit codes",
                "They are the same for every command.",
                table(("code", "means"), EXIT_CODES),
                *sections,
            ),
        )


def _overview() -> Iterator[str]:
    """The commands by what they are for."""
    for title, commands in GROUPS.items():
        yield f"**{title}**"
        rows = [(f"[`abmspec {name}`](#abmspec-{name})", help) for name, help in commands.items()]
        yield table(("command", "does"), rows)


def _resolved(group: click.Group, name: str, context: click.Context) -> tuple[str, click.Command]:
    command = group.get_command(context, name)
    assert command is not None, name
    return name, command


def _command(command: click.Command, name: str, parent: click.Context, head: str) -> Iterator[str]:
    """The sections of a command and of those below it."""
    with click.Context(command, info_name=name, parent=parent) as context:
        yield f"{head} abmspec {context.command_path.partition(' ')[2]}"
        yield block(f"{context.command_path} {' '.join(command.collect_usage_pieces(context))}")
        yield from _prose(command.help or "")
        yield table(("option", "does"), _options(command, context))
        yield from _prose(command.epilog or "")
        if isinstance(command, click.Group):
            for each in command.list_commands(context):
                yield from _command(_resolved(command, each, context)[1], each, context, f"{head}#")


def _options(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    """Each option and what it does. Arguments stand in the usage, and the help speaks of them."""
    for param in command.get_params(context):
        record = param.get_help_record(context)
        if record is not None and isinstance(param, click.Option) and "--help" not in param.opts:
            yield code(record[0]), record[1]


def _prose(text: str) -> Iterator[str]:
    """Paragraphs; what click is told to leave as it is, is code."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        title, _, rest = paragraph.partition("\n")
        if title.strip() == "\b":
            heading, _, lines = rest.partition("\n")
            yield heading.strip()
            yield block(re.sub(r"^  ", "", lines, flags=re.MULTILINE))
        elif paragraph:
            yield " ".join(paragraph.split())
