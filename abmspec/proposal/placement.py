"""Where a new thing stands: which file, and where in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from abmspec.edit import Change, Insert, Operation, Put, Remove, change, created
from abmspec.load import places
from abmspec.model.spec import Spec
from abmspec.proposal.proposal import ProposalRefused
from abmspec.source import Route


class Home(NamedTuple):
    """A file of its own, or (with a route) an entry of a mapping in one."""

    path: str
    kind: str
    route: tuple[str, ...] = ()


class Piece(NamedTuple):
    """Something to be written: where, under which id, what it says, and behind which neighbour."""

    home: Home
    id: str
    data: Any
    after: str = ""


class Removal(NamedTuple):
    """What goes from a file because the new thing has it."""

    path: str
    kind: str
    routes: tuple[Route, ...]


def home_of(spec: Spec, kind: str, region: str, name: str, *route: str) -> Home:
    """The place of a kind of file called `name`: global, or in a region's folder."""
    folders = {each.id: each.folder for each in spec.regions.values()}
    place = next(each for each in places(folders) if each.kind == kind and each.region == region)
    return Home(place.path if place.name else f"{place.folder}/{name}.yaml", kind, route)


def placed(spec: Spec, contents: Mapping[str, bytes], pieces: Iterable[Piece]) -> tuple[Change, ...]:
    """The changes, one a file, that put things in their places. ProposalRefused where a file cannot be used."""
    by_path: dict[str, list[Piece]] = {}
    for piece in pieces:
        by_path.setdefault(piece.home.path, []).append(piece)
    return tuple(_in_file(spec, contents.get(path), together) for path, together in by_path.items())


def removed(contents: Mapping[str, bytes], removal: Removal) -> Change:
    """The change that takes something out of a file, the last of it first: the places of list items shift."""
    operations = [Remove(route) for route in reversed(removal.routes)]
    return change(removal.path, contents[removal.path], operations, removal.kind)


def _in_file(spec: Spec, before: bytes | None, pieces: Sequence[Piece]) -> Change:
    """The change of one file, or the new one. Of things that need a new file there is one."""
    home, id, data, _ = pieces[0]
    if home.path in spec.broken:
        raise ProposalRefused(
            f"{home.path} has errors, so nothing can be added to it. `abmspec check` shows them: mend them first."
        )
    if before is not None and home.route:
        return change(home.path, before, [_put(spec, piece) for piece in pieces], home.kind)
    if before is not None:
        raise ProposalRefused(f"{home.path} is there already.")
    whole = {id: data} if home.route else data
    for key in reversed(home.route):
        whole = {key: whole}
    return created(home.path, whole, home.kind)


def _put(spec: Spec, piece: Piece) -> Operation:
    """The entry in its mapping, which is made where the file has none yet."""
    home, id, data, after = piece
    has_mapping = spec.documents[home.path].data.get(home.route[0]) is not None
    return Insert(home.route, id, data, after=after or None) if has_mapping else Put((*home.route, id), data)
