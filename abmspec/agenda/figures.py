"""The key figures of governance, out of the history: how long approval takes, what changes, what contradicts itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import NamedTuple

import msgspec

from abmspec.diff.change import CLASSES, Change, ChangeClass
from abmspec.git import Commit, Tag
from abmspec.resolve import Resolved
from abmspec.rules.catalogue import RULES
from abmspec.rules.rule import Subject

# Rules whose findings are two definitions of one thing. Waived ones count: a waiver settles no contradiction.
CONFLICTS = frozenset(
    {
        "alias-ambiguous", "country-duplicate", "duplicate-api-name", "duplicate-id", "duplicate-label",
        "duplicate-stored-key", "lifecycle-stages-differ", "near-duplicate", "override-conflict",
        "score-conflict", "system-label-duplicate", "system-name-duplicate", "systems-disagree",
        "translation-conflict",
    }
)  # fmt: skip

SpecAt = Callable[[str], Resolved | None]
Compare = Callable[[Resolved, Resolved], Sequence[Change]]


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """How many changes of one class were made in one scope."""

    change_class: ChangeClass = msgspec.field(name="class")
    scope: str
    count: int


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """How long changes took from their first commit to their merge: how many there were, and the median in hours."""

    merges: int
    median_hours: float | None = None


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """The spec at the end of a month (`2026-09`), or at a tag, and what changed since the point before.

    `conflicts` counts conflicting definitions; None where the spec could not be read then.
    """

    name: str
    commit: str
    conflicts: int | None = None
    changes: tuple[Count, ...] = ()


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a stretch of history. `is_cut` where there were more merges than were looked at."""

    since: str
    until: str
    conflicts: int
    approval: Waiting
    approval_by_class: dict[ChangeClass, Waiting] = {}
    points: tuple[Point, ...] = ()
    is_cut: bool = msgspec.field(name="cut", default=False)


class Merge(NamedTuple):
    """A merge on the main line: what stood before it, and when the work that it brought was begun."""

    commit: Commit
    before: str
    begun: int

    @property
    def hours(self) -> float:
        """From the first commit of the work to its merge."""
        return max(0, self.commit.time - self.begun) / 3600


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is looked at: from a day to a day, at most so many merges, the newest first."""

    since: date
    until: date
    most_merges: int

    def holds(self, commit: Commit) -> bool:
        """Whether a commit was made in it."""
        return self.since <= _day(commit) <= self.until


def main_line(commits: Sequence[Commit]) -> tuple[Commit, ...]:
    """The first parents of the last of the commits, oldest first. `commits` has parents before children."""
    by_id = {commit.id: commit for commit in commits}
    line = []
    at = commits[-1] if commits else None
    while at is not None:
        line.append(at)
        at = by_id.get(at.parents[0]) if at.parents else None
    return tuple(reversed(line))


def merges(commits: Sequence[Commit]) -> Iterator[Merge]:
    """The merges of the main line, oldest first, each with when its work was begun."""
    by_id = {commit.id: commit for commit in commits}
    known: set[str] = set()
    for commit in main_line(commits):
        brought = _brought(commit, by_id, known)
        known.update((commit.id, *(each.id for each in brought)))
        if len(commit.parents) > 1 and brought:
            yield Merge(commit, commit.parents[0], min(each.time for each in brought))


def _brought(merge: Commit, by_id: Mapping[str, Commit], known: set[str]) -> list[Commit]:
    """The commits that a commit of the main line brought with it."""
    found: dict[str, Commit] = {}
    waiting = list(merge.parents[1:])
    while waiting:
        id = waiting.pop()
        if id in known or id in found or id not in by_id:
            continue
        found[id] = by_id[id]
        waiting.extend(by_id[id].parents)
    return list(found.values())


def last_before(line: Sequence[Commit], day: date) -> Commit | None:
    """The commit of the main line that stood when a day began, UTC. None where the history begins later."""
    end = datetime.combine(day, time(), UTC).timestamp()
    return next((commit for commit in reversed(line) if commit.time < end), None)


def months(line: Sequence[Commit], stretch: Stretch) -> tuple[tuple[str, Commit], ...]:
    """The last commit of each month in which something was merged or committed, by the month's name."""
    last = {f"{_day(commit):%Y-%m}": commit for commit in line if stretch.holds(commit)}
    return tuple(last.items())


def tagged(line: Sequence[Commit], tags: Iterable[Tag], stretch: Stretch) -> tuple[tuple[str, Commit], ...]:
    """The tags that lead to commits of the main line, in its order."""
    names: dict[str, list[str]] = {}
    for tag in tags:
        names.setdefault(tag.commit, []).append(tag.name)
    return tuple(
        (name, commit)
        for commit in line
        if stretch.holds(commit)
        for name in sorted(names.get(commit.id, ()))
    )


def conflicts(resolved: Resolved, day: date) -> int:
    """How many definitions contradict each other, or may mean the same."""
    subject = Subject(resolved, day)
    return sum(1 for rule in RULES if rule.rule.name in CONFLICTS for _ in rule.check(subject))


def counts(changes: Iterable[Change]) -> tuple[Count, ...]:
    """Changes by class, the gravest first, and by scope."""
    found = Counter((change.change_class, change.scope) for change in changes)
    ordered = sorted(found.items(), key=lambda each: (CLASSES.index(each[0][0]), each[0][1]))
    return tuple(Count(change_class=name, scope=scope, count=count) for (name, scope), count in ordered)


def gravest_class(changes: Iterable[Change]) -> ChangeClass | None:
    """The class of several changes together; None of none."""
    found = {change.change_class for change in changes}
    return next((name for name in CLASSES if name in found), None)


@dataclass(frozen=True, slots=True)
class Work:
    """What the figures of a stretch are worked out from, each step of which may take half a second."""

    merges: tuple[Merge, ...]
    points: tuple[tuple[str, Commit], ...]
    before: Commit | None
    is_cut: bool

    @property
    def steps(self) -> int:
        """How many steps it takes."""
        return len(self.merges) + len(self.points)


def work_of(commits: Sequence[Commit], stretch: Stretch, tags: Iterable[Tag] | None = None) -> Work:
    """What is to be looked at: merges and the ends of months, or the tags where those are given."""
    line = main_line(commits)
    within = [merge for merge in merges(commits) if stretch.holds(merge.commit)]
    points = months(line, stretch) if tags is None else tagged(line, tags, stretch)
    before = last_before(line, stretch.since)
    kept = within[max(0, len(within) - stretch.most_merges) :]
    return Work(tuple(kept), points, before, len(kept) < len(within))


def work_out(
    work: Work, stretch: Stretch, now: Resolved, spec_at: SpecAt, compare: Compare, tick: Callable[[], None]
) -> Figures:
    """The figures. `now` is the spec at hand; `tick` is called after each step."""
    return Figures(
        since=stretch.since.isoformat(),
        until=stretch.until.isoformat(),
        conflicts=conflicts(now, stretch.until),
        approval=_waiting(work.merges),
        approval_by_class={
            name: _waiting(found) for name, found in _by_class(work.merges, spec_at, compare, tick).items()
        },
        points=tuple(_points(work, spec_at, compare, tick)),
        is_cut=work.is_cut,
    )


def _waiting(found: Sequence[Merge]) -> Waiting:
    middle = round(median(merge.hours for merge in found), 1) if found else None
    return Waiting(merges=len(found), median_hours=middle)


def _by_class(
    found: Iterable[Merge], spec_at: SpecAt, compare: Compare, tick: Callable[[], None]
) -> dict[ChangeClass, list[Merge]]:
    """Merges by the gravest class of what they changed; those that changed nothing of the spec are left out."""
    by_class: dict[ChangeClass, list[Merge]] = {}
    for merge in found:
        base, head = spec_at(merge.before), spec_at(merge.commit.id)
        name = gravest_class(compare(base, head)) if base is not None and head is not None else None
        if name is not None:
            by_class.setdefault(name, []).append(merge)
        tick()
    return {name: by_class[name] for name in CLASSES if name in by_class}


def _points(work: Work, spec_at: SpecAt, compare: Compare, tick: Callable[[], None]) -> Iterator[Point]:
    before = spec_at(work.before.id) if work.before is not None else None
    for name, commit in work.points:
        spec = spec_at(commit.id)
        found = conflicts(spec, _day(commit)) if spec is not None else None
        changes = counts(compare(before, spec)) if before is not None and spec is not None else ()
        yield Point(name=name, commit=commit.id, conflicts=found, changes=changes)
        before = spec or before
        tick()


def _day(commit: Commit) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=commit.time)).date()
