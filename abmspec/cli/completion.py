"""What a shell offers where a word of a command is begun.

Only names that no shell takes for anything else are offered: what is completed is then run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import click

from abmspec import pipeline
from abmspec.cli.options import find_project
from abmspec.pipeline import Names

HARMLESS = re.compile(r"[\w./][\w./-]*")


def addresses(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The addresses of the project's spec."""
    return _begun(incomplete, _names(ctx).addresses)


def regions(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The regions of the project's spec."""
    return _begun(incomplete, _names(ctx).regions)


def replacements(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The ids beside the thing that is given: of its own region, and of all."""
    return _begun(incomplete, _beside(ctx, *_folders(ctx)))


def parents(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The global ids to which the region's value that is given could roll up."""
    return _begun(incomplete, _beside(ctx, _folders(ctx)[-1]))


def first_argument(ctx: click.Context, name: str) -> str:
    """What the first argument says. Where an option's value is being typed, click has not told what it is yet."""
    return str(ctx.params.get(name) or next(iter(ctx.args), ""))


def _folders(ctx: click.Context) -> tuple[str, str]:
    """Where the thing that is given stands, as it is addressed: in its region, and for all."""
    folder = first_argument(ctx, "address").rpartition(".")[0]
    return folder, re.sub(r"^region\.[^.]+\.", "", folder)


def _beside(ctx: click.Context, *folders: str) -> list[str]:
    """The ids of what stands in one of the folders, without the thing that is given."""
    given = first_argument(ctx, "address")
    split = [address.rpartition(".") for address in _names(ctx).addresses if address != given]
    return sorted({id for folder, _, id in split if folder and folder in folders})


def systems(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """What can be built: instances of systems, and their kinds."""
    given = ctx.params.get(param.name or "") or ()
    return _begun(incomplete, [name for name in _names(ctx).systems if name not in given])


def rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Every rule: each has a page. The rules themselves would take long to import."""
    pages = files("abmspec").joinpath("rules").iterdir()
    return _begun(incomplete, sorted(page.name[:-3] for page in pages if page.name.endswith(".md")))


def refs(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The branches and tags of the project's repository; none where there is none."""
    from abmspec.git import GitRefused, Repository

    try:
        return _begun(incomplete, Repository.of(ctx.params.get("directory") or Path()).names())
    except GitRefused:
        return []


def _names(ctx: click.Context) -> Names:
    return pipeline.names(find_project(ctx.params.get("directory") or Path()))


def _begun(incomplete: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(incomplete) and HARMLESS.fullmatch(name)]
