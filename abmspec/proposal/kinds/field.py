"""A new field of the data dictionary, global or a region's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from abmspec.model.spec import Spec
from abmspec.model.taxonomy import LIST_TYPES, Consumer, FieldType, Writer
from abmspec.proposal import naming
from abmspec.proposal.made import Made, data_of, region_question, roles
from abmspec.proposal.placement import Home, Piece, home_of
from abmspec.proposal.question import Case, Question
from abmspec.references.index import BUILT_IN_OBJECTS
from abmspec.words import listing, quoted

# What every field says, for itself or by its dictionary's defaults: `written_by` as the file has it, and so on.
_STANDARDS = {
    "written_by": "what writes it, the strongest first",
    "consumers": "who uses it",
    "system_of_record": "which system's value counts",
    "quality_owner": "who answers for its quality",
    "change_route": "by which activity of the RACI a change of it is asked for",
    "privacy": "how its data is classed, and why and how long it is held",
    "systems": "in which systems it stands",
}


def questions(case: Case) -> Iterator[Question]:
    """What has to be said of a field: whose it is, what it holds, and what its dictionary does not say for all."""
    spec = case.spec
    objects = tuple(dict.fromkeys(field.object for field in spec.own.fields.values()))
    yield Question("object", "which object it describes", objects)
    yield region_question(case)
    yield from naming.questions(case)
    yield Question("description", "what it means, in a sentence", closed=False)
    yield Question("type", "of which type it is", get_args(FieldType))
    view = case.resolved.regions.get(case.request.region, case.resolved.backbone)
    if case.said("type") in LIST_TYPES and not case.said("detail_of"):
        lists = tuple(id for id, each in view.picklists.items() if each.in_use)
        yield Question("picklist", "which picklist it takes its values from", lists)
    if case.said("type") == "reference":
        yield Question("to", "to which object it leads", (*objects, *sorted(BUILT_IN_OBJECTS)))
    known = {**_defaults(case, _home(case)), **_taken(case)}
    for name, text in _STANDARDS.items():
        yield Question(
            name, text, _choices(case, name), needed=name not in known, silent=name in known,
            closed=name not in ("privacy", "systems"), several=name in ("written_by", "consumers"),
        )  # fmt: skip


def _choices(case: Case, name: str) -> tuple[str, ...]:
    spec = case.spec
    return {
        "written_by": get_args(Writer),
        "consumers": get_args(Consumer),
        "system_of_record": tuple(spec.systems.systems) if spec.systems is not None else (),
        "quality_owner": roles(spec),
        "change_route": tuple(spec.governance.activities),
    }.get(name, ())


def _home(case: Case) -> Home:
    request = case.request
    kind = "fields-overlay" if request.region else "fields"
    return home_of(case.spec, kind, request.region, request.object, "fields")


def _defaults(case: Case, home: Home) -> Mapping[str, Any]:
    """What the field's file says for all fields in it."""
    document = case.spec.documents.get(home.path)
    defaults = document.data.get("defaults") if document is not None else None
    return defaults if isinstance(defaults, Mapping) else {}


def _taken(case: Case) -> Mapping[str, Any]:
    """What a region's own field takes from the global dictionary's defaults, where its file has none of its own."""
    request, spec = case.request, case.spec
    if not request.region or request.region not in spec.regions:
        return {}
    dictionary = _defaults(case, home_of(spec, "fields", "", request.object, "fields"))
    taken = {name: dictionary[name] for name in _STANDARDS if name in dictionary}
    if isinstance(taken.get("systems"), Mapping):
        taken["systems"] = dict(_bound(spec, request.region, taken["systems"]))
    if spec.regions[request.region].owner:
        taken["quality_owner"] = spec.regions[request.region].owner
    return {name: value for name, value in taken.items() if name not in _defaults(case, _home(case))}


def _bound(spec: Spec, region: str, systems: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The bindings of a region's field: none in a system that is for other regions."""
    kin = {*spec.ancestors(region), *spec.descendants(region)}
    known = spec.systems.systems if spec.systems is not None else {}
    for id, binding in systems.items():
        serves = id not in known or not known[id].regions or not kin.isdisjoint(known[id].regions)
        yield id, binding if serves else {"offered": False}


def make(case: Case) -> Made:
    """The field, behind the others of its file."""
    request, home, taken = case.request, _home(case), _taken(case)
    own = [name for name in taken if case.said(name) is None]
    systems = case.said("systems") or {}
    if "systems" in taken:
        systems = {**taken["systems"], **systems}
    more = {**{name: taken[name] for name in own}, "picklist": request.picklist, "systems": systems}
    data = data_of(case, **more)
    notes = []
    if own:
        path = home_of(case.spec, "fields", "", request.object).path
        notes.append(
            f"It takes {quoted(own)} from {path}{' and its region' if 'quality_owner' in own else ''}: "
            "see whether they hold for it, above all for how long and where its data may be kept."
        )
    elif not request.region and (defaults := _defaults(case, home)):
        said = [name for name in _STANDARDS if name in defaults and case.said(name) is None]
        notes.append(f"From the file's `defaults` it has {listing([f'`{name}`' for name in said], 'and')}.")
    return Made(Piece(home, request.id, data, request.after), tuple(notes))
