"""A new picklist, and a new value of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from abmspec.model.entity import GLOBAL
from abmspec.model.region import PicklistOverlay
from abmspec.model.spec import Spec
from abmspec.model.taxonomy import Picklist, Value
from abmspec.proposal import naming
from abmspec.proposal.made import Made, data_of, owner_note, owner_question, region_question
from abmspec.proposal.placement import Home, Piece, home_of
from abmspec.proposal.proposal import ProposalRefused
from abmspec.proposal.question import Case, Question
from abmspec.resolve import View
from abmspec.words import did_you_mean, quoted

# ---------------------------------------------------------------- lists


def questions(case: Case) -> Iterator[Question]:
    """What has to be said of a list."""
    yield region_question(case)
    yield from naming.questions(case)
    yield Question("description", "what its values say of a record", closed=False, needed=False)
    if case.request.region:
        above = tuple(id for id, each in case.spec.own.picklists.items() if each.in_use)
        yield Question("rolls_up_to", "to which global list its values roll up", above, needed=False)
    mapped = " (as `Crafts=manufacturing`, with what each rolls up to)" if case.said("rolls_up_to") else ""
    yield Question("values", f"which values it has{mapped}", closed=False, several=True, flag="--value")
    yield from owner_question(case, "picklist")


def make(case: Case) -> Made:
    """The list's file."""
    request = case.request
    values = case.said("values")
    if not isinstance(values, Mapping):
        values = dict(_value(case, str(each)) for each in values)
    home = home_of(case.spec, "picklist", request.region, request.id)
    notes = (
        *owner_note(case, "picklist"),
        "No field holds the list yet: `abmspec new field` adds one.",
    )
    return Made(Piece(home, request.id, data_of(case, values=values)), notes)


def _value(case: Case, text: str) -> tuple[str, dict[str, Any]]:
    """A value of the list as it was asked for: a label, and what it rolls up to."""
    label, _, parent = (part.strip() for part in text.partition("="))
    above, region = case.said("rolls_up_to"), case.request.region
    if not above:
        label, parent = text, ""
    else:
        _require_parent(case, case.spec.own.picklists[above], parent, label)
    id = naming.id_of(label, region)
    naming.require_id(case.spec, "value", id, region)
    return id, {"label": label, **({"maps_to": parent} if parent else {})}


def _require_parent(case: Case, above: Picklist, parent: str, label: str) -> None:
    there = tuple(id for id, value in above.values.items() if value.status == "active")
    if not parent:
        raise ProposalRefused(
            f'Nothing says to which value of `{above.id}` "{label}" rolls up. Write `{label}={there[0]}`, '
            f"or another of {quoted(there)}."
        )
    if parent not in there:
        hint = did_you_mean(parent, there) or f"There are: {quoted(there)}."
        raise ProposalRefused(f"`{parent}` is no value in use of the picklist `{above.id}`. {hint}")


# ---------------------------------------------------------------- values


def value_questions(case: Case) -> Iterator[Question]:
    """What has to be said of a value: its list, its name and, of a region's, the value above it."""
    yield Question("picklist", "which list it joins", tuple(_lists(case)))
    yield region_question(case)
    picklist = _picklist(case)
    if picklist is None:
        return
    yield from naming.questions(case)
    above = _above(case, picklist)
    if above is not None:
        _require_known_parent(case, above)
        yield Question(
            "maps_to",
            f"which value of `{above.id}` it rolls up to",
            tuple(_parents(case, above)),
            picklist=above.id,
        )
    if picklist.bands_of:
        yield Question("from", f"from which number of `{picklist.bands_of}` on", closed=False)
        yield Question("to", "up to which number (empty: no end)", closed=False, needed=False)
    _require_factors(case, picklist)
    for factor in _scoring(case, picklist):
        yield Question(
            f"scores.{factor}",
            f"which score the factor `{factor}` gives it (0 to 100)",
            closed=False,
            flag=f"--score {factor}=NUMBER",
        )
    view = case.resolved.view(_scope(case))
    yield Question(
        "after", "behind which value", tuple(view.picklists[picklist.id].values), needed=False, silent=True
    )


def _scope(case: Case) -> str:
    return case.request.region or GLOBAL


def _lists(case: Case) -> Iterator[str]:
    """The lists to which a value can be added: in a region, those that may be extended, and its own.

    One that is named, and takes none, is among them: why it does not is said by whoever looks closer.
    """
    named, region = case.request.picklist, case.request.region
    for id, picklist in _view(case).picklists.items():
        is_open = not region or picklist.extensible or picklist.scope == region
        if id != named and picklist.in_use and is_open:
            yield id
    if named and case.resolved.find_picklist(named) is not None:
        yield named


def _view(case: Case) -> View:
    """What the region sees; the backbone where it is none."""
    return case.resolved.regions.get(case.request.region, case.resolved.backbone)


def _picklist(case: Case) -> Picklist | None:
    """The list as the request sees it, None where it is unknown. ProposalRefused where nothing may be added to it."""
    request = case.request
    picklist = _view(case).picklists.get(request.picklist)
    if picklist is None:
        found = case.resolved.find_picklist(request.picklist)
        if found is not None:
            raise ProposalRefused(
                f"`{request.picklist}` is a list of `{found[1].scope}`: say --region {found[1].scope}."
            )
        return None
    if picklist.status == "retired":
        raise ProposalRefused(
            f"The picklist `{picklist.id}` is retired ({picklist.path}): it takes no more values."
        )
    if picklist.scope == _scope(case) or picklist.extensible:
        return picklist
    whose = "for everybody" if picklist.scope == GLOBAL else f"for all of `{picklist.scope}`"
    where = "Leave --region out" if picklist.scope == GLOBAL else f"Say --region {picklist.scope}"
    raise ProposalRefused(
        f"Regions may not add to the picklist `{picklist.id}`, as it is not `extensible` ({picklist.path}). "
        f"{where} to propose the value {whose}, or have `extensible: true` agreed first."
    )


def _above(case: Case, picklist: Picklist) -> Picklist | None:
    """The list whose values a new one rolls up to; None where it rolls up to nothing."""
    if picklist.scope != _scope(case):
        return picklist
    return _view(case).picklists.get(picklist.rolls_up_to)


def _parents(case: Case, above: Picklist) -> Iterator[str]:
    """The values that one may roll up to: the list's own, in use and offered in the region."""
    hidden = _view(case).hidden_values.get(above.id, frozenset())
    own = _own_values(case.spec, above)
    return (id for id, value in own.items() if value.status == "active" and id not in hidden)


def _own_values(spec: Spec, picklist: Picklist) -> dict[str, Value]:
    """The values that stand in the list itself."""
    holder = spec.own if picklist.scope == GLOBAL else spec.overlays[picklist.scope].own
    return holder.picklists[picklist.id].values


def _require_known_parent(case: Case, above: Picklist) -> None:
    """ProposalRefused where the value above is one that nothing can roll up to, with the reason."""
    named, region = case.said("maps_to"), case.request.region
    value = _view(case).picklists[above.id].values.get(named) if isinstance(named, str) else None
    if value is None or named in _parents(case, above):
        return
    if value.status != "active":
        successors = value.deprecated.successors if value.deprecated else ()
        instead = f" Its place is taken by {quoted(successors)}." if successors else ""
        raise ProposalRefused(
            f"`{named}` of `{above.id}` is {value.status}, so nothing new rolls up to it.{instead}"
        )
    if value.scope and value.scope != above.scope:
        raise ProposalRefused(
            f"`{named}` is a value of `{value.scope}`, and a value rolls up to one of the list itself. "
            f"Say --maps-to {value.maps_to}, as `{named}` does."
        )
    raise ProposalRefused(f"`{region}` hides `{named}`, so nothing there can roll up to it.")


def make_value(case: Case) -> Made:
    """The value in its list, or in the region's overlay of it."""
    spec, request = case.spec, case.request
    picklist = _view(case).picklists[request.picklist]
    if picklist.scope == _scope(case):
        home = Home(picklist.path, "picklist", ("values",))
        holder: Picklist | PicklistOverlay | None = picklist
        request = msgspec.structs.replace(request, after=request.after or _last_in_use(case, picklist))
    else:
        home = home_of(spec, "picklist-overlay", request.region, picklist.id, "values")
        holder = spec.overlays[request.region].picklists.get(picklist.id)
    beside = request.after if holder is not None and request.after in holder.values else ""
    data = data_of(case, after=request.after if holder is not picklist else "", scores=None)
    scores = tuple(
        Piece(
            home_of(spec, "tiers", "", "", "factors", factor, "scores"),
            request.id,
            _number(case.said(f"scores.{factor}")),
        )
        for factor in _scoring(case, picklist)
    )
    return Made(Piece(home, request.id, data, beside), tuple(_notes(case, picklist)), scores)


def _last_in_use(case: Case, picklist: Picklist) -> str:
    """The value behind which a new one stands: what is on its way out stays last."""
    in_use = [
        id for id, value in _own_values(case.spec, picklist).items() if value.status in ("active", "proposed")
    ]
    return in_use[-1] if in_use else ""


def _notes(case: Case, picklist: Picklist) -> Iterator[str]:
    """What expects something of each value of the list, and what the region's own means."""
    request, spec = case.request, case.spec
    if request.region and case.said("maps_to"):
        below = [id for id in spec.descendants(request.region) if id != request.region]
        seen = f", and so do the regions in it ({quoted(below)})" if below else ""
        yield (f"`{request.region}` offers it{seen}; every report counts it as `{case.said('maps_to')}`.")
    yield from _expecting(case, picklist)


def _scoring(case: Case, picklist: Picklist) -> Iterator[str]:
    """The factors of the tiers that give each of the list's own values a score."""
    tiers = case.spec.tiers
    if tiers is None or case.request.region:
        return
    holding = {field.name for field in case.spec.own.fields.values() if field.picklist == picklist.id}
    for id, factor in tiers.factors.items():
        if factor.scores and holding.intersection(factor.inputs):
            yield id


def _require_factors(case: Case, picklist: Picklist) -> None:
    """ProposalRefused where a score is given for what gives the list's values none."""
    scoring, said = tuple(_scoring(case, picklist)), case.said("scores")
    for factor in said if isinstance(said, Mapping) else ():
        if factor not in scoring:
            raise ProposalRefused(
                f"No factor `{factor}` scores the values of `{picklist.id}`. {did_you_mean(factor, scoring)}".rstrip()
            )


def _number(said: Any) -> Any:
    """A score as a number. ProposalRefused where it is none."""
    try:
        number = float(said)
    except (TypeError, ValueError):
        raise ProposalRefused(f"`{said}` is no score. A score is a number from 0 to 100.") from None
    return int(number) if number.is_integer() else number


def _expecting(case: Case, picklist: Picklist) -> Iterator[str]:
    request = case.request
    for factor in _scoring(case, picklist):
        yield f"The factor `{factor}` of the tiers gives it the score {case.said(f'scores.{factor}')}."
    closed = [
        other.id for own in case.spec.owns for other in own.picklists.values()
        if other.rolls_up_to == picklist.id and any(value.allowed_for for value in other.values.values())
        and (not request.region or request.region in case.spec.ancestors(other.scope))
    ]  # fmt: skip
    for id in closed:
        yield (
            f"Values of `{id}` say in `allowed_for` what they are offered for: does `{request.id}` belong there?"
        )
