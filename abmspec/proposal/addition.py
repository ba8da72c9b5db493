"""New things: a region, a value, a field … in the right file and order.

What a new thing needs and the request leaves open comes from the spec, or is asked for: nothing is made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from abmspec.address import address_of
from abmspec.model.spec import Spec
from abmspec.proposal import naming
from abmspec.proposal.calling import called, taken_as
from abmspec.proposal.kinds import KINDS
from abmspec.proposal.placement import placed, removed
from abmspec.proposal.proposal import Proposal, ProposalRefused
from abmspec.proposal.question import OF_REQUEST, AnswerMissing, Case, Question, judge
from abmspec.proposal.request import Add
from abmspec.proposal.similar import require_new, similar, told
from abmspec.references.reference import Thing, noun
from abmspec.references.things import things
from abmspec.resolve import Resolved
from abmspec.words import did_you_mean, quoted


def add(resolved: Resolved, contents: Mapping[str, bytes], request: Add, today: date) -> Proposal:
    """The changes that add a thing. AnswerMissing where something has to be said, ProposalRefused where it cannot."""
    case, taken = _by_ids(_completed(Case(resolved, _spelt_out(resolved, request), today)))
    _require_new_id(case)
    made = KINDS[request.kind].make(case)
    found = similar(case)
    require_new(case, found)
    changes = (
        *placed(resolved.spec, contents, (made.piece, *made.others)),
        *(removed(contents, removal) for removal in made.removals),
    )
    return Proposal(_address(case), changes, tuple(each for _, each in found), (*taken, *made.notes))


def open_question(resolved: Resolved, request: Add, today: date, declined: frozenset[str]) -> Question | None:
    """What is to be asked next of somebody who is there to answer; None where all is said.

    `declined` names what was asked and left empty. ProposalRefused where something said cannot be.
    """
    case = Case(resolved, _spelt_out(resolved, request), today)
    for question in KINDS[request.kind].questions(case):
        if _is_said(case, question) or question.silent or question.name in declined:
            continue
        if _is_named(case):
            _require_new_id(case)
            if (found := similar(case)) and not request.reason:
                text = "\n".join((*told(case, found), "Why there has to be another (Ctrl-C: leave it)"))
                return Question("reason", text, closed=False)
        return question
    return None


def choices(resolved: Resolved, request: Add, name: str) -> tuple[str, ...]:
    """What there is to choose from for `name`, in view of what is said already."""
    case = Case(resolved, _spelt_out(resolved, request), date.min)
    for question in KINDS[request.kind].questions(case):
        if question.name == name:
            return question.choices
    return ()


def _completed(case: Case) -> Case:
    """The case with the defaults of what it leaves open. What is said is judged."""
    declined: set[str] = set()
    while True:
        question = next(
            (
                each
                for each in KINDS[case.request.kind].questions(case)
                if each.name not in declined and not _is_said(case, each)
            ),
            None,
        )
        if question is None:
            return case
        if question.default is not None:
            case = case.answered(question.name, question.default)
        elif question.needed and not question.silent:
            if _is_named(case):
                _require_new_id(case)
                require_new(case, similar(case))
            raise AnswerMissing(question, noun(case.request.kind))
        else:
            declined.add(question.name)


def _by_ids(case: Case) -> tuple[Case, tuple[str, ...]]:
    """The case with ids for the values that it names otherwise, and notes that say so."""
    notes = []
    for question in KINDS[case.request.kind].questions(case):
        if id := _called(case, question):
            notes.append(taken_as(case.said(question.name), id))
            case = case.answered(question.name, id)
    return case, tuple(notes)


def _called(case: Case, question: Question) -> str:
    """The id of the value that an answer means by what people call it; empty where it is an id, or means none."""
    said = case.said(question.name)
    if not question.picklist or not isinstance(said, str) or said in question.choices:
        return ""
    return called(case.resolved, question.picklist, said, question.choices)


def _is_named(case: Case) -> bool:
    """Whether it is known what the thing is called: whoever asks for what exists is told so first."""
    return bool(case.request.id and case.request.label)


def _is_said(case: Case, question: Question) -> bool:
    """Whether the request answers a question. ProposalRefused where it cannot be answered so."""
    value = case.said(question.name)
    if value is None or _called(case, question):
        return value is not None
    try:
        judge(question, value)
    except ProposalRefused:
        _require_read(case.spec, f"{value}.yaml")
        raise
    return True


def _require_read(spec: Spec, name: str) -> None:
    """ProposalRefused where a file of the name could not be read: what is not there may be in it."""
    for path in sorted(spec.broken):
        if path.endswith(f"/{name}"):
            raise ProposalRefused(
                f"{path} has errors, so what is in it is unknown. `abmspec check` shows them: mend them first."
            )


def _spelt_out(resolved: Resolved, request: Add) -> Add:
    """The request with a field's object out of its name (`account.nickname`), and a region's own id with its prefix."""
    if misplaced := sorted(OF_REQUEST & request.attributes.keys()):
        raise ProposalRefused(f"Say {quoted(misplaced)} beside `attributes`, not in it.")
    region = request.region
    if region and region not in resolved.spec.regions:
        _require_read(resolved.spec, f"{region}/region.yaml")
        hint = did_you_mean(region, resolved.spec.regions) or f"There are: {quoted(resolved.spec.regions)}."
        raise ProposalRefused(f"There is no region `{region}`. {hint}")
    id, object_ = request.id, request.object
    if request.kind == "field" and "." in id:
        object_, _, id = id.partition(".")
    if request.kind in naming.PREFIXED and region and id:
        naming.require_no_other(resolved.spec, request.kind, id, region)
        id = naming.with_prefix(id, region)
    return msgspec.structs.replace(request, id=id, label=request.label.strip(), object=object_)


def _require_new_id(case: Case) -> None:
    """ProposalRefused where the id is none, belongs to another region, or is taken: by a tombstone too."""
    request = case.request
    naming.require_id(case.spec, request.kind, request.id, request.region if request.kind != "region" else "")
    address = _address(case)
    for thing in things(case.spec):
        if _is_same(case, thing):
            if thing.status == "retired":
                raise ProposalRefused(
                    f"`{request.id}` was a {noun(request.kind)} that is retired ({thing.at.path}), and an id is never "
                    "used again. Choose another."
                )
            raise ProposalRefused(
                f"There is a {noun(request.kind)} `{request.id}` already, in {thing.at.path}: "
                f"`abmspec show {thing.address or address}` shows it."
            )


def _is_same(case: Case, thing: Thing) -> bool:
    request = case.request
    if thing.kind != request.kind:
        return False
    if request.kind == "field":
        return thing.id == f"{request.object}.{request.id}"
    return thing.id == request.id and thing.within in ("", request.picklist)


def _address(case: Case) -> str:
    request = case.request
    if request.kind == "region":
        return f"region.{request.id}"
    kind, id, route = {
        "value": ("picklist", request.picklist, ("values", request.id)),
        "field": ("fields", request.object, ("fields", request.id)),
        "role": ("roles", "", ("roles", request.id)),
    }.get(request.kind, (request.kind, request.id, ()))
    return address_of(kind, id, request.region, route)
