"""Every field is classed, with why, where, how long and for what its data is held."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.taxonomy import Field
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.scope import fields_in_use, lacking
from abmspec.source import Anchor
from abmspec.words import quoted

# Classes of data about companies, not people: for these, storage and use may be left to what the law allows anyway.
ABOUT_COMPANIES = frozenset({"firmographic", "technographic", "commercial", "internal"})
ALWAYS = ("lawful_basis", "retention")
ABOUT_PEOPLE = ("lawful_basis", "storage", "retention", "use")


def check(subject: Subject) -> Iterator[Finding]:
    for address, at, name in lacking(subject.spec, lambda field: field.privacy is None):
        yield Finding(
            address,
            at,
            f"No data standard is said of {name}: nobody knows what may be done with it.",
            "Add `privacy: {class: …, lawful_basis: …, storage: …, retention: …, use: […]}`.",
        )
    reported: set[Anchor] = set()
    for field in fields_in_use(subject.spec):
        at = field.at("privacy")
        if field.privacy is None or at in reported:
            continue
        missing = _missing(subject, field)
        if missing:
            reported.add(at)
            yield Finding(
                field.address,
                at,
                f"The data standard of `{field.name}`, of class `{field.privacy.class_}`, does not say "
                f"{quoted(missing)}.",
                f"Add {quoted(missing)} to `privacy`.",
            )


def _missing(subject: Subject, field: Field) -> tuple[str, ...]:
    """What the standard ought to say and does not. An empty `use` is said: nothing is allowed."""
    assert field.privacy is not None
    needed = ALWAYS if field.privacy.class_ in ABOUT_COMPANIES else ABOUT_PEOPLE
    return tuple(
        name
        for name in needed
        if not getattr(field.privacy, name)
        and not (name == "use" and subject.spec.says(field.at("privacy", "use")))
    )


RULE = SpecRule(
    Rule(
        "field-data-standard-missing",
        Severity.ERROR,
        "Every field is classed, with why, where, how long and for what its data is held.",
    ),
    check,
)
