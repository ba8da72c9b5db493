"""The ledger of published ids: what a project's history has ever called its own.

An id that was published is taken for ever: it ends as a tombstone, and means nothing else again. A tree alone cannot
say so, because a tombstone that was deleted is not there any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

from abmspec import load
from abmspec.address import address_of
from abmspec.cache import Cache, build_fingerprint
from abmspec.diff.change import Reason
from abmspec.git import GitRefused, Repository
from abmspec.load import Entry
from abmspec.model.spec import Spec, carries_prefix
from abmspec.source import Document

# So many ledgers are kept for a project: those of its branches that were asked for last.
MOST_KEPT = 4

# Where ids are permanent. Accounts come and go.
FOLDERS = ("taxonomy", "regions", "playbooks")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Permanent(NamedTuple):
    """What ends as a tombstone in a kind of file: its subject, and the entries of a mapping in it."""

    subject: bool
    entries: str = ""


# By kind of file. What has no `status` can leave no tombstone, and learnings may go.
PERMANENT = {
    "buying-groups": Permanent(False, "roles"),
    "content": Permanent(True),
    "ctas": Permanent(False, "ctas"),
    "experiment": Permanent(True),
    "fields": Permanent(False, "fields"),
    "fields-overlay": Permanent(False, "fields"),
    "kpis": Permanent(False, "kpis"),
    "lifecycle": Permanent(False, "stages"),
    "picklist": Permanent(True, "values"),
    "picklist-overlay": Permanent(False, "values"),
    "play": Permanent(True),
    "privacy": Permanent(False, "rules"),
    "raci": Permanent(False, "activities"),
    "region": Permanent(True),
    "roles": Permanent(False, "roles"),
    "segment": Permanent(True),
    "segment-regional": Permanent(True),
    "systems": Permanent(False, "systems"),
    "tiers": Permanent(False, "tiers"),
}


class Life(NamedTuple):
    """Where a thing is in its life, what it is called, and the file that says so."""

    status: str
    label: str
    path: str


class Publication(msgspec.Struct, frozen=True, array_like=True, order=True):
    """The earliest commit that published an id, by its time (seconds since 1970), and the label that it had there."""

    time: int
    commit: str
    label: str

    def __str__(self) -> str:
        """`as “Fintech” in 1a2b3c4d5e6f of 2026-03-01`."""
        day = datetime.fromtimestamp(self.time, UTC).date().isoformat()
        called = f"as “{self.label}” " if self.label else ""
        return f"{called}in {self.commit[:12]} of {day}"


class Ledger(msgspec.Struct, frozen=True):
    """Every address that the history of a commit published.

    The address says what a thing was: its kind, its region, a value's picklist. The same id in another kind is another
    thing.
    """

    commit: str
    published: dict[str, Publication]


class KeptLedgers(msgspec.Struct, frozen=True):
    """Ledgers in the cache, the one asked for last first. `key` stands for the build of abmspec and the folder."""

    key: str
    ledgers: tuple[Ledger, ...]


def ledger_at(
    repository: Repository,
    commit: str,
    folder: str = "",
    cache: Cache | None = None,
    parsed: load.Known | None = None,
) -> Ledger:
    """The ledger of a commit: what it and all its ancestors published in the project's folder.

    `parsed` is what was parsed of its files already. Files that do not parse are passed over; whatever else there was
    wrong with them then does not matter. From the cache comes the ledger of an ancestor, and only what is newer is
    read. GitRefused where the clone is shallow.
    """
    repository.require_history("What ids were ever published cannot be known.")
    kept = _Kept(cache, folder)
    begun = kept.nearest(repository, commit)
    if begun is not None and begun.commit == commit:
        return begun
    published = dict(begun.published) if begun is not None else {}
    for address, publication in _publications(repository, commit, begun, folder, parsed):
        known = published.get(address)
        published[address] = publication if known is None else min(known, publication)
    ledger = Ledger(commit, dict(sorted(published.items())))
    kept.add(ledger)
    return ledger


def misused(ledger: Ledger, base: Spec, head: Spec) -> dict[str, Reason]:
    """What a change from base to head does to published ids that is forbidden, by address; `ledger` is the base's.

    - An id is *used for something else* where the head has it, not as a tombstone, and the base has it not at all or
      as a tombstone: whatever it is now, it is not what records carry the id for.
    - It *vanishes* where the base has it, in whatever state, and the head has it not. A region's value that follows
      its list to the list's new id has not vanished: the list has left the tombstone.

    What had vanished from the base already is not this change's doing. Of what may stand in a file that is broken on
    the other side nothing is said.
    """
    before, after = lives(_unlike(base, head)), lives(_unlike(head, base))
    moved = _moved_lists(head, before, after)
    found = {}
    for address, publication in ledger.published.items():
        now = after.get(address)
        if now is None and moved:
            now = after.get(_followed(address, moved))
        why = _misuse(before.get(address), now, base, head)
        if why:
            why = f"The id was published {publication}, {why}"
            found[address] = Reason(change_class="forbidden", attribute="status", why=why)
    return found


def _misuse(was: Life | None, now: Life | None, base: Spec, head: Spec) -> str:
    """What is wrong with what became of a published id; empty where nothing is."""
    if now is None:
        vanishes = was is not None and was.path not in head.broken
        return "so it never just vanishes: keep it as a tombstone, `status: retired`." if vanishes else ""
    if now.status == "retired" or (was is None and now.path in base.broken):
        return ""
    if was is not None and was.status != "retired":
        return ""
    ended = "removed" if was is None else "retired"
    return f"and {ended} since: it is never used again. Choose another one."


def _unlike(one: Spec, other: Spec) -> Iterator[Document]:
    """The documents of one spec that the other has not just so: in all else every life is the same."""
    for path, document in one.documents.items():
        known = other.documents.get(path)
        if known is None or known.data != document.data:
            yield document


def _moved_lists(head: Spec, before: Mapping[str, Life], after: Mapping[str, Life]) -> dict[str, str]:
    """By the id of each picklist that the change renames, the new one."""

    found = {}
    for document in head.documents.values():
        old = document.data.get("renamed_from") if isinstance(document.data, dict) else None
        if document.kind != "picklist" or not isinstance(old, str):
            continue
        address = address_of(document.kind, old, document.region)
        was, now = before.get(address), after.get(address)
        is_new = address_of(document.kind, document.id, document.region) not in before
        if is_new and was is not None and now is not None and was.status != "retired" == now.status:
            found[old] = document.id
    return found


def _followed(address: str, moved: Mapping[str, str]) -> str:
    """The address of a region's value in the list that its own was renamed to."""
    head, found, tail = address.partition(".picklist.")
    old, value, id = tail.partition(".value.")
    follows = found and value and old in moved
    return f"{head}.picklist.{moved[old]}.value.{id}" if follows else address


def lives(documents: Iterable[Document]) -> dict[str, Life]:
    """By address, everything in the documents whose id is permanent once it was published.

    Asks the plain data alone, so that files that no schema accepts any more still say what they published.
    """
    found: dict[str, Life] = {}
    for document in documents:
        kind = PERMANENT.get(document.kind)
        if kind is None or not isinstance(document.data, dict):
            continue
        if kind.subject:
            found[address_of(document.kind, document.id, document.region)] = _life(document.data, document)
        for id, data in _entries(document, kind.entries):
            address = address_of(document.kind, document.id, document.region, (kind.entries, id))
            found[address] = _life(data, document)
    return found


def _entries(document: Document, under: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The entries of a mapping, but for those of an overlay that only speak of what stands above it."""
    entries = document.data.get(under) if under else None
    defaults = document.data.get("defaults")
    for id, data in entries.items() if isinstance(entries, dict) else ():
        if document.kind.endswith("-overlay") and not carries_prefix(id, document.region):
            continue
        if isinstance(id, str) and _ID.fullmatch(id) and isinstance(data, dict | None):
            yield id, {**(defaults if isinstance(defaults, dict) else {}), **(data or {})}


def _life(data: Mapping[str, Any], document: Document) -> Life:
    status, label = data.get("status", "active"), data.get("label", "")
    return Life(str(status), label if isinstance(label, str) else "", document.path)


def _publications(
    repository: Repository, commit: str, begun: Ledger | None, folder: str, parsed: load.Known | None
) -> Iterator[tuple[str, Publication]]:
    """What each file that the commits brought published. A content that several brought counts for the earliest."""
    commits = repository.commits(commit, without=[begun.commit] if begun is not None else ())
    times = {each.id: each.time for each in commits}
    home = f"{folder.strip('/')}/" if folder else ""
    places: dict[str, Entry | None] = {}
    earliest: dict[str, dict[Entry, tuple[int, str]]] = {}
    for brought in repository.introduced(times, [home + name for name in FOLDERS]):
        if brought.path not in places:
            places[brought.path] = _place(brought.path.removeprefix(home))
        entry = places[brought.path]
        if entry is None or not brought.is_file:
            continue
        same = earliest.setdefault(brought.oid, {})
        when = (times[brought.commit], brought.commit)
        same[entry] = min(when, same.get(entry, when))
    for oid, raw in repository.blobs(earliest):
        for entry, when in earliest[oid].items():
            document, _ = load.parse(entry, raw, parsed)
            for address, life in lives([document] if document is not None else ()).items():
                if life.status != "proposed":
                    yield address, Publication(*when, life.label)


def _place(path: str) -> Entry | None:
    """What a path is by the layout, whatever stood beside it; None where no id stands in such a file."""
    entry = next(iter(load.arrange([path]).entries), None)
    return entry if entry is not None and entry.kind in PERMANENT else None


class _Kept:
    """The ledgers that the cache has of one project's folder."""

    def __init__(self, cache: Cache | None, folder: str) -> None:
        self._cache = cache
        self._key = f"{build_fingerprint()} {folder}" if cache is not None else ""
        kept = cache.read("ledgers", KeptLedgers) if cache is not None else None
        self._ledgers = kept.ledgers if kept is not None and kept.key == self._key else ()

    def nearest(self, repository: Repository, commit: str) -> Ledger | None:
        """The ledger of the commit itself, or of the ancestor that is the fewest commits away."""
        same = next((ledger for ledger in self._ledgers if ledger.commit == commit), None)
        if same is not None:
            return same
        above = [ledger for ledger in self._ledgers if _is_in_history(repository, ledger.commit, commit)]
        return min(
            above, key=lambda ledger: len(repository.commits(commit, without=[ledger.commit])), default=None
        )

    def add(self, ledger: Ledger) -> None:
        """Keeps a ledger, in the place of the one that was longest not asked for."""
        if self._cache is not None:
            self._cache.write("ledgers", KeptLedgers(self._key, (ledger, *self._ledgers)[:MOST_KEPT]))


def _is_in_history(repository: Repository, one: str, other: str) -> bool:
    """Whether a commit that may not exist any more is in the history of another."""
    try:
        return repository.is_ancestor(one, other)
    except GitRefused:
        return False
