"""Every command and option says what it is, and how it is used."""

from __future__ import annotations

import re

import click
import pytest

from abmspec.cli import COMMANDS, GROUPS, root
from tests.cli.conftest import Abmspec
from tests.conftest import ROOT

CONTEXT = click.Context(root, info_name="abmspec")
EVERY = {name: root.get_command(CONTEXT, name) for name in root.list_commands(CONTEXT)}
JUDGES_TERMS = ("check", "show", "uses", "build", "agenda", "docs", "github", "intake")


def command(name: str) -> click.Command:
    found = EVERY[name]
    assert found is not None
    return found


def test_every_command_is_listed() -> None:
    modules = {path.stem for path in (ROOT / "abmspec" / "cli").glob("*.py")}
    assert set(COMMANDS) == modules - {"__init__", "adding", "completion", "crash", "options", "start"}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_the_list_says(name: str) -> None:
    assert (command(name).help or "").split("\n")[0] == COMMANDS[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_examples_that_begin_with_the_command(name: str, abmspec: Abmspec) -> None:
    ended = abmspec(name, "--help")
    assert (ended.code, ended.err) == (0, "")
    assert COMMANDS[name] in ended.said
    _, _, examples = ended.out.partition("Examples:\n")
    lines = [line.split() for line in examples.splitlines() if line.strip()]
    assert lines
    assert all(words[:2] == ["abmspec", name] or words[0] == "mkdocs" for words in lines), examples
    assert all(len(line) <= 120 for line in ended.out.splitlines())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_help_text(name: str) -> None:
    for parameter in command(name).params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert parameter.help.endswith("."), parameter.help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_a_folder(name: str) -> None:
    assert any("-C" in parameter.opts for parameter in command(name).params)


@pytest.mark.parametrize("name", JUDGES_TERMS)
def test_what_judges_terms_takes_the_day(name: str) -> None:
    assert any("--today" in parameter.opts for parameter in command(name).params)


def test_help_of_the_whole(abmspec: Abmspec) -> None:
    ended = abmspec("--help")
    assert ended.code == 0
    assert all(f"{name} " in ended.out for name in COMMANDS)
    assert re.findall(r"^(\w+):$", ended.out, flags=re.MULTILINE) == ["Options", *GROUPS]
    assert "Exit codes: 0 clean, 1 errors found, 2 wrong usage, 3 a bug" in ended.said
    assert abmspec("-h").out == ended.out


def test_the_version(abmspec: Abmspec) -> None:
    from abmspec import __version__

    assert abmspec("--version").out == f"abmspec {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chekc",), "There is no command `chekc`. Did you mean `check`?"),
        (("frobnicate",), "There is no command `frobnicate`."),
        (("add", "value"), "`abmspec new` adds a region, a value and more; `abmspec propose add` shows"),
        (("rename",), "There is no command `rename`. It is an action of another: `abmspec propose rename`."),
        (("check", "--rule", "near-duplicat"), "Did you mean `near-duplicate`?"),
        (("check", "--rule", "xyzzy"), "There is no rule `xyzzy`. `abmspec explain --list` names them all."),
        (("check", "--region", "emae"), "There is no region `emae`. Did you mean `emea`?"),
        (("check", "--region", "mars"), "There is no region `mars`. There are: emea, dach."),
        (("check", "--format", "yaml"), "'yaml' is not one of 'text'"),
        (("check", "--today", "2026-02-30"), "`2026-02-30` is no date of the form 2026-10-01."),
        (("check", "--today", "tomorrow"), "`tomorrow` is no date"),
        (("check", "-C", "nowhere"), "Directory 'nowhere' does not exist."),
        (("check", "nowhere"), "There is no file or folder"),
        (("check", "/"), "is not in the project"),
        (("show",), "Missing argument 'ADDRESS'."),
        (("show", "picklist.industri"), "Did you mean `picklist.industry`?"),
        (("show", "xyzzy"), "Nothing has the address `xyzzy`."),
        (("show", "picklist.industry", "--region", "emae"), "Did you mean `emea`?"),
        (("uses", "field.account.employes"), "Did you mean `field.account.employees`"),
        (("explain", "near-duplicat"), "Did you mean `near-duplicate`"),
        (("build", "sf-corr"), "There is no system `sf-corr`. There are: sf (salesforce), warehouse (dbt)."),
    ],
)
def test_wrong_usage_says_what_is_right(arguments: tuple[str, ...], said: str, abmspec: Abmspec) -> None:
    ended = abmspec(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.said


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_for_a_shell(shell: str, abmspec: Abmspec) -> None:
    ended = abmspec.shell("abmspec", {"_ABMSPEC_COMPLETE": f"{shell}_source"})
    assert (ended.code, ended.err) == (0, "")
    assert f"_ABMSPEC_COMPLETE={shell}_complete" in ended.out


def test_completion_completes(abmspec: Abmspec) -> None:
    environment = {"_ABMSPEC_COMPLETE": "bash_complete", "COMP_WORDS": "abmspec ch", "COMP_CWORD": "1"}
    assert "plain,check" in abmspec.shell("abmspec", environment).out
