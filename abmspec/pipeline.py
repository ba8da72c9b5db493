"""Composes the stages. The only place that knows their order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from abmspec import load, schema
from abmspec.check import Waived, check
from abmspec.diagnostic import Diagnostic, Severity
from abmspec.load import Sources
from abmspec.model import spec as model
from abmspec.model.spec import Spec
from abmspec.resolve import Resolved, resolve


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


def read(root: Path) -> tuple[Spec | None, Sources, tuple[Diagnostic, ...]]:
    """The spec in `root`, typed, its sources, and what loading and the schemas found."""
    sources, found = load.load(root)
    spec, rejected = understand(sources)
    return spec, sources, (*found, *rejected)


def understand(sources: Sources) -> tuple[Spec | None, tuple[Diagnostic, ...]]:
    """Loaded sources as a typed spec. A document that its schema rejects counts as broken."""
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


def judge(root: Path, today: date) -> tuple[Verdict, Resolved | None]:
    """Load, validate, resolve and judge the spec in `root` as of `today`; and the resolved spec, where there is one."""
    spec, sources, found = read(root)
    files = len(sources.documents) + len(sources.broken)
    if spec is None:
        return Verdict(tuple(sorted(found)), (), files, (), usable=False), None
    resolved = resolve(spec)
    diagnostics, waived = check(resolved, today, found)
    return Verdict(diagnostics, waived, files, tuple(spec.regions), usable=True), resolved


def check_project(root: Path, today: date, *, use_cache: bool = True) -> Verdict:
    """The verdict on the spec in `root` as of `today`."""
    return judge(root, today)[0]
