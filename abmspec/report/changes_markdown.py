"""Changes of a spec as Markdown, for a comment on a pull request: short on top, the details folded.

What a spec says is text there: no mark-up, no mention of anybody, no link. What is too much is counted and not shown.
"""

from __future__ import annotations

import html
from collections.abc import Iterator

from abmspec.diff.change import CLASSES, Change, Reason
from abmspec.report.changes import (
    MEANINGS,
    MOST_MEANINGS,
    ChangeReport,
    Meaning,
    by_class,
    by_verdict,
    felt_briefly,
    felt_by,
    headline,
    meanings,
    tally,
)
from abmspec.report.markdown import code, prose
from abmspec.report.text import visible
from abmspec.words import counted

# Characters. GitHub takes no comment above 65,536.
LARGEST = 60_000
# Of these, how many the table may take; the details get the rest.
LARGEST_TABLE = 30_000
SIGNS = dict(zip(CLASSES, ("⛔", "⚖️", "🔴", "🟠", "🟡", "👥", "🟢", "⚪"), strict=True))


def as_markdown(report: ChangeReport) -> str:
    """A heading with the counts, a table of what, class and who feels it, then a fold for each change."""
    title = f"### abmspec diff: {tally(report.changes)}"
    top = [title, "", f"From {code(report.base)} to {code(report.head)}.", *_unread(report)]
    if not report.changes:
        return "\n".join(top) + "\n"
    ranked = [change for _, group in by_class(report.changes) for change in group]
    rows, room = _within((_row(change, report) for change in ranked), LARGEST_TABLE)
    top += ["", "| what | class | who feels it |", "|---|---|---|", *rows]
    if len(rows) < len(ranked):
        top += ["", f"… and {counted(len(ranked) - len(rows), 'more change')}: run `abmspec diff`."]
    room += LARGEST - LARGEST_TABLE - sum(len(line) + 1 for line in top[: len(top) - len(rows)])
    folds, _ = _within(("\n".join(_fold(change, report)) for change in ranked), room)
    if len(folds) < len(ranked):
        left = counted(len(ranked) - len(folds), "change")
        folds.append(f"The details of {left} are left out here: run `abmspec diff` to read them.")
    return "\n".join((*top, "", *folds)) + "\n"


def meanings_in_markdown(report: ChangeReport) -> str:
    """What the change means, as a list: a line for each of the gravest."""
    told = meanings(report)
    lines = [f"- {SIGNS[each.change_class]} {_meaning(each)}" for each in told]
    if len(told) == MOST_MEANINGS < len(report.changes):
        lines.append(f"- {counted(len(report.changes), 'change')} in all; the rest is below.")
    return "\n".join(lines)


def _meaning(meaning: Meaning) -> str:
    called = (
        f"**{_plain(meaning.label)}** ({code(meaning.address)})" if meaning.label else code(meaning.address)
    )
    name = f"{called}: " if meaning.address else ""
    felt = f" Who feels it: {_plain('; '.join(meaning.felt))}." if meaning.felt else ""
    return f"{name}{prose(meaning.why)}{felt}"


def _within(blocks: Iterator[str], room: int) -> tuple[list[str], int]:
    """The first blocks that there is room for, and the room that is left."""
    kept = []
    for block in blocks:
        if len(block) + 1 > room:
            break
        room -= len(block) + 1
        kept.append(block)
    return kept, room


def _row(change: Change, report: ChangeReport) -> str:
    felt = "<br>".join(_plain(each) for each in felt_briefly(change.impact, report.regions))
    label = f"<br>{_plain(change.label)}" if change.label else ""
    name = f"{SIGNS[change.change_class]} {change.change_class}"
    why = f"<br>{prose(change.reasons[0].why)}" if change.reasons else ""
    return f"| {code(change.address)} {_plain(headline(change))}{label}{why} | {name} | {felt} |"


def _fold(change: Change, report: ChangeReport) -> Iterator[str]:
    sign = SIGNS[change.change_class]
    yield f"<details><summary>{sign} {_in_html(change.address)} {html.escape(headline(change))}</summary>"
    yield ""
    yield f"{prose(MEANINGS[change.change_class].capitalize())}. In {code(change.path)}."
    yield ""
    for reason in change.reasons:
        yield from _reason(change, reason)
    for what, who in felt_by(change.impact, report.regions):
        yield f"- {what}: {_plain(who)}"
    for verdict, why, systems in by_verdict(change.impact):
        yield f"  - {verdict} in {_plain(systems)}: {prose(why)}"
    yield ""
    yield "</details>"


def _reason(change: Change, reason: Reason) -> Iterator[str]:
    aside = "" if reason.change_class == change.change_class else f" ({reason.change_class})"
    yield f"- {prose(reason.why)}{aside}"
    for what, words in (("was", reason.was), ("now", reason.now)):
        if words:
            yield f"  - {what}: {_plain(words)}"


def _unread(report: ChangeReport) -> Iterator[str]:
    for name, found in zip((report.base, report.head), report.unread, strict=True):
        if found:
            yield ""
            yield f"Not compared, because {code(name)} has files that cannot be read:"
            yield ""
            for each in found[:20]:
                yield f"- {code(f'{each.path}:{each.line}')} {prose(each.message)}"
            if len(found) > 20:
                yield f"- … and {len(found) - 20} more"


def _plain(text: str) -> str:
    """What the spec says, as text: nothing in it is mark-up."""
    return prose(text.replace("`", "'"))


def _in_html(text: str) -> str:
    """Text inside a tag of its own, as code, so that no forge makes a mention or a link of it."""
    return f"<code>{html.escape(visible(text))}</code>"
