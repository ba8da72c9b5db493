"""An alias leads to one value."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.listed import Listed, WholeList, see_each_other
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


def check(subject: Subject) -> Iterator[Finding]:
    for whole in subject.lists:
        if _has_clashes(whole):
            yield from _clashes(subject, whole)


def _has_clashes(whole: WholeList) -> bool:
    """Whether any name is given to two values, in whichever regions: quick, for the many lists where none is."""
    names: set[str] = set()
    count = 0
    for id, value, _ in whole.values:
        own = set("\n".join((id, value.label, *value.aliases)).casefold().split("\n"))
        count += len(own)
        names |= own
    return len(names) != count


def _clashes(subject: Subject, whole: WholeList) -> Iterator[Finding]:
    named: dict[str, list[tuple[Listed, str, Anchor]]] = {}
    for listed in whole.values:
        if listed.value.status != "retired":
            named.setdefault(listed.id, []).append((listed, "id", listed.at.key()))
            label = (listed, "label", listed.at.child("label"))
            named.setdefault(listed.value.label.casefold(), []).append(label)
    for listed in whole.values:
        for index, alias in enumerate(listed.value.aliases):
            at = listed.at.child("aliases", index)
            others = named.setdefault(alias.casefold(), [])
            for other, what, where in others:
                if other is listed or not see_each_other(subject.spec, listed.scope, other.scope):
                    continue
                yield Finding(
                    listed.address,
                    at,
                    f'"{alias}" would be read as `{listed.id}` or as `{other.id}`, whose {what} it is.',
                    "Leave it with one of them.",
                    ((where, f"`{other.id}` has it here."),),
                )
                break
            others.append((listed, "alias", at))


RULE = SpecRule(
    Rule("alias-ambiguous", Severity.ERROR, "An alias is read as one value, and is no other's id or label."),
    check,
)
