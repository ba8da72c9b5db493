"""A region's segment holds nothing that the global segment around it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from abmspec.condition import (
    All,
    Compare,
    Condition,
    FitsIcp,
    InRegion,
    NoCounterpart,
    Not,
    Relation,
    compare,
    expand,
    fields,
    rewritten,
)
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.entity import GLOBAL
from abmspec.model.taxonomy import Segment, qualified
from abmspec.resolve import View, drive
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Route

SAID = {
    "wider": "takes in accounts that `{parent}` leaves out",
    "overlapping": "takes in accounts that `{parent}` leaves out",
    "disjoint": "takes in only accounts that `{parent}` leaves out",
}


def check(subject: Subject) -> Iterator[Finding]:
    for region, overlay in subject.spec.overlays.items():
        view = subject.resolved.view(region)
        for segment in overlay.own.segments.values():
            parent = view.segments.get(segment.within)
            if parent is None or segment.status == "retired":
                continue
            if parent.scope != GLOBAL:
                whose = "itself" if parent is segment else f"a segment of `{parent.scope}`'s own"
                yield Finding(
                    segment.address,
                    segment.at("within"),
                    f"`{segment.id}` is to stand within a global segment, and `{parent.id}` is {whose}.",
                    f"Name the global one around it: `within: {parent.within}`."
                    if parent.within and parent is not segment
                    else "Name the global one around it.",
                )
                continue
            relation = _relation(subject, view, segment, parent)
            if relation is None or relation.kind not in SAID or "empty" in (relation.before, relation.after):
                continue
            yield Finding(
                segment.address,
                segment.at("when"),
                f"`{segment.id}` stands within `{parent.id}` but {SAID[relation.kind].format(parent=parent.id)}, "
                "so the regions' sums would pass the global total.",
                f"Begin with the global one: `{{all: [{{segment: {parent.id}}}, …]}}`.",
                (
                    (parent.at("when"), "the global segment"),
                    (segment.at("within"), "said to be within it here"),
                ),
            )


def _relation(subject: Subject, view: View, segment: Segment, parent: Segment) -> Relation | None:
    """How the segment stands to the one around it; None where that cannot be told for certain."""
    if segment.when is None or parent.when is None:
        return None
    try:
        outer, inner = expand(parent.when, view.definitions), expand(segment.when, view.definitions)
    except ValueError:
        return None
    icp = subject.spec.icp
    if icp is not None:
        outer, inner = _spelt_out(outer, icp.when), _spelt_out(inner, icp.when)
    bands = _bands(view, {*fields(outer), *fields(inner)})
    try:
        outer, inner = (drive(each, bands, view.fields, view.picklists) for each in (outer, inner))
    except NoCounterpart:
        return None
    outer, inner = (_with_beside(each, view) for each in (outer, inner))
    if _depend(view, {*fields(outer), *fields(inner)}):
        return None
    own = All((InRegion((view.scope,)), inner))
    return compare(outer, own, subject.domains)


def _spelt_out(condition: Condition, icp: Condition) -> Condition:
    """The condition with the profile's in place of whether an account fits it."""

    def spell_out(part: Condition, _: Route) -> Condition:
        return (icp if part.expected else Not(icp)) if isinstance(part, FitsIcp) else part

    return rewritten(condition, spell_out)


def _bands(view: View, asked: set[str]) -> Mapping[str, str]:
    """Numbers that are asked for beside their band: by number, the field of its band."""
    found = {}
    for name in asked:
        picklist = view.picklist_of(name)
        if picklist is not None and picklist.bands_of in asked:
            found[picklist.bands_of] = name
    return found


def _with_beside(condition: Condition, view: View) -> Condition:
    """The condition with what a detail field's value says of the field beside it."""

    def add(part: Condition, _: Route) -> Condition:
        field = view.fields.get(part.field) if isinstance(part, Compare) else None
        if not isinstance(part, Compare) or field is None or not field.detail_of:
            return part
        beside = qualified(field.detail_of, field.object)
        picklist = view.picklist_of(beside)
        if picklist is None or part.operator not in ("is", "in"):
            return part
        finer = [picklist.values.get(str(id)) for id in part.operands]
        parents = tuple(sorted({value.maps_to for value in finer if value is not None}))
        return All((part, Compare(beside, "in", parents)))

    return rewritten(condition, add)


def _depend(view: View, asked: set[str]) -> bool:
    """Whether one of the fields says something about another, so that they cannot be judged apart."""
    for name in asked:
        field = view.fields.get(name)
        if field is None:
            continue
        for other in (field.depends_on, field.derived.band_of if field.derived else ""):
            if other and qualified(other, field.object) in asked:
                return True
    return False


RULE = SpecRule(
    Rule(
        "segment-wider",
        Severity.ERROR,
        "A region's segment holds nothing that the global segment around it does not.",
    ),
    check,
)
