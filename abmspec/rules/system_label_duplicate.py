"""Labels of a list differ where the system wants that.

`duplicate_label` compares values that one region sees; here are those that meet only in a system: of sibling regions,
or retired ones where the system counts them.
"""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.holdings import Option
from abmspec.rules.listed import see_each_other
from abmspec.rules.rule import SpecRule, Subject


def check(subject: Subject) -> Iterator[Finding]:
    for holdings in subject.holdings.values():
        wanted = holdings.kind.lists.unique_labels if holdings.kind.lists else ""
        for held in holdings.lists if wanted else ():
            seen: dict[str, Option] = {}
            for option in held.options:
                if wanted == "active" and not option.active:
                    continue
                first = seen.setdefault(option.label.casefold(), option)
                if first is not option and not _meet_before(subject, option, first):
                    yield Finding(
                        option.address,
                        option.place("label"),
                        f"{holdings.title} would show `{option.id}` and `{first.id}` under the same label, "
                        f"`{option.label}`.",
                        "Let the label say what sets it apart.",
                        ((first.place("label"), f"`{first.id}` is called so too."),),
                    )


def _meet_before(subject: Subject, one: Option, other: Option) -> bool:
    retired = "retired" in (one.value.status, other.value.status)
    return not retired and see_each_other(subject.spec, one.scope, other.scope)


RULE = SpecRule(
    Rule(
        "system-label-duplicate",
        Severity.ERROR,
        "Values that meet only in a system, such as two sibling regions' own, differ in their labels there.",
    ),
    check,
)
