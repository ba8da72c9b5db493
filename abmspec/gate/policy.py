"""What the change policy says of changes: the rule that decides each, and whose approval all of them need together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from abmspec.diff.change import Change
from abmspec.model.entity import GLOBAL
from abmspec.model.governance import Activity, ChangePolicy, PolicyRule, PolicyWhen, RoleGroup
from abmspec.model.spec import Spec

POLICY_PATH = "taxonomy/governance/change-policy.yaml"
BUILT_IN = "built-in: two people, of the leadership team and of operations"
EMERGENCY = "emergency"
# Records that a pull request brings with it: adding one needs nobody's approval.
RECORDS = frozenset({"emergency", "decision"})
# What an emergency is no excuse for.
NEVER_DECLARED = frozenset({"governance", "forbidden"})
PROJECT = "project"
REGION_OWNER = "region-owner"
AFFECTED_OWNERS = "affected-region-owners"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What becomes of a change: the rule that decides it, or why it is refused; neither where it needs nothing."""

    change: Change
    rule: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """So many people of some roles. `by_others` of them may not be the author, who counts only as `author_as`.

    `rules` say so (`raci.<activity>` for the RACI), about the changes at `addresses`.
    """

    roles: tuple[str, ...]
    count: int
    by_others: int
    author_as: frozenset[str]
    rules: frozenset[str]
    addresses: frozenset[str]


def is_record(change: Change) -> bool:
    """Whether the change adds a declared emergency or a recorded vote."""
    return change.action == "create" and not RECORDS.isdisjoint(kinds(change))


def kinds(change: Change) -> frozenset[str]:
    """Every name under which a policy or the RACI may speak of the change."""
    return frozenset({change.kind, *change.kinds})


def strict_policy(spec: Spec | None) -> ChangePolicy:
    """The policy of a base that has none: every change needs two people; without roles for them, all is refused."""

    def roles(group: RoleGroup) -> tuple[str, ...]:
        there = spec.governance.roles.values() if spec is not None else ()
        return tuple(role.id for role in there if role.group == group and role.in_use)

    asked = roles("leadership-team"), roles("operations")
    rule = PolicyRule(when=PolicyWhen(), require=tuple({"any": each} for each in asked))
    return ChangePolicy(
        id="change-policy", path=POLICY_PATH, rules={"every-change": rule} if all(asked) else {}
    )


def is_rise_to(change: Change, version: str) -> bool:
    """Whether nothing changes but the spec's version, and to this one."""
    reasons = [(reason.attribute, reason.after) for reason in change.reasons]
    return (
        change.address == PROJECT and change.change_class == "cosmetic" and reasons == [("version", version)]
    )


def rulings(
    policy: ChangePolicy, changes: Iterable[Change], declared: Collection[str], version: str = ""
) -> tuple[Ruling, ...]:
    """What becomes of each change: the first rule that is for it decides.

    A rise to just the `version` that the other changes demand follows from them, and needs nothing of its own.
    """
    all_changes = tuple(changes)
    own = [change for change in all_changes if not is_record(change) and not is_rise_to(change, version)]
    return tuple(
        _ruling(policy, change, len(own), declared) if change in own or not own else Ruling(change)
        for change in all_changes
    )


def _ruling(policy: ChangePolicy, change: Change, count: int, declared: Collection[str]) -> Ruling:
    if change.change_class == "forbidden":
        why = change.reasons[0].why if change.reasons else "It is forbidden."
        return Ruling(change, refused=f"{why} No approval and no waiver opens this.")
    if is_record(change):
        return Ruling(change)
    for id, rule in policy.rules.items():
        if _is_for(rule.when, change, count, declared):
            return Ruling(change, rule=id)
    return Ruling(change, refused="No rule of the change policy is for it, so it is refused.")


def _is_for(when: PolicyWhen, change: Change, count: int, declared: Collection[str]) -> bool:
    is_global = change.scope == GLOBAL
    if when.declared and (when.declared not in declared or change.change_class in NEVER_DECLARED):
        return False
    return (
        (not when.scope or (when.scope == "global") == is_global)
        and (not when.regions or (not is_global and change.scope in when.regions))
        and (not when.kind or not kinds(change).isdisjoint(when.kind))
        and (not when.class_ or change.change_class in when.class_)
        and (when.changes_at_most is None or count <= when.changes_at_most)
    )


# -- demands -----------------------------------------------------------------------------------------


def demands(
    policy: ChangePolicy, judged: Iterable[Ruling], base: Spec | None
) -> tuple[tuple[Demand, ...], tuple[Ruling, ...]]:
    """Whose approvals the changes need together; and the rulings, those refused that ask for an owner there is none of.

    The same roles are asked once, for the highest count that any rule has. Where nobody may serve several roles, the
    demands of one rule are met by different people; those of two rules may be met by one person in one role.
    """
    found: list[Demand] = []
    final: list[Ruling] = []
    for ruling in judged:
        if not ruling.rule:
            final.append(ruling)
            continue
        asked = list(_asked(policy.rules[ruling.rule], ruling, base))
        if any(not role for demand in asked for role in demand.roles):
            why = f"`{ruling.rule}` asks for the region's owner, and there is none for this change."
            final.append(replace(ruling, rule="", refused=why))
            continue
        final.append(ruling)
        found.extend(asked)
    merged = _merged(found)
    return (merged if policy.several_roles else _absorbed(merged)), tuple(final)


def _asked(rule: PolicyRule, ruling: Ruling, base: Spec | None) -> Iterator[Demand]:
    """What one rule asks for because of one change, and the role that answers for it by the RACI."""
    change = ruling.change
    owners = owners_of_edited(change, base) or ("",)
    for requirement in rule.requirements:
        stated = requirement.any or (requirement.role,)
        for owner in owners if REGION_OWNER in stated else owners[:1]:
            yield _demand(rule, change, stated, owner, requirement.count, ruling.rule)
    if rule.when.declared:
        return  # Whoever answers for it reviews it afterwards.
    for activity in base.governance.activities.values() if base is not None else ():
        if activity.in_use and _covers(activity, change):
            yield _demand(rule, change, (activity.accountable,), owners[0], 1, activity.address)


def _demand(
    rule: PolicyRule, change: Change, stated: Iterable[str], owner: str, count: int, source: str
) -> Demand:
    roles = tuple(dict.fromkeys(owner if role == REGION_OWNER else role for role in stated))
    counting = {owner if role == REGION_OWNER else role for role in rule.author_counts_as}
    author_as = counting.intersection(roles)
    return Demand(
        roles=roles,
        count=count,
        by_others=0 if author_as else count,
        author_as=frozenset(author_as),
        rules=frozenset({source}),
        addresses=frozenset({change.address}),
    )


def _covers(activity: Activity, change: Change) -> bool:
    covers = activity.covers
    return (
        not kinds(change).isdisjoint(covers.kinds)
        and (not covers.scope or (covers.scope == "global") == (change.scope == GLOBAL))
        and (not covers.change or change.action in covers.change)
    )


def _merged(asked: Iterable[Demand]) -> tuple[Demand, ...]:
    """Demands of the same roles as one, in the order in which they were first asked for."""
    found: dict[frozenset[str], Demand] = {}
    for demand in asked:
        key = frozenset(demand.roles)
        other = found.get(key)
        found[key] = demand if other is None else _together(other, demand)
    return tuple(found.values())


def _together(one: Demand, other: Demand) -> Demand:
    allowing = [each.author_as for each in (one, other) if each.author_as]
    return replace(
        one,
        count=max(one.count, other.count),
        by_others=max(one.by_others, other.by_others),
        author_as=frozenset.intersection(*allowing) if allowing else frozenset(),
        rules=one.rules | other.rules,
        addresses=one.addresses | other.addresses,
    )


def _absorbed(asked: tuple[Demand, ...]) -> tuple[Demand, ...]:
    """Without demands that the people of a narrower one meet in the same role, where no rule asks for both."""
    left = dict(enumerate(asked))
    for number, wide in sorted(left.items(), key=lambda item: -len(item[1].roles)):
        for other, narrow in left.items():
            may_share = (
                set(narrow.roles) < set(wide.roles)
                and wide.rules.isdisjoint(narrow.rules)
                and narrow.count >= wide.count
                and narrow.by_others >= wide.by_others
            )
            if may_share:
                left[other] = replace(
                    narrow, rules=narrow.rules | wide.rules, addresses=narrow.addresses | wide.addresses
                )
                del left[number]
                break
    return tuple(left.values())


# -- regions -----------------------------------------------------------------------------------------


def owners_of_edited(change: Change, base: Spec | None) -> tuple[str, ...]:
    """The owners, at the base, of the folder that was edited; of a new region that of the nearest one above it.

    Of a region that moves also the owners of the region that it leaves and of the one that it comes under.
    """
    if base is None:
        return ()
    named = _region_named(change)
    regions = [named] if named in base.regions else []
    folder = change.path.rpartition("/")[0]
    if not regions:
        regions = _nearest_above(change.path, named, base)
    elif change.kind == "region" and base.regions[named].folder != folder:
        left = base.regions[named].parent
        regions += [*([left] if left else []), *_nearest_above(change.path, named, base)]
    return tuple(dict.fromkeys(base.regions[region].owner for region in regions))


def owners_of(regions: Iterable[str], base: Spec | None) -> tuple[str, ...]:
    """The owners, at the base, of regions by id."""
    there = [base.regions[region].owner for region in regions if base is not None and region in base.regions]
    return tuple(dict.fromkeys(filter(None, there)))


def _region_named(change: Change) -> str:
    if change.scope != GLOBAL:
        return change.scope
    kind, _, id = change.address.partition(".")
    return id.partition(".")[0] if kind == "region" else ""


def _nearest_above(path: str, region: str, base: Spec) -> list[str]:
    """The region of the base whose folder is the nearest above a file, the region itself apart."""
    folders = {known.folder: known.id for known in base.regions.values() if known.id != region}
    parts = path.split("/")[:-1]
    for length in range(len(parts), 0, -1):
        folder = "/".join(parts[:length])
        if folder in folders:
            return [folders[folder]]
    return []
