"""The account list before and after, in numbers."""

from __future__ import annotations

import pytest

from abmspec.diff import compare_account_lists

BASE = """\
id,name,tier,owner,marketing_owner,industry
1,Acme,tier-1,u1,emea,tech
2,Beta,tier-2,u1,emea,tech
3,Cora,,u2,,
"""


def said(head: str, base: str = BASE) -> list[str]:
    change = compare_account_lists(base.encode(), head.encode())
    if change is None:
        return []
    assert (change.address, change.kind, change.change_class) == ("account-list", "account-list", "accounts")
    assert "Acme" not in repr(change), "names stay out"
    return [reason.why for reason in change.reasons]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("3,Cora,,u2,,\n", "", "1 account is removed."),
        ("3,Cora,,u2,,\n", "3,Cora,,u2,,\n4,Dora,,,,\n5,Ella,,,,\n", "2 accounts are added."),
        ("Acme,tier-1", "Acme,tier-2", "1 account changes the tier: 1 from `tier-1` to `tier-2`."),
        ("Cora,,u2", "Cora,tier-1,u2", "1 account changes the tier: 1 from none to `tier-1`."),
        ("tier-1,u1", "tier-1,u9", "1 account changes the `owner`."),
        ("u1,emea,tech\n2", "u1,apac,tech\n2", "1 account changes the `marketing_owner`."),
        ("1,Acme", "1,Acme Bank", "Of 1 account something else changes: `name`."),
    ],
)
def test_what_changes_is_counted(old: str, new: str, why: str) -> None:
    assert old in BASE
    assert said(BASE.replace(old, new, 1)) == [why]


def test_several_at_once() -> None:
    head = BASE.replace("tier-1,u1", "tier-2,u9").replace("3,Cora,,u2,,\n", "")
    assert said(head) == [
        "1 account is removed.",
        "1 account changes the tier: 1 from `tier-1` to `tier-2`.",
        "1 account changes the `owner`.",
    ]


def test_the_order_of_rows_and_columns_is_no_change() -> None:
    header, *rows = BASE.splitlines()
    assert said("\n".join((header, *reversed(rows))) + "\n") == []
    assert said("name,id\nB,2\nA,1\n", "id,name\n1,A\n2,B\n") == []


@pytest.mark.parametrize(
    "head", ["name\nAcme\n", "id\n1\n1\n", "id,name\n1\n", "id,name\n1,a,b\n", 'id\n"1\n', ""]
)
def test_what_is_no_table_is_said_so(head: str) -> None:
    assert said(head) == [
        "The account list changes, and cannot be read as a table with one row for each `id`."
    ]


def test_bytes_that_are_no_text() -> None:
    change = compare_account_lists(BASE.encode(), b"\xff\xfe\x00")
    assert change is not None
    assert "cannot be read" in change.reasons[0].why


def test_a_list_that_comes_or_goes() -> None:
    comes, goes = compare_account_lists(None, BASE.encode()), compare_account_lists(BASE.encode(), None)
    assert comes is not None
    assert goes is not None
    assert (comes.action, comes.reasons[0].why) == ("create", "3 accounts are added.")
    assert (goes.action, goes.reasons[0].why) == ("retire", "3 accounts are removed.")
    assert compare_account_lists(None, None) is None
