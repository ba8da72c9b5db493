"""All references of a spec and all things, by name and by address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from abmspec.address import address_of
from abmspec.model.entity import GLOBAL
from abmspec.model.spec import DEFINED_IN, may_be_broken
from abmspec.references import governance, playbook, region, taxonomy
from abmspec.references.finder import Finder
from abmspec.references.reference import Reference, Thing, noun
from abmspec.references.things import things
from abmspec.resolve import Resolved
from abmspec.source import Anchor, value_at
from abmspec.words import certain, nearest, quoted

# Kinds of which nothing can be said from the spec alone: accounts, and addresses of findings.
UNJUDGED = frozenset({"record", "address"})
# Objects that have no dictionary of their own: the people who use a system.
BUILT_IN_OBJECTS = frozenset({"user"})
# Where kinds stand that are part of another thing.
PART_OF = {
    "value": ("picklist",),
    "step": ("play",),
    "stage": ("lifecycle",),
    "factor": ("tier",),
    "outcome": ("objective",),
    "policy-rule": ("change-policy",),
    "object": ("field",),
}
SINGLE_FILES = {
    "lifecycle": "taxonomy/lifecycle.yaml",
    "change-policy": "governance/change-policy.yaml",
    "outcome": "taxonomy/charter.yaml",
}


class ReferenceIndex:
    """Every reference of a resolved spec, and every thing that can be referred to. Computed on first need."""

    def __init__(self, resolved: Resolved) -> None:
        self.resolved = resolved

    @cached_property
    def things(self) -> dict[str, Thing]:
        """Every thing by its address."""
        return {thing.address: thing for thing in things(self.resolved.spec)}

    @cached_property
    def _names(self) -> dict[tuple[str, str, str], list[Thing]]:
        names: dict[tuple[str, str, str], list[Thing]] = {}
        for thing in self.things.values():
            names.setdefault((thing.kind, thing.within, thing.id), []).append(thing)
        return names

    @cached_property
    def all(self) -> tuple[Reference, ...]:
        """Every reference, the one that states a default before those that take it."""
        return tuple(_collect(Finder(self.resolved, self._names)))

    @cached_property
    def to(self) -> dict[str, tuple[Reference, ...]]:
        """The references to each address that is referred to."""
        found: dict[str, list[Reference]] = {}
        for reference in self.all:
            found.setdefault(reference.target, []).append(reference)
        return {address: tuple(references) for address, references in found.items()}

    def uses(self, address: str) -> tuple[Reference, ...]:
        """What refers to the thing, or to a part of it (a picklist's values, a play's steps) from outside it."""
        below = f"{address}."
        return tuple(
            reference
            for reference in self.all
            if (reference.target == address or reference.target.startswith(below))
            and reference.source != address
            and not reference.source.startswith(below)
        )

    def in_full(self, references: Iterable[Reference]) -> Iterator[Reference]:
        """The references, each once, with those to a system that `all` leaves out for their number.

        `all` has the first value of a list that names a system, and no default that every field of its file overrides.
        """
        seen: set[tuple[str, Anchor]] = set()
        for reference in references:
            for each in (reference, *self._alike(reference)):
                if (each.source, each.at) not in seen:
                    seen.add((each.source, each.at))
                    yield each

    def _alike(self, reference: Reference) -> Iterator[Reference]:
        """What else in its file names a system as the reference does."""
        path, route, _ = reference.at
        if (
            reference.kind != "system"
            or route[-2:-1] != ("systems",)
            or path not in self.resolved.spec.documents
        ):
            return
        document = self.resolved.spec.documents[path]
        entries = [(name, id) for name in ("values", "fields") for id in document.data.get(name) or ()]
        for holder in (("defaults",), *entries):
            at = Anchor(path, (*holder, *route[-2:]), on_key=True)
            if document.holds(at.route):
                source = address_of(document.kind, document.id, document.region, at.route)
                yield reference._replace(source=source, at=at)

    def target(self, reference: Reference) -> Thing | None:
        """What a reference leads to; None where nothing of that name exists."""
        return self.things.get(reference.target)

    def exists(self, reference: Reference) -> bool:
        """Whether there is such a thing, in whichever scope. True where the spec alone cannot tell."""
        if reference.target in self.things or reference.kind in UNJUDGED:
            return True
        return reference.kind == "object" and reference.id in BUILT_IN_OBJECTS

    def is_visible(self, reference: Reference) -> bool:
        """Whether the thing referred to is there for the scope that refers to it: global, its own, or from above."""
        thing = self.things.get(reference.target)
        return thing is None or thing.scope in (GLOBAL, *self.resolved.spec.ancestors(reference.scope))

    def is_unknown(self, reference: Reference) -> bool:
        """Whether it leads nowhere for certain: not even into a file that could not be read."""
        if self.exists(reference) or self.may_be_unread(reference.kind, reference.id, reference.within):
            return False
        # Of a list, or a play, that does not exist itself nothing is said but that.
        holder = {"value": "picklist", "step": "play"}.get(reference.kind)
        return holder is None or not reference.within or (holder, "", reference.within) in self._names

    def may_be_unread(self, kind: str, id: str, within: str = "") -> bool:
        """Whether a thing that is nowhere might stand in a file, or in a region, that could not be read."""
        spec = self.resolved.spec
        if not spec.broken and not self._regions_left_out:
            return False
        name = id.rpartition(".")[2]
        if any(name == region or name.startswith(f"{region}-") for region in self._regions_left_out):
            return True
        if kind == "value" and not within:
            return True
        holder = PART_OF.get(kind, (kind,))[0]
        if kind in ("outcome", "stage", "policy-rule"):
            return spec.is_broken(SINGLE_FILES.get(kind) or SINGLE_FILES[holder])
        if kind == "object":
            return spec.is_broken(f"fields/{id}.yaml")
        return holder in DEFINED_IN and may_be_broken(spec, holder, within or id)

    @cached_property
    def _regions_left_out(self) -> frozenset[str]:
        """Regions whose folder exists, but whose `region.yaml` (or an ancestor's) is missing or could not be read."""
        spec = self.resolved.spec
        named = {document.region for document in spec.documents.values() if document.region}
        named |= {path.split("/")[-2] for path in spec.broken if path.endswith("/region.yaml")}
        return frozenset(named - set(spec.regions))

    def candidates(self, reference: Reference) -> tuple[str, ...]:
        """What could have been meant: the names of all things of the kind that the scope sees and that are in use."""
        sees = (GLOBAL, *self.resolved.spec.ancestors(reference.scope))
        return tuple(
            thing.id
            for thing in self.things.values()
            if thing.kind == reference.kind
            and thing.within == reference.within
            and thing.scope in sees
            and thing.in_use
        )

    def nearest(self, reference: Reference) -> str:
        """The candidate that was most likely meant, by its id or its label; empty if none is near."""
        wanted = reference.id.casefold()
        candidates = self.candidates(reference)
        for id in candidates:
            thing = self.things[self._address_of(reference, id)]
            if thing.label.casefold() == wanted:
                return id
        object_, _, name = reference.id.partition(".")
        if reference.kind == "field" and any(id.startswith(f"{object_}.") for id in candidates):
            near = nearest(name, [id.partition(".")[2] for id in candidates if id.startswith(f"{object_}.")])
            return f"{object_}.{near}" if near else ""
        return nearest(reference.id, candidates)

    def _address_of(self, reference: Reference, id: str) -> str:
        return self._names[reference.kind, reference.within, id][0].address

    def meant(self, reference: Reference) -> str | None:
        """What to write where a reference stands, if that is certain: one name is near, and it stands there whole."""
        document = self.resolved.spec.documents.get(reference.at.path)
        if document is None or not document.holds(reference.at.route):
            return None
        written = (
            reference.at.route[-1] if reference.at.on_key else value_at(document.data, reference.at.route)
        )
        candidates = self.candidates(reference)
        object_, dot, name = reference.id.partition(".")
        if reference.kind != "field" or not dot:
            return certain(reference.id, candidates) if written == reference.id else None
        near = certain(name, [id.partition(".")[2] for id in candidates if id.startswith(f"{object_}.")])
        if near is None or written not in (name, reference.id):
            return None
        return near if written == name else f"{object_}.{near}"

    def mend(self, reference: Reference) -> str:
        """How to mend an unknown reference, as a sentence: the nearest name, or all of them where they are few."""
        candidates = self.candidates(reference)
        near = self.nearest(reference)
        if near:
            return f"Did you mean `{near}`?"
        if not candidates:
            return f"There is no {noun(reference.kind)} yet."
        if len(candidates) <= MANY:
            return f"There {'is' if len(candidates) == 1 else 'are'} {quoted(candidates)}."
        return ""


MANY = 8


def _collect(finder: Finder) -> Iterator[Reference]:
    spec = finder.spec
    yield from governance.of_project(finder)
    for each in spec.regions.values():
        yield from region.of_region(finder, each)
    for own in spec.owns:
        yield from taxonomy.of_own(finder, own)
        yield from playbook.of_playbook(finder, own)
    yield from taxonomy.of_singles(finder)
    for overlay in spec.overlays.values():
        yield from region.of_overlay(finder, overlay)
    retired = {
        thing.address for things in finder.names.values() for thing in things if thing.status == "retired"
    }
    for predicate in finder.resolved.conditions():
        if predicate.address not in retired:
            yield from taxonomy.of_condition(finder, predicate)
    yield from governance.of_governance(finder)
    yield from governance.of_accounts(finder)
