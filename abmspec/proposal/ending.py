"""The end of a thing: deprecated, then retired."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from abmspec.edit import Put
from abmspec.proposal.basis import Basis, Declaration
from abmspec.proposal.calling import called, taken_as
from abmspec.proposal.draft import Draft
from abmspec.proposal.proposal import Proposal, ProposalRefused
from abmspec.proposal.replacement import Replacement
from abmspec.proposal.request import Deprecate, Retire
from abmspec.references import Reference, Thing, noun
from abmspec.words import counted, did_you_mean, quoted

# How long those who use something have, where nobody says.
NOTICE = timedelta(days=90)


def deprecate(basis: Basis, request: Deprecate) -> Proposal:
    """The thing marked, and with `replace` its uses moved. ProposalRefused where nothing in use can take over."""
    basis.require_whole()
    declared = basis.find_defined(request.address)
    _require_deprecable(declared)
    successors = _successors(basis, declared, request)
    draft = Draft(basis.documents, basis.contents)
    said = _deprecation(basis, declared, request, successors)
    draft.later(
        declared.path,
        Put((*declared.route, "status"), "deprecated"),
        Put((*declared.route, "deprecated"), said),
    )
    notes = list(_on_name(request, successors))
    notes += _on_sunset(declared, request, said)
    if request.replace:
        new = _one(declared, request, successors)
        _require_alike(basis, declared.thing, new)
        replacement = Replacement(basis, draft, declared.thing, new)
        replacement.make()
        notes += _on_replacement(basis, replacement)
    else:
        notes += _on_uses(basis, declared)
    if basis.is_listed(declared.thing):
        notes.append(
            f"Rows of the account list are not looked at here: those that carry `{declared.thing.id}` have to be "
            "migrated by then."
        )
    return Proposal(declared.thing.address, draft.changes(), notes=tuple(notes))


def retire(basis: Basis, request: Retire) -> Proposal:
    """The thing as a tombstone. ProposalRefused while something uses it, or before its sunset without a reason."""
    basis.require_whole()
    declared = basis.find_defined(request.address)
    thing = declared.thing
    _require_deprecated(declared)
    uses = basis.uses(thing)
    if uses:
        raise ProposalRefused("\n".join(_still_used(basis, declared, uses)))
    sunset = thing.deprecated.sunset if thing.deprecated is not None else ""
    notes = [
        f"`{thing.id}` stays as a tombstone, so that old records keep their meaning. Its id is taken for ever."
    ]
    if sunset > basis.today.isoformat():
        if not request.reason:
            raise ProposalRefused(
                f"The {declared.name} has its sunset on {sunset}, and those who use it were promised that time. Retire "
                "it then, or say with --reason why it cannot wait; the gate will call that breaking."
            )
        notes.append(
            f"Its sunset would be {sunset}, so the gate will call this breaking. Why now: {request.reason}"
        )
    draft = Draft(basis.documents, basis.contents)
    draft.later(declared.path, Put((*declared.route, "status"), "retired"))
    return Proposal(thing.address, draft.changes(), notes=tuple(notes))


# -- deprecating -----------------------------------------------------------------------------------


def _require_deprecable(declared: Declaration) -> None:
    thing = declared.thing
    if not declared.has_life:
        raise ProposalRefused(
            f"The {declared.name} has no status, so it cannot be deprecated. Take it out of {declared.path} by hand."
        )
    if thing.status == "retired":
        raise ProposalRefused(f"The {declared.name} is retired already.")
    if thing.status == "proposed":
        raise ProposalRefused(
            f"The {declared.name} is only proposed, so nobody has it yet. Take it out of {declared.path} by hand."
        )


def _successors(basis: Basis, declared: Declaration, request: Deprecate) -> tuple[Thing, ...]:
    """What takes over: what is asked for, else what the thing says already."""
    thing = declared.thing
    if request.replaced_by:
        return (_successor(basis, declared, request.replaced_by),)
    stated = thing.deprecated.successors if thing.deprecated is not None else ()
    if not stated:
        raise ProposalRefused(
            f"Nothing says what takes over from the {declared.name}. Name the {noun(thing.kind)} with --replaced-by."
        )
    return tuple(_successor(basis, declared, id) for id in stated)


def _successor(basis: Basis, declared: Declaration, id: str) -> Thing:
    """The thing that takes over, by its id or its address. ProposalRefused where it cannot."""
    old = declared.thing
    object_, dot, _ = old.id.rpartition(".")
    full = id if not dot or "." in id else f"{object_}.{id}"
    known = {
        each.id: each
        for each in basis.index.things.values()
        if (each.kind, each.within) == (old.kind, old.within) and basis.sees(each, old.scope)
    }
    named = basis.index.things.get(id)
    new = known.get(full) or (named if named in known.values() else None)
    if new is None and old.kind == "value":
        others = {each.id for each in known.values() if each.status == "active" and each is not old}
        new = known.get(called(basis.resolved, old.within, id, others))
    if new is None:
        there = [each.id for each in known.values() if each.status == "active" and each is not old]
        hint = did_you_mean(full, there) or (f"There are {quoted(there)}." if 0 < len(there) <= 8 else "")
        where = f" in `{old.within}`" if old.within else ""
        raise ProposalRefused(f"There is no {noun(old.kind)} `{id}`{where} to take over. {hint}".rstrip())
    if new.address == old.address:
        raise ProposalRefused(f"The {declared.name} cannot take over from itself.")
    if new.status != "active":
        raise ProposalRefused(
            f"`{new.id}` is {new.status} itself, so it cannot take over. Name one that is in use."
        )
    return new


def _one(declared: Declaration, request: Deprecate, successors: tuple[Thing, ...]) -> Thing:
    """The one thing that uses move to. ProposalRefused where there are several."""
    if len(successors) > 1:
        raise ProposalRefused(
            f"{quoted(each.id for each in successors)} take over from the {declared.name} together, so no use can be "
            "moved for certain. Name one of them with --replaced-by."
        )
    return successors[0]


def _require_alike(basis: Basis, old: Thing, new: Thing) -> None:
    """ProposalRefused where conditions on the one would say something else of the other."""
    if old.kind != "field":
        return
    fields = {name: field for own in basis.resolved.spec.owns for name, field in own.fields.items()}
    one, other = fields[old.id], fields[new.id]
    if (one.type, one.picklist, one.detail_of) != (other.type, other.picklist, other.detail_of):
        held = [f"{each.type} of `{each.picklist}`" if each.picklist else each.type for each in (one, other)]
        raise ProposalRefused(
            f"`{old.id}` holds {held[0]}, `{new.id}` {held[1]}: what is said of the one means nothing of the other. "
            "Deprecate it without --replace, and change what uses it by hand."
        )


def _deprecation(
    basis: Basis, declared: Declaration, request: Deprecate, successors: tuple[Thing, ...]
) -> dict[str, Any]:
    """What `deprecated` says then. What it says already stays where nothing else is asked for."""
    before: dict[str, Any] = declared.data.get("deprecated") or {}
    said = {"date": before.get("date", basis.today.isoformat())}
    said["sunset"] = _sunset(basis, request, before)
    label = successors[0].label or successors[0].id
    said["reason"] = request.reason or before.get("reason") or f"Replaced by {label}."
    ids = [each.id.rpartition(".")[2] for each in successors]
    stated = before.get("replaced_by")
    is_part = isinstance(stated, list) and all(id in [branch.get("value") for branch in stated] for id in ids)
    said["replaced_by"] = stated if is_part else ids[0]
    return said


def _sunset(basis: Basis, request: Deprecate, before: dict[str, Any]) -> str:
    if not request.sunset:
        return str(before.get("sunset") or (basis.today + NOTICE).isoformat())
    if date.fromisoformat(request.sunset) <= basis.today:
        raise ProposalRefused(
            f"The sunset {request.sunset} is not after today, {basis.today}. Give those who use it time."
        )
    return request.sunset


def _on_name(request: Deprecate, successors: tuple[Thing, ...]) -> Iterator[str]:
    for each in successors:
        if each.kind == "value" and request.replaced_by not in ("", each.id, each.address):
            yield taken_as(request.replaced_by, each.id)


def _on_sunset(declared: Declaration, request: Deprecate, said: dict[str, Any]) -> Iterator[str]:
    stated = request.sunset or (declared.data.get("deprecated") or {}).get("sunset")
    default = "" if stated else f" ({NOTICE.days} days; --sunset says otherwise)"
    yield f"Its sunset is {said['sunset']}{default}: what uses it has to be moved by then."


def _on_replacement(basis: Basis, made: Replacement) -> Iterator[str]:
    old, new = made.old.id, made.new.id
    touched = [*made.moved, *(use for use, _ in made.dropped)]
    if made.moved:
        verb = "moves" if len(made.moved) == 1 else "move"
        yield f"{counted(len(made.moved), 'use')} of `{old}` {verb} to `{new}`:"
        yield from (f"  {basis.said(use)}" for use in made.moved)
    if made.dropped:
        verb = "goes" if len(made.dropped) == 1 else "go"
        yield f"{counted(len(made.dropped), 'use')} of `{old}` {verb} without a replacement:"
        yield from (f"  {basis.said(use)}: {why}." for use, why in made.dropped)
    if made.left:
        verb = "stays" if len(made.left) == 1 else "stay"
        yield f"{counted(len(made.left), 'use')} {verb}, for somebody to decide:"
        yield from (f"  {basis.said(use)}: {why}." for use, why in made.left)
    if not (touched or made.left):
        yield f"Nothing uses `{old}`, so nothing is to be moved."
    elif made.old.kind == "value" and any(use.how == "when" for use in touched):
        yield f"Records that still hold `{old}` match no such condition until they are migrated to `{new}`."


def _on_uses(basis: Basis, declared: Declaration) -> Iterator[str]:
    uses = basis.uses(declared.thing)
    if not uses:
        yield f"Nothing uses the {declared.name}."
        return
    verb = "has" if len(uses) == 1 else "have"
    yield f"{counted(len(uses), 'use')} of the {declared.name} {verb} to be moved by then; --replace does it:"
    yield from (f"  {basis.said(use)}" for use in uses)


# -- retiring --------------------------------------------------------------------------------------


def _require_deprecated(declared: Declaration) -> None:
    thing = declared.thing
    if not declared.has_life:
        raise ProposalRefused(f"The {declared.name} has no status, so it cannot be retired.")
    if thing.status == "retired":
        raise ProposalRefused(f"The {declared.name} is retired already.")
    if thing.status != "deprecated":
        raise ProposalRefused(
            f"The {declared.name} is {thing.status}; only what is deprecated is retired, so that those who use it have "
            f"time. First: `abmspec propose deprecate {thing.address} --replaced-by …`."
        )


def _still_used(basis: Basis, declared: Declaration, uses: Sequence[Reference]) -> Iterator[str]:
    thing = declared.thing
    names = "something names" if len(uses) == 1 else f"{len(uses)} places name"
    yield f"The {declared.name} cannot be retired while {names} it:"
    yield from (f"  {basis.said(use)}" for use in uses)
    successors = thing.deprecated.successors if thing.deprecated is not None else ()
    to = f" --replaced-by {successors[0]}" if len(successors) > 1 else ""
    yield f"Move what can be moved: `abmspec propose deprecate {thing.address}{to} --replace`."
