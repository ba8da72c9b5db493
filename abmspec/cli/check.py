"""`abmspec check`."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import click

from abmspec import pipeline
from abmspec.cli.options import directory_option, find_project, require_usable, today_option, wants_colour
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
    _require_known_regions(regions, verdict.regions)
    reported = tuple(
        each
        for each in verdict.diagnostics
        if (not rules or each.rule in rules)
        and (not paths or _is_under(each.path, paths, root, directory))
        and (not regions or _is_of_region(each.path, regions))
    )
    report = Report(
        diagnostics=reported,
        waived=verdict.waived,
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
            raise click.UsageError(f"There is no rule `{name}`. `abmspec explain --list` names them all.")


def _require_known_regions(asked: tuple[str, ...], known: tuple[str, ...]) -> None:
    for region in asked:
        if region not in known:
            raise click.UsageError(f"There is no region `{region}`. There are: {', '.join(known)}.")


def _is_of_region(path: str, regions: tuple[str, ...]) -> bool:
    folders = path.split("/")[:-1]
    return folders[:1] == ["regions"] and any(region in folders for region in regions)


def _is_under(path: str, wanted: tuple[Path, ...], root: Path, directory: Path) -> bool:
    """Whether the finding's file is one of the wanted paths (given from `directory`) or in one of them."""
    here = root / path
    return any(
        here == place or place in here.parents for place in ((directory / each).resolve() for each in wanted)
    )
