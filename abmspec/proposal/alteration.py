"""Things that exist changed: renamed, deprecated, retired, relabelled, translated, mapped, hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from abmspec.address import GLOBAL
from abmspec.edit import Put
from abmspec.proposal.basis import Basis, Declaration
from abmspec.proposal.calling import called, taken_as
from abmspec.proposal.draft import Draft
from abmspec.proposal.ending import deprecate, retire
from abmspec.proposal.overlaying import hide, overlay_of
from abmspec.proposal.proposal import Proposal, ProposalRefused
from abmspec.proposal.renaming import rename
from abmspec.proposal.request import Alteration, Deprecate, Hide, Map, Relabel, Rename, Retire, Translate
from abmspec.references import Thing, noun
from abmspec.resolve import Resolved
from abmspec.words import did_you_mean, listing, quoted

# As many choices are spelt out in a message.
FEW = 8


def alter(resolved: Resolved, contents: Mapping[str, bytes], request: Alteration, today: date) -> Proposal:
    """The changes that meet a request about something that exists. ProposalRefused where it cannot be met, and why."""
    basis = Basis(resolved, contents, today)
    match request:
        case Rename():
            return rename(basis, request)
        case Deprecate():
            return deprecate(basis, request)
        case Retire():
            return retire(basis, request)
        case Relabel():
            return _relabel(basis, request)
        case Translate():
            return _translate(basis, request)
        case Map():
            return _map(basis, request)
        case Hide():
            return hide(basis, request)


# -- what people read ------------------------------------------------------------------------------


def _relabel(basis: Basis, request: Relabel) -> Proposal:
    declared = basis.find(request.address)
    if declared.seen_from:
        raise ProposalRefused(
            f"The {declared.name} stands above `{declared.seen_from}`, which may say its label in a language: "
            f"`abmspec propose translate {declared.thing.address} fr=… --region {declared.seen_from}`. Name it as "
            f"`{declared.thing.address}` to change it for all."
        )
    if "label" not in declared.attributes:
        raise ProposalRefused(f"The {declared.name} has no label: it is called by its id.")
    draft = Draft(basis.documents, basis.contents)
    draft.later(declared.path, Put((*declared.route, "label"), request.label))
    return Proposal(declared.thing.address, draft.changes(), notes=tuple(_on_label(declared, request.label)))


def _on_label(declared: Declaration, label: str) -> Iterator[str]:
    before = declared.data.get("label", "")
    if before == label:
        yield f"The {declared.name} is labelled so already."
        return
    yield f"The label was `{before}`." if before else "It had no label."
    languages = list(declared.data.get("labels") or ())
    if languages:
        stay = ("label", "stays as it was") if len(languages) == 1 else ("labels", "stay as they were")
        others = listing(languages, "and")
        yield f"Its {stay[0]} in {others} {stay[1]}: `abmspec propose translate` says what is new."


def _translate(basis: Basis, request: Translate) -> Proposal:
    declared = basis.find(request.address)
    region = request.region or declared.seen_from
    if not request.labels:
        raise ProposalRefused(
            "No label is given: name a language and a text, as `de=Finanzdienstleistungen`."
        )
    draft = Draft(basis.documents, basis.contents)
    if region and region != declared.thing.scope:
        overlay = overlay_of(basis, declared, region)
        overlay.put_labels(basis, draft, request.labels)
    elif "labels" not in declared.attributes:
        raise ProposalRefused(f"The {declared.name} has no labels in other languages.")
    else:
        for language, text in request.labels.items():
            draft.later(declared.path, Put((*declared.route, "labels", language), text))
    changes = draft.changes()
    if not changes:
        return Proposal(declared.thing.address, (), notes=(f"The {declared.name} is labelled so already.",))
    notes = tuple(_on_languages(basis, request.labels, region or declared.thing.scope))
    return Proposal(declared.thing.address, changes, notes=notes)


def _on_languages(basis: Basis, languages: Iterable[str], scope: str) -> Iterator[str]:
    """Which languages nobody reads where the labels hold: a slip, or a region that does not say so yet."""
    spec = basis.resolved.spec
    inside = spec.regions if scope == GLOBAL else spec.descendants(scope)
    read = [spec.project.locale] if scope == GLOBAL else []
    for region in inside:
        stated = (spec.regions[each].locales for each in spec.ancestors(region))
        read += next(filter(None, stated), ())
    unread = [each for each in languages if _language(each) not in map(_language, read)]
    if unread and scope == GLOBAL:
        yield f"No region writes in {quoted(unread)}: none has it among its `locales`."
    elif unread and read:
        yield f"`{scope}` does not write in {quoted(unread)}: its `locales` are {quoted(dict.fromkeys(read))}."


def _language(locale: str) -> str:
    """The language of a locale, without script and country."""
    return locale.partition("-")[0]


# -- what is summed --------------------------------------------------------------------------------


def _map(basis: Basis, request: Map) -> Proposal:
    declared = basis.find_defined(request.address)
    parents = {each.id: each for each in _parents(basis, declared)}
    kind, thing = declared.thing.kind, declared.thing
    parent = parents.get(request.maps_to)
    if parent is None and kind == "value":
        in_use = {id for id, each in parents.items() if each.in_use}
        parent = parents.get(called(basis.resolved, _above(basis, thing)[0], request.maps_to, in_use))
    if parent is None:
        there = [each.id for each in parents.values() if each.in_use]
        hint = did_you_mean(request.maps_to, there, most=3) or (
            f"There are {quoted(there)}." if 0 < len(there) <= FEW else ""
        )
        raise ProposalRefused(
            f"There is no {noun(kind)} `{request.maps_to}` that the {declared.name} could roll up to. {hint}".rstrip()
        )
    if not parent.in_use:
        raise ProposalRefused(f"`{parent.id}` is {parent.status}, so nothing can roll up to it.")
    before = declared.data.get("maps_to", "")
    if before == parent.id:
        return Proposal(thing.address, (), notes=(f"The {declared.name} rolls up to `{parent.id}` already.",))
    draft = Draft(basis.documents, basis.contents)
    draft.later(declared.path, Put((*declared.route, "maps_to"), parent.id))
    was = f" It was `{before}`: sums move from the one to the other." if before else ""
    taken = (taken_as(request.maps_to, parent.id),) if request.maps_to != parent.id else ()
    counts = f"`{thing.id}` counts as `{parent.id}` in global sums.{was}"
    return Proposal(thing.address, draft.changes(), notes=(*taken, counts))


def _parents(basis: Basis, declared: Declaration) -> list[Thing]:
    """What a thing may roll up to. ProposalRefused of what rolls up to nothing."""
    thing = declared.thing
    within, scope = _above(basis, thing)
    if "maps_to" not in declared.attributes or scope is None:
        raise ProposalRefused(
            f"The {declared.name} rolls up to nothing. What does: values that a region adds to a list, values of a "
            "list with `rolls_up_to`, and a region's calls to action."
        )
    return [
        each
        for each in basis.index.things.values()
        if (each.kind, each.within, each.scope) == (thing.kind, within, scope)
    ]


def _above(basis: Basis, thing: Thing) -> tuple[str, str | None]:
    """The list and the scope of what a thing rolls up to; no scope where it rolls up to nothing."""
    if thing.kind != "value":
        return "", GLOBAL if thing.scope != GLOBAL else None
    found = basis.resolved.find_picklist(thing.within)
    assert found is not None, "a value stands in a list"
    picklist = found[1]
    above = basis.resolved.find_picklist(picklist.rolls_up_to) if picklist.rolls_up_to else None
    if above is not None:
        return above[1].id, above[1].scope
    return picklist.id, picklist.scope if thing.scope != picklist.scope else None
