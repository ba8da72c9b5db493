"""What stands above is renamed, tightened or hidden in a region, and never defined anew."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.entity import Entity
from abmspec.model.spec import carries_prefix
from abmspec.rules.rule import SpecRule, Subject
from abmspec.words import quoted

OF_VALUES = frozenset({"labels"})
OF_FIELDS = frozenset({"labels", "required"})


def check(subject: Subject) -> Iterator[Finding]:
    for region, overlay in subject.spec.overlays.items():
        view = subject.resolved.view(region)
        for change in overlay.picklists.values():
            picklist = view.picklists.get(change.id)
            above = picklist.values if picklist is not None else ()
            yield from _redefined(subject, change, "values", above, OF_VALUES, "labels")
        for fields in overlay.fields.values():
            known = [name.partition(".")[2] for name in view.fields if name.startswith(f"{fields.object}.")]
            yield from _redefined(subject, fields, "fields", known, OF_FIELDS, "labels and `required: true`")


def _redefined(
    subject: Subject, overlay: Entity, under: str, above: Container[str], allowed: frozenset[str], may: str
) -> Iterator[Finding]:
    """Every entry from above of which a region sets what it may not."""
    entries: Mapping[str, Mapping[str, object]] = subject.spec.documents[overlay.path].data.get(under) or {}
    region, noun = overlay.scope, under.removesuffix("s")
    for id, entry in entries.items():
        if carries_prefix(id, region) or id not in above:
            continue  # What is not there cannot be overlaid, and that is said elsewhere.
        keys = tuple(key for key in entry if key not in allowed)
        if keys:
            yield Finding(
                f"{overlay.address}.{noun}.{id}" if noun == "value" else f"field.{overlay.id}.{id}",
                overlay.key(under, id, keys[0]),
                f"The {noun} `{id}` stands above `{region}`, which cannot set its {quoted(keys)}.",
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
