"""A region names and extends what stands above it; it never redefines it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor

TEXTS = frozenset({"label", "labels"})
OF_FIELDS = TEXTS | {"required"}


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    for region, overlay in spec.overlays.items():
        view = subject.resolved.view(spec.regions[region].parent or "global")
        for change in overlay.picklists.values():
            base = view.picklists.get(change.id)
            for id, said in _stated(subject, change.path, "values").items():
                if base is not None and id in base.values and not id.startswith(f"{region}-"):
                    value = base.values[id]
                    above = Anchor(value.path or base.path, ("values", id), on_key=True)
                    own = f"`{region}-{id}`, with `maps_to: {id}`, would be a value of the region's own."
                    yield from _redefined(
                        f"{change.address}.value.{id}", change.at("values", id), said, TEXTS, above, own
                    )
        for fields in overlay.fields.values():
            said_of = _stated(subject, fields.path, "fields")
            for id, field in fields.tightened.items():
                known = view.fields.get(field.name)
                if known is not None:
                    own = f"`{region}-{id}` would be a field of the region's own."
                    yield from _redefined(
                        field.address, field.at(), said_of.get(id, {}), OF_FIELDS, known.key(), own
                    )


def _stated(subject: Subject, path: str, under: str) -> Mapping[str, Mapping[str, Any]]:
    """What the file itself says, without defaults."""
    document = subject.spec.documents.get(path)
    return (document.data.get(under) or {}) if document is not None else {}


def _redefined(
    address: str, at: Anchor, said: Mapping[str, Any], allowed: frozenset[str], above: Anchor, own: str
) -> Iterator[Finding]:
    for name in said:
        if name not in allowed:
            yield Finding(
                address,
                at.child(name, on_key=True),
                f"A region may not set `{name}` of what stands above it.",
                f"Take `{name}` out. {own}",
                ((above, "It is defined here."),),
            )


RULE = SpecRule(
    Rule(
        "overlay-redefines-global",
        Severity.ERROR,
        "A region translates, hides and extends what stands above it, and never redefines it.",
    ),
    check,
)
