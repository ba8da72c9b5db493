"""Pull requests against the small spec, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal

from abmspec.diff import Change, ChangeClass, Reason
from abmspec.gate import Case, Seen, diff_hash
from abmspec.gate.inputs import ListedCommit, PullRequest, Review
from abmspec.model.spec import Spec
from tests.specs import spec_with

State = Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED"]
HEAD = "a" * 40
OLDER = "b" * 40
# A Thursday.
CREATED = datetime(2026, 10, 1, 9, tzinfo=UTC)
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
POLICY = "taxonomy/governance/change-policy.yaml"
ROLES = "taxonomy/governance/roles.yaml"
RACI = "taxonomy/governance/raci.yaml"
EMEA = "regions/emea/picklists/industry.yaml"


@cache
def base() -> Spec:
    """The small spec."""
    return spec_with()


def governed(policy: str = "", more: Mapping[str, str] | None = None) -> Spec:
    """The small spec with another policy, or with other files."""
    files = dict(more or {})
    if policy:
        files[POLICY] = policy
    return spec_with(files)


def change(
    address: str = "picklist.level.value.chief",
    kind: str = "picklist",
    change_class: ChangeClass = "additive",
    scope: str = "global",
    **more: Any,
) -> Change:
    """One change, additive and global unless it is said otherwise."""
    path = more.pop("path", EMEA if scope == "emea" else "taxonomy/picklists/level.yaml")
    return Change(
        address=address,
        kind=kind,
        change_class=change_class,
        scope=scope,
        path=path,
        action=more.pop("action", "create"),
        reasons=(Reason(change_class=change_class, why="It is so."),),
        **more,
    )


REGIONAL = change("region.emea.picklist.industry.value.emea-fintech", scope="emea")
GLOBAL = change()
POLICY_EDIT = change("change-policy", "governance", "governance", action="change", path=POLICY)
FORBIDDEN = change("picklist.level.value.other", change_class="forbidden", action="retire")


def approval(
    login: str, commit: str = HEAD, state: State = "APPROVED", minute: int = 0, **more: Any
) -> Review:
    """A review, of the head and half an hour after the pull request was opened."""
    at = CREATED.replace(minute=30 + minute)
    return Review(login=login, commit=commit, state=state, at=at, **more)


def case(
    changes: Sequence[Change] = (GLOBAL,),
    approved_by: Sequence[str | Review] = (),
    *,
    spec: Spec | None = None,
    head: Spec | None = None,
    author: str = "author",
    committer: str = "author",
    **more: Any,
) -> Case:
    """A pull request with these changes, opened and committed by `author`, with these approvals."""
    made = Case(
        changes=tuple(changes),
        base=spec or base(),
        head=head,
        head_id=HEAD,
        now=NOW,
        at_hand=Seen(diff=diff_hash(changes)),
        commits=(HEAD,),
        pull_request=PullRequest(author=author, created=CREATED, head=HEAD, pusher=author),
        reviews=tuple(each if isinstance(each, Review) else approval(each) for each in approved_by),
        listed=(ListedCommit(id=HEAD, logins=(committer, committer)),),
    )
    return replace(made, **more)
