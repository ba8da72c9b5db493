"""The changelog of a spec: what its changes mean to those who use it, release by release."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from abmspec.address import GLOBAL
from abmspec.diff.change import Change
from abmspec.jsontext import json_text
from abmspec.report.changes import named
from abmspec.report.markdown import code, prose
from abmspec.semver import level_of
from abmspec.words import counted, quoted

VERSION = 1

Group = Literal["new", "changed", "going", "gone", "governance", "accounts", "wording"]
# In the order in which they are read.
GROUPS: dict[Group, str] = {
    "new": "New",
    "changed": "Changed meaning",
    "going": "Going away",
    "gone": "Gone",
    "governance": "Rules and responsibilities",
    "accounts": "Accounts",
    "wording": "Wording",
}
# What is only counted beyond so many: nobody reads on.
MOST_LISTED: dict[Group, int] = {"accounts": 5, "wording": 10}
# The attributes that say when a thing goes, and what comes after it.
_LIFE = ("status", "deprecated")
# What the heading says already.
_ARRIVAL = re.compile(r"^The [\w -]+ (?:is|are) new\.\s*")


@dataclass(frozen=True, slots=True)
class Section:
    """What one release brought: `name` it is called by, `since` the state before it, `day` of it (ISO) if it has one.

    `notes` say what else a reader has to know: which version is asked for, what was not compared. `regions` are all
    that there are: what each of them feels is felt by everybody.
    """

    name: str
    since: str = ""
    day: str = ""
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    regions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Changelog:
    """What is written: whose changes they are, and the releases, the newest first."""

    title: str
    sections: tuple[Section, ...]

    def of_region(self, region: str) -> Changelog:
        """The same of one region: what it states or feels."""
        return Changelog(
            f"{self.title}, {region}",
            tuple(
                replace(
                    section, changes=tuple(change for change in section.changes if change.concerns(region))
                )
                for section in self.sections
            ),
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a change, and how many changes of parts that came or went with the thing it stands for."""

    change: Change
    parts: int = 0


def group_of(change: Change) -> Group:
    """What a change is to somebody who uses the spec."""
    if change.change_class in ("governance", "accounts"):
        return "governance" if change.change_class == "governance" else "accounts"
    if change.action == "retire":
        return "gone"
    if change.action == "create" and not change.renamed_from:
        return "new"
    if sunset_of(change) and any(reason.attribute.startswith(_LIFE) for reason in change.reasons):
        return "going"
    return "wording" if change.change_class == "cosmetic" else "changed"


def sunset_of(change: Change) -> str:
    """The day on which a deprecated thing goes; empty where it is not deprecated, or no day is named."""
    terms = _terms(change)
    return str(terms.get("sunset") or "") if terms else ""


def successors_of(change: Change) -> tuple[str, ...]:
    """The ids that take over from what is deprecated or retired."""
    replaced_by = (_terms(change) or {}).get("replaced_by") or ()
    if isinstance(replaced_by, str):
        return (replaced_by,)
    return tuple(str(branch["value"]) for branch in replaced_by)


def _terms(change: Change) -> dict[str, Any] | None:
    after = change.after
    if not isinstance(after, dict) or after.get("status") not in ("deprecated", "retired"):
        return None
    terms = after.get("deprecated")
    return terms if isinstance(terms, dict) else None


def grouped(changes: Iterable[Change]) -> dict[Group, tuple[Entry, ...]]:
    """The changes by what they are to readers, groups without any left out.

    Parts that come or go with what holds them are counted there. What is going stands by its day, all else by address.
    """
    groups: dict[Group, dict[str, Entry]] = {group: {} for group in GROUPS}
    for change in sorted(changes, key=lambda change: change.address):
        if level_of(change) == "none":
            continue
        entries = groups[group_of(change)]
        holder = _holder(change, entries)
        if holder is None:
            entries[change.address] = Entry(change)
        else:
            entries[holder] = replace(entries[holder], parts=entries[holder].parts + 1)
    found = {group: tuple(entries.values()) for group, entries in groups.items() if entries}
    if "going" in found:
        found["going"] = tuple(sorted(found["going"], key=lambda entry: sunset_of(entry.change)))
    return found


def _holder(change: Change, entries: Container[str]) -> str | None:
    """The thing that a part comes or goes with, where it does."""
    if group_of(change) not in ("new", "gone"):
        return None
    words = change.address.split(".")
    above = (".".join(words[:length]) for length in range(len(words) - 1, 0, -1))
    return next((address for address in above if address in entries), None)


# ------------------------------------------------------------------ Markdown


def as_markdown(changelog: Changelog) -> str:
    """A chapter for each release, newest first, in it a list for each group."""
    blocks = [f"# Changelog of {prose(changelog.title)}"]
    for section in changelog.sections:
        day = f" ({section.day})" if section.day else ""
        blocks.append(f"## {prose(section.name)}{day}")
        blocks += [prose(note) for note in section.notes]
        groups = grouped(section.changes)
        if not groups and section.since:
            blocks.append(f"No change since {prose(section.since)}.")
        for group, entries in groups.items():
            blocks += [f"### {GROUPS[group]}", "\n".join(_list(group, entries, section.regions))]
    return "\n\n".join(blocks) + "\n"


def _list(group: Group, entries: tuple[Entry, ...], regions: frozenset[str]) -> Iterator[str]:
    shown = entries[: MOST_LISTED.get(group, len(entries))]
    for entry in shown:
        yield f"- {_line(entry, regions)}"
    if len(shown) < len(entries):
        yield f"- … and {len(entries) - len(shown)} more."


def _line(entry: Entry, regions: frozenset[str]) -> str:
    change = entry.change
    label = f"**{prose(change.label)}** ({code(change.address)})" if change.label else code(change.address)
    parts = f", with {counted(entry.parts, 'part')}" if entry.parts else ""
    return f"{label}{parts}: {' '.join(map(prose, (*said_of(change), *_felt_in(change, regions))))}"


def _felt_in(change: Change, regions: frozenset[str]) -> Iterator[str]:
    """Where a global change is felt, unless that is everywhere. Where a region's is felt its address says."""
    felt = change.impact.regions
    if change.scope == GLOBAL and felt and not regions <= {*felt}:
        yield f"Felt in {named(felt)}."


def said_of(change: Change) -> tuple[str, ...]:
    """What there is to say of a change: what is new is described, what goes has its day and heir, then the reasons."""
    group = group_of(change)
    if group == "new":
        described = str(change.after.get("description", "")) if isinstance(change.after, dict) else ""
        reasons = [_ARRIVAL.sub("", reason.why) for reason in change.reasons]
        said = [described, *reasons] if described or any(reasons) else [change.reasons[0].why]
    elif group == "going":
        said = [*_end(change), *(each.why for each in change.reasons if not each.attribute.startswith(_LIFE))]
    else:
        said = [reason.why for reason in change.reasons]
    return tuple(filter(None, dict.fromkeys(said)))


def _end(change: Change) -> Iterator[str]:
    """When it goes, what takes over, and why."""
    heirs = successors_of(change)
    heir = f"; {quoted(heirs, 'or')} {'takes' if len(heirs) == 1 else 'take'} over" if heirs else ""
    yield f"Until {sunset_of(change)}{heir}."
    yield str((_terms(change) or {}).get("reason", ""))


# ------------------------------------------------------------------ JSON


def as_json(changelog: Changelog) -> str:
    """One object: `version`, `project`, and the releases, newest first, with their changes by group."""
    releases = [_section(section) for section in changelog.sections]
    return json_text({"version": VERSION, "title": changelog.title, "releases": releases})


def _section(section: Section) -> dict[str, Any]:
    groups = grouped(section.changes)
    return {
        "name": section.name,
        "since": section.since or None,
        "day": section.day or None,
        "notes": list(section.notes),
        "changes": {group: [_entry(entry) for entry in groups.get(group, ())] for group in GROUPS},
    }


def _entry(entry: Entry) -> dict[str, Any]:
    change = entry.change
    return {
        "address": change.address,
        "label": change.label,
        "class": change.change_class,
        "scope": change.scope,
        "why": list(said_of(change)),
        "sunset": sunset_of(change) or None,
        "replaced_by": list(successors_of(change)),
        "renamed_from": change.renamed_from or None,
        "parts": entry.parts,
        "regions": list(change.impact.regions),
    }
