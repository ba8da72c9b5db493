"""A number falls into one band."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.bands import Band, scopes
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    for whole in subject.lists:
        if not whole.picklist.bands_of:
            continue
        for bands in scopes(whole):
            for band in bands:
                if band.low > band.high:
                    yield Finding(
                        band.listed.address,
                        band.listed.at.child("to"),
                        f"The band ends ({band.high:g}) before it begins ({band.low:g}).",
                        "Swap `from` and `to`.",
                    )
            yield from _overlaps(bands)


def _overlaps(bands: list[Band]) -> Iterator[Finding]:
    bounded = (band for band in bands if band.low != -math.inf or band.high != math.inf)
    for lower, upper in pairwise(bounded):
        if upper.low > lower.high or lower.low > lower.high or upper.low > upper.high:
            continue
        at = _bound(upper)
        yield Finding(
            upper.listed.address,
            at,
            f"The bands `{lower.listed.id}` ({lower.said}) and `{upper.listed.id}` ({upper.said}) overlap.",
            f"Begin `{upper.listed.id}` after {lower.high:g}."
            if lower.high < upper.high
            else "Move their bounds apart.",
            ((lower.listed.at.child("to"), f"`{lower.listed.id}` ends here."),),
        )


def _bound(band: Band) -> Anchor:
    return band.listed.at.child("from") if band.listed.value.from_ is not None else band.listed.at.key()


RULE = SpecRule(
    Rule("band-overlap", Severity.ERROR, "Bands of a number never overlap."),
    check,
)
