"""What search finds: every thing by its label, id, aliases, translations, and names in systems."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from abmspec.address import in_region
from abmspec.references import noun
from abmspec.site import dictionary, playbook
from abmspec.site.context import Library
from abmspec.site.links import place
from abmspec.site.page import Entry, Page
from abmspec.templating import script_safe

PATH = "assets/abmspec/search-index.js"
# Parts that are found with what they are part of.
LEFT_OUT = frozenset({"object", "step", "seat", "policy-rule", "strategy", "plan-objective", "factor"})


def entries(library: Library, pages: Iterable[Page]) -> Iterator[Entry]:
    """One entry for each thing with a place on the site, and one for each page that no thing stands for."""
    words = _words(library)
    addresses = library.addresses
    stood_for = set()
    for thing in library.index.things.values():
        target = place(thing)
        if thing.kind in LEFT_OUT or not target:
            continue
        known, text = words.get(thing.address, ("", ""))
        kind = noun(thing.kind)
        if thing.kind == "value":
            holder = addresses.find("picklist", thing.within)
            kind = f"value of {addresses.thing_label(holder) if holder else thing.within}"
        if thing.scope in library.spec.regions:
            kind = f"{kind}, {library.spec.regions[thing.scope].label or thing.scope}"
        if thing.status in ("deprecated", "retired", "proposed"):
            kind = f"{kind} ({thing.status})"
        stood_for.add(target)
        yield Entry(
            target, addresses.thing_label(thing), kind, " ".join(filter(None, (thing.id, known))), text
        )
    for page in pages:
        if page.path not in stood_for:
            yield Entry(
                page.path,
                page.title,
                "page",
                "",
                " · ".join(each.label for each in page.headings if each.level == 2),
            )


def index_file(entries: Iterable[Entry]) -> bytes:
    """The index as a script, which a page that was opened as a file may load."""
    rows = [list(entry) for entry in entries]
    text = script_safe(json.dumps(rows, ensure_ascii=False, separators=(",", ":")))
    return f"window.abmspecSearch={text};\n".encode()


def _words(library: Library) -> dict[str, tuple[str, str]]:
    """By address, the other words for a thing and its definition."""
    found: dict[str, tuple[str, str]] = {}
    for entity in library.spec.entities():
        found[entity.address] = (" ".join(entity.labels.values()), entity.description)
    for play in playbook.plays_of(library).values():
        known = [*play.labels.values(), *(step.channel for step in play.steps.values())]
        found[play.address] = (" ".join(known), play.objective)
    for address, aliases, text in _values(library):
        found[address] = (" ".join(aliases), text)
    for field in dictionary.fields_of(library).values():
        names = {
            held.name for each in library.holdings.values() for held in each.of_field(field.name) if held.name
        }
        found[field.address] = (" ".join([*field.labels.values(), *sorted(names)]), field.description)
    return found


def _values(library: Library) -> Iterator[tuple[str, list[str], str]]:
    keys: dict[tuple[str, str], set[str]] = {}
    for held in library.holdings.values():
        for each in held.lists:
            for option in each.options:
                keys.setdefault((each.picklist.id, option.id), set()).add(option.key)
    for picklist in dictionary.picklists_of(library).values():
        for id, value in dictionary.values_of(library, picklist).items():
            scope = value.scope or (picklist.scope if picklist.scope in library.spec.regions else "")
            stored = sorted(keys.get((picklist.id, id), set()))
            words = [*value.aliases, *value.labels.values(), *stored]
            yield in_region(f"picklist.{picklist.id}.value.{id}", scope), words, value.description
