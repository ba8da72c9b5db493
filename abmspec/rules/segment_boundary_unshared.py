"""A segment is driven by another field only where that field shares its boundaries."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.condition import Condition, NoCounterpart, fields
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import DATE_TYPES, NUMBER_TYPES
from abmspec.resolve import View, drive
from abmspec.rules.rule import SpecRule, Subject
from abmspec.words import quoted


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    for region, overlay in spec.overlays.items():
        parent = spec.regions[region].parent
        above = subject.resolved.regions[parent] if parent else subject.resolved.backbone
        view = subject.resolved.view(region)
        for id, change in overlay.segments.items():
            base = above.segments.get(id)
            if base is None or base.when is None:
                continue
            for old, new in change.use_instead.items():
                if old not in view.fields or new not in view.fields:
                    continue
                wrong = _unasked(base.when, old) or _incomparable(view, old, new)
                if wrong:
                    message, mend = wrong
                    asked = ((base.at("when"), "the condition that is asked"),)
                    yield Finding(change.address, change.at("use_instead", old), message, mend, asked)
                    continue
                try:
                    drive(base.when, {old: new}, view.fields, view.picklists)
                except NoCounterpart as missing:
                    holder = view.picklist_of(new)
                    yield Finding(
                        change.address,
                        change.at("use_instead", old),
                        f"`{new}` cannot tell what the segment asks of `{old}`: "
                        f"nothing in it begins or ends at {_shown(missing.boundary)}.",
                        "Drive the segment by a field with that boundary, or have the bands changed for everybody.",
                        (
                            (base.at("when"), "the condition that is asked"),
                            *(((holder.key("values"), f"the values of `{new}`"),) if holder else ()),
                        ),
                    )


def _unasked(when: Condition, old: str) -> tuple[str, str] | None:
    """What is wrong where the segment never asks the field that is to be replaced."""
    asked = tuple(sorted(set(fields(when))))
    if old in asked:
        return None
    mend = f"Name a field that it asks: {quoted(asked)}." if asked else "Take it out."
    return f"The segment's own condition does not ask `{old}`, so this would change nothing.", mend


def _incomparable(view: View, old: str, new: str) -> tuple[str, str] | None:
    """What is wrong where nothing relates the values of the two fields."""
    replaced, field = view.fields[old], view.fields[new]
    listed, picklist = view.picklist_of(old), view.picklist_of(new)
    if picklist is not None:
        by = (listed.id,) if listed is not None else ()
        related = picklist.bands_of == old or picklist.id in by or picklist.rolls_up_to in by
    else:
        related = listed is None and _kind(replaced.type) == _kind(field.type)
    if related:
        return None
    mend = (
        f"Name a field whose list says `bands_of: {old}`."
        if replaced.type in NUMBER_TYPES
        else "Name another."
    )
    return f"`{new}` cannot answer for `{old}`: nothing says how its values stand to those.", mend


def _kind(type: str) -> str:
    """What can be compared alike: all numbers, all dates, anything else."""
    return "number" if type in NUMBER_TYPES else "date" if type in DATE_TYPES else ""


def _shown(boundary: object) -> str:
    return (
        f"{boundary:,}" if isinstance(boundary, int) and not isinstance(boundary, bool) else f"`{boundary}`"
    )


RULE = SpecRule(
    Rule(
        "segment-boundary-unshared",
        Severity.ERROR,
        "A segment is driven by another field only where that field shares its boundaries.",
    ),
    check,
)
