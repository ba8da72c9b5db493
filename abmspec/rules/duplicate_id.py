"""An id is given once in its kind."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.entity import GLOBAL
from abmspec.references import noun
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor, Document

# One thing a file. Overlays of one thing may stand in every region, once each.
THINGS = {
    "region": "region", "picklist": "picklist", "segment": "segment", "segment-regional": "segment", "play": "play",
    "content": "content", "experiment": "experiment", "learning": "learning",
}  # fmt: skip
OVERLAYS = frozenset(
    {"play-overlay", "content-overlay", "segment-overlay", "picklist-overlay", "fields-overlay"}
)


def check(subject: Subject) -> Iterator[Finding]:
    found: dict[tuple[str, str, str], list[Document]] = {}
    for document in subject.spec.documents.values():
        if document.kind != "region" and document.region and document.region not in subject.spec.regions:
            continue  # Its region stands twice, or cannot be read.
        if document.kind in THINGS:
            found.setdefault((THINGS[document.kind], "", document.id), []).append(document)
        elif document.kind in OVERLAYS:
            found.setdefault((document.kind, document.region, document.id), []).append(document)
    for (kind, region, id), documents in found.items():
        first, *others = documents
        if kind == "region" and id == GLOBAL:
            yield Finding(
                f"region.{id}",
                Anchor(first.path),
                "`global` stands for what all regions share, so no region can be called that.",
                "Rename the folder.",
            )
        for document in others:
            what = (
                f"The {noun(kind)} `{id}`"
                if not region
                else f"What `{region}` says of the {kind.partition('-')[0]} `{id}`"
            )
            yield Finding(
                f"region.{region}.{kind.partition('-')[0]}.{id}" if region else f"{kind}.{id}",
                Anchor(document.path),
                f"{what} stands in two files, and nobody could say which of them counts.",
                "Rename one folder: a region's name is its own in the whole tree."
                if kind == "region"
                else "Merge the two files, or rename one of them.",
                ((Anchor(first.path), "It stands here too."),),
            )


RULE = SpecRule(
    Rule("duplicate-id", Severity.ERROR, "An id is given once in its kind, in the whole tree."),
    check,
)
