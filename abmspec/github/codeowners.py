"""CODEOWNERS: who is asked to review what, from ownership and the RACI.

The syntax and its limits are GitHub's: the last pattern that matches a path decides, all its owners stand on one line,
and any of them may review (https://docs.github.com/en/repositories, "About code owners"). Who *must* approve is
for the gate to say; this file only asks the right people at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from abmspec.load import PROJECT_PATH, places
from abmspec.model.entity import GLOBAL
from abmspec.model.spec import Spec
from abmspec.resolve import Resolved

PATH = ".github/CODEOWNERS"
HEADER = """\
# Who is asked to review a change. Made from the spec by `abmspec github`: change roles, owners or the RACI instead.
# The last line that matches a path counts, and one of its owners is enough; the gate knows who must approve.
"""
GOVERNANCE_FOLDER = "taxonomy/governance"
# Of files that hold one kind of thing, the kind as the RACI spells it; all others are called what their file is.
KINDS = {
    "fields": "field", "tiers": "tier", "kpis": "kpi", "ctas": "cta", "jurisdictions": "jurisdiction",
    "account-override": "account-list", "account-plan": "account-list",
}  # fmt: skip
GOVERNED = frozenset(
    {"project", "roles", "council", "raci", "change-policy", "waiver", "decision", "emergency"}
)
# What GitHub's patterns cannot say literally is matched by "any one character".
WILD = re.compile(r"[\[\]!#*?\\]")


class Line(NamedTuple):
    """One line: a path from the repository's root (a folder's ends in `/`; `*` is everything), and role ids."""

    path: str
    roles: tuple[str, ...]


class NoHandle(Exception):
    """A role that owns files can be asked by nobody: it has neither a team nor members. The message has the mend."""


def codeowners(resolved: Resolved, folder: str = "", beside: Iterable[str] = ()) -> bytes:
    """The file for a project that lies in `folder` of its repository (`abm/`; empty: at its root).

    `beside` are paths of the repository outside the spec that decide what the tool does: they belong to who answers
    for governance, as workflows do. NoHandle where an owner cannot be written.
    """
    lines = _Owners(resolved.spec).lines(beside)
    handles = _handles(resolved.spec, lines)
    patterns = [_pattern(folder, line.path) for line in lines]
    width = max(map(len, patterns), default=0)
    text = [
        f"{pattern:<{width}} {' '.join(dict.fromkeys(handle for role in line.roles for handle in handles[role]))}"
        for pattern, line in zip(patterns, lines, strict=True)
    ]
    return (HEADER + "\n" + "\n".join(text) + "\n").encode()


def _pattern(folder: str, path: str) -> str:
    if path == "*":
        return path
    # A path that begins with a slash stands at the repository's root whatever folder the spec lies in.
    whole = path if path.startswith("/") else f"/{folder}{path}"
    return WILD.sub("?", whole).replace(" ", "\\ ")


def _handles(spec: Spec, lines: Iterable[Line]) -> Mapping[str, tuple[str, ...]]:
    """How each role is written: its team, or its members where it has none."""
    handles: dict[str, tuple[str, ...]] = {}
    for id in dict.fromkeys(role for line in lines for role in line.roles):
        role = spec.governance.roles.get(id)
        names = ((role.team,) if role.team else role.members) if role is not None else ()
        if not names:
            raise NoHandle(
                f"The role `{id}` owns files and has neither `team` nor `members`, so nobody could be asked. "
                "Give it one of them in taxonomy/governance/roles.yaml."
            )
        handles[id] = tuple(f"@{name}" for name in names)
    return handles


class _Owners:
    """Whose every place and file is. Lives for one call."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.explicit = {
            entity.path: entity.owner
            for entity in spec.entities()
            if not entity.route and entity.owner != self._folder_owner(entity.path, entity.scope)
        }

    def lines(self, beside: Iterable[str]) -> tuple[Line, ...]:
        """From the widest to the narrowest, what decides about the rest at the end."""
        owner = self._folder_owner(GOVERNANCE_FOLDER, GLOBAL)
        answers = self._roles("governance", GLOBAL, "") or (owner,)
        found = [Line("*", self._roles("governance", GLOBAL, owner))]
        found += self._without_repetition(self._folders())
        found += self._exceptions(found)
        own = [f"{GOVERNANCE_FOLDER}/", PROJECT_PATH, "/.github/", *sorted(f"/{path}" for path in beside)]
        return (*found, *(Line(path, answers) for path in own))

    def _folders(self) -> Iterator[Line]:
        """The folders and fixed files of the layout outside governance, each behind those that hold it."""
        for top in ("accounts", "playbooks", "taxonomy"):
            yield Line(f"{top}/", self._roles("", GLOBAL, self._folder_owner(top, GLOBAL)))
        yield from self._places("", {})
        for region in self.spec.regions.values():
            yield Line(f"{region.folder}/", self._roles("", region.id, region.owner))
            yield from self._places(region.id, {region.id: region.folder})

    def _places(self, region: str, folders: Mapping[str, str]) -> Iterator[Line]:
        """What the layout has in one scope: every folder, and every file of a fixed name."""
        scope = region or GLOBAL
        there = {
            place.path if place.name else f"{place.folder}/": place.kind
            for place in places(folders)
            if place.region == region
        }
        for path, kind in sorted(there.items()):
            if kind not in GOVERNED:
                owner = self.explicit.get(path) or self._folder_owner(path, scope)
                yield Line(path, self._roles(_kind(kind), scope, owner))

    def _exceptions(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Files that state an owner of their own."""
        for path in sorted(self.explicit):
            document = self.spec.documents[path]
            if not path.startswith(f"{GOVERNANCE_FOLDER}/"):
                scope = document.region or GLOBAL
                wanted = Line(path, self._roles(_kind(document.kind), scope, self.explicit[path]))
                if wanted.roles != _decided(lines, path):
                    yield wanted

    @staticmethod
    def _without_repetition(lines: Iterable[Line]) -> list[Line]:
        """Without lines that say of their path what one before says already."""
        kept: list[Line] = []
        for line in lines:
            if line.roles and _decided(kept, line.path) != line.roles:
                kept.append(line)
        return kept

    def _roles(self, kind: str, scope: str, owner: str) -> tuple[str, ...]:
        """The owner, and who answers for changes of the kind in the scope."""
        where = "global" if scope == GLOBAL else "region"
        accountable = (
            activity.accountable
            for activity in self.spec.governance.activities.values()
            if kind and kind in activity.covers.kinds and activity.covers.scope in ("", where)
        )
        return tuple(dict.fromkeys(role for role in (owner, *accountable) if role))

    def _folder_owner(self, path: str, scope: str) -> str:
        """Who owns what stands there by default: the region's owner, or that of the longest folder in `owners`."""
        region = self.spec.regions.get(scope)
        return region.owner if region is not None else self.spec.project.owner_of(path)


def _decided(lines: Iterable[Line], path: str) -> tuple[str, ...]:
    """The roles of the last line that covers the path."""
    decided: tuple[str, ...] = ()
    for line in lines:
        if line.path in ("*", path) or (line.path.endswith("/") and path.startswith(line.path)):
            decided = line.roles
    return decided


def _kind(kind: str) -> str:
    subject = kind.removesuffix("-overlay").removesuffix("-regional")
    return KINDS.get(subject, subject)
