"""What a region says of a thing from above: other labels, or that it does not offer it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from abmspec.edit import InsertItem, Put
from abmspec.proposal.basis import Basis, Declaration
from abmspec.proposal.draft import Draft
from abmspec.proposal.proposal import NothingThere, Proposal, ProposalRefused
from abmspec.proposal.request import Hide
from abmspec.references import Reference
from abmspec.source import Route
from abmspec.words import did_you_mean

# Of a hidden thing, these uses break nothing.
HARMLESS = frozenset({"hide", "overlays", "replaced_by", "renamed_from", "after", "allowed_for"})
FOLDERS = {
    "picklist": "picklists",
    "value": "picklists",
    "field": "fields",
    "segment": "segments",
    "play": "playbooks",
}
KINDS = {
    "picklist": "picklist-overlay",
    "value": "picklist-overlay",
    "field": "fields-overlay",
    "segment": "segment-overlay",
    "play": "play-overlay",
}


class Overlay(NamedTuple):
    """Where a region speaks of a thing from above: the file, its kind, the thing's place in it."""

    path: str
    kind: str
    route: Route

    def put(self, basis: Basis, draft: Draft, route: Route, value: Any) -> None:
        """Says something in the file, or, of a region that says nothing yet, in a new one."""
        if self.path in basis.documents:
            draft.later(self.path, Put(route, value))
            return
        for part in reversed(route):
            value = {part: value}
        draft.make(self.path, self.kind, value)

    def put_labels(self, basis: Basis, draft: Draft, labels: dict[str, str]) -> None:
        """Says labels by language. Those of other languages stay."""
        if self.path not in basis.documents:
            self.put(basis, draft, (*self.route, "labels"), labels)
            return
        for language, text in labels.items():
            self.put(basis, draft, (*self.route, "labels", language), text)


def overlay_of(basis: Basis, declared: Declaration, region: str) -> Overlay:
    """Where `region` speaks of the thing. ProposalRefused where it does not exist, or has no say."""
    spec, thing = basis.resolved.spec, declared.thing
    if region not in spec.regions:
        hint = did_you_mean(region, spec.regions) or f"There are: {', '.join(spec.regions) or 'none'}."
        raise NothingThere(f"There is no region `{region}`. {hint}")
    if thing.kind not in FOLDERS:
        raise ProposalRefused(
            f"A region has no say in the {declared.name}: of what stands above it, it labels picklists, values, "
            "fields, segments and plays. Leave the region out to change it for all."
        )
    if thing.scope == region:
        raise ProposalRefused(
            f"The {declared.name} is `{region}`'s own, so `{region}` has no overlay of it. It ends by `abmspec propose "
            "deprecate`."
        )
    if not basis.sees(thing, region):
        raise ProposalRefused(
            f"The {declared.name} is `{thing.scope}`'s own, so `{region}` has no overlay of it: only `{thing.scope}` "
            "and the regions in it see it."
        )
    object_, _, key = thing.id.rpartition(".")
    name = {"value": thing.within, "field": object_}.get(thing.kind, thing.id)
    routes: dict[str, Route] = {"value": ("values", thing.id), "field": ("fields", key)}
    folder = f"{spec.regions[region].folder}/{FOLDERS[thing.kind]}"
    nested = f"{folder}/plays/{name}.yaml"
    path = nested if nested in basis.documents else f"{folder}/{name}.yaml"
    return Overlay(path, KINDS[thing.kind], routes.get(thing.kind, ()))


def hide(basis: Basis, request: Hide) -> Proposal:
    """The thing among what a region hides, and what there breaks by it. ProposalRefused of what no region may hide."""
    declared = basis.find(request.address)
    thing, region = declared.thing, request.region
    if thing.kind not in ("value", "field"):
        raise ProposalRefused(
            f"A region hides values and fields, and `{thing.address}` is neither. A step of a play is skipped in the "
            "region's file of the play; a segment that nobody uses there needs no hiding."
        )
    overlay = overlay_of(basis, declared, region)
    if declared.data.get("backbone"):
        raise ProposalRefused(
            f"The {declared.name} is part of the backbone (`backbone: true`), so no region may hide it: reports count "
            "on it everywhere."
        )
    if basis.hides(region, thing):
        return Proposal(thing.address, (), notes=(f"`{region}` hides the {declared.name} already.",))
    draft = Draft(basis.documents, basis.contents)
    document = basis.documents.get(overlay.path)
    if document is not None and document.data.get("hide"):
        draft.later(overlay.path, InsertItem(("hide",), declared.key))
    else:
        overlay.put(basis, draft, ("hide",), [declared.key])
    return Proposal(thing.address, draft.changes(), notes=tuple(_on_hiding(basis, declared, region)))


def _on_hiding(basis: Basis, declared: Declaration, region: str) -> Iterator[str]:
    inside = basis.resolved.spec.descendants(region)
    below = [each for each in inside if each != region]
    also = f" So do the regions in it: {', '.join(f'`{each}`' for each in below)}." if below else ""
    yield f"`{region}` offers the {declared.name} no more; records keep what they hold.{also}"
    uses = list(_broken(basis, declared, frozenset(inside)))
    if uses:
        uses_it = "thing there uses" if len(uses) == 1 else "things there use"
        yield f"{len(uses)} {uses_it} it, and can match nothing then:"
        yield from (f"  {basis.said(use)}" for use in uses)


def _broken(basis: Basis, declared: Declaration, regions: frozenset[str]) -> Iterator[Reference]:
    """What of the regions' own leans on the thing."""
    for use in basis.index.to.get(declared.thing.address, ()):
        if use.scope in regions and use.how not in HARMLESS:
            yield use
