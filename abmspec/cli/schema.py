"""`abmspec schema`."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from abmspec.cli.options import ProjectError, directory_option, find_project, refusals_as_errors
from abmspec.load import PROJECT_PATH
from abmspec.output import replace_tree, write_file
from abmspec.schema import inputs, kinds, outputs, schemas

if TYPE_CHECKING:
    from abmspec.editor import Bindings
    from abmspec.resolve import Resolved

PLAIN, OF_PROJECT = Path("schemas"), Path(".abmspec/schemas")
SETTINGS, EXTENSIONS = Path(".vscode/settings.json"), Path(".vscode/extensions.json")
RECOMMENDED = b'{\n  "recommendations": ["redhat.vscode-yaml"]\n}\n'
SNIPPET = "settings.json"


@click.command(
    epilog="""\b
Examples:
  abmspec schema --out schemas    one self-contained file a kind, JSON Schema 2020-12
  abmspec schema --project        the project's own ids in .abmspec/schemas, bound in .vscode/settings.json
"""
)
@click.option(
    "--project",
    "of_project",
    is_flag=True,
    help="Schemas of this project, in which every reference is a list of its ids, and an editor's settings for them.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    show_default=f"{PLAIN}, or {OF_PROJECT}",
    metavar="DIR",
    help="The folder to write into.",
)
@directory_option
def command(of_project: bool, out: Path | None, directory: Path) -> None:
    """Write the JSON Schemas of the spec's files.

    Below outputs/ stand those of what abmspec prints as JSON, below inputs/ those of what it reads so. With --project,
    write those that editors complete and check this project's files with instead; do so again when ids were added.
    """
    if of_project:
        _write_project(find_project(directory), out or OF_PROJECT)
        return
    target = directory / (out or PLAIN)
    written = {**dict(schemas()), **dict(inputs()), **dict(outputs())}
    with refusals_as_errors():
        for name, content in written.items():
            write_file(target / name, content)
    click.echo(f"{len(written)} schemas in {target}")


def _write_project(root: Path, out: Path) -> None:
    from abmspec import pipeline

    resolved = pipeline.resolved_project(root)
    if resolved is None:
        raise ProjectError(
            f"{PROJECT_PATH} cannot be used, so nothing was written. `abmspec check` says why."
        )
    folder = Path(os.path.relpath(root / out, root)).as_posix()
    files, bindings = of_project(resolved, folder)
    with refusals_as_errors():
        replace_tree(root / out, files)
        click.echo(f"{len(bindings)} schemas in {out}")
        for path in sorted(resolved.spec.broken):
            click.echo(
                f"{path} cannot be used, so what it may hold is not checked. `abmspec check` says why.",
                err=True,
            )
        if not (root / EXTENSIONS).exists():
            write_file(root / EXTENSIONS, RECOMMENDED)
        _bind(root, folder, bindings)


def of_project(resolved: Resolved, folder: str) -> tuple[dict[str, bytes], Bindings]:
    """The files of a folder with the project's own schemas, and how editors bind these from the project's folder."""
    from abmspec.editor import editor_schemas, rendered

    made = editor_schemas(resolved)
    start = folder if folder.startswith("../") else f"./{folder}"
    bindings = {f"{start}/{name}": patterns for name, patterns in made.bindings.items()}
    more = {".gitignore": b"*\n", SNIPPET: rendered(bindings).encode()}
    return {**made.files, **more}, bindings


def _bind(root: Path, folder: str, bindings: Bindings) -> None:
    """Puts the bindings into the editor's settings, or says where they are to be taken from."""
    from abmspec.editor import NotMerged, merged_settings

    published = re.compile(rf"(.*/)?({'|'.join(map(re.escape, kinds()))})\.schema\.json")

    def is_ours(key: str) -> bool:
        return key.removeprefix("./").startswith(f"{folder}/") or published.fullmatch(key) is not None

    path = root / SETTINGS
    try:
        before = path.read_bytes().decode("utf-8") if path.exists() else ""
        after = merged_settings(before, bindings, is_ours)
    except (NotMerged, UnicodeDecodeError) as error:
        why = error if isinstance(error, NotMerged) else "it is not UTF-8"
        click.echo(
            f"{SETTINGS} was left as it is: {why}. Take `yaml.schemas` over from {folder}/{SNIPPET}.",
            err=True,
        )
        return
    if after != before:
        write_file(path, after.encode())
    click.echo(
        f"Bound in {SETTINGS}, for the extension redhat.vscode-yaml; for other editors: {folder}/{SNIPPET}"
    )
