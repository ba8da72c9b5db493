"""The findings that a team puts aside when it adopts the tool on an old spec, so that it sees the new ones.

A baseline knows findings by their fingerprints, which survive moved lines and moved files, and counts those that are
the same. What no waiver may silence is never put aside: behind a file that does not parse, or whose shape is wrong,
nothing is judged, so that new findings would hide there. The gate reads no baseline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Annotated, Final, Literal

import msgspec

from abmspec.diagnostic import Diagnostic, fingerprint
from abmspec.jsontext import json_bytes

VERSION: Final = 1


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One finding, `count` times. `fingerprint` is what counts; the rest says to people what it was."""

    fingerprint: str
    count: Annotated[int, msgspec.Meta(ge=1)]
    rule: str
    path: str
    address: str
    message: str


class Baseline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A baseline as its file holds it (`schemas/outputs/baseline.schema.json`)."""

    version: Literal[1]
    findings: tuple[Entry, ...]


class Unreadable(Exception):
    """The bytes are no baseline. The message says why, without its last full stop."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings beside a baseline: those that are new, those it left out, and what it names and nothing finds."""

    new: tuple[Diagnostic, ...]
    left_out: tuple[Diagnostic, ...]
    gone: tuple[Entry, ...]


def take(found: Iterable[Diagnostic], never: Collection[str]) -> Baseline:
    """The baseline of findings, without those of the rules in `never`. Sorted by path, rule, address and message."""
    first: dict[str, Diagnostic] = {}
    counts = Counter[str]()
    for each in sorted(found):
        if each.rule not in never:
            mark = fingerprint(each)
            first.setdefault(mark, each)
            counts[mark] += 1
    entries = [
        Entry(mark, counts[mark], each.rule, each.path, each.address, each.message)
        for mark, each in first.items()
    ]
    return Baseline(
        VERSION,
        tuple(sorted(entries, key=lambda entry: (entry.path, entry.rule, entry.address, entry.message))),
    )


def write(baseline: Baseline) -> bytes:
    """The baseline as a file. The same findings give the same bytes."""
    return json_bytes(msgspec.to_builtins(baseline))


def read(content: bytes) -> Baseline:
    """The baseline in a file's bytes. Unreadable where they hold none of this version."""
    try:
        return msgspec.json.decode(content, type=Baseline)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(str(error)) from error


def compare(baseline: Baseline, found: Iterable[Diagnostic], never: Collection[str]) -> Compared:
    """Findings beside a baseline. Of several that are the same, those further down are the new ones."""
    left = Counter[str]()
    for entry in baseline.findings:
        left[entry.fingerprint] += entry.count
    new, left_out = [], []
    for each in sorted(found):
        mark = fingerprint(each)
        if each.rule not in never and left[mark] > 0:
            left[mark] -= 1
            left_out.append(each)
        else:
            new.append(each)
    gone = []
    for entry in baseline.findings:
        missed = min(left[entry.fingerprint], entry.count)
        if missed > 0:
            left[entry.fingerprint] -= missed
            gone.append(msgspec.structs.replace(entry, count=missed))
    return Compared(tuple(new), tuple(left_out), tuple(gone))
