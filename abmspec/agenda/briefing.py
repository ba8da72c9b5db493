"""What every section of an agenda asks of the spec, found once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from abmspec.address import split_region
from abmspec.agenda.agenda import Item
from abmspec.agenda.meeting import Meeting
from abmspec.model.entity import GLOBAL, Entity
from abmspec.model.spec import Spec
from abmspec.references import Reference, ReferenceIndex, Thing, noun
from abmspec.resolve import Resolved


@dataclass(frozen=True)
class Briefing:
    """A resolved spec, looked at for one meeting."""

    resolved: Resolved
    meeting: Meeting

    @property
    def spec(self) -> Spec:
        """The spec as written."""
        return self.resolved.spec

    @cached_property
    def references(self) -> ReferenceIndex:
        """Everything that refers, and everything that can be referred to."""
        return ReferenceIndex(self.resolved)

    @cached_property
    def _owners(self) -> dict[str, str]:
        governance = self.spec.governance
        entities: list[Entity] = [
            *self.spec.entities(), *governance.roles.values(), *governance.waivers.values(),
            *governance.emergencies.values(),
        ]  # fmt: skip
        entities += [each for each in (governance.council, governance.policy) if each is not None]
        return {entity.address: entity.owner for entity in entities if entity.owner}

    def owner(self, address: str) -> str:
        """The role that answers for what has the address: its own owner, or that of what it is a part of."""
        while address and address not in self._owners:
            address = address.rpartition(".")[0]
        return self._owners.get(address, "")

    def role(self, id: str) -> str:
        """What a role is called."""
        role = self.spec.governance.roles.get(id)
        return plain(role.label) if role is not None and role.label else id

    def item(
        self, text: str, address: str, *, due: str = "", owner: str = "", parts: tuple[str, ...] = ()
    ) -> Item:
        """A line about the thing at an address."""
        region, _ = split_region(address, self.spec.regions)
        owner = owner or self.owner(address)
        return Item(
            text=text,
            address=address,
            scope=region or GLOBAL,
            due=due,
            is_overdue=self.meeting.is_overdue(due),
            owner=owner,
            who=self.role(owner) if owner else "",
            parts=parts,
        )

    def users(self, address: str, but: frozenset[str]) -> tuple[Reference, ...]:
        """What names the thing from outside of it and is not retired. `but`: the attributes that do not count."""
        index = self.references
        below = f"{address}."
        return tuple(
            reference
            for reference in index.to.get(address, ())
            if reference.how not in but
            and reference.source != address
            and not reference.source.startswith(below)
            and not self._is_retired(reference.source)
        )

    def _is_retired(self, address: str) -> bool:
        thing = self.references.things.get(address)
        return thing is not None and thing.status == "retired"


def plain(text: str) -> str:
    """A text of the spec inside a sentence of ours, on one line; its backquotes mark nothing as code."""
    return " ".join(text.replace("`", "'").split())


def called(id: str, label: str) -> str:
    """A thing as sentences name it: its id, and its label where it has one."""
    return f"`{plain(id)}` ({plain(label)})" if label.strip() else f"`{plain(id)}`"


def named(thing: Thing) -> str:
    """What a thing is, and what it is called; a value with its picklist."""
    within = f" of the picklist `{thing.within}`" if thing.kind == "value" else ""
    return f"{noun(thing.kind)} {called(thing.id, thing.label)}{within}"
