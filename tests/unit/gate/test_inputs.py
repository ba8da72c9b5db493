"""The forge's answers: understood, or refused whole."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abmspec.gate.inputs import Unreadable, read_commits, read_event, read_reviews

USER = {"login": "Ana", "type": "User", "id": 1}


def review(**more: Any) -> dict[str, Any]:
    return {
        "id": 80,
        "user": USER,
        "state": "APPROVED",
        "commit_id": "c0ffee",
        "submitted_at": "2026-10-01T09:00:00Z",
        "body": "",
        "author_association": "MEMBER",
        **more,
    }


def commit(**more: Any) -> dict[str, Any]:
    return {"sha": "C0FFEE", "author": USER, "committer": USER, "parents": [], **more}


def event(**more: Any) -> dict[str, Any]:
    pull_request = {
        "number": 7,
        "user": USER,
        "created_at": "2026-10-01T08:00:00Z",
        "head": {"sha": "C0FFEE", "ref": "more"},
        "base": {"sha": "0", "ref": "main"},
    }
    return {"action": "synchronize", "sender": {"login": "Bo"}, "pull_request": pull_request, **more}


def written(data: object) -> bytes:
    return json.dumps(data).encode()


def test_a_review() -> None:
    (found,) = read_reviews(written([review(body=None)]))
    assert (found.login, found.state, found.commit, found.body) == ("Ana", "APPROVED", "c0ffee", "")
    assert found.at == datetime(2026, 10, 1, 9, tzinfo=UTC)


def test_reviews_are_ordered_by_time_and_what_is_pending_is_no_review() -> None:
    later = review(submitted_at="2026-10-01T10:00:00+00:00", state="DISMISSED")
    pending = review(state="PENDING", submitted_at=None)
    assert [each.state for each in read_reviews(written([later, pending, review()]))] == [
        "APPROVED",
        "DISMISSED",
    ]


def test_pages_that_were_slurped() -> None:
    assert len(read_reviews(written([[review()] * 100, [review()] * 30]))) == 130
    assert read_reviews(written([[]])) == read_reviews(b"[]") == ()


def test_the_account_of_a_review_may_be_gone_and_so_may_its_commit() -> None:
    (found,) = read_reviews(written([review(user=None, commit_id=None)]))
    assert (found.login, found.commit) == ("", "")


@pytest.mark.parametrize(
    "user", [{"login": "intake", "type": "Bot"}, {"login": "Intake[bot]", "type": "User"}]
)
def test_an_app_is_known(user: dict[str, str]) -> None:
    assert read_reviews(written([review(user=user)]))[0].is_bot


@pytest.mark.parametrize("count", [30, 100])
def test_a_page_that_is_full_may_be_cut(count: int) -> None:
    with pytest.raises(Unreadable, match=f"exactly {count}.*--slurp"):
        read_reviews(written([review()] * count))
    with pytest.raises(Unreadable, match=f"exactly {count}.*--slurp"):
        read_commits(written([commit()] * count))
    assert len(read_reviews(written([review()] * (count + 1)))) == count + 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "no JSON, or were cut off"),
        (b"\xff\xfe", "no JSON"),
        (written([review()])[:-9], "were cut off"),
        (written([review()]) * 2, "no JSON, or were cut off"),
        (b"[" * 100_000, "no JSON"),
        (b"{}", "are no list"),
        (b"null", "are no list"),
        (written({"message": "Not Found", "status": "404"}), "it says “Not Found”"),
        (written([[review()], review()]), "entry 1"),
        (written(["APPROVED"]), "entry 1"),
        (written([review(state="LOVED")]), "`LOVED`, is unknown"),
        (written([review(state=None)]), "entry 1"),
        (written([review(submitted_at=None)]), "does not say when"),
        (written([review(submitted_at="yesterday")]), "is no time"),
        (written([review(submitted_at="0001-01-01T00:00:00+23:59")]), "is in no year"),
        (written([review(submitted_at="9999-12-31T23:59:59-23:59")]), "is in no year"),
        (written([review()]).replace(b"Ana", rb"\ud800"), "no JSON"),
        (written([review(user={"id": 1})]), "login"),
        (written([[review()] * 200] * 101), "more than 20,000 are not read"),
    ],
)
def test_reviews_that_are_not_understood(text: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_reviews(text)


@given(st.binary(max_size=200) | st.recursive(st.none() | st.text(), st.lists).map(written))
def test_no_input_is_a_crash(text: bytes) -> None:
    for read in (read_reviews, read_commits, read_event):
        with suppress(Unreadable):
            read(text)


def test_commits() -> None:
    linked, without = read_commits(written([commit(), commit(author=None)]))
    assert (linked.id, linked.logins, linked.is_linked) == ("c0ffee", ("Ana", "Ana"), True)
    assert (without.logins, without.is_linked) == (("Ana",), False)


def test_a_commit_by_what_is_no_login() -> None:
    with pytest.raises(Unreadable, match="which is no login"):
        read_commits(written([commit(author={"login": "аna"})]))


def test_an_event_of_a_push() -> None:
    found = read_event(written(event(before="AB")))
    assert (found.author, found.head) == ("Ana", "c0ffee")
    assert (found.pusher, found.before) == ("Bo", "ab")
    assert found.created == datetime(2026, 10, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize("told", [{"action": "submitted", "review": {"id": 1}}, {"action": "labeled"}])
def test_only_a_push_has_a_pusher(told: dict[str, Any]) -> None:
    assert read_event(written(event(**told))).pusher == ""


def test_what_the_forge_answers_about_a_pull_request() -> None:
    assert read_event(written(event()["pull_request"])).author == "Ana"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"workflow_run": {}}, "about no pull request"),
        ([], "about no pull request"),
        (event(pull_request={"user": USER}), "created_at"),
        (event(pull_request={**event()["pull_request"], "user": {"login": "a b"}}), "the author is by `a b`"),
        (event(pull_request={**event()["pull_request"], "created_at": "-"}), "is no time"),
    ],
)
def test_events_that_are_not_understood(data: object, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_event(written(data))
