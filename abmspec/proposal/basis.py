"""The spec that a request is about: its things, what can be said of each, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from abmspec import lookup
from abmspec.address import GLOBAL, in_region, split_region
from abmspec.edit.key_order import key_order
from abmspec.proposal.proposal import NothingThere, ProposalRefused
from abmspec.references import Reference, ReferenceIndex, Thing, noun
from abmspec.resolve import Resolved
from abmspec.source import Anchor, Document, Route, value_at

# What names a thing without leaning on it: what became of it, what was decided about it, a region's texts of it.
PASSED_OVER = frozenset({"replaced_by", "renamed_from", "address", "addresses", "overlays", "hide"})


@dataclass(frozen=True, slots=True)
class Declaration:
    """A thing where it is defined. `seen_from` is the region whose address was given of a thing from above it."""

    thing: Thing
    document: Document
    seen_from: str = ""

    @property
    def path(self) -> str:
        """The file that defines it."""
        return self.document.path

    @property
    def route(self) -> Route:
        """Its place in the file; empty where it is the file's subject."""
        return self.thing.at.route

    @property
    def is_file(self) -> bool:
        """Whether the file is named for it."""
        return not self.route

    @property
    def key(self) -> str:
        """Its id as its file has it: a field's is without the object."""
        return self.document.id if self.is_file else str(self.route[-1])

    @property
    def data(self) -> dict[str, Any]:
        """What its file says of it."""
        stated: dict[str, Any] = value_at(self.document.data, self.route) or {}
        return stated

    @property
    def attributes(self) -> frozenset[str]:
        """What can be said of it, by its schema."""
        return frozenset(key_order(self.document.kind).of(self.route))

    @property
    def required(self) -> frozenset[str]:
        """What has to be said of it."""
        return key_order(self.document.kind).required(self.route)

    @property
    def has_life(self) -> bool:
        """Whether it has a status, so that it can end as a tombstone."""
        return {"status", "deprecated"} <= self.attributes

    @property
    def name(self) -> str:
        """The thing in a sentence: the value `fintech`."""
        return f"{noun(self.thing.kind)} `{self.thing.id}`"


@dataclass(frozen=True)
class Basis:
    """The spec as it stands, and the day."""

    resolved: Resolved
    contents: Mapping[str, bytes]
    today: date

    @cached_property
    def index(self) -> ReferenceIndex:
        """Who refers to what."""
        return ReferenceIndex(self.resolved)

    @property
    def documents(self) -> Mapping[str, Document]:
        """The files by path."""
        return self.resolved.spec.documents

    def require_whole(self) -> None:
        """ProposalRefused where a file could not be read: what it refers to is unknown, and would be missed."""
        broken = sorted(self.resolved.spec.broken)
        if broken:
            raise ProposalRefused(
                f"{broken[0]} cannot be read, so what it refers to would be missed. `abmspec check` says what is wrong "
                "with it: mend that first."
            )

    def find(self, address: str) -> Declaration:
        """What an address names. NothingThere, with the nearest addresses, where it is nothing."""
        things, spec = self.index.things, self.resolved.spec
        region, local = split_region(address, spec.regions)
        above = [in_region(local, each) for each in spec.ancestors(region)[1:]] + [local]
        for name in (address, *(above if region else ())):
            thing = things.get(name)
            if thing is not None and thing.at.path in self.documents:
                seen_from = "" if name == address else region
                return Declaration(thing, self.documents[thing.at.path], seen_from)
        raise NothingThere(self._no_such(address))

    def find_defined(self, address: str) -> Declaration:
        """The same, for what can be done only where a thing is defined."""
        found = self.find(address)
        if found.seen_from:
            raise ProposalRefused(
                f"`{found.seen_from}` does not define the {found.name}, it only sees it. Name it as "
                f"`{found.thing.address}` to change it for all who see it."
            )
        return found

    def _no_such(self, address: str) -> str:
        hint = lookup.hint(address, self.index.things)
        broken = sorted(self.resolved.spec.broken)
        unread = f" It may stand in {broken[0]}, which cannot be read." if broken else ""
        return f"Nothing has the address `{address}`. {hint}{unread}"

    def declared_at(self, at: Anchor) -> Thing | None:
        """The thing that is defined by the key at an anchor."""
        return self._declared.get((at.path, at.route)) if at.on_key else None

    @cached_property
    def _declared(self) -> dict[tuple[str, Route], Thing]:
        return {(thing.at.path, thing.at.route): thing for thing in self.index.things.values()}

    def uses(self, thing: Thing) -> list[Reference]:
        """What leans on a thing, once a place and by place: its own history and what only names it left out."""
        used = self.index.in_full(self.index.uses(thing.address))
        places = {use.at: use for use in used if use.how not in PASSED_OVER}
        return sorted(places.values(), key=lambda use: (use.at.path, self._line(use.at)))

    def named(self, thing: Thing) -> Iterator[Reference]:
        """Every place that names a thing, history and all."""
        yield from self.index.in_full(self.index.to.get(thing.address, ()))

    def is_listed(self, thing: Thing) -> bool:
        """Whether rows of the account list may hold a thing: a tier, or a value that a field of accounts offers."""
        fields = (field for own in self.resolved.spec.owns for field in own.fields.values())
        held = {field.picklist for field in fields if field.object == "account"}
        return thing.status != "proposed" and (
            thing.kind == "tier" or (thing.kind == "value" and thing.within in held)
        )

    def place(self, at: Anchor) -> str:
        """Where an anchor leads, for people: `taxonomy/tiers.yaml:12`."""
        return f"{at.path}:{self._line(at)}"

    def _line(self, at: Anchor) -> int:
        return self.documents[at.path].span(at.route, on_key=at.on_key).line

    def said(self, use: Reference) -> str:
        """A use in a line: what uses the thing, as what, and where that stands."""
        return f"{self.place(use.at)}: `{use.source}` ({use.how})"

    def sees(self, thing: Thing, scope: str) -> bool:
        """Whether a thing is there for a scope: global, its own, or from above."""
        return thing.scope in (GLOBAL, scope, *self.resolved.spec.ancestors(scope))

    def hides(self, scope: str, thing: Thing) -> bool:
        """Whether a region does not offer a value or field, by its own word or from above."""
        view = self.resolved.regions.get(scope)
        if view is None:
            return False
        if thing.kind == "value":
            return thing.id in view.hidden_values.get(thing.within, ())
        return thing.kind == "field" and thing.id in view.hidden_fields
