"""The releases of a project: the version tags in its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from abmspec import load
from abmspec.git import GitRefused, Repository
from abmspec.load import PROJECT_PATH, Entry
from abmspec.semver import Version


@dataclass(frozen=True, slots=True, order=True)
class Release:
    """A state that people were told of: its version, the tag or what else it is called, its commit and day (UTC)."""

    version: Version
    name: str
    commit: str
    day: date


def releases(repository: Repository, commit: str, folder: str = "") -> tuple[Release, ...]:
    """The releases in the history of a commit, the lowest version first; of several tags of a version one.

    Tags of commits that do not have the project are none of it. GitRefused where the clone is shallow.
    """
    repository.require_history("The releases cannot be known.")
    days = _days(repository, commit)
    found: dict[Version, Release] = {}
    for tag in repository.tags(merged_into=commit):
        version = Version.of(tag.name)
        if version is not None and _has_project(repository, tag.commit, folder):
            found[version] = Release(version, tag.name, tag.commit, days[tag.commit])
    return tuple(sorted(found.values()))


def last_release(repository: Repository, commit: str, folder: str = "") -> Release:
    """The highest release in the history of a commit; where there is none, the first commit that has the project.

    GitRefused where the clone is shallow, or the project was never committed.
    """
    known = releases(repository, commit, folder)
    return known[-1] if known else _beginning(repository, commit, folder)


def _beginning(repository: Repository, commit: str, folder: str) -> Release:
    path = f"{folder}/{PROJECT_PATH}" if folder else PROJECT_PATH
    days = _days(repository, commit)
    first = next((each for each in repository.introduced(days, [path]) if each.is_file), None)
    if first is None:
        raise GitRefused(
            f"{path} is in no commit, so there is nothing to count changes from.",
            "",
            "Commit the project first.",
        )
    raw = repository.read([first.oid]).get(first.oid, b"")
    document, _ = load.parse(Entry(PROJECT_PATH, "project", "", ""), raw)
    stated = Version.of(str(document.data.get("version"))) if document is not None else None
    name = f"the first commit ({first.commit[:12]})"
    return Release(stated or Version(0, 0, 0), name, first.commit, days[first.commit])


def _days(repository: Repository, commit: str) -> dict[str, date]:
    return {each.id: datetime.fromtimestamp(each.time, UTC).date() for each in repository.commits(commit)}


def _has_project(repository: Repository, commit: str, folder: str) -> bool:
    path = f"{folder}/{PROJECT_PATH}" if folder else PROJECT_PATH
    return repository.has(commit, path)
