"""`abmspec check`."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from abmspec import baseline as baselines
from abmspec import pipeline
from abmspec.baseline import Baseline, Compared, Entry
from abmspec.cli import completion
from abmspec.cli.options import (
    ProjectError,
    directory_option,
    find_project,
    folder_in_repository,
    no_such,
    no_such_rule,
    refusals_as_errors,
    require_usable,
    today_option,
    wants_colour,
)  # fmt: skip
from abmspec.diagnostic import Diagnostic, Rule, fingerprint
from abmspec.output import replace_files, write_file
from abmspec.pipeline import Verdict
from abmspec.report import FORMATS, Report
from abmspec.report.statistics import as_statistics
from abmspec.report.text import visible
from abmspec.words import counted


@click.command(
    epilog="""\b
Examples:
  abmspec check                                 everything
  abmspec check regions/emea                    what is reported, not what is analysed
  abmspec check --rule sunset-passed --today 2027-01-01
  abmspec check --format sarif > abmspec.sarif  for code scanning
  abmspec check --statistics                    which rules have the most findings
  abmspec check --fix                           mend what is certain, and report what is left
  abmspec check --baseline old.json             what is new; with --write-baseline puts aside what is there
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="text", help="How to report.")
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="RULE",
    help="Report only this rule; may be repeated.",
    shell_complete=completion.rules,
)
@click.option(
    "--region",
    "regions",
    multiple=True,
    metavar="REGION",
    help="Report only this region's files.",
    shell_complete=completion.regions,
)
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of listing them.")
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Leave out the findings that FILE names: report what is new.",
)
@click.option("--write-baseline", is_flag=True, help="First put today's findings into the --baseline FILE.")
@click.option("--fix", is_flag=True, help="First mend what has one certain mend.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, and write nothing.")
@click.option("--no-cache", is_flag=True, help="Read and judge everything anew.")
@directory_option
@today_option
def command(
    paths: tuple[Path, ...],
    format_: str,
    rules: tuple[str, ...],
    regions: tuple[str, ...],
    strict: bool,
    statistics: bool,
    baseline: Path | None,
    write_baseline: bool,
    fix: bool,
    diff: bool,
    no_cache: bool,
    directory: Path,
    today: date,
) -> None:
    """Check the spec: every rule, every region.

    PATHS filter what is reported; the whole spec is always analysed. Exit code 1 where an error is found.

    With --fix, misspelt names, missing quotes and the like are mended where one mend is certain; comments and layout
    stay. With --diff, that is only shown.

    With --baseline, a team that adopts abmspec on an old spec sees what is new. What no waiver may silence, such as a
    file that does not parse, is reported all the same.
    """
    root = find_project(directory)
    _require_known_rules(rules)
    filtered = bool(paths or rules or regions)
    _require_fit(write_baseline, baseline, filtered=filtered, statistics=statistics, format_=format_)
    if write_baseline and (fix or diff):
        raise click.UsageError(
            "--write-baseline puts findings aside, and --fix mends them: take one of the two."
        )
    file = None if baseline is None else directory / baseline
    put_aside = None if file is None else _read_baseline(file, to_be_written=write_baseline)
    places = [_place_of(directory / path) for path in paths]

    def is_asked_for(found: Diagnostic | Entry) -> bool:
        return (
            (not rules or found.rule in rules)
            and (not places or any(_is_under(root / found.path, place) for place in places))
            and (not regions or _is_of_region(found.path, regions))
        )

    if fix or diff:
        # What a baseline names, nobody asked to have mended.
        known = {entry.fingerprint for entry in put_aside.findings} if put_aside else set()
        _mend(
            root,
            today,
            lambda found: is_asked_for(found) and fingerprint(found) not in known,
            write=not diff,
        )
    if diff:
        return
    started = time.perf_counter()
    verdict = pipeline.check_project(root, today, use_cache=not no_cache)
    require_usable(verdict)
    for region in regions:
        if region not in verdict.regions:
            raise click.UsageError(no_such("region", region, verdict.regions))
    _require_there(places, root, verdict.diagnostics)
    if file is not None and write_baseline:
        put_aside = _write_baseline(file, verdict)
    compared = _compare(verdict, put_aside)
    report = Report(
        diagnostics=tuple(filter(is_asked_for, compared.new)),
        waived=tuple(each for each in verdict.waived if is_asked_for(each.diagnostic)),
        rules=_rules() if format_ == "sarif" else (),
        root=root,
        files=verdict.files,
        seconds=time.perf_counter() - started,
        colour=wants_colour(),
        baselined=tuple(filter(is_asked_for, compared.left_out)),
        gone=None if put_aside is None else tuple(filter(is_asked_for, compared.gone)),
        strict=strict,
        folder=folder_in_repository(root),
    )
    printed = as_statistics(report) if statistics else FORMATS[format_](report)
    click.echo(printed, nl=False, color=report.colour)
    raise click.exceptions.Exit(1 if any(map(report.fails, report.diagnostics)) else 0)


# -- mending ---------------------------------------------------------------------------------------


def _mend(root: Path, today: date, is_wanted: Callable[[Diagnostic], bool], *, write: bool) -> None:
    """Mend what is certain, or show it; say on standard error what was."""
    from abmspec.edit import unified

    done = pipeline.mend(root, today, is_wanted)
    if write:
        with refusals_as_errors():
            replace_files(root, done.changes)
    else:
        click.echo(unified(done.changes), nl=False)
    state = "mended" if write else "would be mended"
    for found in sorted(done.mended):
        where = f"{found.path}:{found.line}:{found.column}"
        click.echo(visible(f"{state}: {where}: {found.rule}: {found.message}"), err=True)
    summary = f"{counted(len(done.mended), 'finding')} {state} in {counted(len(done.changes), 'file')}."
    click.echo(summary, err=True)


# -- the baseline ----------------------------------------------------------------------------------


def _require_fit(
    write: bool, baseline: Path | None, *, filtered: bool, statistics: bool, format_: str
) -> None:
    """UsageError for options that do not go together."""
    if write and baseline is None:
        raise click.UsageError("--write-baseline writes the file that --baseline FILE names: name one.")
    if write and filtered:
        raise click.UsageError(
            "--write-baseline puts everything aside: leave out PATHS, --rule and --region."
        )
    if statistics and format_ != "text":
        raise click.UsageError(f"--statistics is for people: leave out --format {format_}.")


def _read_baseline(file: Path, *, to_be_written: bool) -> Baseline | None:
    """The baseline; ProjectError where the file is none. One that is still to be written may be missing."""
    try:
        return baselines.read(file.read_bytes())
    except FileNotFoundError as error:
        if to_be_written:
            return None
        raise ProjectError(f"There is no baseline {file}. Write it with --write-baseline.") from error
    except OSError as error:
        raise ProjectError(f"{file} cannot be read: {(error.strerror or '').lower()}.") from error
    except baselines.Unreadable as error:
        raise ProjectError(f"{file} is no baseline that abmspec wrote: {error}.") from error


def _never() -> frozenset[str]:
    return frozenset(rule.name for rule in _rules() if not rule.waivable)


def _write_baseline(file: Path, verdict: Verdict) -> Baseline:
    taken = baselines.take(verdict.diagnostics, _never())
    with refusals_as_errors():
        write_file(file, baselines.write(taken))
    count = sum(entry.count for entry in taken.findings)
    stay = len(verdict.diagnostics) - count
    rest = f"; {counted(stay, 'finding')} that no waiver may silence not" if stay else ""
    click.echo(f"{file}: {counted(count, 'finding')} put aside{rest}.", err=True)
    return taken


def _compare(verdict: Verdict, put_aside: Baseline | None) -> Compared:
    if put_aside is None:
        return Compared(verdict.diagnostics, (), ())
    return baselines.compare(put_aside, verdict.diagnostics, _never())


# -- what is asked for -----------------------------------------------------------------------------


def _rules() -> tuple[Rule, ...]:
    """Every rule. Their import is worth avoiding where the cache has the verdict."""
    from abmspec.check import all_rules

    return all_rules()


def _require_known_rules(names: tuple[str, ...]) -> None:
    known = {rule.name for rule in _rules()} if names else set()
    for name in names:
        if name not in known:
            raise click.UsageError(no_such_rule(name, known))


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
