"""Where a new thing stands: which file, and where in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from abmspec.edit import Change, Insert, Put, change, created
from abmspec.load import places
from abmspec.model.spec import Spec
from abmspec.proposal.proposal import ProposalRefused
from abmspec.source import Route


class Home(NamedTuple):
    """A file of its own, or (with a route) an entry of a mapping in one."""

    path: str
    kind: str
    route: Route = ()


def home_of(spec: Spec, kind: str, region: str, name: str, *route: str) -> Home:
    """The place of a kind of file called `name`: global, or in a region's folder."""
    folders = {each.id: each.folder for each in spec.regions.values()}
    place = next(each for each in places(folders) if each.kind == kind and each.region == region)
    return Home(place.path if place.name else f"{place.folder}/{name}.yaml", kind, route)


def placed(
    spec: Spec, contents: Mapping[str, bytes], home: Home, id: str, data: Any, after: str = ""
) -> Change:
    """The change that puts a thing in its place. ProposalRefused where the file cannot be used, or is there already."""
    if home.path in spec.broken:
        raise ProposalRefused(
            f"{home.path} has errors, so nothing can be added to it. `abmspec check` shows them: mend them first."
        )
    before = contents.get(home.path)
    if not home.route:
        if before is not None:
            raise ProposalRefused(f"{home.path} is there already.")
        return created(home.path, data, home.kind)
    if before is None:
        whole = {id: data}
        for key in reversed(home.route):
            whole = {str(key): whole}
        return created(home.path, whole, home.kind)
    if spec.documents[home.path].data.get(home.route[0]) is None:
        return change(home.path, before, [Put((*home.route, id), data)], home.kind)
    return change(home.path, before, [Insert(home.route, id, data, after=after or None)], home.kind)
