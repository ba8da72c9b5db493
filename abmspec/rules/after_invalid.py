"""What a value stands behind is in the list."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.listed import Listed
from abmspec.rules.rule import SpecRule, Subject
from abmspec.words import certain, nearest


def check(subject: Subject) -> Iterator[Finding]:
    for whole in subject.lists:
        behind: dict[tuple[str, str], Listed] = {}
        for listed in whole.values:
            after = listed.value.after
            if not after:
                continue
            at = listed.at.child("after")
            if listed.holder is whole.picklist:
                message = (
                    "The list itself says in which order its values stand; `after` is for what regions add."
                )
                yield Finding(
                    listed.address, at, message, "Move the value to its place, and take `after` out."
                )
                continue
            values = subject.resolved.view(listed.scope).picklists[whole.picklist.id].values
            if after == listed.id:
                yield Finding(
                    listed.address, at, "A value cannot stand behind itself.", "Name another value."
                )
            elif after not in values:
                near = nearest(after, list(values))
                message = f"`{listed.id}` is to stand behind `{after}`, which the list does not have here."
                mend = f"Did you mean `{near}`?" if near else "Name a value of the list."
                yield Finding(listed.address, at, message, mend, meant=certain(after, values))
            else:
                behind[listed.scope, listed.id] = listed
        yield from _circles(behind)


def _circles(behind: dict[tuple[str, str], Listed]) -> Iterator[Finding]:
    """Values that stand behind each other, in one region."""
    done: set[tuple[str, str]] = set()
    for start, listed in behind.items():
        way = [start]
        while way[-1] in behind and way[-1] not in done:
            following = (start[0], behind[way[-1]].value.after)
            if following in way:
                if following == start:
                    ids = " → ".join(f"`{id}`" for _, id in (*way, start))
                    message = f"The values stand behind each other in a circle: {ids}."
                    mend = "Let one of them stand behind a value from above."
                    yield Finding(listed.address, listed.at.child("after"), message, mend)
                break
            way.append(following)
        done.update(way)


RULE = SpecRule(
    Rule("after-invalid", Severity.ERROR, "The value behind which a regional one stands is in the list."),
    check,
)
