"""Composes the stages. The only place that knows their order.

Stages are imported where they are composed: a verdict that the cache still has costs the import of none.
"""

from __future__ import annotations

import gc
import hashlib
import itertools
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from abmspec import load
from abmspec.cache import Cache, build_fingerprint
from abmspec.diagnostic import Diagnostic, Fix, Severity, Waived, fingerprint
from abmspec.load import Files, Known, Sources
from abmspec.words import quoted

if TYPE_CHECKING:
    from abmspec.agenda.figures import Figures, Stretch, Work
    from abmspec.branch import Branch
    from abmspec.diff import Change as SpecChange
    from abmspec.edit import Change
    from abmspec.gate import Answers, Decision
    from abmspec.git import Repository
    from abmspec.github import Filed
    from abmspec.model.spec import Spec
    from abmspec.proposal import AnyRequest, Proposal
    from abmspec.releases import Release
    from abmspec.report.changelog import Changelog, Section
    from abmspec.resolve import Resolved
    from abmspec.semver import Demand

# A fix may bring another finding to light, whose fix may bring … but not for ever.
MOST_ROUNDS = 8
# Specs of the past that are held at a time: what is compared follows one another.
MOST_SPECS = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking found, as plain data.

    `files` counts the files judged, `regions` names the regions, `usable` is False where `abmspec.yaml` itself could
    not be used and nothing else could be judged.
    """

    diagnostics: tuple[Diagnostic, ...]
    waived: tuple[Waived, ...]
    files: int
    regions: tuple[str, ...]
    usable: bool

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings that stop a build."""
        return tuple(found for found in self.diagnostics if found.severity is Severity.ERROR)


def current_day(stated: str = "") -> date:
    """The day that a command is run for: as stated, as `ABMSPEC_TODAY` has it, or the current one in UTC.

    ValueError where what is stated is no ISO date. Only the entries ask; all else is told.
    """
    said = stated or os.environ.get("ABMSPEC_TODAY", "")
    return date.fromisoformat(said) if said else datetime.now(UTC).date()


def understand(sources: Sources) -> tuple[Spec | None, tuple[Diagnostic, ...]]:
    """Loaded sources as a typed spec. A document that its schema rejects counts as broken."""
    from abmspec import schema
    from abmspec.model import spec as model

    diagnostics: list[Diagnostic] = []
    usable = {}
    broken = set(sources.broken)
    for path, document in sources.documents.items():
        rejected = schema.validate(document)
        diagnostics.extend(rejected)
        if rejected:
            broken.add(path)
        else:
            usable[path] = document
    return model.build(usable, broken), tuple(diagnostics)


def resolved_project(root: Path) -> Resolved | None:
    """The spec in `root`, resolved and judged by no rule; None where `abmspec.yaml` cannot be used.

    Files that cannot be read, or that their schemas reject, are left out, and `spec.broken` names them.
    """
    return _resolved(load.load(root)[0])


def resolved_tree(contents: Mapping[str, bytes]) -> Resolved | None:
    """As `resolved_project`, of the files of a project in memory."""
    return _resolved(load.load_tree(contents)[0])


def _resolved(sources: Sources) -> Resolved | None:
    from abmspec.resolve import resolve

    spec, _ = understand(sources)
    return None if spec is None else resolve(spec)


def judge(root: Path, today: date) -> tuple[Verdict, Resolved | None]:
    """Load, validate, resolve and judge the spec in `root` as of `today`; and the resolved spec, where there is one."""
    return _judge(load.collect(root), today)


def check_project(root: Path, today: date, *, use_cache: bool = True) -> Verdict:
    """The verdict on the spec in `root` as of `today`; with the cache, only what changed is read and judged again."""
    files = load.collect(root)
    if not use_cache:
        return _judge(files, today)[0]
    cache = Cache.of_project(root)
    build = build_fingerprint()
    key = hashlib.sha256(f"{build} {today} {files.digest}".encode()).hexdigest()
    kept = cache.read("verdict", KeptVerdict)
    if kept is not None and kept.key == key:
        return kept.verdict
    known = KnownDocuments(cache, build)
    verdict, _ = _judge(files, today, known)
    known.keep()
    cache.write("verdict", KeptVerdict(key, verdict))
    return verdict


@dataclass(frozen=True, slots=True)
class Mended:
    """What mending comes to: the changes to write, and the findings that they mend."""

    changes: tuple[Change, ...]
    mended: tuple[Diagnostic, ...]


def mend(root: Path, today: date, is_wanted: Callable[[Diagnostic], bool]) -> Mended:
    """The certain fixes of wanted findings in `root`, and of those that come to light behind them. Writes nothing."""
    from abmspec.edit import Change, mended

    before = files = load.collect(root)
    done: list[Diagnostic] = []
    made: set[Fix] = set()
    for _ in range(MOST_ROUNDS):
        verdict, _ = _judge(files, today)
        wanted = [
            found
            for found in verdict.diagnostics
            if found.fix is not None and found.fix not in made and is_wanted(found)
        ]
        contents, mends = mended(files.contents, wanted)
        if not mends:
            break
        done.extend(mends)
        made.update(found.fix for found in mends if found.fix is not None)
        files = files.changed(contents)
    paths = sorted(before.contents.keys() | files.contents.keys())
    changes = (Change(path, before.contents.get(path), files.contents.get(path)) for path in paths)
    return Mended(tuple(each for each in changes if each.before != each.after), tuple(done))


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a request comes to: the proposal, and the errors that the spec would have with it and has not now.

    `before` is the verdict on the spec as it stands. `proposal` is None where its `abmspec.yaml` cannot be used.
    `resolved` is the spec without and with the change.
    """

    before: Verdict
    proposal: Proposal | None
    errors: tuple[Diagnostic, ...]
    resolved: tuple[Resolved | None, Resolved | None] = (None, None)


def propose(root: Path, today: date, request: AnyRequest) -> Proposed:
    """What a request comes to on the spec in `root`. ProposalRefused where it cannot be met. Writes nothing."""
    from abmspec import proposal

    files = load.collect(root)
    before, resolved = _judge(files, today)
    if resolved is None:
        return Proposed(before, None, ())
    proposed = proposal.propose(resolved, files.contents, request, today)
    contents = dict(files.contents)
    for change in proposed.changes:
        contents.pop(change.path, None)
        if change.after is not None:
            contents[change.path] = change.after
    after, changed = _judge(files.changed(contents), today)
    return Proposed(before, proposed, tuple(_new(after.errors, before.errors)), (resolved, changed))


def _new(after: Iterable[Diagnostic], before: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What is found that was not before; of several that are the same, those that are more."""
    known = Counter(map(fingerprint, before))
    for found in after:
        known[fingerprint(found)] -= 1
        if known[fingerprint(found)] < 0:
            yield found


@dataclass(frozen=True, slots=True)
class Taken:
    """What a filed form comes to: what was asked, what it changes, and who would have to approve that.

    `decision` is None where nothing can be written.
    """

    filed: Filed
    proposed: Proposed
    changes: tuple[SpecChange, ...]
    decision: Decision | None


def take(root: Path, now: datetime, event: bytes) -> Taken:
    """What the form in an `issues` event comes to on the spec in `root`. Writes nothing.

    NotARequest, IntakeRefused, or ProposalRefused; NotComparable where the spec's `abmspec.yaml` cannot be used.
    """
    from abmspec.diff import compare
    from abmspec.gate import Case, Seen, decide, diff_hash, simulated
    from abmspec.github import forms, read_event

    resolved = resolved_project(root)
    if resolved is None:
        raise NotComparable(f"{root} has no abmspec.yaml that can be used.")
    filed = read_event(forms(resolved), event, unread=sorted(resolved.spec.broken))
    proposed = propose(root, now.date(), filed.request)
    before, after = proposed.resolved
    if proposed.errors or before is None or after is None:
        return Taken(filed, proposed, (), None)
    changes = compare(before, after, now.date())
    case = Case(changes, before.spec, after.spec, "", now, Seen(diff=diff_hash(changes)))
    return Taken(filed, proposed, changes, decide(simulated(case, filed.login, ())))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the cycle collector: a spec makes no garbage in cycles, and looking for it takes a fifth of a check."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _unsaid(found: tuple[Diagnostic, ...], rejected: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    """What the loader found, less the missing quotes of text whose form is wrong anyway: its mend has them."""
    misshapen = {(each.path, each.line, each.column) for each in rejected if each.rule == "schema-bad-format"}
    for each in found:
        if each.rule != "yaml-ambiguous-scalar" or (each.path, each.line, each.column) not in misshapen:
            yield each


@_uncollected()
def _judge(files: Files, today: date, known: Known | None = None) -> tuple[Verdict, Resolved | None]:
    from abmspec.check import check
    from abmspec.resolve import resolve

    sources, found = load.read(files, known)
    spec, rejected = understand(sources)
    found = (*_unsaid(found, rejected), *rejected)
    count = len(sources.documents) + len(sources.broken)
    if spec is None:
        return Verdict(tuple(sorted(found)), (), count, (), usable=False), None
    resolved = resolve(spec)
    diagnostics, waived = check(resolved, today, found)
    return Verdict(diagnostics, waived, count, tuple(spec.regions), usable=True), resolved


class KeptVerdict(msgspec.Struct, frozen=True):
    """A verdict in the cache. `key` stands for the build of abmspec, the day, and every byte of the spec."""

    key: str
    verdict: Verdict


class KeptDocuments(msgspec.Struct, frozen=True):
    """Parsed documents in the cache, by the hash of their content."""

    build: str
    data: dict[str, msgspec.Raw]


class KnownDocuments:
    """Documents that the cache has of this build, read one by one as they are asked for."""

    def __init__(self, cache: Cache, build: str) -> None:
        kept = cache.read("documents", KeptDocuments)
        self._cache = cache
        self._build = build
        self._there = kept.data if kept is not None and kept.build == build else {}
        self._wanted: dict[str, msgspec.Raw] = {}

    def get(self, hash: str) -> dict[str, Any] | None:
        """The data of a content, or None where it is not known."""
        raw = self._there.get(hash)
        if raw is None:
            return None
        data = msgspec.json.decode(raw)
        self._wanted[hash] = raw
        return data if isinstance(data, dict) else None

    def add(self, hash: str, data: dict[str, Any]) -> None:
        """Notes the data of a content."""
        self._wanted[hash] = msgspec.Raw(msgspec.json.encode(data))

    def keep(self) -> None:
        """Writes what this run asked for or noted; nothing where that is what the cache has."""
        if self._wanted.keys() != self._there.keys():
            self._cache.write("documents", KeptDocuments(self._build, self._wanted))


class Names(msgspec.Struct, frozen=True):
    """The names of a spec, to be completed: all addresses, the regions, and the systems that can be built.

    `key` stands for the build of abmspec and every byte of the spec.
    """

    key: str
    addresses: tuple[str, ...]
    regions: tuple[str, ...]
    systems: tuple[str, ...]


@_uncollected()
def names(root: Path) -> Names:
    """The names of the spec in `root`, kept in the cache; the last ones known while its `abmspec.yaml` is unusable."""
    files = load.collect(root)
    cache = Cache.of_project(root)
    key = hashlib.sha256(f"{build_fingerprint()} {files.digest}".encode()).hexdigest()
    kept = cache.read("names", Names)
    if kept is not None and kept.key == key:
        return kept
    spec, _ = understand(load.read(files)[0])
    if spec is None:
        return kept or Names(key, (), (), ())
    from abmspec import lookup
    from abmspec.resolve import resolve

    resolved = resolve(spec)
    found = Names(key, lookup.addresses(resolved), tuple(spec.regions), _buildable(resolved))
    cache.write("names", found)
    return found


def _buildable(resolved: Resolved) -> tuple[str, ...]:
    from abmspec.holdings import all_holdings
    from abmspec.targets.catalogue import find_target

    kinds = {instance: each.system.kind for instance, each in all_holdings(resolved).items()}
    there = {instance: kind for instance, kind in kinds.items() if find_target(kind) is not None}
    return tuple(sorted({*there, *there.values()}))


@dataclass(frozen=True, slots=True)
class State:
    """A project at one time: what it is called in a report, the files of the spec, and the hash of every other file.

    `others` is by path in the repository, and None where there is none; `folder` is where the project lies in it
    (`abm/`; empty: at its top). `accounts` is the embedded account list; None where there is none.
    """

    name: str
    files: Files
    others: Mapping[str, str] | None
    folder: str = ""
    accounts: bytes | None = None


# An account list of more bytes than these belongs into a warehouse; that it changed is all that is said of it.
LARGEST_ACCOUNT_LIST = 64 * 1024 * 1024


def state_at(repository: Repository, ref: str, folder: str = "") -> State:
    """The project at a ref of a repository; `folder` is where it lies. GitRefused where that cannot be read."""
    from abmspec.diff import account_list
    from abmspec.git import files_at

    commit = repository.resolve(ref)
    tree = repository.tree(commit)
    place = f"{folder}/" if folder else ""
    accounts, entry = None, tree.get(f"{place}{account_list.PATH}")
    if entry is not None and entry.is_file:
        accounts = repository.read([entry.oid], LARGEST_ACCOUNT_LIST).get(entry.oid, entry.oid.encode())
    others = {path: f"{each.mode} {each.oid}" for path, each in tree.items()}
    return State(ref, files_at(repository, commit, folder), others, place, accounts)


def state_in(root: Path, name: str = "") -> State:
    """The project in a folder, as it stands on the disk."""
    from abmspec.diff.files import decides

    name = name or str(root)
    accounts = _account_list_in(root)
    home = next((place for place in (root, *root.parents) if (place / ".git").exists()), None)
    if home is None:
        return State(name, load.collect(root), None, accounts=accounts)
    folder = "".join(f"{part}/" for part in root.relative_to(home).parts)
    places = {place.relative_to(home).as_posix(): place for place in _files_below(home, root)}
    others = {path: _as_git_has_it(place) for path, place in places.items() if decides(path, folder)}
    return State(name, load.collect(root), others, folder, accounts)


def _account_list_in(root: Path) -> bytes | None:
    from abmspec.diff import account_list

    place = root / account_list.PATH
    if not place.is_file() or place.is_symlink():
        return None
    if place.stat().st_size > LARGEST_ACCOUNT_LIST:
        return _as_git_has_it(place).partition(" ")[2].encode()
    return place.read_bytes()


# Folders that tools fill and that no repository holds.
_MADE = frozenset({"__pycache__", "node_modules"})


def _files_below(home: Path, root: Path) -> Iterator[Path]:
    """Files that may decide something, in the repository's folder and the project's: not what tools have made."""
    pending = [home, *((root,) if root != home else ())]
    tops = set(pending)
    while pending:
        with os.scandir(pending.pop()) as scan:
            inside = sorted(scan, key=lambda item: item.name)
        for item in inside:
            place = Path(item.path)
            if item.is_dir(follow_symlinks=False):
                if (
                    item.name not in _MADE
                    and place not in tops
                    and (place.parent not in tops or _may_decide(place))
                ):
                    pending.append(place)
            else:
                yield place


def _may_decide(folder: Path) -> bool:
    from abmspec.diff.files import DECIDING, TOOL

    return any(entry.startswith(f"{folder.name}/") for entry in (*DECIDING, TOOL))


def _as_git_has_it(place: Path) -> str:
    """The mode and id that a file of the work tree would have in a repository."""
    if place.is_symlink():
        mode, content = "120000", os.fsencode(place.readlink())
    else:
        mode, content = ("100755" if place.stat().st_mode & 0o100 else "100644"), place.read_bytes()
    blob = b"blob %d\0" % len(content) + content
    return f"{mode} {hashlib.sha1(blob, usedforsecurity=False).hexdigest()}"


class NotComparable(Exception):
    """One of two states has no usable `abmspec.yaml`. The message says which, and why."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The changes from one state to another.

    `unread` are the findings, before and after, on files that could not be read: nothing is said of what is in them.
    """

    base: str
    head: str
    changes: tuple[SpecChange, ...]
    unread: tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]
    resolved: tuple[Resolved, Resolved]


@_uncollected()
def diff(base: State, head: State, today: date, carried: Mapping[str, int] | None = None) -> Compared:
    """What changed between two states. What both have is parsed once. NotComparable where one cannot be used."""
    from abmspec.diff import compare, compare_account_lists, compare_files

    once = ParsedOnce()
    before, unread_before = _read_state(base, once)
    after, unread_after = _read_state(head, once)
    changes = list(compare(before, after, today, carried))
    if base.others is not None and head.others is not None:
        changes += compare_files(base.others, head.others, head.folder)
    accounts = compare_account_lists(base.accounts, head.accounts)
    changes += [accounts] if accounts is not None else []
    return Compared(
        base.name,
        head.name,
        tuple(sorted(changes, key=lambda change: change.address)),
        (unread_before, unread_after),
        (before, after),
    )


def _read_state(state: State, once: ParsedOnce) -> tuple[Resolved, tuple[Diagnostic, ...]]:
    from abmspec.resolve import resolve

    sources, found = load.read(state.files, once)
    spec, rejected = understand(sources)
    found = (*found, *rejected)
    if spec is None:
        why = [
            f"  {each.path}:{each.line}: {each.message}" for each in found if each.path == load.PROJECT_PATH
        ]
        raise NotComparable(
            "\n".join(
                (f"{state.name} has no abmspec.yaml that can be used, so nothing can be compared.", *why)
            )
        )
    unread = tuple(sorted(each for each in found if each.path in spec.broken))
    return resolve(spec), unread


class ParsedOnce:
    """What parsing gave, by the hash of the content, for as long as one command runs."""

    def __init__(self) -> None:
        self._data: dict[str, dict[str, Any]] = {}

    def get(self, hash: str) -> dict[str, Any] | None:
        """The data of a content, or None where it was not parsed yet."""
        return self._data.get(hash)

    def add(self, hash: str, data: dict[str, Any]) -> None:
        """Notes the data of a content."""
        self._data[hash] = data


class History:
    """What a project was, commit by commit: its repository, and the specs that were read out of it last.

    Lives for one command. GitRefused where there is no repository, or where only a part of its history is here.
    """

    def __init__(self, root: Path) -> None:
        from abmspec.git import Repository

        self._repository = Repository.of(root)
        self._repository.require_history("What was before cannot be known.")
        self._folder = self._repository.place_of(root)
        self._once = ParsedOnce()
        self._specs: dict[str, Resolved | None] = {}

    def changes_since(self, day: date, now: Resolved, today: date) -> tuple[SpecChange, ...] | None:
        """What changed in the spec since a day began; None where the history begins later, or cannot be read then."""
        from abmspec.agenda.figures import last_before, main_line
        from abmspec.diff import compare

        line = main_line(self._repository.commits(self._repository.resolve("HEAD")))
        commit = last_before(line, day)
        before = self.spec_at(commit.id) if commit is not None else None
        return None if before is None else compare(before, now, today)

    def work(self, stretch: Stretch, *, by_tag: bool) -> Work:
        """What is to be looked at for the figures of a stretch of the default branch."""
        from abmspec.agenda.figures import work_of

        head = self._repository.resolve(self._repository.default_branch() or "HEAD")
        tags = self._repository.tags(head) if by_tag else None
        return work_of(self._repository.commits(head), stretch, tags)

    def figures(self, work: Work, stretch: Stretch, now: Resolved, tick: Callable[[], None]) -> Figures:
        """The figures; `tick` is called after each of `work.steps`."""
        from abmspec.agenda.figures import work_out
        from abmspec.diff import compare

        def compared(before: Resolved, after: Resolved) -> tuple[SpecChange, ...]:
            return compare(before, after, stretch.until) if before is not after else ()

        return work_out(work, stretch, now, self.spec_at, compared, tick)

    @_uncollected()
    def spec_at(self, commit: str) -> Resolved | None:
        """The spec at a commit, judged by no rule; None where there was none that could be used."""
        from abmspec.git import files_at
        from abmspec.resolve import resolve

        files = files_at(self._repository, commit, self._folder)
        if files.digest not in self._specs:
            while len(self._specs) >= MOST_SPECS:
                del self._specs[next(iter(self._specs))]
            sources, _ = load.read(files, self._once)
            spec, _ = understand(sources)
            self._specs[files.digest] = None if spec is None else resolve(spec)
        return self._specs[files.digest]


def version_demand(repository: Repository, commit: str, head: State, today: date) -> tuple[Demand, Compared]:
    """What the changes since the last release in the history of a commit ask of the head's version.

    GitRefused where the history cannot be read, NotComparable where one of the two states cannot be used.
    """
    from abmspec.releases import last_release
    from abmspec.semver import Version, demand

    release = last_release(repository, commit, head.folder.rstrip("/"))
    compared = diff(_released(repository, release, head.folder), head, today)
    stated = Version.of(compared.resolved[1].spec.project.version)
    assert stated is not None, "the schema asks for three numbers"
    return demand(release.name, release.version, stated, compared.changes), compared


def changelog(
    repository: Repository, head: State, today: date, since: str = "", *, everything: bool = False
) -> Changelog:
    """What changed since the last release, or since another ref; with `everything` also by each release before it.

    The newest first. A release is judged as of its own day. GitRefused and NotComparable as `version_demand`.
    """
    from abmspec.releases import releases
    from abmspec.report.changelog import Changelog, Section

    folder, commit = head.folder.rstrip("/"), repository.resolve("HEAD")
    if since:
        compared = diff(state_at(repository, since, folder), head, today)
        found = [_section("Unreleased", compared)]
    else:
        demand, compared = version_demand(repository, commit, head, today)
        note = f"The changes since {demand.since} ask for version {demand.demanded} ({demand.level})."
        found = [_section("Unreleased", compared, *([note] if demand.changes else []))]
    known = releases(repository, commit, folder) if everything else ()
    found += [
        _released_section(repository, before, after, head.folder)
        for before, after in reversed(tuple(itertools.pairwise(known)))
    ]
    for first in known[:1]:
        found.append(Section(first.name, day=first.day.isoformat(), notes=("The first release.",)))
    project = compared.resolved[1].spec.project
    return Changelog(project.label or project.name, tuple(found))


def _released(repository: Repository, release: Release, folder: str) -> State:
    return replace(state_at(repository, release.commit, folder.rstrip("/")), name=release.name)


def _released_section(repository: Repository, before: Release, after: Release, folder: str) -> Section:
    from abmspec.report.changelog import Section

    base, head = _released(repository, before, folder), _released(repository, after, folder)
    try:
        return _section(after.name, diff(base, head, after.day), day=after.day.isoformat())
    except NotComparable as error:
        return Section(after.name, base.name, after.day.isoformat(), notes=(str(error),))


def _section(name: str, compared: Compared, *notes: str, day: str = "") -> Section:
    from abmspec.report.changelog import Section

    unread = (
        f"Not compared: `{each.path}` of {state} cannot be read."
        for state, found in zip((compared.base, compared.head), compared.unread, strict=True)
        for each in found
    )
    regions = frozenset(compared.resolved[1].regions)
    return Section(name, compared.base, day, compared.changes, (*notes, *unread), regions)


class UnknownSystem(Exception):
    """A name that is neither an instance nor a kind of one, or one that nothing is compiled for."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build makes: files by path below the output folder, the first folder the instance's.

    `instances` are those compiled, `without_target` those that no compiler is for, `stated` what the manifest says of
    the spec.
    """

    files: dict[str, bytes]
    instances: tuple[str, ...]
    without_target: tuple[str, ...]
    stated: dict[str, str]


def build(resolved: Resolved, wanted: tuple[str, ...] = ()) -> Built:
    """Compile for the wanted instances (by id or kind; none: all), with the resolved spec as `spec.json` beside them.

    The spec must be without errors. UnknownSystem for a name that leads to nothing that can be compiled.
    """
    from abmspec import export
    from abmspec.holdings import all_holdings
    from abmspec.targets.catalogue import find_target

    held = all_holdings(resolved)
    targets = {instance: find_target(each.system.kind) for instance, each in held.items()}
    _require_known(wanted, {instance: each.system.kind for instance, each in held.items()})
    files = {export.PATH: export.spec_document(resolved, held.values())}
    chosen = [id for id, each in held.items() if not wanted or id in wanted or each.system.kind in wanted]
    compiled = []
    for instance in chosen:
        target = targets[instance]
        if target is None:
            if instance in wanted or held[instance].system.kind in wanted:
                raise UnknownSystem(
                    f"Nothing is compiled for `{instance}`, a system of kind {held[instance].system.kind}."
                )
            continue
        compiled.append(instance)
        for path, content in target.render(resolved, held[instance]).items():
            files[f"{instance}/{path}"] = content
    project = resolved.spec.project
    return Built(
        files=files,
        instances=tuple(compiled),
        without_target=tuple(id for id in chosen if targets[id] is None),
        stated={"project": project.name, "spec_version": project.version},
    )


def beside_what_stands(target: Path, built: Built) -> dict[str, bytes]:
    """The built files with those that `target` already has of other instances."""
    from abmspec.output import written_files

    others: dict[str, bytes] = {}
    for path in written_files(target):
        folder = path.partition("/")[0]
        if "/" in path and folder not in built.instances:
            others[path] = (target / path).read_bytes()
    return {**others, **built.files}


def _require_known(wanted: tuple[str, ...], kinds: dict[str, str]) -> None:
    known = {*kinds, *kinds.values()}
    for name in wanted:
        if name not in known:
            there = ", ".join(f"{instance} ({kind})" for instance, kind in kinds.items())
            raise UnknownSystem(f"There is no system `{name}`. There are: {there}.")


class SiteRefused(Exception):
    """The site could not be made. The message says why, in one or more lines."""


def publish(root: Path, resolved: Resolved, today: date) -> dict[str, bytes]:
    """The files of the site, by path: the spec's pages, and those that the project's own `mkdocs.yml` adds.

    The spec must be without errors. MkDocs runs as a process of its own and finds the plugin by its entry point.
    The same spec and pages give the same bytes. SiteRefused where MkDocs is missing or not content.
    """
    from abmspec.site.configuration import FILE, configuration

    if find_spec("mkdocs") is None or find_spec("material") is None:
        raise SiteRefused("MkDocs is not installed. Install it with: pip install 'abmspec[site]'")
    with tempfile.TemporaryDirectory(prefix="abmspec-site-") as folder:
        stated, target = root / FILE, Path(folder) / "site"
        if not stated.is_file():
            stated = Path(folder) / FILE
            stated.write_text(configuration(resolved.spec.project, root), encoding="utf-8")
            (Path(folder) / "docs").mkdir()
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet",
             "--config-file", str(stated), "--site-dir", str(target)],
            cwd=root,
            env={"SOURCE_DATE_EPOCH": "0", **os.environ, "ABMSPEC_TODAY": today.isoformat(),
                 "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise SiteRefused(f"MkDocs could not make the site:\n{(done.stderr or done.stdout).strip()}")
        return {
            path.relative_to(target).as_posix(): path.read_bytes()
            for path in sorted(target.rglob("*"))
            if path.is_file()
        }


@dataclass(frozen=True, slots=True)
class Gated:
    """A decision, and what it was made from: the branch, its changes, what checking the head found.

    `head` is None where the head's `abmspec.yaml` cannot be used.
    """

    decision: Decision
    branch: Branch
    changes: tuple[SpecChange, ...]
    verdict: Verdict
    head: Resolved | None


@dataclass(frozen=True, slots=True)
class Simulation:
    """Who would have opened a pull request, and who would have approved it."""

    author: str = ""
    approved_by: tuple[str, ...] = ()


@_uncollected()
def gate(
    branch: Branch, answers: Answers, now: datetime, requester: str = "",
    simulation: Simulation | None = None, cache: Cache | None = None,
) -> Gated:  # fmt: skip
    """May the branch be merged? The cache keeps the ledger alone.

    NotComparable where the base is not fit to be judged by.
    """
    from abmspec.gate import Case, decide, simulated
    from abmspec.git import files_at

    today = now.date()
    base = _judged_by(branch)
    verdict, head = _judge(files_at(branch.repository, branch.head, branch.folder), today)
    changes = branch.forbidden_too(branch.changes(branch.head), cache)
    waivers, unexcused = _by_waivers_of(base, verdict, today)
    fault, demanded = ("", "") if head is None else _version(branch, base, changes, today)
    unusable = ("The head has no abmspec.yaml that can be used, so what it changes is not known.",)
    approved = [review.commit for review in answers.reviews or () if review.state == "APPROVED"]
    pushed_on = [answers.pull_request.before] if answers.pull_request is not None else []
    case = Case(
        changes=changes,
        base=base,
        head=None if head is None else head.spec,
        head_id=branch.head,
        now=now,
        at_hand=branch.seen(branch.head),
        saw=branch.seen_at([*approved, *pushed_on]),
        commits=tuple(commit.id for commit in branch.commits),
        updates=branch.updates(),
        pull_request=answers.pull_request,
        reviews=answers.reviews,
        listed=answers.commits,
        requester=requester,
        faults=(*answers.faults, *(unusable if head is None else ())),
        errors=(*verdict.errors, *unexcused),
        version_fault=fault,
        version_demanded=demanded,
        waivers=waivers,
    )
    if simulation is not None:
        case = simulated(case, simulation.author, simulation.approved_by)
    found = replace(verdict, diagnostics=tuple(sorted({*verdict.diagnostics, *unexcused})))
    return Gated(decide(case), branch, changes, found, head)


def branch_of(repository: Repository, folder: str, base: str, head: str, today: date) -> Branch:
    """The branch from one ref to another; `folder` is where the project lies. GitRefused where there is none."""
    from abmspec.branch import Branch, Project
    from abmspec.diff import compare
    from abmspec.git import files_at
    from abmspec.resolve import resolve

    once = ParsedOnce()

    def read(commit: str) -> Project:
        files = {path: f"{each.mode} {each.oid}" for path, each in repository.tree(commit).items()}
        spec, _ = understand(load.read(files_at(repository, commit, folder), once)[0])
        return Project(None if spec is None else resolve(spec), files)

    def compared(before: Resolved, after: Resolved) -> tuple[SpecChange, ...]:
        return compare(before, after, today)

    return Branch(repository, folder, repository.resolve(base), repository.resolve(head), read, compared)


# What a pull request is judged by, of the base: without these nothing can be decided.
_RULES_OF_THE_GAME = tuple(
    f"taxonomy/governance/{name}.yaml" for name in ("change-policy", "council", "raci", "roles")
)


def _judged_by(branch: Branch) -> Spec | None:
    """The spec at the tip of the base; None where it has none."""
    tip, path = branch.project(branch.tip), branch.path_of(load.PROJECT_PATH)
    if path not in tip.files and path not in branch.project(branch.head).files:
        raise NotComparable(
            f"There is no {path} at the base or at the head. Go to the project's folder, or name it with -C DIR."
        )
    if tip.resolved is None and path in tip.files:
        raise NotComparable(
            f"The base ({branch.tip[:12]}) has no abmspec.yaml that can be used. Mend it there first."
        )
    broken = sorted(tip.resolved.spec.broken.intersection(_RULES_OF_THE_GAME)) if tip.resolved else []
    if broken:
        raise NotComparable(
            f"At the base ({branch.tip[:12]}) {quoted(broken)} cannot be used, and nothing is approved by rules that "
            "nobody can read. Mend the base first."
        )
    return tip.resolved.spec if tip.resolved is not None else None


def _by_waivers_of(
    base: Spec | None, verdict: Verdict, today: date
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """The waivers that the base has too and that were used; and the errors that only the head's own excuse."""
    from abmspec.check import has_expired

    there = base.governance.waivers.values() if base is not None else ()
    known = {(waiver.rule, waiver.excuses): waiver for waiver in there if not has_expired(waiver, today)}
    used, unexcused = set(), []
    for waived in verdict.waived:
        found = waived.diagnostic
        waiver = known.get((found.rule, found.address))
        if waiver is not None:
            used.add(waiver.id)
        elif found.severity is Severity.ERROR:
            unexcused.append(found)
    return tuple(sorted(used)), tuple(unexcused)


def _version(
    branch: Branch, base: Spec | None, changes: tuple[SpecChange, ...], today: date
) -> tuple[str, str]:
    """What is wrong with the head's version, and the version that is demanded; asked only where it matters."""
    policy = base.governance.policy if base is not None else None
    rises = any(change.address == "project" for change in changes)
    if policy is None or not (policy.version == "required" or rises):
        return "", ""
    try:
        state = state_at(branch.repository, branch.head, branch.folder)
        demand, _ = version_demand(branch.repository, branch.tip, state, today)
    except NotComparable as refusal:
        return f"Whether the version is high enough cannot be known. {refusal}", ""
    return demand.fault, str(demand.demanded)


def artefacts(gated: Gated) -> dict[str, str]:
    """The hashes of what the head builds, by path; none where it has errors."""
    if gated.head is None or gated.verdict.errors:
        return {}
    return {path: hashlib.sha256(content).hexdigest() for path, content in build(gated.head).files.items()}
