"""What the gate judges: plain data from Git and from the forge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from abmspec.diagnostic import Diagnostic
from abmspec.diff.change import Change
from abmspec.gate.fingerprint import Seen
from abmspec.gate.inputs import ListedCommit, PullRequest, Review
from abmspec.model.spec import Spec


@dataclass(frozen=True, slots=True)
class Case:
    """One pull request at one moment.

    `base` is the spec at the tip of the base, whose policy, roles, RACI and waivers hold; None where it has none.
    `commits` are the ids that Git has of the pull request, `updates` those of them that only merge the base in.
    `saw` has what the pull request was at the commits that reviews approve; a commit that is not there is not in it.
    `pull_request`, `reviews` and `listed` are None where nobody gave them; `faults` say what could not be read.
    `version_demanded` is what the changes since the last release ask for, `version_fault` says why the head's is none
    such; both are empty where nobody asked.
    """

    changes: tuple[Change, ...]
    base: Spec | None
    head: Spec | None
    head_id: str
    now: datetime
    at_hand: Seen
    saw: Mapping[str, Seen] = field(default_factory=dict)
    commits: tuple[str, ...] = ()
    updates: frozenset[str] = frozenset()
    pull_request: PullRequest | None = None
    reviews: tuple[Review, ...] | None = None
    listed: tuple[ListedCommit, ...] | None = None
    requester: str = ""
    faults: tuple[str, ...] = ()
    errors: tuple[Diagnostic, ...] = ()
    version_fault: str = ""
    version_demanded: str = ""
    waivers: tuple[str, ...] = ()
    is_simulated: bool = False


def simulated(case: Case, author: str, approved_by: Iterable[str]) -> Case:
    """The case as if somebody had opened the pull request, and others had approved its head now."""
    there = case.pull_request
    pull_request = there
    if author:
        created = there.created if there is not None else case.now
        pull_request = PullRequest(author=author, created=created, head=case.head_id)
    approvals = tuple(
        Review(login=login, state="APPROVED", commit=case.head_id, at=case.now) for login in approved_by
    )
    return replace(
        case,
        pull_request=pull_request or PullRequest(author="", created=case.now, head=case.head_id),
        reviews=(*(case.reviews or ()), *approvals),
        is_simulated=True,
    )
