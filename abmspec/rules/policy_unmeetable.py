"""What the change policy requires can be given by the people there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.governance import PolicyRule, Requirement
from abmspec.model.spec import Spec
from abmspec.references.governance import STAND_INS
from abmspec.rules.rule import SpecRule, Subject
from abmspec.words import quoted

OWNER = "region-owner"


class Asked(NamedTuple):
    """One requirement of a rule, by its place in the list: the roles, how many, and everybody who could."""

    place: int
    roles: tuple[str, ...]
    needed: int
    people: frozenset[str]


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    policy = spec.governance.policy
    if policy is None:
        return
    people = {id: _people(spec, id) for id in spec.governance.roles}
    for id, rule in policy.rules.items():
        address, at = f"change-policy.rule.{id}", policy.at("rules", id, "require")
        for region, asked in _cases(spec, rule, people):
            short = next((each for each in asked if each.needed > len(each.people)), None)
            if short is not None:
                where = (
                    f" in `{region}`" if region and OWNER in _roles(rule.requirements[short.place]) else ""
                )
                yield Finding(
                    address,
                    at.child(short.place),
                    f"`{id}` requires {short.needed} of {quoted(short.roles)}{where}, "
                    f"and there {_are(len(short.people))}.",
                    f"Add members to the role, or require {len(short.people)}."
                    if short.people
                    else "Add members to the role.",
                )
                break
            if not policy.several_roles and not _distinct(asked):
                where = f" In `{region}`, the" if region else " The"
                yield Finding(
                    address,
                    at,
                    f"Nobody may serve several roles.{where} people of those that `{id}` requires are the same "
                    "ones, and too few.",
                    "Add members to one of the roles, or write `several_roles: true`.",
                    ((policy.key("rules", id), "the rule"),),
                )
                break


def _are(count: int) -> str:
    return {0: "is nobody", 1: "is only one"}.get(count, f"are only {count}")


def _roles(requirement: Requirement) -> tuple[str, ...]:
    return requirement.any or (requirement.role,)


def _people(spec: Spec, id: str) -> frozenset[str] | None:
    """Everybody whose approval may count as the role's; None where that is unknown, or told elsewhere."""
    governance = spec.governance
    role = governance.roles[id]
    if not role.members and role.group != "queue":
        return None
    voters: set[str] = set()
    if role.group == "council" and governance.policy and governance.policy.recorded_votes:
        # Seats whose people have no account vote on the record.
        if governance.council is None:
            return None
        voters = {f"seat {seat}" for seat in governance.council.seats}
    return frozenset({*role.members, *role.deputies, *voters})


def _cases(
    spec: Spec, rule: PolicyRule, people: Mapping[str, frozenset[str] | None]
) -> Iterator[tuple[str, list[Asked]]]:
    """What the rule asks for: once, or for each region where it asks the region's owner."""
    if not any(OWNER in _roles(requirement) for requirement in rule.requirements):
        yield "", _asked(rule, people, "")
        return
    for region in spec.regions.values():
        if region.owner in people and (not rule.when.regions or region.id in rule.when.regions):
            yield region.id, _asked(rule, people, region.owner)


def _asked(rule: PolicyRule, people: Mapping[str, frozenset[str] | None], owner: str) -> list[Asked]:
    found = []
    for index, requirement in enumerate(rule.requirements):
        roles = tuple(owner if role == OWNER else role for role in _roles(requirement))
        everybody = [people.get(role) for role in roles]
        if STAND_INS.isdisjoint(roles) and None not in everybody:
            able = frozenset().union(*(each for each in everybody if each is not None))
            found.append(Asked(index, roles, requirement.count, able))
    return found


def _distinct(asked: list[Asked]) -> bool:
    """Whether every approval can come from somebody else: a matching of approvals and people."""
    slots = [each.people for each in asked for _ in range(each.needed)]
    holders: dict[str, int] = {}

    def seat(slot: int, tried: set[str]) -> bool:
        for person in sorted(slots[slot] - tried):
            tried.add(person)
            if person not in holders or seat(holders[person], tried):
                holders[person] = slot
                return True
        return False

    return all(seat(slot, set()) for slot in range(len(slots)))


RULE = SpecRule(
    Rule(
        "policy-unmeetable",
        Severity.ERROR,
        "What the change policy requires can be given by the people there are.",
    ),
    check,
)
