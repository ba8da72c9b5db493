"""The account list before and after: who comes and goes, changes tier or hands, in numbers; no account is named."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping

from abmspec.address import GLOBAL
from abmspec.diff.change import Change, Reason
from abmspec.words import counted, quoted

ADDRESS = "account-list"
PATH = "accounts/accounts.csv"
# Bytes. A larger list belongs into a warehouse; that it changed is all that is said of it.
LARGEST = 64 * 1024 * 1024
ID = "id"
TIER = "tier"
OWNERS = ("owner", "marketing_owner")
MOST_MOVES = 6

Row = Mapping[str, str]


def compare_account_lists(base: bytes | None, head: bytes | None) -> Change | None:
    """The change of the embedded list from its bytes before and after; None where nothing in it differs.

    Rows are told apart by `id`; their order, and that of the columns, is no matter. A list that cannot be read is a
    change of which no more is known.
    """
    if base == head:
        return None
    before, after = _rows(base), _rows(head)
    if before is None or after is None:
        unknown = "The account list changes, and cannot be read as a table with one row for each `id`."
        reasons = [_said("", unknown)]
    else:
        reasons = list(_reasons(before, after))
    if not reasons:
        return None
    return Change(
        address=ADDRESS,
        kind=ADDRESS,
        kinds=(ADDRESS,),
        scope=GLOBAL,
        action="change" if base is not None and head is not None else "create" if base is None else "retire",
        change_class="accounts",
        path=PATH,
        before=None if before is None else {"accounts": len(before)},
        after=None if after is None else {"accounts": len(after)},
        reasons=tuple(reasons),
    )


def _rows(raw: bytes | None) -> dict[str, Row] | None:
    """The rows by id; None where it is no such table."""
    if raw is None:
        return {}
    try:
        reader = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
        rows = list(reader)
    except (UnicodeDecodeError, csv.Error):
        return None
    if ID not in (reader.fieldnames or ()) or any(None in row or None in row.values() for row in rows):
        return None
    found: dict[str, Row] = {row[ID]: row for row in rows}
    return found if len(found) == len(rows) else None


def _said(attribute: str, why: str) -> Reason:
    return Reason(change_class="accounts", attribute=attribute, why=why)


def _reasons(before: Mapping[str, Row], after: Mapping[str, Row]) -> Iterator[Reason]:
    added, removed = after.keys() - before.keys(), before.keys() - after.keys()
    if added:
        yield _said("added", f"{counted(len(added), 'account')} {_is(added)} added.")
    if removed:
        yield _said("removed", f"{counted(len(removed), 'account')} {_is(removed)} removed.")
    both = [(before[id], after[id]) for id in before if id in after]
    moved = Counter((was.get(TIER, ""), now.get(TIER, "")) for was, now in both)
    moves = {move: count for move, count in moved.items() if move[0] != move[1]}
    if moves:
        yield _said(TIER, f"{_change(sum(moves.values()))} tier: {_listed(moves)}.")
    for owner in OWNERS:
        count = sum(was.get(owner, "") != now.get(owner, "") for was, now in both)
        if count:
            yield _said(owner, f"{_change(count)} `{owner}`.")
    yield from _otherwise(both)


def _otherwise(both: list[tuple[Row, Row]]) -> Iterator[Reason]:
    """Accounts of which something else is another, and what."""
    columns: Counter[str] = Counter()
    accounts = 0
    for was, now in both:
        others = [
            name for name in {**was, **now} if name not in (TIER, *OWNERS) and was.get(name) != now.get(name)
        ]
        columns.update(others)
        accounts += bool(others)
    if accounts:
        names = [name for name, _ in columns.most_common(MOST_MOVES)]
        yield _said("", f"Of {counted(accounts, 'account')} something else changes: {quoted(sorted(names))}.")


def _listed(moves: Mapping[tuple[str, str], int]) -> str:
    ranked = sorted(moves.items(), key=lambda move: (-move[1], move[0]))
    parts = [f"{count:,} from {_tier(was)} to {_tier(now)}" for (was, now), count in ranked[:MOST_MOVES]]
    if len(ranked) > MOST_MOVES:
        parts.append(f"{sum(count for _, count in ranked[MOST_MOVES:]):,} otherwise")
    return ", ".join(parts)


def _tier(id: str) -> str:
    return f"`{id}`" if id else "none"


def _is(accounts: set[str]) -> str:
    return "is" if len(accounts) == 1 else "are"


def _change(count: int) -> str:
    return f"{counted(count, 'account')} {'changes' if count == 1 else 'change'} the"
