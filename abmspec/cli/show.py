"""`abmspec show`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from abmspec import lookup
from abmspec.cli import completion
from abmspec.cli.options import (
    directory_option,
    find_thing,
    open_project,
    today_option,
    wants_colour,
)
from abmspec.jsontext import json_text
from abmspec.report.outline import as_yaml
from abmspec.resolve import Resolved
from abmspec.source import Anchor


@click.command(
    epilog="""\b
Examples:
  abmspec show picklist.industry
  abmspec show picklist.industry --region emea
  abmspec show region.emea.picklist.industry.value.emea-fintech --format json
"""
)
@click.argument("address", shell_complete=completion.addresses)
@click.option("--region", metavar="REGION", help="As this region sees it.", shell_complete=completion.regions)
@click.option(
    "--format", "format_", type=click.Choice(["yaml", "json"]), default="yaml", help="How to print."
)
@directory_option
@today_option
def command(address: str, region: str | None, format_: str, directory: Path, today: date) -> None:
    """Show a resolved thing and where each part of it comes from.

    ADDRESS names it as findings and the site do: picklist.industry, field.account.industry, segment.enterprise-finserv,
    tier.tier-1, play.executive-briefing, region.emea …
    """
    _, _, resolved = open_project(directory, today)
    thing = find_thing(resolved, address, region)
    data = lookup.describe(resolved, thing)
    origins = lookup.origins(resolved, thing)
    words = lookup.in_words(resolved, thing)
    if format_ == "json":
        document = {
            "version": 1,
            "address": thing.address,
            "scope": thing.scope,
            "at": _place(resolved, thing.at),
            "value": data,
            "in_words": words or None,
            "origins": {
                key: [_place(resolved, anchor) for anchor in anchors] for key, anchors in origins.items()
            },
        }
        click.echo(json_text(document), nl=False)
        return
    notes = {key: _note(resolved, anchors) for key, anchors in origins.items()}
    heading = f"{thing.address} in {thing.scope}" if thing.scope != "global" else thing.address
    where = _where(resolved, thing.at)
    click.echo(as_yaml(data, heading, where, notes, about=words, colour=wants_colour()), nl=False)


def _place(resolved: Resolved, anchor: Anchor) -> dict[str, Any]:
    document = resolved.spec.documents[anchor.path]
    span = document.span(anchor.route, on_key=True)
    return {"path": anchor.path, "line": span.line, "column": span.column}


def _where(resolved: Resolved, anchor: Anchor) -> str:
    place = _place(resolved, anchor)
    return f"{place['path']}:{place['line']}"


def _note(resolved: Resolved, anchors: tuple[Anchor, ...]) -> str:
    """`regions/emea/picklists/industry.yaml:12, over taxonomy/picklists/industry.yaml:4`."""
    return ", over ".join(_where(resolved, anchor) for anchor in anchors)
