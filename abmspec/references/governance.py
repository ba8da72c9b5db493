"""What those who govern refer to, and the records about single accounts."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.load import PROJECT_PATH
from abmspec.model.governance import ChangePolicy
from abmspec.references.finder import Finder
from abmspec.references.reference import Reference
from abmspec.references.taxonomy import of_life
from abmspec.source import Anchor

# Whoever owns the region that is edited, or those that feel the change: roles that only a change can name.
STAND_INS = frozenset({"region-owner", "affected-region-owners"})


def of_project(finder: Finder) -> Iterator[Reference]:
    """Default owners."""
    for folder, role in finder.spec.project.owners.items():
        yield finder.refer("project", Anchor(PROJECT_PATH, ("owners", folder)), "owners", "role", role)


def of_governance(finder: Finder) -> Iterator[Reference]:
    """Roles, council, RACI, policy, waivers, decisions, emergencies."""
    governance = finder.spec.governance
    for role in governance.roles.values():
        yield from of_life(finder, role)
    if governance.council is not None:
        council = governance.council
        yield from of_life(finder, council)
        yield from finder.one(council, "chair", "seat", council.chair, "chair")
        for id, seat in council.seats.items():
            source, at = f"council.seat.{id}", council.at("seats", id)
            yield finder.refer(source, at.child("role"), "role", "role", seat.role)
            if seat.region:
                yield finder.refer(source, at.child("region"), "region", "region", seat.region)
    for activity in governance.activities.values():
        yield from of_life(finder, activity)
        yield from finder.one(activity, "accountable", "role", activity.accountable, "accountable")
        for how in ("responsible", "consulted", "informed"):
            yield from finder.each(activity, how, "role", getattr(activity, how), how)
    if governance.policy is not None:
        yield from _policy(finder, governance.policy)
    for waiver in governance.waivers.values():
        yield from of_life(finder, waiver)
        yield from finder.one(waiver, "approved_by", "role", waiver.approved_by, "approved_by")
        yield from finder.one(waiver, "address", "address", waiver.excuses, "address")
    for decision in governance.decisions.values():
        yield from of_life(finder, decision)
        yield from finder.each(decision, "addresses", "address", decision.addresses, "addresses")
        yield from finder.keys(decision, "voters", "seat", decision.voters, "voters")
    for emergency in governance.emergencies.values():
        yield from of_life(finder, emergency)
        yield from finder.one(emergency, "declared_by", "role", emergency.declared_by, "declared_by")


def _policy(finder: Finder, policy: ChangePolicy) -> Iterator[Reference]:
    yield from of_life(finder, policy)
    for id, rule in policy.rules.items():
        source, at = f"change-policy.rule.{id}", policy.at("rules", id)
        named = [
            (at.child("when", "regions", index), "region", region)
            for index, region in enumerate(rule.when.regions)
        ]
        for index, (stated, requirement) in enumerate(zip(rule.require, rule.requirements, strict=True)):
            here = at.child("require", index)
            if requirement.role:
                named.append(
                    (here if isinstance(stated, str) else here.child("role"), "role", requirement.role)
                )
            named += [(here.child("any", place), "role", role) for place, role in enumerate(requirement.any)]
        for how in ("author_counts_as", "notify"):
            named += [(at.child(how, index), "role", role) for index, role in enumerate(getattr(rule, how))]
        for where, kind, name in named:
            if name not in STAND_INS:
                yield finder.refer(source, where, str(where.route[2]), kind, name)
    if policy.override is not None:
        yield from finder.one(policy, "override", "role", policy.override.by, "override", "by")
    if policy.recorded_votes is not None:
        by = policy.recorded_votes.countersigned_by
        yield from finder.one(policy, "recorded_votes", "role", by, "recorded_votes", "countersigned_by")
    for id, freeze in policy.freezes.items():
        yield from finder.each(policy, "except", "policy-rule", freeze.except_, "freezes", id, "except")


def of_accounts(finder: Finder) -> Iterator[Reference]:
    """Overrides and plans."""
    for override in finder.spec.account_overrides.values():
        yield from of_life(finder, override)
        yield from finder.one(override, "account", "record", override.account, "account")
        yield from finder.one(override, "tier", "tier", override.tier, "tier")
        yield from finder.one(override, "approved_by", "role", override.approved_by, "approved_by")
    list_ = ""
    if finder.spec.buying_groups is not None:
        list_ = finder.list_of(finder.spec.buying_groups.field, finder.spec.buying_groups.scope)
    for plan in finder.spec.account_plans.values():
        yield from of_life(finder, plan)
        yield from finder.one(plan, "account", "record", plan.account, "account")
        for id, objective in plan.objectives.items():
            yield from finder.one(plan, "owner", "role", objective.owner, "objectives", id, "owner")
        for id, strategy in plan.strategies.items():
            yield from finder.one(
                plan, "serves", "plan-objective", strategy.serves, "strategies", id, "serves", within=plan.id
            )
        for id, action in plan.actions.items():
            yield from finder.one(
                plan, "serves", "strategy", action.serves, "actions", id, "serves", within=plan.id
            )
            yield from finder.one(plan, "owner", "role", action.owner, "actions", id, "owner")
            yield from finder.one(plan, "play", "play", action.play, "actions", id, "play")
        for id, person in plan.stakeholders.items():
            if list_:
                yield from finder.one(
                    plan, "buying_role", "value", person.buying_role, "stakeholders", id, "buying_role", within=list_
                )  # fmt: skip
        yield from finder.keys(plan, "markets", "region", plan.markets, "markets")
