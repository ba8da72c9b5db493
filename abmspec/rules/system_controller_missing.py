"""A field whose values depend on another stands beside that one."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.holdings import HeldField, Option
from abmspec.model.entity import GLOBAL
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for holdings in subject.holdings.values():
        for held in holdings.fields if holdings.kind.dependencies else ():
            by = held.field.detail_of or held.field.depends_on
            if not by or not held.active or held.options is None:
                continue
            if held.controller is None:
                yield Finding(
                    held.address,
                    held.name_at,
                    f"In {holdings.title} `{held.object}.{held.name}` depends on `{by}`, which is no picklist on "
                    f"`{held.object}` there.",
                    f"Bind `{by}` to `{held.object}` too, or take this binding out.",
                )
                continue
            offered = {option.id for option, _ in held.settings()}
            known = {*held.controller.by_id(), *held.controller.picklist.values}
            for option in held.options.options:
                if option.active and option.id not in offered and not _is_mismapped(held, option, known):
                    yield Finding(
                        option.address,
                        option.at,
                        f"In {holdings.title} no value of `{held.controlled_by}` offers it in `{held.name}`, so nobody "
                        "could choose it.",
                        f"Say under which values of `{by}` it stands: `allowed_for: [<id>]`.",
                    )


def _is_mismapped(held: HeldField, option: Option, known: set[str]) -> bool:
    """Whether a finer value says no parent, or none that exists: what its mapping ought to be is said elsewhere."""
    finer = (
        held.field.detail_of or option.scope != GLOBAL or (held.options and held.options.picklist.rolls_up_to)
    )
    return bool(finer) and not known.intersection(option.parents)


RULE = SpecRule(
    Rule(
        "system-controller-missing",
        Severity.ERROR,
        "A field whose values depend on another stands beside that one, and each value under one of that one's.",
    ),
    check,
)
