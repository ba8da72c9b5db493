"""What stands in a change's way besides missing approvals: what cannot be understood, errors, terms of the policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from abmspec.gate.case import Case
from abmspec.gate.policy import Ruling
from abmspec.gate.roles import Staff
from abmspec.model.governance import ChangePolicy
from abmspec.words import counted, quoted

# More than that the forge never lists of one pull request.
MOST_COMMITS = 250


def faults(case: Case, policy: ChangePolicy) -> Iterator[str]:
    """What no override opens: answers that are not there or not understood, and errors in the head."""
    yield from case.faults
    if case.changes and not case.is_simulated and not case.faults:
        given = {"reviews": case.reviews, "commits": case.listed, "event": case.pull_request}
        absent = [f"--{name}" for name, value in given.items() if value is None]
        if absent:
            yield f"There are changes, and {quoted(absent)} {'is' if len(absent) == 1 else 'are'} not given."
    yield from _faults_of_event(case)
    yield from _faults_of_commits(case)
    if policy.unlinked_commits == "refuse" and case.changes:
        for said in unlinked(case):
            yield (
                f"{said}, so whoever made it could approve it. Link the e-mail address of the commit to an account, or "
                "commit again with one."
            )
    if case.errors:
        yield f"`abmspec check` finds {counted(len(case.errors), 'error')} in the head."


def _faults_of_event(case: Case) -> Iterator[str]:
    pull_request = case.pull_request
    if pull_request is None:
        return
    if pull_request.head != case.head_id:
        yield (
            f"The event is about {_short(pull_request.head)}, and the head is {_short(case.head_id)}: "
            "run it again for the latest commit."
        )
    if pull_request.is_bot and case.changes and not case.requester:
        yield (
            f"`{pull_request.author}` is an app. Say with `--requester` who asked it for the change "
            "(its own name where nobody did)."
        )


def _faults_of_commits(case: Case) -> Iterator[str]:
    if case.listed is None:
        return
    listed = {commit.id for commit in case.listed}
    lost = [id for id in case.commits if id not in listed]
    if lost:
        is_long = len(case.commits) > MOST_COMMITS
        more = f" The forge lists no more than {MOST_COMMITS}: squash them." if is_long else ""
        yield (
            f"The list of commits lacks {counted(len(lost), 'commit')} of the pull request ({_short(lost[0])}), "
            f"so who made them is not known.{more}"
        )


def unlinked(case: Case) -> Iterator[str]:
    """That commits of the change have no account behind them; nothing where all have one."""
    found = [
        commit.id for commit in case.listed or () if not commit.is_linked and commit.id not in case.updates
    ]
    if len(found) == 1:
        yield f"Commit {_short(found[0])} has no account behind it"
    elif found:
        yield f"{len(found)} commits, {_short(found[0])} the first, have no account behind them"


def holds(case: Case, policy: ChangePolicy, staff: Staff, rulings: Iterable[Ruling]) -> Iterator[str]:
    """What the policy holds it by: a freeze, or a version that did not rise."""
    today = staff.hours("").day_of(case.now).isoformat()
    used = {ruling.rule for ruling in rulings if ruling.rule}
    for freeze in policy.freezes.values():
        if freeze.from_ <= today <= freeze.to and not used <= set(freeze.except_):
            yield f"Nothing merges from {freeze.from_} to {freeze.to}: {freeze.reason}"
    if case.version_fault and policy.version == "required":
        yield case.version_fault


def _short(id: str) -> str:
    return id[:12]
