"""Which semantic version changes demand: what those who build on the spec may rely upon, told by a number.

docs/adr/0008-what-a-version-promises.md says why. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from abmspec.diff.change import Change, ChangeClass

Level = Literal["none", "patch", "minor", "major"]
# The smallest first.
LEVELS: tuple[Level, ...] = ("none", "patch", "minor", "major")

LEVEL_OF: dict[ChangeClass, Level] = {
    "forbidden": "major",
    "breaking": "major",
    "governance": "minor",
    "meaning": "minor",
    "deprecating": "minor",
    "additive": "minor",
    "accounts": "patch",
    "cosmetic": "patch",
}

_RELEASE = re.compile(r"v?(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)", re.ASCII)


class Version(NamedTuple):
    """A semantic version of three numbers, as a spec has it."""

    major: int
    minor: int
    patch: int

    @classmethod
    def of(cls, name: str) -> Version | None:
        """The version that a tag (`v1.4.0`, `1.4.0`) or `abmspec.yaml` states; None for any other name."""
        found = _RELEASE.fullmatch(name)
        return cls(*(int(number) for number in found.groups())) if found else None

    def after(self, level: Level) -> Version:
        """The next version for changes of a level. Before 1.0.0 each level counts one number less."""
        if level == "none":
            return self
        if self.major == 0:
            return Version(0, self.minor + 1, 0) if level == "major" else self._replace(patch=self.patch + 1)
        if level == "major":
            return Version(self.major + 1, 0, 0)
        return (
            Version(self.major, self.minor + 1, 0)
            if level == "minor"
            else self._replace(patch=self.patch + 1)
        )

    def __str__(self) -> str:
        """`1.4.0`."""
        return f"{self.major}.{self.minor}.{self.patch}"


@dataclass(frozen=True, slots=True)
class Demand:
    """What the changes since a release ask of the version.

    `since` names the state that they are counted from, `last` is its version, `stated` what `abmspec.yaml` says now.
    `changes` are those that count, the ones that ask most first.
    """

    since: str
    last: Version
    stated: Version
    changes: tuple[Change, ...]

    @property
    def level(self) -> Level:
        """What the changes ask together: as much as the one that asks most."""
        return level_of(self.changes[0]) if self.changes else "none"

    @property
    def demanded(self) -> Version:
        """The lowest version that the spec may have."""
        return self.last.after(self.level)

    @property
    def fault(self) -> str:
        """What is wrong with the stated version, and the mend; empty where it is high enough."""
        if self.stated >= self.demanded:
            return ""
        return (
            f"abmspec.yaml says version {self.stated}, and the changes since {self.since} demand {self.demanded} "
            f"({self.level}). Raise it: abmspec version --write"
        )


def demand(since: str, last: Version, stated: Version, changes: Iterable[Change]) -> Demand:
    """What the changes since a state of version `last` ask of the version that is stated now."""
    counted = [change for change in changes if level_of(change) != "none"]
    counted.sort(key=lambda change: (-LEVELS.index(level_of(change)), change.address))
    return Demand(since, last, stated, tuple(counted))


def level_of(change: Change) -> Level:
    """What one change asks. Files outside the spec ask nothing, nor does a change of the version itself."""
    if change.kind == "file" or (
        change.address == "project" and all(reason.attribute == "version" for reason in change.reasons)
    ):
        return "none"
    return LEVEL_OF[change.change_class]
