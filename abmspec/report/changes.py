"""Changes of a spec as text for people and as a JSON document; what every form of them says of one change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

import msgspec

from abmspec.diagnostic import Diagnostic
from abmspec.diff.change import CLASSES, Change, ChangeClass, Impact
from abmspec.jsontext import json_text
from abmspec.report.text import paint, visible
from abmspec.words import counted, listing

VERSION = 1
COLOURS: Mapping[ChangeClass, str] = {
    "forbidden": "1;31",
    "governance": "1;35",
    "breaking": "31",
    "meaning": "33",
    "deprecating": "33",
    "accounts": "36",
    "additive": "32",
    "cosmetic": "2",
}
# What a class says to somebody who has not read the policy.
MEANINGS: Mapping[ChangeClass, str] = {
    "forbidden": "no approval opens it",
    "governance": "who decides, and by which rules",
    "breaking": "records, plays or reports need work",
    "meaning": "same shape, other answer",
    "deprecating": "announced to go",
    "accounts": "single accounts",
    "additive": "nothing that was there is touched",
    "cosmetic": "wording and looks",
}
MOST_NAMED = 6
MOST_FILES = 10
MOST_MEANINGS = 5
FILES = "beside the spec: how it is checked, approved or built"


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What is reported: the changes from `base` to `head`, and findings on files that could not be read.

    `regions` are all that are there before and after, so that nobody has to count them.
    """

    base: str
    head: str
    changes: tuple[Change, ...]
    regions: frozenset[str] = frozenset()
    unread: tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]] = ((), ())
    colour: bool = False


def by_class(changes: Iterable[Change]) -> Iterator[tuple[ChangeClass, tuple[Change, ...]]]:
    """The changes by their class, the gravest first."""
    ranked = sorted(changes, key=lambda change: (CLASSES.index(change.change_class), change.address))
    for change_class, group in groupby(ranked, key=lambda change: change.change_class):
        yield change_class, tuple(group)


def headline(change: Change) -> str:
    """What happened, in a few words: `added`, `renamed from …`, `retired`."""
    if change.renamed_from:
        return f"renamed from {change.renamed_from}"
    if change.action == "create":
        return "added"
    if change.action == "retire":
        return "removed" if change.after is None else "retired"
    return "changed"


class Meaning(NamedTuple):
    """What one of the gravest changes means, in a line: a sentence, and which people feel it, in a few words each."""

    change_class: ChangeClass
    address: str
    label: str
    why: str
    felt: tuple[str, ...]


def meanings(report: ChangeReport) -> tuple[Meaning, ...]:
    """What the change means: of the gravest, those first that most regions feel; files beside the spec are one."""
    files = [change for change in report.changes if change.kind == "file"]
    ranked = sorted(
        (change for change in report.changes if change.kind != "file" or change is files[0]),
        key=lambda change: (
            CLASSES.index(change.change_class),
            change.kind == "file",
            -len(change.impact.regions),
            change.address,
        ),
    )
    return tuple(_meaning(change, files, report.regions) for change in ranked[:MOST_MEANINGS])


def _meaning(change: Change, files: list[Change], regions: frozenset[str]) -> Meaning:
    if change.kind == "file" and len(files) > 1:
        return Meaning(change.change_class, "", "", f"{counted(len(files), 'file')} {FILES}.", ())
    why = change.reasons[0].why if change.reasons else f"It is {headline(change)}."
    felt = tuple(felt_briefly(msgspec.structs.replace(change.impact, systems=()), regions))
    return Meaning(change.change_class, change.address, change.label, why, felt)


def tally(changes: Iterable[Change]) -> str:
    """`3 changes: 1 forbidden, 2 meaning`."""
    groups = [(name, len(group)) for name, group in by_class(changes)]
    if not groups:
        return "No change"
    total = sum(count for _, count in groups)
    return f"{counted(total, 'change')}: {', '.join(f'{count} {name}' for name, count in groups)}"


def felt_by(impact: Impact, regions: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Who feels a change, by what they are: regions, segments, plays, key figures, accounts; then systems."""
    if impact.regions and len(impact.regions) > 1 and regions <= frozenset(impact.regions):
        yield "regions", f"all {len(impact.regions)}"
    elif impact.regions:
        yield "regions", named(impact.regions)
    for what, names in (("segments", impact.segments), ("plays", impact.plays), ("key figures", impact.kpis)):
        if names:
            yield what, named(names)
    if impact.accounts is not None:
        yield "accounts", f"{impact.accounts.enter:,} enter, {impact.accounts.leave:,} leave"
    if impact.systems:
        yield "systems", verdicts(impact)


def named(names: tuple[str, ...]) -> str:
    """Names without what is the same in all of them: `emea, dach and 3 more`."""
    short = [name.rpartition(".")[2] for name in names]
    if len(short) > MOST_NAMED:
        short = [*short[:MOST_NAMED], f"{len(short) - MOST_NAMED} more"]
    return listing(short, "and")


def verdicts(impact: Impact) -> str:
    """`breaking in Salesforce (sf-core); safe in HubSpot (hubspot-latam)`."""
    found: dict[str, list[str]] = {"breaking": [], "by hand": [], "safe": []}
    for each in impact.systems:
        found[each.verdict].append(f"{each.kind} ({each.system})")
    parts = [f"{verdict} in {listing(systems, 'and')}" for verdict, systems in found.items() if systems]
    return "; ".join(parts)


def by_verdict(impact: Impact) -> Iterator[tuple[str, str, str]]:
    """What happens in systems: the verdict, why, and all systems that it is of."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in impact.systems:
        found.setdefault((each.verdict, each.why), []).append(f"{each.kind} ({each.system})")
    for (verdict, why), systems in found.items():
        yield verdict, why, listing(systems, "and")


def felt_briefly(impact: Impact, regions: frozenset[str] = frozenset()) -> Iterator[str]:
    """Who feels a change, in a few words each: `all 14 regions`, `4 segments`, `breaking in 2 of 8 systems`."""
    if impact.regions:
        everybody = len(impact.regions) > 1 and regions <= frozenset(impact.regions)
        yield f"all {len(impact.regions)} regions" if everybody else named(impact.regions)
    for noun, names in (("segment", impact.segments), ("play", impact.plays), ("key figure", impact.kpis)):
        if names:
            yield counted(len(names), noun)
    if impact.accounts is not None:
        yield f"{impact.accounts.enter:,} accounts enter, {impact.accounts.leave:,} leave"
    broken = [each for each in impact.systems if each.verdict == "breaking"]
    if broken:
        yield f"breaking in {len(broken)} of {counted(len(impact.systems), 'system')}"
    elif impact.systems:
        yield f"safe in {counted(len(impact.systems), 'system')}"


# ------------------------------------------------------------------ text


def as_text(report: ChangeReport) -> str:
    """Grouped by class, the gravest first: a line a change, its reasons and who feels it below; then the count."""
    blocks = ["\n".join(_unread(report))] if any(report.unread) else []
    for change_class, changes in by_class(report.changes):
        heading = paint(change_class.capitalize(), COLOURS[change_class], report.colour)
        lines = [f"{heading}: {MEANINGS[change_class]}"]
        files = tuple(change for change in changes if change.kind == "file")
        lines += _files(files, report.colour)
        for change in changes:
            if change.kind != "file":
                lines += _change(change, report)
        blocks.append("\n".join(lines))
    ends = paint(tally(report.changes), "1", report.colour)
    return "\n\n".join((*blocks, f"{ends}, from {visible(report.base)} to {visible(report.head)}")) + "\n"


def _files(changes: tuple[Change, ...], colour: bool) -> Iterator[str]:
    """Files beside the spec, of which there is but one thing to say."""
    if not changes:
        return
    yield f"  {paint(counted(len(changes), 'file'), '1', colour)} {FILES}"
    for change in changes[:MOST_FILES]:
        yield f"    {visible(change.path)}: {headline(change)}"
    if len(changes) > MOST_FILES:
        yield f"    … and {len(changes) - MOST_FILES} more"


def _change(change: Change, report: ChangeReport) -> Iterator[str]:
    colour = report.colour
    label = f" “{visible(change.label)}”" if change.label else ""
    address = paint(visible(change.address), "1", colour)
    yield f"  {address}{label}: {headline(change)}  {paint(visible(change.path), '2', colour)}"
    for reason in change.reasons:
        graver = reason.change_class == change.change_class
        yield f"    {visible(reason.why)}{'' if graver else f' ({reason.change_class})'}"
        for what, words in (("was", reason.was), ("now", reason.now)):
            if words:
                yield f"      {paint(f'{what}:', '2', colour)} {visible(words)}"
    for what, who in felt_by(change.impact, report.regions):
        yield f"    {paint(f'{what}:', '2', colour)} {visible(who)}"


def _unread(report: ChangeReport) -> Iterator[str]:
    for name, found in zip((report.base, report.head), report.unread, strict=True):
        if found:
            yield f"Not compared, because {visible(name)} has files that cannot be read:"
            for each in found:
                yield f"  {visible(f'{each.path}:{each.line}:{each.column}')}: {visible(each.message)}"


# ------------------------------------------------------------------ JSON


def as_json(report: ChangeReport) -> str:
    """One object: `version`, `base`, `head`, `changes`, and `unread`, findings on what could not be compared."""
    document: dict[str, Any] = {
        "version": VERSION,
        "base": report.base,
        "head": report.head,
        "changes": [change_data(change) for change in report.changes],
        "unread": {
            side: [
                {"path": each.path, "line": each.line, "column": each.column, "message": each.message}
                for each in found
            ]
            for side, found in zip(("base", "head"), report.unread, strict=True)
        },
    }
    return json_text(document)


def change_data(change: Change) -> dict[str, Any]:
    """One change as plain data."""
    return {
        "address": change.address,
        "class": change.change_class,
        "kind": change.kind,
        "kinds": list(change.kinds),
        "scope": change.scope,
        "action": change.action,
        "path": change.path,
        "label": change.label,
        "before": change.before,
        "after": change.after,
        "renamed_from": change.renamed_from or None,
        "reasons": [
            {
                "class": reason.change_class,
                "attribute": reason.attribute,
                "why": reason.why,
                "before": reason.before,
                "after": reason.after,
                "was": reason.was or None,
                "now": reason.now or None,
                "comparison": reason.comparison,
                "region": reason.region or None,
            }
            for reason in change.reasons
        ],
        "impact": {
            "regions": list(change.impact.regions),
            "segments": list(change.impact.segments),
            "plays": list(change.impact.plays),
            "kpis": list(change.impact.kpis),
            "systems": [
                {
                    "system": each.system,
                    "kind": each.kind,
                    "verdict": each.verdict,
                    "why": each.why,
                }
                for each in change.impact.systems
            ],
            "accounts": msgspec.to_builtins(change.impact.accounts),
        },
    }
