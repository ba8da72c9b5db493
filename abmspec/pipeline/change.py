"""What would become of a spec: findings mended, a request met, a filed form taken. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from abmspec import load
from abmspec.diagnostic import Diagnostic, Fix, Severity, fingerprint
from abmspec.pipeline.comparison import NotComparable
from abmspec.pipeline.verdict import Verdict, judge_files

if TYPE_CHECKING:
    from abmspec.diff import Change as SpecChange
    from abmspec.edit import Change
    from abmspec.gate import Decision
    from abmspec.github import Filed
    from abmspec.load import Files
    from abmspec.proposal import AnyRequest, Proposal
    from abmspec.resolve import Resolved


# A fix may bring another finding to light, whose fix may bring … but not for ever.
MOST_ROUNDS = 8


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
        verdict, _ = judge_files(files, today)
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
    files = load.collect(root)
    before, resolved = judge_files(files, today)
    return (
        Proposed(before, None, ()) if resolved is None else _proposed(files, before, resolved, today, request)
    )


def _proposed(
    files: Files, before: Verdict, resolved: Resolved, today: date, request: AnyRequest
) -> Proposed:
    """What a request comes to on a spec that was judged."""
    from abmspec import proposal

    proposed = proposal.propose(resolved, files.contents, request, today)
    contents = dict(files.contents)
    for change in proposed.changes:
        contents.pop(change.path, None)
        if change.after is not None:
            contents[change.path] = change.after
    after, changed = judge_files(files.changed(contents), today)
    proposed = replace(proposed, notes=(*proposed.notes, *_warned(after, before)))
    return Proposed(before, proposed, tuple(_new(after.errors, before.errors)), (resolved, changed))


def _warned(after: Verdict, before: Verdict) -> Iterator[str]:
    """What the check warns of then, and does not now."""
    now, then = (
        [found for found in verdict.diagnostics if found.severity is Severity.WARNING]
        for verdict in (before, after)
    )
    for found in _new(then, now):
        yield f"The check warns then: {found.path}:{found.line}: {found.message} {found.suggestion}".rstrip()


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

    files = load.collect(root)
    verdict, before = judge_files(files, now.date())
    if before is None:
        raise NotComparable(f"{root} has no abmspec.yaml that can be used.")
    filed = read_event(forms(before), event, unread=sorted(before.spec.broken))
    proposed = _proposed(files, verdict, before, now.date(), filed.request)
    _, after = proposed.resolved
    if proposed.errors or after is None:
        return Taken(filed, proposed, (), None)
    changes = compare(before, after, now.date())
    case = Case(changes, before.spec, after.spec, "", now, Seen(diff=diff_hash(changes)))
    return Taken(filed, proposed, changes, decide(simulated(case, filed.login, ())))
