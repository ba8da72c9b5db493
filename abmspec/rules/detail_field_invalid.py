"""A detail field holds what regions add to another field's list, beside that field."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Binding, Field, qualified
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    first: dict[str, Field] = {}
    for view in subject.resolved.views:
        for field in view.fields.values():
            if not field.detail_of or field.scope != view.scope or field.status == "retired":
                continue
            base = view.fields.get(qualified(field.detail_of, field.object))
            if base is None:
                continue
            for at, message, mend in (*_kind(subject, field, base), *_places(field, base)):
                yield Finding(
                    field.address, at, message, mend, ((base.key(), f"`{base.name}` is defined here."),)
                )
            other = first.setdefault(base.name, field)
            if other is not field:
                yield Finding(
                    field.address,
                    field.at("detail_of"),
                    f"`{base.name}` has a detail field already: `{other.name}`.",
                    f"Use `{other.name}`.",
                    ((other.key(), f"`{other.name}` is defined here."),),
                )


Fault = tuple[Anchor, str, str]


def _kind(subject: Subject, field: Field, base: Field) -> Iterator[Fault]:
    """What the two fields are."""
    at = field.at("detail_of")
    if base.detail_of:
        yield (
            at,
            f"`{base.name}` is a detail field itself.",
            f"Name the field of which it is one: `{base.detail_of}`.",
        )
        return
    if field.picklist:
        yield (
            field.at("picklist"),
            f"A detail field holds the regional values of `{base.name}`'s list, and has none of its own.",
            "Take `picklist` out.",
        )
    found = subject.resolved.find_picklist(base.picklist) if base.picklist else None
    if not base.picklist:
        yield (
            at,
            f"`{base.name}` has no picklist, so regions add nothing to it.",
            "Name a field that has a picklist.",
        )
    elif found is not None and not found[1].extensible:
        mend = f"Set `extensible: true` in `{found[1].path}`, or drop the field."
        yield at, f"Regions may not add to `{base.picklist}`, so nothing would ever stand in the field.", mend
    if field.type not in ("picklist", "multipicklist"):
        yield (
            field.at("type"),
            f"A detail field is a picklist, and this is a {field.type} field.",
            "Set `type: picklist`.",
        )


def _places(field: Field, base: Field) -> Iterator[Fault]:
    """Where the two fields stand: the detail beside its field, or declared not to."""
    for system in base.systems:
        stated = field.systems.get(system)
        beside = (stated if isinstance(stated, tuple) else (stated,)) if stated is not None else ()
        missing = [binding.object for binding in base.bindings(system) if not _stands(binding, beside)]
        if not missing:
            continue
        objects = " and ".join(f"`{name}`" for name in missing if name) or "where its field is"
        yield (
            field.at("systems", system) if stated is not None else field.key(),
            f"In `{system}`, `{base.name}` stands on {objects}, and its detail field neither stands there nor "
            "says that it does not.",
            f"Add `{{object: {missing[0] or '…'}}}`; with `offered: false`, the parent is stored there.",
        )


def _stands(binding: Binding, beside: tuple[Binding, ...]) -> bool:
    return any(each.object == binding.object or (not each.offered and not each.object) for each in beside)


RULE = SpecRule(
    Rule(
        "detail-field-invalid",
        Severity.ERROR,
        "A detail field stands beside its field, whose list regions may extend.",
    ),
    check,
)
