"""What exists already and may be what is asked for: by id, label, translation or alias, in every region."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from abmspec.model.entity import GLOBAL, Living
from abmspec.model.spec import Spec, carries_prefix
from abmspec.model.taxonomy import Field, Value
from abmspec.proposal.naming import without_prefix
from abmspec.proposal.proposal import ProposalRefused, Similar
from abmspec.proposal.question import Case
from abmspec.references.reference import noun
from abmspec.similarity import SHORTEST, comparable, is_alike
from abmspec.words import listing

# So many things that exist are told of.
MOST = 3


class Known(NamedTuple):
    """A thing that exists: its id, whose it is, where it stands and what it says."""

    address: str
    id: str
    scope: str
    path: str
    thing: Living


class Name(NamedTuple):
    """A text by which something is known, and what kind of text it is."""

    text: str
    what: str


def similar(case: Case) -> tuple[tuple[Known, Similar], ...]:
    """What exists of the kind and may be what is asked for, the most alike first."""
    request = case.request
    aliases = request.attributes.get("aliases", ())
    labels = request.attributes.get("labels", {})
    asked = [
        Name(request.label, "label"),
        Name(_words(request.id, request.region), "id"),
        *(Name(str(text), "label") for text in (labels.values() if isinstance(labels, dict) else ())),
        *(Name(str(text), "alias") for text in (aliases if isinstance(aliases, list | tuple) else ())),
    ]
    wanted = list(zip(asked, _comparable(asked), strict=True))
    found = []
    for known in _known(case):
        if known.thing.status == "retired":
            continue
        match = _match(wanted, known)
        if match is not None:
            is_same, why = match
            found.append((not is_same, known, Similar(known.address, known.thing.label or known.id, why)))
    return tuple(
        (known, each) for _, known, each in sorted(found, key=lambda each: (each[0], each[1].address))
    )


def _match(wanted: list[tuple[Name, str]], known: Known) -> tuple[bool, str] | None:
    """Whether a thing goes by one of the names, or by one much like it, and by which."""
    names = list(_names(known))
    texts = _comparable(names)
    for name, text in zip(names, texts, strict=True):
        if text and any(text == other for _, other in wanted):
            return True, f'{name.what} "{name.text}"'
    for name, text in zip(names, texts, strict=True):
        for asked, other in wanted:
            if min(len(text), len(other)) >= SHORTEST and is_alike(asked.text, name.text, other, text):
                return False, f'{name.what} "{name.text}", much like "{asked.text}"'
    return None


def _words(id: str, region: str) -> str:
    """An id as words, without its region's prefix."""
    return without_prefix(id, region).replace("-", " ")


def _comparable(names: list[Name]) -> list[str]:
    """The names in the form in which they are compared, each as one line."""
    return comparable(" ".join(name.text.split()) for name in names)


def _names(known: Known) -> Iterator[Name]:
    if known.thing.label:
        yield Name(known.thing.label, "label")
    scope = "" if known.scope == GLOBAL else known.scope
    yield Name(_words(known.id, scope), "id")
    for language, text in known.thing.labels.items():
        yield Name(text, f"label in {language}")
    for alias in known.thing.aliases if isinstance(known.thing, Value) else ():
        yield Name(alias, "alias")


def _known(case: Case) -> Iterator[Known]:
    """Everything of the kind, wherever it stands: of a value all of its list, of a field all of its object."""
    spec, request = case.spec, case.request
    match request.kind:
        case "value":
            yield from _values(spec, request.picklist)
        case "region":
            for region in spec.regions.values():
                yield Known(region.address, region.id, GLOBAL, region.path, region)
        case "role":
            for role in spec.governance.roles.values():
                yield Known(role.address, role.id, GLOBAL, role.path, role)
        case "picklist" | "segment" | "play" | "content" | "field":
            for own in spec.owns:
                for entity in own.entities():
                    if entity.noun == request.kind and (
                        not isinstance(entity, Field) or entity.object == request.object
                    ):
                        yield Known(entity.address, entity.id, entity.scope, entity.path, entity)


def _values(spec: Spec, picklist: str) -> Iterator[Known]:
    """The values of a list, those that regions add to it, and those of lists that roll up to it."""
    for own in spec.owns:
        for each in own.picklists.values():
            if picklist in (each.id, each.rolls_up_to):
                for id, value in each.values.items():
                    yield Known(f"{each.address}.value.{id}", id, each.scope, each.path, value)
    for overlay in spec.overlays.values():
        change = overlay.picklists.get(picklist)
        if change is None:
            continue
        for id, value in change.values.items():
            if carries_prefix(id, overlay.region):
                yield Known(f"{change.address}.value.{id}", id, overlay.region, change.path, value)


def require_new(case: Case, found: tuple[tuple[Known, Similar], ...]) -> None:
    """ProposalRefused where something similar exists and nothing says why there has to be another."""
    if not found or case.request.reason or case.request.kind == "waiver":
        return
    raise ProposalRefused(
        "\n".join((*told(case, found), "If something else is meant, say why with --reason."))
    )


def told(case: Case, found: tuple[tuple[Known, Similar], ...]) -> tuple[str, ...]:
    """What exists, a sentence or two each, the most alike first."""
    return tuple(_said(case, known, each) for known, each in found[:MOST])


def _said(case: Case, known: Known, each: Similar) -> str:
    """What exists, where, and how to use it instead."""
    what = listing([f"`{known.id}`", f'"{each.label}"'], "as")
    return (
        f"There is already the {noun(case.request.kind)} {what.replace(' as ', ' (')}) "
        f"in {known.path}, by its {each.why}. {_instead(case, known)}"
    )


def _instead(case: Case, known: Known) -> str:
    """How to use what exists: it may be offered already, or be another region's."""
    spec, region, id = case.spec, case.request.region, known.id
    if case.request.kind in ("region", "role"):
        return f"Use `{id}`."
    if _is_hidden(case, known):
        return f"`{region}` hides it: take `{id}` out of `hide` to offer it."
    if known.scope == GLOBAL:
        return "It is everybody's: use it, nothing needs to be added."
    if known.scope == region:
        return f"It is `{region}`'s own: use it, nothing needs to be added."
    if not region:
        return f"It is `{known.scope}`'s own: make it everybody's instead of having both."
    if known.scope in spec.ancestors(region):
        return f"`{region}`, inside `{known.scope}`, inherits it: use it, nothing needs to be added."
    if region in spec.ancestors(known.scope):
        return f"`{known.scope}` lies inside `{region}`: it would have both. Move it up instead."
    shared = next((id for id in spec.ancestors(region) if id in spec.ancestors(known.scope)), "")
    level = f"to `{shared}`, which both lie in," if shared else "to the backbone"
    return f"It is `{known.scope}`'s, which `{region}` does not see: move it up {level} for both, or repeat it here."


def _is_hidden(case: Case, known: Known) -> bool:
    view = case.resolved.regions.get(case.request.region)
    if view is None:
        return False
    if case.request.kind == "value":
        return known.id in view.hidden_values.get(case.request.picklist, frozenset())
    return isinstance(known.thing, Field) and known.thing.name in view.hidden_fields
