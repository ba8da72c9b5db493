"""`abmspec init`."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import click

from abmspec import codes
from abmspec.cli.options import (
    ProjectError,
    directory_option,
    folder_in_repository,
    refusals_as_errors,
    today_option,
)
from abmspec.cli.schema import EXTENSIONS, OF_PROJECT, RECOMMENDED, SETTINGS, of_project
from abmspec.edit import Change
from abmspec.load import PROJECT_PATH
from abmspec.output import replace_files, with_manifest
from abmspec.scaffold import Answers, Crm, Map, scaffold
from abmspec.scaffold import answers as asked
from abmspec.words import counted, listing, slug

T = TypeVar("T")
REGION, COUNTRIES = "North America", ("US", "CA")
LOGIN = "your-login"
MOST_NAMED = 3


class Answer(click.ParamType[str]):
    """A word that is right where `fault` finds nothing wrong with it."""

    def __init__(self, name: str, fault: Callable[[str], str]) -> None:
        self.name = name
        self.fault = fault

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word; wrong usage, with the mend, where it is none."""
        said = str(value).strip()
        wrong = self.fault(said)
        return self.fail(wrong, param, ctx) if wrong else said


class Several(click.ParamType[tuple[str, ...]]):
    """Words with commas between them, or whatever else `between` matches, each once."""

    def __init__(self, name: str, fault: Callable[[str], str], between: str = ",") -> None:
        self.name = name
        self.each = Answer(name, fault)
        self.between = re.compile(between)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The words; wrong usage where there is none, or one of them is wrong."""
        words = self.between.split(value.strip(", \t")) if isinstance(value, str) else value
        once: dict[str, str] = {}
        for word in words:
            once.setdefault(word.casefold(), self.each.convert(word, param, ctx))
        return tuple(once.values())


NAME = Answer("name", asked.name_fault)
REGION_NAME = Answer("region", asked.region_fault)
CODES = Several("codes", asked.country_fault, r"[,\s]+")
LOCALE = Answer("locale", asked.locale_fault)
CURRENCY = Answer("currency", asked.currency_fault)
TIME_ZONE = Answer("zone", asked.time_zone_fault)
LOGINS = Several("login", asked.login_fault, r"(?:\s*,)+")
CRMS: tuple[Crm, ...] = ("salesforce", "hubspot")
MAPS: tuple[Map, ...] = ("none", "marketo")


@click.command(
    epilog="""\b
Examples:
  abmspec init acme-abm
  abmspec init acme-abm --region DACH --countries DE,AT,CH --owner-login ann,bob
  abmspec init . --name acme-abm --countries FR --crm hubspot --defaults
"""
)
@click.argument("dir", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option("--name", type=NAME, help="The project's name, an id.", show_default="the folder's name")
@click.option(
    "--region",
    type=REGION_NAME,
    help="The first region, as people call it.",
    show_default=f"{REGION}, or the only country",
)
@click.option(
    "--countries",
    type=CODES,
    help="The region's countries, as DE,AT.",
    show_default=f"{','.join(COUNTRIES)} for {REGION}",
)
@click.option("--locale", type=LOCALE, help="The language of the spec.", show_default="en")
@click.option(
    "--currency", type=CURRENCY, help="The currency of all amounts.", show_default="of the first country"
)
@click.option(
    "--time-zone", type=TIME_ZONE, help="The time zone of working hours.", show_default="of the first country"
)
@click.option("--crm", type=click.Choice(CRMS), help="The CRM of record.", show_default=CRMS[0])
@click.option("--map", "map_", type=click.Choice(MAPS), help="Marketing automation.", show_default=MAPS[0])
@click.option(
    "--owner-login",
    "logins",
    type=LOGINS,
    multiple=True,
    help="Who approves, for operations, marketing and sales: one person to three.",
)
@click.option("--defaults", is_flag=True, help="Ask nothing, also on a terminal.")
@directory_option
@today_option
def command(
    dir: Path,
    name: str | None,
    region: str | None,
    countries: tuple[str, ...] | None,
    locale: str | None,
    currency: str | None,
    time_zone: str | None,
    crm: Crm | None,
    map_: Map | None,
    logins: tuple[tuple[str, ...], ...],
    defaults: bool,
    directory: Path,
    today: date,
) -> None:
    """Begin a project: a small, complete spec that checks clean.

    It builds and publishes at once, and its README.md says what to fill in. On a terminal, what no option says is
    asked for. Nothing that is there is written over, and where something fails nothing is left.
    """
    root = (directory / dir).resolve()
    _refuse_project(root)
    ask = _Questions(asks=not defaults and sys.stdin.isatty() and sys.stdout.isatty())
    name = ask("Name of the project", name, NAME, _name_of(root), "Name the project: --name acme-abm")
    region = ask(
        "First region", region, REGION_NAME, _likely_region(countries), "Name the region: --region DACH"
    )
    countries = ask(
        "Its countries (ISO codes)",
        countries,
        CODES,
        COUNTRIES if region == REGION else None,
        "Say which countries the region has: --countries DE,AT",
    )
    first = countries[0]
    answers = Answers(
        name=name,
        region=asked.region_id(region),
        region_label=asked.region_label(region),
        countries=countries,
        currency=ask("Currency", currency, CURRENCY, asked.usual_currency(first, today)),
        locale=ask("Language of the spec", locale, LOCALE, "en"),
        time_zone=time_zone or asked.usual_time_zone(first),
        crm=ask("CRM", crm, click.Choice(CRMS), CRMS[0]),
        map=ask("Marketing automation", map_, click.Choice(MAPS), MAPS[0]),
        logins=ask("Logins of operations, marketing, sales", _once(logins) or None, LOGINS, (LOGIN,)),
    )
    project = scaffold(answers, today)
    files = {**project, **_for_editors(project)}
    _refuse_overwriting(root, files)
    _write(root, files)
    click.echo("\n".join(_said(root, answers, len(project))))


@dataclass(frozen=True, slots=True)
class _Questions:
    """Asks what no option said, on a terminal. Elsewhere the usual answer is taken; UsageError where there is none."""

    asks: bool

    def __call__(
        self, question: str, said: T | None, type_: click.ParamType[T], usual: T | None, otherwise: str = ""
    ) -> T:
        if said is not None:
            return said
        if self.asks:
            shown = ",".join(usual) if isinstance(usual, tuple) else usual
            answer: T = click.prompt(question, type=type_, default=shown)
            return answer
        if usual is None:
            raise click.UsageError(otherwise)
        return usual


def _name_of(root: Path) -> str | None:
    name = slug(root.name)
    return None if asked.name_fault(name) else name


def _likely_region(countries: tuple[str, ...] | None) -> str | None:
    """What a region of these countries is called; None where they are several."""
    if countries is None:
        return REGION
    return codes.country_name(countries[0]) if len(countries) == 1 else None


def _once(logins: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return LOGINS.convert(tuple(chain.from_iterable(logins)), None, None)


def _for_editors(project: Mapping[str, bytes]) -> dict[str, bytes]:
    """What editors need for the project, by path: its own schemas, and their settings."""
    from abmspec import pipeline
    from abmspec.editor import rendered

    resolved = pipeline.resolved_tree(project)
    assert resolved is not None, "a new project can be used"
    folder = OF_PROJECT.as_posix()
    schemas, bindings = of_project(resolved, folder)
    return {
        **{f"{folder}/{name}": content for name, content in with_manifest(schemas).items()},
        SETTINGS.as_posix(): rendered(bindings).encode(),
        EXTENSIONS.as_posix(): RECOMMENDED,
    }


def _refuse_project(root: Path) -> None:
    """ProjectError where there is a project already, here or above."""
    for folder in (root, *root.parents):
        if (folder / PROJECT_PATH).exists():
            where = "There is" if folder == root else f"{root} lies in"
            mend = (
                "`abmspec check` checks it."
                if folder == root
                else "A region of it is a folder in regions/; a project of its own stands outside of it."
            )
            raise ProjectError(f"{where} a project already, in {folder}. {mend}")


def _refuse_overwriting(root: Path, files: Iterable[str]) -> None:
    """ProjectError where a file that would be written exists."""
    there = [path for path in files if (root / path).exists() or (root / path).is_symlink()]
    if there:
        more = [counted(len(there) - MOST_NAMED, "other file")] if len(there) > MOST_NAMED else []
        raise ProjectError(
            f"{listing([*there[:MOST_NAMED], *more], 'and')} {'is' if len(there) == 1 else 'are'} in {root} already, "
            "and nothing is written over. Move what is there away, or name a folder without it."
        )


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    with refusals_as_errors():
        replace_files(root, [Change(path, None, content) for path, content in files.items()])


def _said(root: Path, answers: Answers, count: int) -> Iterator[str]:
    """What was made, and what comes next."""
    made = (
        ("README.md", "what is where, what to fill in first, who approves"),
        (PROJECT_PATH, f"the project {answers.name}"),
        ("taxonomy/", "the backbone that every region shares, and who decides on it"),
        (f"regions/{answers.region}/", f"{answers.region_label}: {', '.join(answers.countries)}"),
        ("playbooks/", "a play, its content and what it asks for"),
        (".github/workflows/", "the check of every pull request"),
        (".vscode/, .abmspec/", "what editors complete and check your files with"),
    )
    yield f"{counted(count, 'file')} in {root}:"
    yield ""
    yield from _columns(made)
    yield ""
    within = folder_in_repository(root)
    if within:
        yield (
            f"The project is in {within} of a repository, and forges and pre-commit look at its top: move .github/ and "
            f".pre-commit-config.yaml there, and add `-C {within.rstrip('/')}` to what they run."
        )
        yield ""
    if LOGIN in answers.logins:
        yield f"`{LOGIN}` in taxonomy/governance/roles.yaml stands for you: put your login there."
        yield ""
    yield "Next:"
    yield ""
    steps = [
        ("abmspec check", "clean as it is; run it after every change"),
        ("abmspec build", "what the systems deploy, into dist/"),
        ("abmspec docs", "the site that marketing and sales read, into site/"),
        ("abmspec new", "adds a region, a value, a play …"),
        ("abmspec github", "who reviews what, and forms to ask for a change"),
    ]
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        steps.insert(-1, ("git init && git add .", "the spec's history is its audit log"))
    at = os.path.relpath(root)
    if at != ".":
        steps.insert(0, (f"cd {shlex.quote(at)}", "where the project is"))
    yield from _columns(steps)


def _columns(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    width = max(len(left) for left, _ in rows)
    yield from (f"  {left:<{width}}  {right}" for left, right in rows)
