"""`abmspec explain`."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

import click

from abmspec.check import all_rules
from abmspec.cli import completion
from abmspec.cli.options import directory_option, no_such_rule, wants_colour
from abmspec.diagnostic import Rule


@click.command(
    epilog="""\b
Examples:
  abmspec explain overlay-value-unmapped
  abmspec explain --list
"""
)
@click.argument("rule", required=False, shell_complete=completion.rules)
@click.option("--list", "list_", is_flag=True, help="List every rule with its severity.")
@directory_option
def command(rule: str | None, list_: bool, directory: Path) -> None:
    """Say what a rule wants, why, with examples."""
    del directory  # rules are the same everywhere
    known = {each.name: each for each in all_rules()}
    if list_ or rule is None:
        click.echo(_listing(tuple(known.values())))
        return
    if rule not in known:
        raise click.UsageError(no_such_rule(rule, known))
    _print_page(files("abmspec").joinpath("rules", f"{rule}.md").read_text(encoding="utf-8"))


def _listing(rules: tuple[Rule, ...]) -> str:
    width = max(len(rule.name) for rule in rules)
    return "\n".join(f"{rule.name:<{width}}  {rule.severity:<7}  {rule.summary}" for rule in rules)


def _print_page(text: str) -> None:
    """A page as it is written where output is piped; set for reading on a terminal."""
    if not sys.stdout.isatty():
        click.echo(text, nl=False)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(no_color=not wants_colour(), width=min(100, Console().width))
    console.print(Markdown(text))
