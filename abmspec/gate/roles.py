"""Who may speak for a role: its members, and its deputies once the members have had their time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from abmspec.gate.calendar import BusinessTime, end_of
from abmspec.gate.login import folded, is_login
from abmspec.model.governance import Role
from abmspec.model.spec import Spec


@dataclass(frozen=True)
class Staff:
    """The roles of the base at a moment. `asked` is when the clocks start: when the pull request was created."""

    spec: Spec | None
    asked: datetime | None
    now: datetime

    def role(self, id: str) -> Role | None:
        """The role, where there is one in use."""
        found = self.spec.governance.roles.get(id) if self.spec is not None else None
        return found if found is not None and found.in_use else None

    def speakers(self, id: str) -> dict[str, str]:
        """Everybody who may approve for a role now, members first: the login as it is written, by its folded form."""
        return self._speakers.get(id, {})

    @cached_property
    def _speakers(self) -> dict[str, dict[str, str]]:
        roles = self.spec.governance.roles.values() if self.spec is not None else ()
        return {role.id: self._speaking(role) for role in roles if role.in_use}

    def _speaking(self, role: Role) -> dict[str, str]:
        named = [*role.members, *(role.deputies if self.deputies_may(role) else ())]
        speakers: dict[str, str] = {}
        for login in named:
            if is_login(login):
                speakers.setdefault(folded(login), login)
        return speakers

    def deputies_from(self, role: Role) -> datetime | None:
        """When the deputies' time begins; None where the role has none, or does not say after what time."""
        if not role.deputies or not role.deputy_after or self.asked is None:
            return None
        return end_of(role.deputy_after, self.asked, self.hours_of_role(role.id))

    def deputies_may(self, role: Role) -> bool:
        """Whether the deputies may stand in."""
        since = self.deputies_from(role)
        return since is not None and since <= self.now

    def roles_of(self, login: str) -> tuple[str, ...]:
        """The roles that somebody may approve for now."""
        return self._roles_by_login.get(folded(login), ())

    @cached_property
    def _roles_by_login(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for id in self.spec.governance.roles if self.spec is not None else ():
            for login in self.speakers(id):
                found.setdefault(login, []).append(id)
        return {login: tuple(roles) for login, roles in found.items()}

    def hours_of_role(self, id: str) -> BusinessTime:
        """The business hours of whoever holds a role: a region's, where it owns one; else the project's."""
        regions = self.spec.regions.values() if self.spec is not None else ()
        return self.hours(next((region.id for region in regions if region.owner == id), ""))

    def hours(self, region: str) -> BusinessTime:
        """The business hours of a region; the project's where it has none."""
        if self.spec is None:
            return BusinessTime()
        there = self.spec.regions.get(region)
        calendar = there.calendar if there is not None else None
        return BusinessTime.of(calendar or self.spec.project.calendar)
