"""Roles, council, RACI, change policy, and the records of exceptions."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import msgspec

from abmspec.model.entity import Entity, Part

RoleGroup = Literal[
    "leadership-team", "program-manager", "account-owners", "content-and-creative", "data-and-analytics",
    "operations", "council", "region", "counsel", "queue",
]  # fmt: skip
ROLE_GROUPS_REQUIRED: tuple[RoleGroup, ...] = (
    "leadership-team", "program-manager", "account-owners", "content-and-creative", "data-and-analytics",
)  # fmt: skip


class Role(Entity, frozen=True, kw_only=True):
    """Who decides or acts. `members` and `deputies` are logins on the forge; `team` is for CODEOWNERS."""

    noun: ClassVar[str] = "role"

    function: str
    group: RoleGroup
    team: str = ""
    members: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()
    deputy_after: str = ""


class Seat(Part, frozen=True, kw_only=True):
    """One seat of the council: held by a role, for a region where it is one's."""

    label: str
    role: str
    region: str = ""


class Council(Entity, frozen=True, kw_only=True):
    """`governance/council.yaml`."""

    noun: ClassVar[str] = "council"

    seats: dict[str, Seat]
    quorum: int
    cadence: Literal["monthly", "quarterly"]
    chair: str = ""
    next_meeting: str = ""
    review_by: str = ""


class Covers(Part, frozen=True, kw_only=True):
    """Which changes an activity is about."""

    kind: str | tuple[str, ...] = ()
    scope: Literal["global", "region", ""] = ""
    change: tuple[Literal["create", "change", "retire"], ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds, one or several."""
        return (self.kind,) if isinstance(self.kind, str) else self.kind


class Activity(Entity, frozen=True, kw_only=True):
    """One row of the RACI. Exactly one role is accountable, at least one responsible."""

    noun: ClassVar[str] = "raci"

    responsible: tuple[str, ...]
    accountable: str
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    covers: Covers = Covers()


class PolicyWhen(Part, frozen=True, kw_only=True):
    """Which changes a policy rule is for."""

    scope: Literal["global", "region", ""] = ""
    kind: tuple[str, ...] = ()
    class_: tuple[str, ...] = msgspec.field(default=(), name="class")
    declared: str = ""
    changes_at_most: int | None = None
    regions: tuple[str, ...] = ()


class Requirement(Part, frozen=True, kw_only=True):
    """A role, some of several roles, or a role with a count."""

    role: str = ""
    any: tuple[str, ...] = ()
    count: int = 1


class PolicyRule(Part, frozen=True, kw_only=True):
    """What a change that matches needs before it merges."""

    description: str = ""
    when: PolicyWhen
    require: tuple[Any, ...] = ()
    author_counts_as: tuple[str, ...] = ()
    others: int = 0
    respond_within: str = ""
    review_within: str = ""
    notify: tuple[str, ...] = ()

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """`require` with the short form (a role's id) spelt out."""
        return tuple(
            Requirement(role=item) if isinstance(item, str) else msgspec.convert(item, Requirement)
            for item in self.require
        )


class Override(Part, frozen=True, kw_only=True):
    """Which role may open the gate against the policy, on the record."""

    by: str


class RecordedVotes(Part, frozen=True, kw_only=True):
    """Who countersigns votes of people without an account on the forge."""

    countersigned_by: str


class Freeze(Part, frozen=True, kw_only=True):
    """A time in which nothing merges. Dates are inclusive."""

    from_: str = msgspec.field(name="from")
    to: str
    reason: str
    except_: tuple[str, ...] = msgspec.field(default=(), name="except")


class ChangePolicy(Entity, frozen=True, kw_only=True):
    """`governance/change-policy.yaml`. `rules` is ordered: the first that matches decides."""

    noun: ClassVar[str] = "change-policy"

    rules: dict[str, PolicyRule]
    several_roles: bool = False
    override: Override | None = None
    recorded_votes: RecordedVotes | None = None
    unlinked_commits: Literal["refuse", "ignore"] = "refuse"
    version: Literal["required", "free"] = "free"
    freezes: dict[str, Freeze] = {}


class Waiver(Entity, frozen=True, kw_only=True):
    """One exception: a finding of one rule at the address that it `excuses`, until a date."""

    noun: ClassVar[str] = "waiver"

    rule: str
    excuses: str = msgspec.field(name="address")
    reason: str
    approved_by: str
    until: str


class RecordedDecision(Entity, frozen=True, kw_only=True):
    """Votes of people without an account on the forge. `diff` is the hash of the resolved diff they voted on."""

    noun: ClassVar[str] = "decision"

    addresses: tuple[str, ...]
    diff: str
    voters: dict[str, str]
    minutes: str
    date: str


class Emergency(Entity, frozen=True, kw_only=True):
    """A declared emergency."""

    noun: ClassVar[str] = "emergency"

    what: str
    why: str
    declared_by: str
    date: str
    review_by: str
    reviewed: str = ""
