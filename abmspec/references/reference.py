"""What a reference is, and what it can lead to."""

from __future__ import annotations

from typing import NamedTuple

from abmspec.model.entity import Deprecation, Status
from abmspec.source import Anchor


class Reference(NamedTuple):
    """One place of the spec that names another thing.

    `source` is the address of what refers, `at` the exact scalar (or key) that names the other, `how` the attribute
    that does so (`owner`, `when`, `maps_to`). `kind` and `id` are what is named (`value`, `fintech`), `within` the
    picklist of a value or the play of a step. `target` is the address it leads to, as seen from `scope`; where
    nothing of that name exists, the address that a global thing of the name would have.
    """

    source: str
    at: Anchor
    how: str
    kind: str
    id: str
    target: str
    scope: str
    within: str = ""


class Thing(NamedTuple):
    """Whatever can be referred to: its address, what it is, whose it is, where it stands and how it lives.

    `id` is how others name it (a field's is `account.industry`); `within` is the picklist of a value or the play of a
    step.
    """

    address: str
    kind: str
    id: str
    scope: str
    at: Anchor
    label: str = ""
    within: str = ""
    status: Status = "active"
    deprecated: Deprecation | None = None

    @property
    def in_use(self) -> bool:
        """Whether it may still be carried as a current value: active or deprecated."""
        return self.status in ("active", "deprecated")


# What a kind is called in a sentence. Kinds that are their own name are left out.
NOUNS = {
    "cta": "call to action",
    "privacy": "privacy rule",
    "kpi": "KPI",
    "raci": "activity of the RACI",
    "seat": "seat of the council",
    "stage": "stage of the lifecycle",
    "objective": "objective of the charter",
    "outcome": "outcome of the charter",
    "decision": "decision of the charter",
    "step": "step of the play",
    "factor": "factor of the tiers",
    "content": "content",
    "policy-rule": "rule of the change policy",
    "plan-objective": "objective of the plan",
    "strategy": "strategy of the plan",
}


def noun(kind: str) -> str:
    """What a kind is called in a sentence."""
    return NOUNS.get(kind, kind)


# The address that a global thing would have, by kind.
ADDRESSES = {
    "value": "picklist.{within}.value.{id}",
    "step": "play.{within}.step.{id}",
    "stage": "lifecycle.stage.{id}",
    "factor": "tiers.factor.{id}",
    "seat": "council.seat.{id}",
    "objective": "charter.objective.{id}",
    "outcome": "charter.outcome.{id}",
    "decision": "charter.decision.{id}",
    "policy-rule": "change-policy.rule.{id}",
    "plan-objective": "account-plan.{within}.objective.{id}",
    "strategy": "account-plan.{within}.strategy.{id}",
    "address": "{id}",
}


def global_address(kind: str, id: str, within: str = "") -> str:
    """The address that a global thing of this kind and name has."""
    pattern = ADDRESSES.get(kind)
    return pattern.format(id=id, within=within) if pattern else f"{kind}.{id}"
