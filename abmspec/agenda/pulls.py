"""Open pull requests, as GitHub lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import msgspec

from abmspec.agenda.agenda import Item
from abmspec.agenda.briefing import plain
from abmspec.gate.inputs import SLURP, Unreadable, entries

# An address that leads to a page of a forge and nowhere else, whatever it is printed into.
PAGE = re.compile(r"https://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~-]+)*")


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
    """The open pull requests, the one that waits longest first; drafts are not ready to be decided.

    Unreadable where the list cannot be understood, or may be cut.
    """
    pulls = [pull for pull in _listed(text) if pull.state == "open" and not pull.draft]
    return tuple(_item(pull) for pull in sorted(pulls, key=lambda pull: (pull.created_at, pull.number)))


def _listed(text: bytes) -> Iterator[_Pull]:
    for place, pull in enumerate(entries(text, "pull requests", _Pull), 1):
        try:
            datetime.fromisoformat(pull.created_at)
        except ValueError as error:
            raise Unreadable(f"The pull requests, entry {place}: {error}. {SLURP}") from error
        yield pull


def _item(pull: _Pull) -> Item:
    by = f" by `{plain(pull.user.login)}`" if pull.user is not None else ""
    return Item(
        text=f"Pull request {pull.number}{by}, open since {pull.created_at[:10]}: \u201c{plain(pull.title)}\u201d.",
        url=pull.html_url if PAGE.fullmatch(pull.html_url) else "",
    )
