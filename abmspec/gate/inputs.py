"""What the forge says of a pull request, in the shapes of GitHub's own answers: reviews, commits, the event.

What is not understood is refused whole: an approval that was cut off may be a withdrawn one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

import msgspec

from abmspec.diff.change import Plain
from abmspec.gate.login import is_bot, is_login

MOST_BYTES = 50_000_000
MOST_ENTRIES = 20_000
# What the forge puts on one page: unasked, and at most.
PAGES = (30, 100)
STATES = frozenset({"APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"})
SLURP = "Fetch it with `gh api --paginate --slurp`."

S = TypeVar("S")


class Unreadable(Exception):
    """An input that cannot be understood. The message says what, why, and how to get it right."""


class Review(Plain, frozen=True, kw_only=True):
    """One review. `login` is empty where the account is gone, `commit` where the forge has lost it."""

    login: str
    state: Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED", "PENDING"]
    commit: str = ""
    at: datetime
    body: str = ""
    is_bot: bool = False


class ListedCommit(Plain, frozen=True, kw_only=True):
    """One commit and the accounts that wrote and made it; `is_linked` where the forge knows both."""

    id: str
    logins: tuple[str, ...] = ()
    is_linked: bool = True


class PullRequest(Plain, frozen=True, kw_only=True):
    """What an event says. `pusher` and `before` are known only of one that tells of a push."""

    author: str
    is_bot: bool = False
    created: datetime
    head: str
    pusher: str = ""
    before: str = ""


class Answers(Plain, frozen=True, kw_only=True):
    """What the forge answered; None for what nobody gave, or could be understood. `faults` say why it could not."""

    reviews: tuple[Review, ...] | None = None
    commits: tuple[ListedCommit, ...] | None = None
    pull_request: PullRequest | None = None
    faults: tuple[str, ...] = ()


class _User(msgspec.Struct):
    login: str
    type: str = "User"


class _Review(msgspec.Struct):
    user: _User | None
    state: str
    commit_id: str | None = None
    submitted_at: str | None = None
    body: str | None = None


class _Commit(msgspec.Struct):
    sha: str
    author: _User | None = None
    committer: _User | None = None


class _Head(msgspec.Struct):
    sha: str


class _PullRequest(msgspec.Struct):
    user: _User
    created_at: str
    head: _Head


class _Event(msgspec.Struct):
    pull_request: _PullRequest
    action: str = ""
    sender: _User | None = None
    before: str | None = None
    review: dict[str, Any] | None = None


def read_answers(reviews: bytes | None, commits: bytes | None, event: bytes | None) -> Answers:
    """The three answers; what cannot be understood is a fault, and counts as not given."""
    faults: list[str] = []

    def read(reader: Callable[[bytes], S], text: bytes | None) -> S | None:
        try:
            return None if text is None else reader(text)
        except Unreadable as fault:
            faults.append(str(fault))
            return None

    return Answers(
        reviews=read(read_reviews, reviews),
        commits=read(read_commits, commits),
        pull_request=read(read_event, event),
        faults=tuple(faults),
    )


def read_reviews(text: bytes) -> tuple[Review, ...]:
    """The reviews of a pull request, in the order in which they were given. Unreadable where that is not certain."""
    found = []
    for place, each in enumerate(entries(text, "reviews", _Review)):
        state = each.state.upper()
        if state not in STATES:
            raise Unreadable(
                f"The reviews: the state of review {place + 1}, `{_short(each.state)}`, is unknown."
            )
        if state == "PENDING":
            continue
        if each.submitted_at is None:
            raise Unreadable(f"The reviews: review {place + 1} does not say when it was given. {SLURP}")
        found.append(
            Review(
                login=each.user.login if each.user else "",
                state=msgspec.convert(
                    state, Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED"]
                ),
                commit=(each.commit_id or "").lower(),
                at=_moment(each.submitted_at, f"The reviews: the time of review {place + 1}"),
                body=each.body or "",
                is_bot=_is_bot(each.user),
            )
        )
    return tuple(sorted(found, key=lambda review: review.at))


def read_commits(text: bytes) -> tuple[ListedCommit, ...]:
    """The commits of a pull request. Unreadable where the list may be cut."""
    found = []
    for place, each in enumerate(entries(text, "commits", _Commit)):
        people = [person for person in (each.author, each.committer) if person is not None]
        for person in people:
            _require_login(person.login, f"The commits: commit {place + 1}")
        found.append(
            ListedCommit(
                id=each.sha.lower(),
                logins=tuple(person.login for person in people),
                is_linked=len(people) == 2,
            )
        )
    return tuple(found)


def read_event(text: bytes) -> PullRequest:
    """The pull request of an event, or of the forge's own answer about one. Unreadable for any other."""
    data = _decoded(text, "event")
    if isinstance(data, dict) and "pull_request" not in data and "head" in data:
        data = {"pull_request": data}
    if not isinstance(data, dict) or "pull_request" not in data:
        raise Unreadable(
            "The event is about no pull request. Give the event of one (`pull_request`, `pull_request_review`), "
            "or what `gh api repos/OWNER/NAME/pulls/NUMBER` says."
        )
    event = _converted(data, _Event, "event")
    pull_request = event.pull_request
    _require_login(pull_request.user.login, "The event: the author")
    tells_of_push = event.review is None and event.action in ("opened", "synchronize")
    pusher = event.sender.login if event.sender is not None and tells_of_push else ""
    if pusher:
        _require_login(pusher, "The event: the sender")
    return PullRequest(
        author=pull_request.user.login,
        is_bot=_is_bot(pull_request.user),
        created=_moment(pull_request.created_at, "The event: the time of the pull request"),
        head=pull_request.head.sha.lower(),
        pusher=pusher,
        before=(event.before or "").lower() if tells_of_push else "",
    )


# -- reading -----------------------------------------------------------------------------------------


def entries(text: bytes, what: str, shape: type[S]) -> list[S]:
    """The entries of a list, or of a list of pages; `what` says of what. Unreadable where it may be cut."""
    data = _decoded(text, what)
    if not isinstance(data, list):
        said = f": it says “{_short(data['message'])}”" if _is_complaint(data) else ""
        raise Unreadable(f"The {what} are no list{said}. {SLURP}")
    if data and all(isinstance(page, list) for page in data):
        data = [entry for page in data for entry in page]
    elif len(data) in PAGES:
        raise Unreadable(
            f"The {what} are exactly {len(data)}, as many as the forge puts on a page, so there may be more. {SLURP}"
        )
    if len(data) > MOST_ENTRIES:
        raise Unreadable(f"The {what} are {len(data):,}; more than {MOST_ENTRIES:,} are not read.")
    return [_converted(entry, shape, f"{what}, entry {place + 1}") for place, entry in enumerate(data)]


def _decoded(text: bytes, what: str) -> Any:
    if len(text) > MOST_BYTES:
        raise Unreadable(f"The {what} take {len(text):,} bytes; more than {MOST_BYTES:,} are not read.")
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(f"The {what} are no JSON, or were cut off: {_short(str(error))}. {SLURP}") from error


def _converted(data: Any, shape: type[S], what: str) -> S:
    try:
        return msgspec.convert(data, shape)
    except msgspec.ValidationError as error:
        raise Unreadable(f"The {what}: {_short(str(error))}. {SLURP}") from error


def _is_complaint(data: object) -> bool:
    return isinstance(data, Mapping) and isinstance(data.get("message"), str)


def _moment(text: str, what: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Unreadable(f"{what}, `{_short(text)}`, is no time of the form 2026-10-01T09:00:00Z.") from error
    if not 1970 <= moment.year < 3000:
        raise Unreadable(f"{what}, `{_short(text)}`, is in no year in which there could be a pull request.")
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _require_login(login: str, what: str) -> None:
    if not is_login(login):
        raise Unreadable(f"{what} is by `{_short(login)}`, which is no login of a forge.")


def _is_bot(user: _User | None) -> bool:
    return user is not None and (user.type == "Bot" or is_bot(user.login))


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80]}…"
