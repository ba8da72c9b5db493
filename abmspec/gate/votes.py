"""Which approvals count, which do not and why, and who stands against the change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from abmspec.gate.inputs import Review
from abmspec.gate.login import folded, is_login


@dataclass(frozen=True, slots=True)
class Vote:
    """An approval that counts. `person` tells people apart; `login` is as the forge writes it."""

    person: str
    login: str
    roles: tuple[str, ...]
    body: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """An approval that does not count."""

    login: str
    why: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What reviews come to. `objections` are those who ask for changes, whatever their roles."""

    counted: tuple[Vote, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    objections: tuple[Vote, ...] = ()


def tally(
    reviews: Iterable[Review],
    barred: Mapping[str, str],
    roles_of: Callable[[str], tuple[str, ...]],
    staleness: Callable[[str], str],
) -> Tally:
    """What reviews come to, in the order in which they were given.

    Of each person the latest review counts that is no comment. `barred` says of whom, folded, no approval counts, and
    why; `staleness` why one of a commit does not, or nothing.
    """
    words: dict[str, list[Review]] = {}
    for review in reviews:
        if review.state not in ("COMMENTED", "PENDING"):
            person = folded(review.login)
            earlier = words.pop(person, []) if review.state == "APPROVED" else []
            words[person] = [*(each for each in earlier if each.state == "APPROVED"), review]
    counted, rejected, objections = [], [], []
    for person, given in words.items():
        latest = given[-1]
        vote = Vote(person, latest.login, roles_of(latest.login), _said(given, staleness))
        if latest.state == "CHANGES_REQUESTED":
            objections.append(vote)
            continue
        if latest.state == "DISMISSED":
            rejected.append(Rejected(latest.login, "the review was dismissed"))
            continue
        why = _fault(latest, barred, vote.roles, staleness)
        if why:
            rejected.append(Rejected(latest.login, why))
        else:
            counted.append(vote)
    return Tally(tuple(counted), tuple(rejected), tuple(objections))


def _said(given: Iterable[Review], staleness: Callable[[str], str]) -> str:
    """What somebody said in approving the change at hand, the latest first: another approval takes nothing back."""
    return "\n".join(review.body for review in reversed(tuple(given)) if not staleness(review.commit))


def _fault(
    review: Review, barred: Mapping[str, str], roles: tuple[str, ...], staleness: Callable[[str], str]
) -> str:
    """Why an approval does not count; empty where it does."""
    if not review.login:
        return "the account is gone"
    if not is_login(review.login):
        return "this is no login of a forge: a letter that only looks like another makes it another name"
    if review.is_bot:
        return "an app approves nothing"
    if folded(review.login) in barred:
        return barred[folded(review.login)]
    if not roles:
        return "nobody of this name holds a role"
    return staleness(review.commit)
