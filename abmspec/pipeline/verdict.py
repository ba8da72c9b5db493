"""Files to a verdict: load, validate, resolve, judge; and what the cache spares."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from abmspec import load
from abmspec.cache import Cache, build_fingerprint
from abmspec.diagnostic import Diagnostic, Severity, Waived
from abmspec.load import Files, Known, Sources

if TYPE_CHECKING:
    from abmspec.model.spec import Spec
    from abmspec.resolve import Resolved


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
    return judge_files(load.collect(root), today)


def check_project(root: Path, today: date, *, use_cache: bool = True) -> Verdict:
    """The verdict on the spec in `root` as of `today`; with the cache, only what changed is read and judged again."""
    files = load.collect(root)
    if not use_cache:
        return judge_files(files, today)[0]
    cache = Cache.of_project(root)
    build = build_fingerprint()
    key = hashlib.sha256(f"{build} {today} {files.digest}".encode()).hexdigest()
    kept = cache.read("verdict", KeptVerdict)
    if kept is not None and kept.key == key:
        return kept.verdict
    known = KnownDocuments(cache, build)
    verdict, _ = judge_files(files, today, known)
    known.keep()
    cache.write("verdict", KeptVerdict(key, verdict))
    return verdict


@contextmanager
def uncollected() -> Iterator[None]:
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


@uncollected()
def judge_files(files: Files, today: date, known: Known | None = None) -> tuple[Verdict, Resolved | None]:
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
