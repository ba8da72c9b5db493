"""A field whose values depend on another stands beside that one."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.holdings import HeldField, HeldList, Option
from abmspec.model.entity import GLOBAL
from abmspec.model.taxonomy import StoredKey, qualified
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for holdings in subject.holdings.values():
        for held in holdings.fields if holdings.kind.dependencies else ():
            by = held.field.detail_of or held.field.depends_on
            if not by or not held.active or held.options is None:
                continue
            if held.controller is None:
                if not _can_control(subject, held, by):
                    continue
                yield Finding(
                    held.address,
                    held.name_at,
                    f"In {holdings.title} `{held.object}.{held.name}` depends on `{by}`, which is no picklist on "
                    f"`{held.object}` there.",
                    f"Bind `{by}` to `{held.object}` too, or take this binding out.",
                )
                continue
            offered = {option.id for option, _ in held.settings()}
            for option in held.options.options:
                if option.active and option.id not in offered:
                    left_out = _left_out(holdings.instance, held.controller, option)
                    if not left_out and _is_finer(held, option):
                        continue  # What its mapping ought to be is said elsewhere.
                    mend = f"Say under which values of `{by}` it stands: `allowed_for: [<id>]`."
                    if left_out:
                        mend = f"`{left_out}` is `offered: false` there: offer it, or leave this one out there too."
                    yield Finding(
                        option.address,
                        option.at,
                        f"In {holdings.title} no value of `{held.controlled_by}` offers it in `{held.name}`, so nobody "
                        "could choose it.",
                        mend,
                    )


def _can_control(subject: Subject, held: HeldField, by: str) -> bool:
    """Whether the controlling field is there, in use and has a list. Where it is not, that is said elsewhere."""
    name = qualified(by, held.field.object)
    view = subject.resolved.view(held.field.scope)
    return name in view.fields and view.fields[name].in_use and view.picklist_of(name) is not None


def _is_finer(held: HeldField, option: Option) -> bool:
    """Whether the value is to roll up to one of the controlling list."""
    return bool(
        held.field.detail_of or option.scope != GLOBAL or (held.options and held.options.picklist.rolls_up_to)
    )


def _left_out(instance: str, controller: HeldList, option: Option) -> str:
    """The value that would offer it, and that the system is declared not to have; empty where none is."""
    for parent in option.parents:
        value = controller.picklist.values.get(parent)
        stated = value.systems.get(instance) if value is not None and value.in_use else None
        if isinstance(stated, StoredKey) and not stated.offered:
            return parent
    return ""


RULE = SpecRule(
    Rule(
        "system-controller-missing",
        Severity.ERROR,
        "A field whose values depend on another stands beside that one, and each value under one of that one's.",
    ),
    check,
)
