"""The kinds of files: where each stands and what it may say, from the published schemas."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping

from abmspec.edit import flow
from abmspec.load.layout import Place, places
from abmspec.schema import schemas
from tools.docs.keys import PARTS, Schema, Writer, heading_of
from tools.docs.markdown import code, page, table

# A definition that more kinds than this use stands on the page of parts.
FEW = 2


def pages() -> Iterator[tuple[str, str]]:
    """The index, the parts that many files share, and a page for each kind."""
    kinds = {name.removesuffix(".schema.json"): json.loads(text) for name, text in schemas()}
    used = Counter(name for schema in kinds.values() for name in schema.get("$defs", ()))
    definitions = {name: each for schema in kinds.values() for name, each in schema.get("$defs", {}).items()}
    shared = {name for name, count in used.items() if count > FEW}
    stands = _stands()
    yield "files.md", _index(kinds, stands)
    yield f"files/{PARTS}", _parts(definitions, shared)
    for kind, schema in kinds.items():
        writer = Writer(schema.get("$defs", {}), shared)
        yield (
            f"files/{kind}.md",
            page(
                f"# {schema['title']}",
                f"{schema['description']} Stands in {' and '.join(map(code, stands[kind]))}.",
                *writer.sections(schema),
                f"What the words of the second column stand for: [parts]({PARTS}). Every other kind: "
                f"[files](../files.md). The schema: {code(f'abmspec/schemas/{kind}.schema.json')}.",
            ),
        )


def _stands() -> dict[str, list[str]]:
    """Where the files of each kind stand."""
    found: dict[str, list[str]] = {}
    for place in places({"<region>": "regions/<region>"}):
        found.setdefault(place.kind, []).append(_path(place))
    return found


def _path(place: Place) -> str:
    if place.name:
        return place.path
    return f"{place.folder}/{'<region>-<id>' if place.own else '<id>'}.yaml"


def _index(kinds: Mapping[str, Schema], stands: Mapping[str, list[str]]) -> str:
    rows = [
        (f"[{schema['title']}](files/{kind}.md)", "<br>".join(map(code, stands[kind])), schema["description"])
        for kind, schema in kinds.items()
    ]
    return page(
        "# Files",
        "The path of a file says what it is, and its name is its id: nothing is stated twice. A region's folder may "
        "lie in that of another, from which it inherits; `<region>` stands for the folders' names. `<region>-<id>` "
        "is what the region adds, under its prefix; where a file is named for a global thing, it overlays that one.",
        "Every file is YAML 1.2, without anchors, aliases and tags. `abmspec schema --out DIR` writes the JSON Schemas "
        "that these pages are made from.",
        table(("file", "stands in", "is"), rows),
        "[Parts](files/parts.md) that many files share: conditions, texts, what says that something goes.",
    )


def _parts(definitions: Mapping[str, Schema], shared: set[str]) -> str:
    texts = [
        (each["title"], each["description"], code(flow(each["examples"][0])))
        for name, each in sorted(definitions.items())
        if each.get("type") == "string" and "pattern" in each
    ]
    writer = Writer(definitions, shared, on_parts=True)
    sections = [
        text
        for name in sorted(shared)
        if "properties" in definitions[name]
        for text in writer.section(heading_of(name), definitions[name])
    ]
    return page(
        "# Parts that files share",
        "## Texts",
        "What a file says in one of these forms is checked to the letter.",
        table(("is", "form", "example"), texts),
        *sections,
    )
