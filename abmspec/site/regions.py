"""Pages about regions: the tree, and what each region does otherwise than the one above it, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from abmspec.model.region import Region
from abmspec.model.spec import Overlay
from abmspec.site.context import Library
from abmspec.site.page import Page


class Branch(NamedTuple):
    """A region in the tree."""

    region: Region
    depth: int


class Differences(NamedTuple):
    """How many things a region adds or does otherwise, by what they are."""

    values: int
    hidden: int
    fields: int
    segments: int
    plays: int
    localised: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self)


def pages(library: Library) -> Iterator[Page]:
    """The tree, and a page for each region."""
    spec = library.spec
    if not spec.regions:
        return
    html = library.page(
        "regions/index.html",
        "regions.html",
        branches=list(tree(library)),
        differences={id: differences(overlay) for id, overlay in spec.overlays.items()},
        countries={id: countries(library, id) for id in spec.regions},
    )
    yield Page("regions/index.html", "Regions", html)
    for branch in tree(library):
        yield _region(library, branch.region)


def tree(library: Library, parent: str = "", depth: int = 0) -> Iterator[Branch]:
    """Regions in the order of the tree: each before those in it."""
    for region in library.spec.regions.values():
        if region.parent == parent:
            yield Branch(region, depth)
            yield from tree(library, region.id, depth + 1)


def countries(library: Library, region: str) -> list[str]:
    """Every country of the region and of those in it, by name."""
    spec = library.spec
    codes = {code for id in spec.descendants(region) for code in spec.regions[id].countries}
    return sorted(library.wording.country(code) for code in codes)


def differences(overlay: Overlay) -> Differences:
    """What an overlay adds or changes, counted."""
    lists = overlay.picklists.values()
    own_values = sum(len([id for id in each.values if id.startswith(f"{overlay.region}-")]) for each in lists)
    return Differences(
        values=own_values + sum(len(each.values) for each in overlay.own.picklists.values()),
        hidden=sum(len(each.hide) for each in lists),
        fields=len(overlay.own.fields) + sum(len(each.tightened) for each in overlay.fields.values()),
        segments=len(overlay.segments) + len(overlay.own.segments),
        plays=len(overlay.own.plays),
        localised=len(overlay.plays),
    )


def _region(library: Library, region: Region) -> Page:
    spec = library.spec
    overlay = spec.overlays[region.id]
    path = f"regions/{region.id}.html"
    view = library.resolved.regions[region.id]
    inherited = [
        (id, spec.overlays[id]) for id in spec.ancestors(region.id)[1:] if _says_something(spec.overlays[id])
    ]
    html = library.page(
        path,
        "region.html",
        region=region,
        overlay=overlay,
        view=view,
        counts=differences(overlay),
        children=[each for each in spec.regions.values() if each.parent == region.id],
        ancestors=list(reversed(spec.ancestors(region.id)[1:])),
        inherited=[id for id, _ in inherited],
        countries=sorted(library.wording.country(code) for code in region.countries),
        below=[
            name
            for name in countries(library, region.id)
            if name not in {library.wording.country(code) for code in region.countries}
        ],
        prefix=f"{region.id}-",
    )
    return Page(path, region.label or region.id, html)


def _says_something(overlay: Overlay) -> bool:
    return bool(differences(overlay).total or overlay.tiers or overlay.routing or overlay.own.privacy)
