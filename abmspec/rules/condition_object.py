"""A condition asks its own records, what they belong to, and all else through `exists`."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.condition import All, AnyOf, Compare, Condition, Exists, Not
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Route
from abmspec.words import plural, with_article


def check(subject: Subject) -> Iterator[Finding]:
    belongs = _belongs(subject)
    for predicate in subject.conditions:
        if not predicate.object:
            continue
        fields = subject.resolved.view(predicate.scope).fields
        for route, field, object_ in _asked(predicate.when, (), predicate.object):
            asked = field.partition(".")[0]
            if field not in fields or asked == object_ or asked in belongs.get(object_, {"account"}):
                continue
            yield Finding(
                predicate.address,
                predicate.at.child(*route, "field"),
                f"`{field}` is asked of {with_article(object_)}, which may have several {plural(asked)} or none.",
                f"Say whether there is one: `{{exists: {asked}, where: {{field: {field}, …}}}}`.",
            )


def _belongs(subject: Subject) -> dict[str, set[str]]:
    """By object, the objects of which its records have one: those it refers to, and the account."""
    belongs: dict[str, set[str]] = {}
    for view in subject.resolved.views:
        for field in view.fields.values():
            known = belongs.setdefault(field.object, {"account"})
            if field.type == "reference" and field.to:
                known.add(field.to)
    return belongs


def _asked(condition: Condition, route: Route, object_: str) -> Iterator[tuple[Route, str, str]]:
    """Each comparison's route and field, with the object of whose records it is asked."""
    match condition:
        case All(items):
            for index, item in enumerate(items):
                yield from _asked(item, (*route, "all", index), object_)
        case AnyOf(items):
            for index, item in enumerate(items):
                yield from _asked(item, (*route, "any", index), object_)
        case Not(item):
            yield from _asked(item, (*route, "not"), object_)
        case Exists(inner, where, _) if where is not None:
            yield from _asked(where, (*route, "where"), inner)
        case Compare(field):
            yield route, field, object_


RULE = SpecRule(
    Rule(
        "condition-object",
        Severity.ERROR,
        "A condition asks its own records, what they belong to, and all else through `exists`.",
    ),
    check,
)
