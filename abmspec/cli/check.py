"""`abmspec check`."""

from __future__ import annotations

import difflib
import time
from datetime import date
from pathlib import Path

import click

from abmspec import pipeline
from abmspec.cli.options import (
    directory_option,
    find_project,
    no_such,
    require_usable,
    today_option,
    wants_colour,
)  # fmt: skip
from abmspec.diagnostic import Diagnostic, Rule, Severity
from abmspec.report import FORMATS, Report


@click.command(
    epilog="""\b
Examples:
  abmspec check                                 everything
  abmspec check regions/emea                    what is reported, not what is analysed
  abmspec check --rule sunset-passed --today 2027-01-01
  abmspec check --format sarif > abmspec.sarif  for code scanning
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="text", help="How to report.")
@click.option(
    "--rule", "rules", multiple=True, metavar="RULE", help="Report only this rule; may be repeated."
)
@click.option("--region", "regions", multiple=True, metavar="REGION", help="Report only this region's files.")
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option("--no-cache", is_flag=True, help="Read and judge everything anew.")
@directory_option
@today_option
def command(
    paths: tuple[Path, ...],
    format_: str,
    rules: tuple[str, ...],
    regions: tuple[str, ...],
    strict: bool,
    no_cache: bool,
    directory: Path,
    today: date,
) -> None:
    """Check the spec: every rule, every region.

    PATHS filter what is reported; the whole spec is always analysed. Exit code 1 where an error is found.
    """
    root = find_project(directory)
    _require_known_rules(rules)
    started = time.perf_counter()
    verdict = pipeline.check_project(root, today, use_cache=not no_cache)
    require_usable(verdict)
    for region in regions:
        if region not in verdict.regions:
            raise click.UsageError(no_such("region", region, verdict.regions))
    places = [_place_of(directory / path) for path in paths]
    _require_there(places, root, verdict.diagnostics)

    def is_asked_for(found: Diagnostic) -> bool:
        return (
            (not rules or found.rule in rules)
            and (not places or any(_is_under(root / found.path, place) for place in places))
            and (not regions or _is_of_region(found.path, regions))
        )

    reported = tuple(filter(is_asked_for, verdict.diagnostics))
    report = Report(
        diagnostics=reported,
        waived=tuple(each for each in verdict.waived if is_asked_for(each.diagnostic)),
        rules=_rules() if rules or format_ == "sarif" else (),
        root=root,
        files=verdict.files,
        seconds=time.perf_counter() - started,
        colour=wants_colour(),
    )
    click.echo(FORMATS[format_](report), nl=False, color=report.colour)
    raise click.exceptions.Exit(_exit_code(reported, strict))


def _exit_code(reported: tuple[Diagnostic, ...], strict: bool) -> int:
    severities = {each.severity for each in reported}
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return 1 if severities & failing else 0


def _rules() -> tuple[Rule, ...]:
    """Every rule. Their import is worth avoiding where the cache has the verdict."""
    from abmspec.check import all_rules

    return all_rules()


def _require_known_rules(names: tuple[str, ...]) -> None:
    known = {rule.name for rule in _rules()} if names else set()
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean `{near[0]}`?" if near else ""
            raise click.UsageError(
                f"There is no rule `{name}`.{hint} `abmspec explain --list` names them all."
            )


def _place_of(path: Path) -> Path:
    """Where a path that was given stands; of a link itself, not of what it leads to."""
    return path.parent.resolve() / path.name if path.is_symlink() else path.resolve()


def _require_there(places: list[Path], root: Path, found: tuple[Diagnostic, ...]) -> None:
    """UsageError for a path that is not in the project, or that nothing can be said of: it is misspelt."""
    for place in places:
        if place != root and root not in place.parents:
            raise click.UsageError(f"{place} is not in the project {root}.")
        if not (
            place.exists() or place.is_symlink() or any(_is_under(root / each.path, place) for each in found)
        ):
            raise click.UsageError(f"There is no file or folder {place}.")


def _is_of_region(path: str, regions: tuple[str, ...]) -> bool:
    folders = path.split("/")[:-1]
    return folders[:1] == ["regions"] and any(region in folders for region in regions)


def _is_under(file: Path, place: Path) -> bool:
    """Whether a file is the one at a place, or in the folder there."""
    return file == place or place in file.parents
