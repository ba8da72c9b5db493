"""A branch that is to be merged, as Git has it: what it changes, who it is made of, what reviewers of it saw."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import msgspec

from abmspec.address import GLOBAL, split_region
from abmspec.cache import Cache
from abmspec.diff import (
    CLASSES,
    Change,
    ChangeClass,
    Reason,
    account_list,
    compare_account_lists,
    compare_files,
    gravest,
)
from abmspec.gate import Seen, diff_hash
from abmspec.git import SUBMODULE, SYMLINK, Commit, GitRefused, Repository
from abmspec.history import ledger_at, lives, misused
from abmspec.load import PROJECT_PATH, Known, in_spec
from abmspec.load.layout import REGION_FILE
from abmspec.resolve import Resolved

# Files that a change brings on paper: no reviewer who did not see them saw the change.
RECORDS = ("taxonomy/governance/decisions/", "taxonomy/governance/emergencies/")
# So many commits, other than the head, are looked at for what somebody saw there; the latest first.
MOST_LOOKED_AT = 40
# So many projects are held at a time: those of the base and the head, and a commit or two that are compared to them.
MOST_KEPT = 6

_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", re.ASCII)


@dataclass(frozen=True)
class Project:
    """A project at a commit: its spec, None where that cannot be used; the hash of every file of the repository."""

    resolved: Resolved | None
    files: Mapping[str, str]

    @cached_property
    def read(self) -> frozenset[str]:
        """The spec's files that the resolved spec has everything of: those of a region that cannot be used are not."""
        if self.resolved is None:
            return frozenset()
        spec = self.resolved.spec
        lost = tuple(
            path.removesuffix(REGION_FILE) for path in spec.broken if path.endswith(f"/{REGION_FILE}")
        )
        return frozenset(path for path in spec.documents if not lost or not path.startswith(lost))


Compare = Callable[[Resolved, Resolved], tuple[Change, ...]]


class Branch:
    """From the merge bases of two commits to the second. Lives for one command.

    `parsed` is what was parsed of its files so far. GitRefused where the commits have no history in common, or where
    only a part of it is here.
    """

    def __init__(
        self,
        repository: Repository,
        folder: str,
        tip: str,
        head: str,
        read: Callable[[str], Project],
        compare: Compare,
        parsed: Known,
    ) -> None:
        repository.require_history("What the branch changes, and who made its commits, cannot be known.")
        self.repository = repository
        self.folder = folder
        self.tip = tip
        self.head = head
        self.merge_bases = repository.merge_bases(tip, head)
        self.parsed = parsed
        self._read = read
        self._compare = compare
        self._projects: dict[str, Project] = {}
        self._changes: dict[str, tuple[Change, ...]] = {}

    def project(self, commit: str) -> Project:
        """The project at a commit. Those that were asked for last are kept."""
        found = self._projects.pop(commit, None) or self._read(commit)
        self._projects[commit] = found
        while len(self._projects) > MOST_KEPT:
            del self._projects[next(iter(self._projects))]
        return found

    def know(self, commit: str, resolved: Resolved | None) -> None:
        """Notes the spec of a commit that was read already."""
        self._projects[commit] = Project(resolved, files_of(self.repository, commit))

    def path_of(self, path: str) -> str:
        """Where a file of the project is in the repository."""
        return f"{self.folder}/{path}" if self.folder else path

    def _local(self, path: str) -> str:
        """Where a file of the repository is in the project; empty where it is not in it."""
        prefix = self.path_of("")
        return path.removeprefix(prefix) if path.startswith(prefix) else ""

    @cached_property
    def commits(self) -> tuple[Commit, ...]:
        """What the branch adds to the base, parents before their children."""
        return self.repository.commits(self.head, without=[self.tip])

    # -------------------------------------------------------------- changes

    def changes(self, commit: str) -> tuple[Change, ...]:
        """Every change from the merge base to a commit, by address.

        Where merges crossed each other and there are several bases, what differs from any of them is a change.
        """
        if commit not in self._changes:
            found: dict[str, Change] = {}
            for base in self.repository.merge_bases(self.tip, commit):
                for change in self._changes_between(self.project(base), self.project(commit)):
                    known = found.get(change.address)
                    found[change.address] = change if known is None else _graver(known, change)
            self._changes[commit] = tuple(found[address] for address in sorted(found))
        return self._changes[commit]

    def _changes_between(self, base: Project, head: Project) -> Iterator[Change]:
        if head.resolved is None:
            return
        if base.resolved is not None:
            yield from self._compare(base.resolved, head.resolved)
        else:
            yield _of_everything()
        yield from compare_files(base.files, head.files, self.path_of(""))
        for path in _differing(base, head):
            local = self._local(path)
            if local == account_list.PATH:
                both = (account_list_of(self.repository, side.files.get(path, "")) for side in (base, head))
                yield from filter(None, [compare_account_lists(*both)])
            elif in_spec(local) and _is_yaml(local) and path in base.files and local not in base.read:
                yield _of_unread(path)

    def forbidden_too(self, changes: Iterable[Change], cache: Cache | None) -> tuple[Change, ...]:
        """The changes, with those that take an id again which the history knows, or make one vanish.

        What is forbidden already is told once.
        """
        found = {change.address: change for change in changes}
        for base in self.merge_bases:
            before, after = self.project(base).resolved, self.project(self.head).resolved
            if before is None or after is None:
                continue
            ledger = ledger_at(self.repository, base, self.folder, cache, self.parsed)
            for address, reason in misused(ledger, before.spec, after.spec).items():
                known = found.get(address) or _vanished(address, before)
                if known.change_class == "forbidden":
                    continue
                reasons = gravest((reason, *known.reasons))
                found[address] = msgspec.structs.replace(known, change_class="forbidden", reasons=reasons)
        return tuple(found[address] for address in sorted(found))

    # -------------------------------------------------------------- what was seen

    def seen(self, commit: str) -> Seen:
        """What the branch changed as of a commit: the resolved diff, and every file that it does not speak of."""
        head = self.project(commit)
        files: dict[str, str] = {}
        for base in map(self.project, self.repository.merge_bases(self.tip, commit)):
            spoken_of = {*base.read, *head.read}
            for path in _differing(base, head):
                local = self._local(path)
                if local not in spoken_of or local.startswith(RECORDS):
                    files[path] = head.files.get(path, "")
        return Seen(diff=diff_hash(self.changes(commit)), files=files)

    def seen_at(self, commits: Iterable[str]) -> dict[str, Seen]:
        """What was to be seen at commits that reviews name; of those that are not here, nothing."""
        found: dict[str, Seen] = {}
        for commit in list(dict.fromkeys(commits))[-MOST_LOOKED_AT:]:
            if _ID.fullmatch(commit) and commit != self.head:
                try:
                    found[commit] = self.seen(self.repository.resolve(commit))
                except GitRefused:
                    continue
        return found

    def updates(self) -> frozenset[str]:
        """The commits of the branch that only merge the base in: they leave what it changes as it was."""
        own = {commit.id for commit in self.commits}
        found = set()
        merges = [commit for commit in self.commits if len(commit.parents) > 1][-MOST_LOOKED_AT:]
        for merge in merges:
            from_branch = [parent for parent in merge.parents if parent in own]
            if len(from_branch) == 1 and self.seen(merge.id) == self.seen(from_branch[0]):
                found.add(merge.id)
        return frozenset(found)


def files_of(repository: Repository, commit: str) -> dict[str, str]:
    """The mode and id of every file of a commit, by path."""
    return {path: f"{each.mode} {each.oid}" for path, each in repository.tree(commit).items()}


def _differing(base: Project, head: Project) -> list[str]:
    """The files of the repository that differ."""
    paths = base.files.keys() | head.files.keys()
    return sorted(path for path in paths if base.files.get(path) != head.files.get(path))


def _is_yaml(path: str) -> bool:
    return path.lower().endswith((".yaml", ".yml"))


def _graver(one: Change, other: Change) -> Change:
    return min(one, other, key=lambda change: CLASSES.index(change.change_class))


def _of_everything() -> Change:
    why = "Before, there was no project here that can be used, so all of it is new."
    return _whole("project", "governance", "governance", PROJECT_PATH, why)


def account_list_of(repository: Repository, entry: str) -> bytes | None:
    """The account list, by the mode and id that a tree has of it; of too large a one only its id; None of no file."""
    mode, _, oid = entry.partition(" ")
    if mode in ("", SYMLINK, SUBMODULE):
        return None
    return repository.read([oid], account_list.LARGEST).get(oid, oid.encode())


def _of_unread(path: str) -> Change:
    why = "What the file said before cannot be read, so what changes in it is not known."
    return _whole(f"file:{path}", "file", "governance", path, why)


def _whole(address: str, kind: str, change_class: ChangeClass, path: str, why: str) -> Change:
    """A change of which no more is known than that there is one."""
    return Change(
        address=address,
        kind=kind,
        kinds=(kind,),
        scope=GLOBAL,
        action="change",
        change_class=change_class,
        path=path,
        reasons=(Reason(change_class=change_class, why=why),),
    )


def _vanished(address: str, base: Resolved) -> Change:
    """The change of an address that the comparison has nothing to say of."""
    region, local = split_region(address, base.regions)
    life = lives(base.spec.documents.values()).get(address)
    return Change(
        address=address,
        kind=local.partition(".")[0],
        scope=region or GLOBAL,
        action="retire",
        change_class="forbidden",
        path=life.path if life is not None else PROJECT_PATH,
    )
