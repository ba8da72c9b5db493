"""What stands above is renamed, tightened or hidden in a region, and never defined anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.entity import Entity
from abmspec.model.spec import carries_prefix
from abmspec.rules.rule import SpecRule, Subject

OF_VALUES = frozenset({"labels"})
OF_FIELDS = frozenset({"labels", "required"})


def check(subject: Subject) -> Iterator[Finding]:
    for overlay in subject.spec.overlays.values():
        for change in overlay.picklists.values():
            yield from _redefined(subject, change, "values", OF_VALUES, "labels")
        for fields in overlay.fields.values():
            yield from _redefined(subject, fields, "fields", OF_FIELDS, "labels and `required: true`")


def _redefined(
    subject: Subject, overlay: Entity, under: str, allowed: frozenset[str], may: str
) -> Iterator[Finding]:
    """Every key of an entry from above that a region may not set."""
    entries: Mapping[str, Mapping[str, object]] = subject.spec.documents[overlay.path].data.get(under) or {}
    region, noun = overlay.scope, under.removesuffix("s")
    for id, entry in entries.items():
        if carries_prefix(id, region):
            continue
        for key in entry:
            if key not in allowed:
                yield Finding(
                    f"{overlay.address}.{noun}.{id}" if noun == "value" else f"field.{overlay.id}.{id}",
                    overlay.key(under, id, key),
                    f"The {noun} `{id}` stands above `{region}`, which cannot set its `{key}`.",
                    f"A region may set {may}, or `hide: [{id}]`; a {noun} of its own is `{region}-{id}`.",
                )


RULE = SpecRule(
    Rule(
        "overlay-redefines",
        Severity.ERROR,
        "A region renames, tightens or hides what stands above it, and never defines it anew.",
    ),
    check,
)
