"""`abmspec uses`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from abmspec.cli import completion
from abmspec.cli.options import (
    directory_option,
    find_thing,
    open_project,
    today_option,
    wants_colour,
)
from abmspec.jsontext import json_text
from abmspec.references import ReferenceIndex
from abmspec.report.text import paint, visible
from abmspec.words import counted


@click.command(
    epilog="""\b
Examples:
  abmspec uses picklist.industry.value.media-telecom
  abmspec uses field.account.employees
  abmspec uses segment.enterprise-finserv --format json
"""
)
@click.argument("address", shell_complete=completion.addresses)
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", help="How to print."
)
@directory_option
@today_option
def command(address: str, format_: str, directory: Path, today: date) -> None:
    """List everything that refers to a thing.

    Segments, plays, overlays, fields, tiers, routing, governance: with the place of each. What uses a part of the thing
    (a value of the picklist) counts too.
    """
    _, _, resolved = open_project(directory, today)
    thing = find_thing(resolved, address, None)
    documents = resolved.spec.documents
    rows = []
    index = ReferenceIndex(resolved)
    for use in index.in_full(index.uses(thing.address)):
        span = documents[use.at.path].span(use.at.route, on_key=use.at.on_key)
        rows.append((use.source, use.how, use.at.path, span.line, span.column, use.target))
    rows.sort(key=lambda row: (row[2], row[3], row[4]))
    if format_ == "json":
        uses = [
            {"address": source, "how": how, "path": path, "line": line, "column": column, "target": target}
            for source, how, path, line, column, target in rows
        ]
        document = {"version": 1, "address": thing.address, "uses": uses}
        click.echo(json_text(document), nl=False)
        return
    colour = wants_colour()
    width = max((len(row[0]) for row in rows), default=0)
    for source, how, path, line, column, target in rows:
        part = f" {target}" if target != thing.address else ""
        place = paint(f"{visible(path)}:{line}:{column}", "2", colour)
        click.echo(f"{visible(source):<{width}}  {visible(how)}{visible(part)}  {place}", color=colour)
    click.echo(
        f"{counted(len(rows), 'use')} of {thing.address}" if rows else f"Nothing refers to {thing.address}."
    )
