"""What a reviewer saw, so that it can be compared: the resolved diff, and the other files that changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

import msgspec

from abmspec.diff.change import Change, Plain
from abmspec.gate.policy import is_record
from abmspec.words import counted, quoted

# What a change is, without what the rest of the spec makes of it.
COUNTED = ("address", "kind", "scope", "action", "change_class", "renamed_from", "before", "after")


class Seen(Plain, frozen=True, kw_only=True):
    """The change as it was at one commit: the hash of the resolved diff, and the mode and content of other files.

    `files` are all that the pull request changes outside the resolved spec, by path; a deleted one has nothing.
    """

    diff: str
    files: dict[str, str] = {}


def diff_hash(changes: Iterable[Change]) -> str:
    """The hash of a resolved diff: `sha256:` and that of its changes as JSON, by address.

    A change counts with its address, kind, scope, action, class, `renamed_from`, before and after, in that order,
    each list and mapping in its own order, without blanks. Added emergencies and recorded votes are left out: a vote
    names the hash of what was voted on.
    """
    data = [
        [msgspec.to_builtins(getattr(change, name)) for name in COUNTED]
        for change in sorted(changes, key=lambda change: change.address)
        if not is_record(change)
    ]
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def difference(seen: Seen | None, at_hand: Seen) -> str:
    """Why an approval of what was seen is none of what is at hand; empty where both are the same change."""
    if seen is None:
        return "it approves a commit that is not in the repository"
    if seen.diff != at_hand.diff:
        return "the change was another one then"
    paths = sorted(
        path
        for path in seen.files.keys() | at_hand.files.keys()
        if seen.files.get(path) != at_hand.files.get(path)
    )
    if not paths:
        return ""
    named = quoted(paths) if len(paths) <= 3 else counted(len(paths), "file")
    return f"{named} changed after it"
