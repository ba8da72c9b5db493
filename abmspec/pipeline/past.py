"""What a project was at each commit, and what changed from release to release."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from abmspec import load
from abmspec.pipeline.comparison import Compared, NotComparable, ParsedOnce, State, diff, state_at
from abmspec.pipeline.verdict import uncollected, understand

if TYPE_CHECKING:
    from abmspec.agenda.figures import Figures, Stretch, Work
    from abmspec.diff import Change as SpecChange
    from abmspec.git import Repository
    from abmspec.releases import Release
    from abmspec.report.changelog import Changelog, Section
    from abmspec.resolve import Resolved
    from abmspec.semver import Demand


# Specs of the past that are held at a time: what is compared follows one another.
MOST_SPECS = 4


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

    @uncollected()
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
