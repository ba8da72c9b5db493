"""What a change of the spec is: plain data, for the gate to judge and the reports to show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

# The gravest first: where several apply to a change, the first of them is its class.
ChangeClass = Literal[
    "forbidden", "governance", "breaking", "meaning", "deprecating", "accounts", "additive", "cosmetic"
]
CLASSES: tuple[ChangeClass, ...] = (
    "forbidden", "governance", "breaking", "meaning", "deprecating", "accounts", "additive", "cosmetic",
)  # fmt: skip

# How a changed condition relates to the one it was.
Comparison = Literal["same", "narrower", "wider", "overlapping", "disjoint", "empty", "always", "unknown"]


class Plain(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Plain data, printed as it is."""


class Reason(Plain, frozen=True, kw_only=True):
    """Why a change has a class: the attribute that changed (`bands.small.score`; empty: the thing) and a sentence.

    `before` and `after` are the attribute's, as JSON; None where there is none. Of conditions `was` and `now` say them
    in words, and `comparison` how they relate. `region` is whose view of the thing it is about, where not everybody's.
    """

    change_class: ChangeClass = msgspec.field(name="class")
    attribute: str = ""
    why: str
    before: Any = None
    after: Any = None
    was: str = ""
    now: str = ""
    comparison: Comparison | None = None
    region: str = ""


class SystemImpact(Plain, frozen=True, kw_only=True):
    """What one system's build changes: a verdict (`breaking` where its stored keys go or move) and a sentence."""

    system: str
    kind: str
    verdict: Literal["safe", "breaking", "by hand"]
    why: str


class AccountImpact(Plain, frozen=True, kw_only=True):
    """How many accounts enter and leave what the change is about."""

    enter: int
    leave: int


class Impact(Plain, frozen=True, kw_only=True):
    """Who feels a change: regions whose view differs, and segments, plays and KPIs (addresses) that depend on it.

    `accounts` is None until the account list is asked.
    """

    regions: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    plays: tuple[str, ...] = ()
    kpis: tuple[str, ...] = ()
    systems: tuple[SystemImpact, ...] = ()
    accounts: AccountImpact | None = None


class Change(Plain, frozen=True, kw_only=True):
    """One change, at the place where it was made. One address has at most one.

    `kind` is what a change policy calls it (`picklist` for its values too, `governance`, `file`), `kinds` every name
    under which the policy and the RACI may speak of it, that one first; `action` is what the RACI does. `path` is the
    file that says it: at the head, or at the base where it is gone. `before` and `after` are the thing as data, None
    where there is none. `reasons` stand gravest first, and the first gives the class.
    """

    address: str
    kind: str
    kinds: tuple[str, ...] = ()
    scope: str
    action: Literal["create", "change", "retire"]
    change_class: ChangeClass = msgspec.field(name="class")
    path: str = ""
    label: str = ""
    before: Any = None
    after: Any = None
    renamed_from: str = ""
    reasons: tuple[Reason, ...] = ()
    impact: Impact = Impact()

    def concerns(self, region: str) -> bool:
        """Whether a region states the change or feels it."""
        return region in (self.scope, *self.impact.regions) or self.address == f"region.{region}"


def gravest(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The reasons, the gravest first; those of one class in the order given."""
    return tuple(sorted(reasons, key=lambda reason: CLASSES.index(reason.change_class)))
