"""A region's band lies within one global band."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.bands import band
from abmspec.rules.listed import Listed
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for whole in subject.lists:
        for listed in whole.values:
            found = subject.resolved.find_picklist(whole.parents(listed)) if listed.value.maps_to else None
            parents = found[1] if found is not None else None
            if parents is None or not parents.bands_of:
                continue
            parent = parents.values.get(listed.value.maps_to)
            if parent is None or listed.value.status != "active":
                continue
            inner, outer = band(listed), band(Listed(listed.value.maps_to, parent, parents))
            if outer.low <= inner.low and inner.high <= outer.high:
                continue
            side = "from" if inner.low < outer.low else "to"
            at = (
                listed.at.child(side)
                if getattr(listed.value, f"{side}_".replace("to_", "to")) is not None
                else listed.at.key()
            )
            bounds = [f"from: {outer.low:g}"] if parent.from_ is not None else []
            bounds += [f"to: {outer.high:g}"] if parent.to is not None else []
            yield Finding(
                listed.address,
                at,
                f"The band `{listed.id}` ({inner.said}) does not lie within `{outer.listed.id}` ({outer.said}), "
                "to which it rolls up.",
                f"Keep it within `{', '.join(bounds)}`, or split it so that each part lies within one global band.",
                ((parents.key("values", listed.value.maps_to), f"`{outer.listed.id}` is defined here."),),
            )


RULE = SpecRule(
    Rule(
        "band-not-nested",
        Severity.ERROR,
        "A region's band lies within the one global band that it rolls up to.",
    ),
    check,
)
