"""Pages about data: the dictionary, the picklists, and what each system holds of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from abmspec.holdings import Holdings
from abmspec.model.taxonomy import Field, Picklist, Value
from abmspec.site.context import Library, merged
from abmspec.site.page import Page


class Place(NamedTuple):
    """A field in a system: its object and name there."""

    instance: str
    object: str
    name: str
    type: str


class Region(NamedTuple):
    """What a region makes of a picklist: its own values, other labels, values that it does not offer."""

    id: str
    own: dict[str, Value]
    relabelled: dict[str, Value]
    hidden: tuple[str, ...]


class Keys(NamedTuple):
    """What a system stores for each value: by value id, the key and whether it is active there."""

    instance: str
    keys: dict[str, tuple[str, bool]]


def pages(library: Library) -> Iterator[Page]:
    """The dictionary, a page for each object, the picklists, a page for each, and the systems, a page for each."""
    fields = list(fields_of(library).values())
    if fields:
        yield Page("dictionary/index.html", "Data dictionary", _index(library, fields))
        for name in objects_of(library):
            yield _object(library, name, [field for field in fields if field.object == name])
    picklists = picklists_of(library)
    if picklists:
        html = library.page("picklists/index.html", "picklists.html", picklists=list(picklists.values()))
        yield Page("picklists/index.html", "Picklists", html)
    for picklist in picklists.values():
        yield _picklist(library, picklist)
    yield from _systems(library)


def fields_of(library: Library) -> dict[str, Field]:
    """Every field by name (`account.industry`), global ones first, then the regions' own."""
    return merged(own.fields for own in library.spec.owns)


def objects_of(library: Library) -> list[str]:
    """The objects that have fields, in the order of the spec."""
    return list(dict.fromkeys(field.object for field in fields_of(library).values()))


def picklists_of(library: Library) -> dict[str, Picklist]:
    """Every picklist by id, global ones first, then the regions' own."""
    return merged(own.picklists for own in library.spec.owns)


def values_of(library: Library, picklist: Picklist) -> dict[str, Value]:
    """Every value of a picklist, those that regions add included."""
    found = dict(picklist.values)
    for overlay in library.spec.overlays.values():
        change = overlay.picklists.get(picklist.id)
        for id, value in change.values.items() if change is not None else ():
            if id not in found:
                found[id] = value
    return found


def _index(library: Library, fields: list[Field]) -> bytes:
    consumers = sorted({consumer for field in fields for consumer in field.consumers})
    owners = sorted({field.owner for field in fields if field.owner})
    return library.page(
        "dictionary/index.html",
        "dictionary.html",
        fields=fields,
        objects=objects_of(library),
        consumers=consumers,
        owners=owners,
    )


def _object(library: Library, name: str, fields: list[Field]) -> Page:
    path = f"dictionary/{name}.html"
    html = library.page(
        path,
        "object.html",
        object=name,
        fields=fields,
        places={field.name: list(_places(library, field)) for field in fields},
        regional={field.name: list(_regional(library, field)) for field in fields},
    )
    return Page(path, f"{name[:1].upper()}{name[1:]} fields", html)


def _places(library: Library, field: Field) -> Iterator[Place]:
    for instance, held in library.holdings.items():
        for each in held.of_field(field.name):
            yield Place(instance, each.object, each.name, each.type)


def _regional(library: Library, field: Field) -> Iterator[tuple[str, str]]:
    """Which regions tighten or hide a field, in words."""
    for id, overlay in library.spec.overlays.items():
        change = overlay.fields.get(field.object)
        if change is None:
            continue
        if field.id in change.hide:
            yield id, "not used here"
        tightened = change.tightened.get(field.id)
        if tightened is not None:
            yield id, "required here" if tightened.required else "labelled otherwise here"


def _picklist(library: Library, picklist: Picklist) -> Page:
    path = f"picklists/{picklist.id}.html"
    values = values_of(library, picklist)
    regions = [each for each in _regions(library, picklist) if each.own or each.relabelled or each.hidden]
    own_lists = [each for each in picklists_of(library).values() if each.rolls_up_to == picklist.id]
    html = library.page(
        path,
        "picklist.html",
        picklist=picklist,
        values=values,
        children=_children(values, own_lists),
        languages=sorted({language for value in values.values() for language in value.labels}),
        keys=list(_keys(library, picklist.id)),
        regions=regions,
        own_lists=own_lists,
        fields=[field for field in fields_of(library).values() if field.picklist == picklist.id],
    )
    return Page(path, picklist.label or picklist.id, html)


def _regions(library: Library, picklist: Picklist) -> Iterator[Region]:
    for id, overlay in library.spec.overlays.items():
        change = overlay.picklists.get(picklist.id)
        if change is not None:
            yield Region(
                id,
                {name: value for name, value in change.values.items() if name not in picklist.values},
                {name: value for name, value in change.values.items() if name in picklist.values},
                change.hide,
            )


def _children(
    values: dict[str, Value], own_lists: Iterable[Picklist]
) -> dict[str, list[tuple[str, Value, str]]]:
    """By parent, the finer values below it: id, value and the list of its own where it stands in one."""
    found: dict[str, list[tuple[str, Value, str]]] = {}
    for id, value in values.items():
        if value.maps_to:
            found.setdefault(value.maps_to, []).append((id, value, ""))
    for picklist in own_lists:
        for id, value in picklist.values.items():
            if value.maps_to:
                found.setdefault(value.maps_to, []).append((id, value, picklist.id))
    return found


def _keys(library: Library, picklist: str) -> Iterator[Keys]:
    for instance, held in library.holdings.items():
        keys = {
            option.id: (option.key, option.active)
            for each in held.lists
            if each.picklist.id == picklist
            for option in each.options
        }
        if keys:
            yield Keys(instance, keys)


def _systems(library: Library) -> Iterator[Page]:
    systems = library.spec.systems
    if systems is None:
        return
    html = library.page("systems/index.html", "systems.html", systems=systems, holdings=library.holdings)
    yield Page("systems/index.html", "Systems", html)
    for id, system in systems.systems.items():
        held: Holdings | None = library.holdings.get(id)
        objects: dict[str, list[object]] = {}
        for each in held.fields if held is not None else ():
            objects.setdefault(each.object, []).append(each)
        path = f"systems/{id}.html"
        html = library.page(
            path, "system.html", id=id, system=system, systems=systems, held=held, objects=objects
        )
        yield Page(path, system.label or id, html)
