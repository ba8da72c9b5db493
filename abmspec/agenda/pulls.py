"""Open pull requests, as GitHub lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from abmspec.agenda.agenda import Item
from abmspec.agenda.briefing import plain

MOST_BYTES = 50_000_000
# What GitHub puts on one page: unasked, and at most.
PAGES = (30, 100)
FETCH = "Fetch it with `gh api --paginate --slurp repos/OWNER/NAME/pulls`."
# An address that leads to a page of a forge and nowhere else, whatever it is printed into.
PAGE = re.compile(r"https://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~-]+)*")


class UnreadablePulls(Exception):
    """A list of pull requests that cannot be understood. The message says what, why, and how to get it right."""


class _User(msgspec.Struct):
    login: str


class _Pull(msgspec.Struct):
    number: int
    title: str
    created_at: str
    state: str = "open"
    draft: bool = False
    html_url: str = ""
    user: _User | None = None


def read_pulls(text: bytes) -> tuple[Item, ...]:
    """The open pull requests, the one that waits longest first; drafts are not ready to be decided."""
    pulls = [pull for pull in _listed(text) if pull.state == "open" and not pull.draft]
    return tuple(_item(pull) for pull in sorted(pulls, key=lambda pull: (pull.created_at, pull.number)))


def _listed(text: bytes) -> Iterator[_Pull]:
    if len(text) > MOST_BYTES:
        raise UnreadablePulls(f"The list takes {len(text):,} bytes; more than {MOST_BYTES:,} are not read.")
    try:
        data = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadablePulls(f"The list is no JSON, or was cut off. {FETCH}") from error
    for place, entry in enumerate(_entries(data), 1):
        try:
            pull = msgspec.convert(entry, _Pull)
            datetime.fromisoformat(pull.created_at)
        except (msgspec.ValidationError, ValueError) as error:
            raise UnreadablePulls(
                f"Entry {place} of the list is no pull request: {error}. {FETCH}"
            ) from error
        yield pull


def _entries(data: Any) -> list[Any]:
    if not isinstance(data, list):
        raise UnreadablePulls(f"There is no list of pull requests in it. {FETCH}")
    if data and all(isinstance(page, list) for page in data):
        return [entry for page in data for entry in page]
    if len(data) in PAGES:
        raise UnreadablePulls(
            f"The list has exactly {len(data)} entries, as many as GitHub puts on a page: there may be more. {FETCH}"
        )
    return data


def _item(pull: _Pull) -> Item:
    by = f" by `{plain(pull.user.login)}`" if pull.user is not None else ""
    return Item(
        text=f"Pull request {pull.number}{by}, open since {pull.created_at[:10]}: \u201c{plain(pull.title)}\u201d.",
        url=pull.html_url if PAGE.fullmatch(pull.html_url) else "",
    )
