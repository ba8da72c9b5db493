"""What a regional value rolls up to is there, global, in use and offered."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Picklist
from abmspec.references import Reference, Thing
from abmspec.rules.listed import circle
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.usage import instead
from abmspec.words import nearest, quoted, slug

FEW = 8


def check(subject: Subject) -> Iterator[Finding]:
    index = subject.references
    yield from _circles(subject)
    rootless = set()
    for reference in index.all:
        if reference.how != "maps_to" or reference.kind != "value":
            continue
        if not reference.within:
            if reference.at.path in rootless:
                continue
            rootless.add(reference.at.path)
            yield Finding(
                reference.source,
                reference.at,
                f"{_who(reference)} maps to `{reference.id}`, but its list rolls up to no other.",
                "Add `rolls_up_to: <picklist>` to the list, or take `maps_to` out.",
            )
            continue
        target = index.target(reference)
        if target is None:
            found = index.resolved.find_picklist(reference.within)
            if found is not None and index.is_unknown(reference):
                message = f"{_who(reference)} maps to `{reference.id}`, no value of the picklist `{reference.within}`."
                mend = _mend(reference.id, found[1])
                yield Finding(reference.source, reference.at, message, mend, meant=index.meant(reference))
            continue
        wrong = _wrong(subject, reference, target)
        if wrong:
            message, mend = wrong
            yield Finding(
                reference.source, reference.at, message, mend, ((target.at, "It is defined here."),)
            )


def _circles(subject: Subject) -> Iterator[Finding]:
    """Lists that roll up to themselves, by whatever way round; each circle once."""
    told: set[str] = set()
    for whole in subject.lists:
        picklist = whole.picklist
        chain = circle(subject.lists, picklist.id)
        if chain and not told.intersection(chain):
            told.update(chain)
            yield Finding(
                picklist.address,
                picklist.at("rolls_up_to"),
                f"Picklists in a circle: {' → '.join(f'`{each}`' for each in (*chain, chain[0]))}. "
                "Nothing could be summed.",
                "Name a list whose values are coarser, and that rolls up to none of these.",
            )


def _who(reference: Reference) -> str:
    """The value that maps, by its id."""
    return f"`{reference.source.rpartition('.')[2]}`"


def _mend(id: str, picklist: Picklist) -> str:
    """The value of the list that was most likely meant, or all of them where they are few."""
    values = tuple(id for id, value in picklist.values.items() if value.in_use)
    near = nearest(id, values)
    if near:
        return f"Did you mean `{near}`?"
    for known in values:
        value = picklist.values[known]
        called = next((name for name in (value.label, *value.aliases) if slug(name) == slug(id)), "")
        if called:
            return f"Did you mean `{known}`, which is called {called} too?"
    return f"It has {quoted(values)}." if 0 < len(values) <= FEW else "Name one of its values."


def _wrong(subject: Subject, reference: Reference, target: Thing) -> tuple[str, str] | None:
    """What is wrong with a value that exists, and the mend."""
    if target.status == "retired":
        return f"{_who(reference)} maps to `{reference.id}`, which is retired.", instead(reference, target)
    found = subject.resolved.find_picklist(reference.within)
    if found is not None and target.scope != found[1].scope:
        values = found[1].values
        near = subject.references.things[reference.target]
        overlay = subject.spec.overlays[near.scope].picklists.get(reference.within)
        parent = overlay.values[near.id].maps_to if overlay and near.id in overlay.values else ""
        mend = f"Map it to `{parent}`." if parent in values else "Map it to a value of the list itself."
        return (
            f"{_who(reference)} maps to `{reference.id}`, which is a value of `{target.scope}`, not of the list above.",
            mend,
        )
    hidden = subject.resolved.view(reference.scope).hidden_values.get(reference.within, frozenset())
    if reference.id in hidden:
        return (
            f"{_who(reference)} maps to `{reference.id}`, which `{reference.scope}` hides: no record could have both.",
            f"Take `{reference.id}` out of `hide`, or map it to another value.",
        )
    return None


RULE = SpecRule(
    Rule(
        "overlay-value-mapping-invalid",
        Severity.ERROR,
        "What a value rolls up to is a value of the list above, in use and offered in the region.",
    ),
    check,
)
