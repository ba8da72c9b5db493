"""Records about single accounts: what was set by hand, and plans. People appear only as CRM ids and roles."""

from __future__ import annotations

from typing import ClassVar

from abmspec.model.entity import Entity, Part


class AccountOverride(Entity, frozen=True, kw_only=True):
    """A tier or owner set by hand, with its reason, approver and term."""

    noun: ClassVar[str] = "account-override"

    account: str
    tier: str = ""
    account_owner: str = ""
    reason: str
    approved_by: str
    until: str


class PlanObjective(Part, frozen=True, kw_only=True):
    """What the plan wants by when."""

    label: str
    due: str
    owner: str


class Strategy(Part, frozen=True, kw_only=True):
    """How an objective is served."""

    label: str = ""
    serves: str


class Action(Part, frozen=True, kw_only=True):
    """A dated, owned action; `play` names the play it runs."""

    label: str = ""
    serves: str
    owner: str
    due: str
    play: str = ""


class Stakeholder(Part, frozen=True, kw_only=True):
    """A person by CRM id, in a buying role."""

    contact: str
    buying_role: str


class Market(Part, frozen=True, kw_only=True):
    """What one region's part of the account needs and prefers."""

    needs: tuple[str, ...] = ()
    preferences: tuple[str, ...] = ()


class AccountPlan(Entity, frozen=True, kw_only=True):
    """`accounts/plans/<id>.yaml`."""

    noun: ClassVar[str] = "account-plan"

    account: str
    objectives: dict[str, PlanObjective] = {}
    strategies: dict[str, Strategy] = {}
    actions: dict[str, Action] = {}
    stakeholders: dict[str, Stakeholder] = {}
    markets: dict[str, Market] = {}
