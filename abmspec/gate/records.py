"""What a pull request brings on paper: declared emergencies, and votes of members who have no account on the forge."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from abmspec.diff.change import Change
from abmspec.gate.calendar import end_of
from abmspec.gate.login import folded
from abmspec.gate.policy import EMERGENCY, is_record, kinds
from abmspec.gate.roles import Staff
from abmspec.gate.votes import Rejected, Vote
from abmspec.model.governance import ChangePolicy, Emergency, RecordedDecision, Role
from abmspec.model.spec import Spec

COUNCIL = "council"


@dataclass(frozen=True, slots=True)
class Recorded:
    """An approval in the minutes, for the changes at `addresses`. `roles` are those of the council."""

    person: str
    seat: str
    roles: tuple[str, ...]
    addresses: frozenset[str]


def added(changes: Iterable[Change], kind: str) -> tuple[str, ...]:
    """The ids of the records of a kind that the changes add."""
    return tuple(
        change.address.partition(".")[2] for change in changes if is_record(change) and kind in kinds(change)
    )


# -- emergencies -------------------------------------------------------------------------------------


def declared(
    changes: Iterable[Change], head: Spec | None, policy: ChangePolicy, staff: Staff
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is declared (`emergency`), and why a file that was added declares nothing."""
    found, faults = [], []
    for id in added(changes, EMERGENCY):
        emergency = head.governance.emergencies.get(id) if head is not None else None
        why = "its file cannot be used" if emergency is None else _fault(emergency, policy, staff)
        if why:
            faults.append(f"The emergency `{id}` does not count as declared: {why}.")
        else:
            found.append(EMERGENCY)
    return tuple(dict.fromkeys(found)), tuple(faults)


def _fault(emergency: Emergency, policy: ChangePolicy, staff: Staff) -> str:
    hours = staff.hours("")
    if staff.role(emergency.declared_by) is None:
        return f"at the base there is no role `{emergency.declared_by}`"
    if emergency.reviewed:
        return "it says that it is reviewed already, and nothing was merged yet"
    if emergency.date > hours.day_of(staff.now).isoformat():
        return f"its date, {emergency.date}, is still to come"
    began = datetime.combine(date.fromisoformat(emergency.date), time.min, hours.zone)
    for rule in policy.rules.values():
        if rule.when.declared == EMERGENCY and rule.review_within:
            latest = hours.day_of(end_of(rule.review_within, began, hours)).isoformat()
            if emergency.review_by > latest:
                return f"it is to be reviewed within {rule.review_within}, so `review_by` is {latest} at the latest"
    return ""


# -- votes -------------------------------------------------------------------------------------------


def votes(
    changes: Iterable[Change],
    head: Spec | None,
    diff: str,
    policy: ChangePolicy,
    staff: Staff,
    barred: Mapping[str, str],
    counted: Collection[Vote],
) -> tuple[tuple[Recorded, ...], tuple[Rejected, ...]]:
    """The recorded votes that count once they are countersigned, and those that do not."""
    found: list[Recorded] = []
    rejected: list[Rejected] = []
    for id in added(changes, "decision"):
        decision = head.governance.decisions.get(id) if head is not None else None
        if decision is None:
            continue
        if policy.recorded_votes is None:
            rejected += _all(decision, "the policy takes no recorded votes")
        elif decision.diff != diff:
            rejected += _all(decision, f"the vote in `{id}` was on another change; this one is {diff}")
        else:
            for seat, vote in decision.voters.items():
                why = _fault_of_vote(seat, vote, staff, barred)
                if why:
                    rejected.append(Rejected(_seat(seat), why))
                else:
                    found.append(_recorded(seat, decision, staff, counted))
    return tuple(found), tuple(rejected)


def _all(decision: RecordedDecision, why: str) -> Iterator[Rejected]:
    return (Rejected(_seat(seat), why) for seat in decision.voters)


def _seat(id: str) -> str:
    return f"seat {id}"


def _council(staff: Staff) -> tuple[Role, ...]:
    roles = staff.spec.governance.roles.values() if staff.spec is not None else ()
    return tuple(role for role in roles if role.group == COUNCIL and role.in_use)


def _holder(seat: str, staff: Staff) -> Role | None:
    """The role that holds a seat at the base."""
    council = staff.spec.governance.council if staff.spec is not None else None
    known = council.seats.get(seat) if council is not None else None
    return staff.role(known.role) if known is not None else None


def _fault_of_vote(seat: str, vote: str, staff: Staff, barred: Mapping[str, str]) -> str:
    holder = _holder(seat, staff)
    if holder is None:
        return "at the base the council has no such seat"
    if vote != "approve":
        return "voted against it" if vote == "reject" else "abstained"
    people = {folded(login) for login in holder.members}
    if not people.isdisjoint(barred):
        return f"whoever holds it had a hand in the change, as `{holder.id}`"
    with_account = {folded(login) for role in _council(staff) for login in role.members}
    if not people.isdisjoint(with_account):
        return "whoever holds it has an account, and approves on the forge"
    return ""


def _recorded(seat: str, decision: RecordedDecision, staff: Staff, counted: Collection[Vote]) -> Recorded:
    """The vote. Whoever holds the seat and approved on the forge as something else too is one person."""
    holder = _holder(seat, staff)
    assert holder is not None
    same = [vote.person for vote in counted if vote.person in staff.speakers(holder.id)]
    return Recorded(
        person=min(same, default=f"seat of {holder.id}"),
        seat=seat,
        roles=tuple(role.id for role in _council(staff)),
        addresses=frozenset(decision.addresses),
    )
