"""The values that a region renames or hides stand above it."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    index = subject.references
    for reference in index.all:
        if reference.how not in ("overlays", "hide") or reference.kind != "value":
            continue
        view = subject.resolved.regions[reference.scope]
        if reference.within not in view.picklists:
            continue  # The list itself is unknown, and that is said.
        target = index.target(reference)
        if not index.is_unknown(reference) and index.is_visible(reference):
            if reference.how == "hide" and target is not None and target.scope == reference.scope:
                yield Finding(
                    reference.source,
                    reference.at,
                    f"`{reference.scope}` hides `{reference.id}`, which is its own.",
                    f"Take `{reference.id}` out of `hide`; what is not wanted any more is deprecated, then retired.",
                    ((target.at, "It stands here."),),
                )
            continue
        near = index.nearest(reference)
        mends = [f"Did you mean `{near}`?"] if near else []
        if reference.how == "overlays":
            mends.append(
                f"A value of the region's own is `{reference.scope}-{reference.id}`, with `maps_to`."
            )
        where = f", only `{target.scope}` has it" if target is not None else ""
        yield Finding(
            reference.source,
            reference.at,
            f"The picklist `{reference.within}` has no value `{reference.id}` above `{reference.scope}`{where}.",
            " ".join(mends) or f"Take `{reference.id}` out of `hide`.",
            ((target.at, "It stands here."),) if target is not None else (),
            index.meant(reference),
        )


RULE = SpecRule(
    Rule(
        "overlay-value-unknown", Severity.ERROR, "The values that a region renames or hides stand above it."
    ),
    check,
)
