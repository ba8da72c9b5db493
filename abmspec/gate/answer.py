"""What the gate answers: plain data, printed whole."""

from __future__ import annotations

from typing import Literal

import msgspec


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Plain data, printed whole."""


class Ruled(Answer, frozen=True, kw_only=True):
    """The rule that decides the change at an address; empty where it needs none, or is refused."""

    address: str
    rule: str


class Required(Answer, frozen=True, kw_only=True):
    """So many people of any of these roles, by these rules, for the changes at these addresses.

    `given` are those who count for it: where nobody may serve several roles, each of them counts for one demand.
    """

    roles: tuple[str, ...]
    count: int
    given: tuple[str, ...]
    rules: tuple[str, ...]
    addresses: tuple[str, ...]


class Counted(Answer, frozen=True, kw_only=True):
    """An approval that counts, for these roles: by a review, on the record, or as the author's own word."""

    login: str
    roles: tuple[str, ...]
    by: Literal["review", "record", "author"] = "review"


class NotCounted(Answer, frozen=True, kw_only=True):
    """An approval that does not, and why."""

    login: str
    why: str


class Approvals(Answer, frozen=True, kw_only=True):
    """All approvals that were given."""

    counted: tuple[Counted, ...] = ()
    rejected: tuple[NotCounted, ...] = ()


class Missing(Answer, frozen=True, kw_only=True):
    """So many people are missing of a role. `people` is everybody who could; `due` and `late` where a term was set."""

    role: str
    roles: tuple[str, ...]
    count: int
    people: tuple[str, ...]
    due: str | None = None
    late: bool = False


class Refused(Answer, frozen=True, kw_only=True):
    """A change that nobody's approval opens."""

    address: str
    why: str


class Notified(Answer, frozen=True, kw_only=True):
    """A role that is told, and its people."""

    role: str
    people: tuple[str, ...]


class Overridden(Answer, frozen=True, kw_only=True):
    """Who opened the gate against the policy, as what, and why."""

    login: str
    role: str
    reason: str


class Decision(Answer, frozen=True, kw_only=True):
    """Whether the gate is open, and everything that it depends on.

    `closed_by` are sentences: all that holds it besides refused changes and missing approvals. `smallest` is one of
    the smallest sets of people whose approval opens it, once nothing else holds it; None where there is none.
    `waivers` are those that were used.
    """

    decision: Literal["open", "closed"]
    simulation: bool
    policy: str
    diff: str
    declared: tuple[str, ...]
    rules: tuple[Ruled, ...]
    required: tuple[Required, ...]
    others: int
    approvals: Approvals
    missing: tuple[Missing, ...]
    refused: tuple[Refused, ...]
    objections: tuple[str, ...]
    closed_by: tuple[str, ...]
    smallest: tuple[str, ...] | None
    override: Overridden | None
    notify: tuple[Notified, ...]
    waivers: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether the change may merge."""
        return self.decision == "open"
