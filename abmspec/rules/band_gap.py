"""Every number falls into a band."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.bands import bands, step
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for whole in subject.lists:
        picklist = whole.picklist
        if not picklist.bands_of or picklist.rolls_up_to or picklist.status == "retired":
            continue
        found = [band for band in bands(whole.base) if band.low <= band.high]
        if not found:
            yield Finding(
                picklist.address, picklist.key("values"), "The list of bands has no band in use.", "Add one."
            )
            continue
        between = step(subject, picklist)
        first, last = found[0], max(found, key=lambda each: each.high)
        if first.low > 1:
            yield Finding(
                first.listed.address,
                first.listed.at.child("from"),
                f"No band holds a number below {first.low:g}.",
                f"Take `from` out of `{first.listed.id}`, or add a band below it.",
            )
        for lower, upper in pairwise(found):
            if upper.low - lower.high > between * (1 + 1e-9):
                begins = f"{lower.high + between:g}"
                yield Finding(
                    upper.listed.address,
                    upper.listed.at.child("from"),
                    f"No band holds what lies between `{lower.listed.id}` (to {lower.high:g}) "
                    f"and `{upper.listed.id}` (from {upper.low:g}).",
                    f"Begin `{upper.listed.id}` with `from: {begins}`.",
                    ((lower.listed.at.child("to"), f"`{lower.listed.id}` ends here."),),
                )
        if not math.isinf(last.high):
            yield Finding(
                last.listed.address,
                last.listed.at.child("to"),
                f"No band holds a number above {last.high:g}.",
                f"Take `to` out of `{last.listed.id}`.",
            )


RULE = SpecRule(
    Rule("band-gap", Severity.ERROR, "Every number falls into a band."),
    check,
)
