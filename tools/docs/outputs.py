"""What the commands print or write as JSON, from the published schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePosixPath

from abmspec.schema import outputs
from tools.docs.keys import Writer
from tools.docs.markdown import code, page, table


def pages() -> Iterator[tuple[str, str]]:
    """The index, and a page for each output."""
    found = {PurePosixPath(name).name.partition(".")[0]: json.loads(text) for name, text in outputs()}
    yield (
        "outputs.md",
        page(
            "# Outputs for programs",
            "What commands print or write as JSON. Each has a schema, which `abmspec schema --out DIR` writes, and a "
            "`version`, which rises when programs have to look again. Paths are relative to the folder of the project, "
            "lines and columns count from 1.",
            table(
                ("output", "says"),
                [
                    (f"[{each['title']}](outputs/{name}.md)", each["description"])
                    for name, each in found.items()
                ],
            ),
        ),
    )
    for name, schema in found.items():
        writer = Writer(schema.get("$defs", {}), set())
        yield (
            f"outputs/{name}.md",
            page(
                f"# {schema['title']}",
                schema["description"],
                *writer.sections(schema),
                "Every other one: [outputs](../outputs.md). "
                f"The schema: {code(f'abmspec/schemas/outputs/{name}.schema.json')}.",
            ),
        )
