"""Leads a name, as one scope means it, to the thing of that name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from abmspec.load import PROJECT_PATH
from abmspec.model.entity import GLOBAL, Entity
from abmspec.model.spec import Spec
from abmspec.model.taxonomy import qualified
from abmspec.references.reference import Reference, Thing, global_address
from abmspec.resolve import Resolved
from abmspec.source import Anchor

Names = Mapping[tuple[str, str, str], list[Thing]]


class Finder:
    """Makes references of one spec. Lives for one collection."""

    def __init__(self, resolved: Resolved, names: Names) -> None:
        self.resolved = resolved
        self.spec: Spec = resolved.spec
        self.names = names
        self.visible = {
            GLOBAL: frozenset({GLOBAL}),
            **{region: frozenset({GLOBAL, *self.spec.ancestors(region)}) for region in self.spec.regions},
        }

    # -------------------------------------------------------------- references

    def refer(
        self,
        source: Entity | str,
        at: Anchor,
        how: str,
        kind: str,
        id: str,
        *,
        scope: str = "",
        within: str = "",
    ) -> Reference:
        """A reference to the nearest thing of that name: one that `scope` sees, or else any."""
        if isinstance(source, Entity):
            scope = scope or source.scope
            source = source.address
        scope = scope or GLOBAL
        found = self.names.get((kind, within, id), ())
        target = ""
        if found:
            sees = self.visible.get(scope, frozenset())
            target = next((thing.address for thing in found if thing.scope in sees), found[0].address)
        return Reference(source, at, how, kind, id, target or global_address(kind, id, within), scope, within)

    def each(
        self, entity: Entity, how: str, kind: str, ids: Iterable[str], *route: str | int, within: str = ""
    ) -> Iterator[Reference]:
        """One reference for each item of a list at `route`."""
        for index, id in enumerate(ids):
            yield self.refer(entity, entity.at(*route, index), how, kind, id, within=within)

    def one(
        self, entity: Entity, how: str, kind: str, id: str, *route: str | int, within: str = ""
    ) -> Iterator[Reference]:
        """The reference at `route`, if the attribute is set."""
        if id:
            yield self.refer(entity, entity.at(*route), how, kind, id, within=within)

    def keys(
        self, entity: Entity, how: str, kind: str, ids: Iterable[str], *route: str | int, within: str = ""
    ) -> Iterator[Reference]:
        """One reference for each key of a mapping at `route`."""
        for id in ids:
            yield self.refer(entity, entity.key(*route, id), how, kind, id, within=within)

    # -------------------------------------------------------------- places

    def stated(self, entity: Entity, *route: str | int) -> Anchor | None:
        """Where the entity's file says this: in the entity, or in the file's defaults. None where it is inherited."""
        document = self.spec.documents.get(entity.path)
        if document is None:
            return entity.at(*route)
        if document.holds((*entity.route, *route)):
            return Anchor(entity.path, entity.route + route)
        if document.holds(("defaults", *route)):
            return Anchor(entity.path, ("defaults", *route))
        return None

    def owner(self, entity: Entity) -> Anchor | None:
        """Where the entity's owner is stated: by itself, its file, its region, or the project. None where nowhere."""
        at = self.stated(entity, "owner")
        if at is not None or entity.path not in self.spec.documents:
            return at
        document = self.spec.documents[entity.path]
        for id in self.spec.ancestors(document.region):
            at = self.stated(self.spec.regions[id], "owner")
            if at is not None:
                return at
        if document.region:
            return None
        folder = self.spec.project.owning_folder(entity.path)
        return Anchor(PROJECT_PATH, ("owners", folder)) if folder else None

    # -------------------------------------------------------------- fields

    def list_of(self, field: str, scope: str) -> str:
        """The id of the picklist whose values a field holds; its controlling field's for a detail field."""
        resolved = self.resolved
        fields = resolved.view(scope if scope in resolved.regions else GLOBAL).fields
        known = fields.get(field)
        if known is None:
            return ""
        if known.detail_of and not known.picklist:
            known = fields.get(qualified(known.detail_of, known.object))
        return known.picklist if known else ""
