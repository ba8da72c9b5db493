"""A deprecation says when, why, until when, and what takes over."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.entity import Deprecation
from abmspec.references import Thing
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor

EXAMPLES = {
    "sunset": 'sunset: "2027-03-31"',
    "reason": "reason: …",
    "replaced_by": "replaced_by: <id>",
}


def check(subject: Subject) -> Iterator[Finding]:
    for thing in subject.references.things.values():
        at = Anchor(thing.at.path, thing.at.route)
        if thing.status == "deprecated":
            yield from _deprecated(thing, at)
        elif thing.deprecated is not None and thing.status != "retired":
            yield Finding(
                thing.address,
                at.child("deprecated", on_key=True),
                f"It says why it goes, and its status is `{thing.status}`.",
                "Add `status: deprecated`, or take `deprecated` out.",
            )


def _deprecated(thing: Thing, at: Anchor) -> Iterator[Finding]:
    said = thing.deprecated
    if said is None:
        yield Finding(
            thing.address,
            at.child("status"),
            "It is deprecated, and nothing says when it goes, why, and what takes over.",
            "Add `deprecated: {date: …, sunset: …, reason: …, replaced_by: …}`.",
        )
        return
    here = at.child("deprecated", on_key=True)
    missing = [name for name in EXAMPLES if not getattr(said, name)]
    if missing:
        names = " and ".join(f"`{name}`" for name in missing)
        mend = ", ".join(EXAMPLES[name] for name in missing)
        yield Finding(thing.address, here, f"The deprecation does not say {names}.", f"Add `{mend}`.")
    if said.sunset and said.sunset <= said.date:
        yield Finding(
            thing.address,
            at.child("deprecated", "sunset"),
            f"Its sunset ({said.sunset}) is not after the day on which it was deprecated ({said.date}).",
            "Give those who use it time: a later `sunset`.",
        )
    yield from _split(thing, at, said)


def _split(thing: Thing, at: Anchor, said: Deprecation) -> Iterator[Finding]:
    """In a split, the first branch that matches decides, so the last has no condition and the others have one."""
    if isinstance(said.replaced_by, str):
        return
    for index, branch in enumerate(said.replaced_by):
        here = at.child("deprecated", "replaced_by", index)
        last = index == len(said.replaced_by) - 1
        if last and branch.when is not None:
            yield Finding(
                thing.address,
                here.child("when", on_key=True),
                "The last branch of the split has a condition, so some records would be left without a successor.",
                "Take its `when` out, or add a branch without one.",
            )
        elif not last and branch.when is None:
            yield Finding(
                thing.address,
                here.child("value"),
                f"`{branch.value}` takes every record, so no branch after it is ever reached.",
                "Add a `when`, or move it to the end.",
            )


RULE = SpecRule(
    Rule(
        "deprecation-incomplete",
        Severity.ERROR,
        "A deprecation says when, why, until when, and what takes over.",
    ),
    check,
)
