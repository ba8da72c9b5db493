"""What a region overlays stands above it."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.references import noun
from abmspec.rules.rule import SpecRule, Subject

KINDS = frozenset({"picklist", "field", "segment", "play", "content"})


def check(subject: Subject) -> Iterator[Finding]:
    index = subject.references
    for reference in index.all:
        if reference.how not in ("overlays", "hide") or reference.kind not in KINDS:
            continue
        missing = index.is_unknown(reference)
        if not missing and index.is_visible(reference):
            continue
        target = index.target(reference)
        where = f"it stands only in `{target.scope}`" if target is not None else "there is none above"
        id = reference.id.rpartition(".")[2]
        verb = "hides" if reference.how == "hide" else "overlays"
        near = index.nearest(reference).rpartition(".")[2]
        own = f"`{reference.scope}-{id}` would be the region's own."
        mends = [f"Did you mean `{near}`?"] if near and near != id else []
        if reference.how == "overlays":
            mends.append(own)
        yield Finding(
            reference.source,
            reference.at,
            f"`{reference.scope}` {verb} the {noun(reference.kind)} `{id}`, and {where}.",
            " ".join(mends) or f"Take `{id}` out of `hide`.",
            ((target.at, "It stands here."),) if target is not None else (),
            index.meant(reference),
        )


RULE = SpecRule(
    Rule(
        "overlay-target-unknown",
        Severity.ERROR,
        "What a region's file overlays or hides stands above the region.",
    ),
    check,
)
