"""A dependent list knows for which values of its controlling field each of its own is offered."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Field, qualified
from abmspec.resolve import View
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    for view in subject.resolved.views:
        for field in view.fields.values():
            if not field.depends_on or field.scope != view.scope or field.status == "retired":
                continue
            base = view.fields.get(qualified(field.depends_on, field.object))
            if base is not None:
                for at, message, mend in _faults(view, field, base):
                    related = ((base.key(), f"`{base.name}` is defined here."),)
                    yield Finding(field.address, at, message, mend, related)


def _faults(view: View, field: Field, base: Field) -> Iterator[tuple[Anchor, str, str]]:
    at = field.at("depends_on")
    if base is field:
        yield (
            at,
            "A field cannot depend on itself.",
            "Name the field that controls it, or take `depends_on` out.",
        )
        return
    if _is_circle(view, field):
        yield at, f"`{field.name}` and `{base.name}` depend on each other.", "Take one `depends_on` out."
        return
    if not base.picklist:
        yield (
            at,
            f"`{base.name}` has no picklist, so it cannot control what is offered.",
            "Name a field that has one.",
        )
        return
    picklist = view.picklists.get(field.picklist)
    if picklist is None or picklist.rolls_up_to == base.picklist:
        return
    rolls = f"rolls up to `{picklist.rolls_up_to}`" if picklist.rolls_up_to else "rolls up to none"
    yield (
        at,
        f"`{base.name}` offers values of `{base.picklist}`, and the list `{picklist.id}` {rolls}, so nothing says what "
        "is offered when.",
        f"Add `rolls_up_to: {base.picklist}` to `{picklist.path}`, and `maps_to` to its values.",
    )


def _is_circle(view: View, field: Field) -> bool:
    seen = {field.name}
    following = view.fields.get(qualified(field.depends_on, field.object))
    while following is not None and following.depends_on:
        if following.name in seen:
            return False  # A circle further on: its own fields are told.
        seen.add(following.name)
        following = view.fields.get(qualified(following.depends_on, following.object))
        if following is field:
            return True
    return False


RULE = SpecRule(
    Rule(
        "depends-on-invalid",
        Severity.ERROR,
        "A field depends on one with a picklist, and its own list says what is offered for each of those values.",
    ),
    check,
)
