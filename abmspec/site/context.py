"""What a template asks while it writes a page: links, labels, wording, and what else the spec says of a thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from abmspec import condition
from abmspec.condition import Condition
from abmspec.holdings import Holdings, all_holdings
from abmspec.model.entity import GLOBAL, SINGLE_NOUNS, Entity, Living
from abmspec.model.region import GoToMarket
from abmspec.names import ScopeNames, inside, sentence
from abmspec.references import Reference, ReferenceIndex, noun
from abmspec.resolve import Resolved, View
from abmspec.site.links import Addresses, Link, relative
from abmspec.site.wording import Wording, spoken
from abmspec.source import Anchor
from abmspec.templating import render

PLURALS = {"content": "pieces of content", "cta": "calls to action", "raci": "activities of the RACI"}


T = TypeVar("T")


def merged(scopes: Iterable[Mapping[str, T]]) -> dict[str, T]:
    """Things by id; of an id that several scopes have, the first one's."""
    found: dict[str, T] = {}
    for things in scopes:
        for id, thing in things.items():
            found.setdefault(id, thing)
    return found


class Use(NamedTuple):
    """A thing that refers to another, and by which attributes."""

    link: Link
    region: str
    how: tuple[str, ...]


class Line(NamedTuple):
    """One line of a condition's outline. A head has what it speaks of below it."""

    depth: int
    text: str
    is_head: bool


class Library:
    """The resolved spec with all that pages are made from. Computed on first need; lives for one site."""

    def __init__(self, resolved: Resolved) -> None:
        self.resolved = resolved
        self.spec = resolved.spec
        self.index = ReferenceIndex(resolved)
        self.addresses = Addresses(self.index)
        self.wording = Wording(resolved.spec.project)
        self.sources: dict[str, set[int]] = {}

    @cached_property
    def holdings(self) -> dict[str, Holdings]:
        """What each instance holds."""
        return all_holdings(self.resolved)

    @cached_property
    def uses(self) -> dict[str, list[Reference]]:
        """By address, what refers to the thing or to a part of it from outside it."""
        found: dict[str, list[Reference]] = {}
        for reference in self.index.all:
            words = reference.target.split(".")
            for length in range(2, len(words) + 1):
                holder = ".".join(words[:length])
                inside_it = f"{reference.source}.".startswith(f"{holder}.")
                if holder in self.index.things and not inside_it:
                    found.setdefault(holder, []).append(reference)
        return found

    def names(self, scope: str = GLOBAL) -> ScopeNames:
        """The names that conditions use in a scope."""
        return ScopeNames(self.resolved, scope)

    def page(self, path: str, template: str, **values: object) -> bytes:
        """One page's body."""
        return render(
            "abmspec.site", template, "html", {"here": Here(self, path), "spec": self.spec, **values}
        )


@dataclass(frozen=True, slots=True)
class Here:
    """One page's view of the library: every link is relative to it."""

    library: Library
    path: str

    # -------------------------------------------------------------- links

    def link(self, address: str, label: str = "") -> Link:
        """A link to what an address names."""
        addresses = self.library.addresses
        target = addresses.place(address)
        href = relative(target, self.path) if target else ""
        return Link(label or addresses.label(address), href, addresses.kind(address))

    def to(self, kind: str, id: str, within: str = "") -> Link:
        """A link to a thing by its kind and the name that others use. What is not there is only said."""
        thing = self.library.addresses.find(kind, id, within)
        return (
            self.link(thing.address) if thing is not None else Link(spoken(id.rpartition(".")[2]), "", kind)
        )

    def all(self, kind: str, ids: Iterable[str], within: str = "") -> list[Link]:
        """Links to several things of a kind."""
        return [self.to(kind, id, within) for id in ids]

    def page(self, path: str, label: str) -> Link:
        """A link to a page of the site."""
        return Link(label, relative(path, self.path))

    def source(self, at: Anchor) -> Link:
        """A link to the place in the YAML."""
        document = self.library.spec.documents.get(at.path)
        if document is None:
            return Link(at.path, "")
        line = document.span(at.route, on_key=at.on_key).line if at.route else 1
        self.library.sources.setdefault(at.path, set()).add(line)
        mark = f"#L{line}" if at.route else ""
        return Link(at.path, relative(f"sources/{at.path}.html", self.path) + mark)

    def written(self, entity: Entity) -> Link:
        """A link to where an entity is written."""
        return self.source(entity.key())

    def uses(self, address: str) -> list[Use]:
        """What refers to a thing, once each, by kind and label. Owners and their like are not asked for here."""
        found: dict[str, list[Reference]] = {}
        for reference in self.library.uses.get(address, ()):
            found.setdefault(reference.source, []).append(reference)
        uses = [
            Use(
                self.link(source),
                self.library.addresses.region(source),
                tuple(sorted({r.how for r in references})),
            )
            for source, references in found.items()
        ]
        return sorted(uses, key=lambda use: (use.link.kind, use.link.label, use.region))

    # -------------------------------------------------------------- words

    @property
    def wording(self) -> Wording:
        """Numbers, dates, places."""
        return self.library.wording

    def say(self, id: str) -> str:
        """An id in words."""
        return spoken(id)

    def several(self, ids: Iterable[str]) -> str:
        """Ids in a sentence: `field event, SDR sequence`."""
        return ", ".join(inside(spoken(id)) for id in ids)

    def counted(self, count: int, kind: str) -> str:
        """So many of a kind of thing: `3 picklists`, `1 KPI`; of what there is but one of, just what it is."""
        if kind in SINGLE_NOUNS:
            return f"the {inside(spoken(kind))}"
        word = PLURALS.get(kind, f"{noun(kind)}s")
        return f"{count} {noun(kind) if count == 1 else word}"

    def sells(self, gtm: GoToMarket) -> str:
        """How a region sells, in a line: `direct, named accounts, mid-market, established market`."""
        said = (
            gtm.route,
            f"{gtm.coverage} accounts" if gtm.coverage else "",
            gtm.focus.upper() if gtm.focus == "smb" else gtm.focus,
            f"{gtm.maturity} market" if gtm.maturity else "",
            f"{gtm.partner_coverage} partner coverage" if gtm.partner_coverage else "",
        )
        return ", ".join(each for each in said if each)

    def label(self, living: Living, id: str) -> str:
        """The label of a part, or its id in words."""
        return living.label or spoken(id)

    def prose(self, when: Condition, scope: str = GLOBAL) -> str:
        """A condition as a sentence."""
        return sentence(when, self.library.names(scope))

    def outline(self, when: Condition, scope: str = GLOBAL) -> list[Line]:
        """A condition line by line."""
        lines = condition.outline(when, self.library.names(scope))
        depths = [depth for depth, _ in lines]
        return [
            Line(depth, text, is_head=below > depth)
            for (depth, text), below in zip(lines, [*depths[1:], 0], strict=True)
        ]

    def is_group(self, when: Condition) -> bool:
        """Whether an outline says more than the sentence: it has several lines."""
        return len(condition.outline(when, self.library.names())) > 1

    def value(self, field: str, value: object, scope: str = GLOBAL) -> str:
        """A record's value as people read it."""
        if value is None:
            return "unknown"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, tuple):
            return ", ".join(self.value(field, each, scope) for each in value)
        known = self.view(scope).fields.get(field)
        if isinstance(value, int | float):
            return (
                self.wording.money(value)
                if known and known.type == "currency"
                else self.wording.number(value)
            )
        return self.library.names(scope).value(field, str(value))

    def bound(self, field: str, value: float) -> str:
        """A band's bound, short where it is money: `$50M`."""
        known = self.view(GLOBAL).fields.get(field)
        if known is not None and known.type == "currency":
            return self.wording.short_money(value)
        return self.wording.number(value)

    # -------------------------------------------------------------- the spec

    def view(self, scope: str) -> View:
        """What holds in a scope."""
        return self.library.resolved.view(scope)
