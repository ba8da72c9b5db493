"""A segment is driven by another field only where that field shares its boundaries."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.condition import NoCounterpart
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.resolve import drive
from abmspec.rules.rule import SpecRule, Subject


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
