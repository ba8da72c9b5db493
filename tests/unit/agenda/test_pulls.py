"""Open pull requests, as GitHub lists them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from abmspec.agenda.pulls import read_pulls
from abmspec.gate.inputs import Unreadable


def pull(number: int = 1, **more: Any) -> dict[str, Any]:
    said = {"number": number, "title": "Add farming", "created_at": "2026-09-02T10:00:00Z", "state": "open"}
    return {**said, "user": {"login": "ann"}, "html_url": f"https://github.com/o/n/pull/{number}", **more}


def texts(data: Any) -> list[str]:
    return [item.text for item in read_pulls(json.dumps(data).encode())]


def test_the_one_that_waits_longest_comes_first() -> None:
    found = read_pulls(json.dumps([pull(7), pull(3, created_at="2026-09-01T10:00:00Z")]).encode())
    assert [item.url for item in found] == ["https://github.com/o/n/pull/3", "https://github.com/o/n/pull/7"]
    assert found[1].text == "Pull request 7 by `ann`, open since 2026-09-02: \u201cAdd farming\u201d."


def test_pages_of_slurp_are_one_list() -> None:
    pages = [[pull(number) for number in range(1, 31)], [pull(31)]]
    assert len(texts(pages)) == 31


@pytest.mark.parametrize("more", [{"state": "closed"}, {"draft": True}])
def test_what_is_not_ready_is_left_out(more: dict[str, Any]) -> None:
    assert texts([pull(**more)]) == []


def test_an_account_that_is_gone_has_no_name() -> None:
    assert texts([pull(user=None)]) == ["Pull request 1, open since 2026-09-02: \u201cAdd farming\u201d."]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "http://example.com/",
        "https://example.com/)[x](https://evil.example",
        "https://example.com/ x",
        "https://user@example.com/",
        "https://example.com/\n",
    ],
)
def test_only_a_plain_page_is_linked(url: str) -> None:
    assert read_pulls(json.dumps([pull(html_url=url)]).encode())[0].url == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "no JSON, or were cut off"),
        ("\ufeff[]", "no JSON"),
        ('{"message": "Not Found"}', "The pull requests are no list"),
        ('[{"number": 1}]', "pull requests, entry 1"),
        (json.dumps([pull(created_at="yesterday")]), "pull requests, entry 1"),
        (json.dumps([pull(title=None)]), "pull requests, entry 1"),
        (json.dumps([pull(number) for number in range(30)]), "exactly 30"),
        (json.dumps([pull(number) for number in range(100)]), "exactly 100"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_a_mend(text: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said) as refused:
        read_pulls(text.encode())
    assert "gh api --paginate --slurp" in str(refused.value)
