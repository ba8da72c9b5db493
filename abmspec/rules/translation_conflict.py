"""One text per system and language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.entity import GLOBAL, Living
from abmspec.model.region import PicklistOverlay
from abmspec.model.spec import carries_prefix
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor


class Text(NamedTuple):
    """What one region calls something in one language."""

    region: str
    text: str
    address: str
    at: Anchor


Texts = dict[tuple[str, str], list[Text]]


def check(subject: Subject) -> Iterator[Finding]:
    yield from _in_own_language(subject)
    for (_, language), texts in _texts(subject).items():
        if language == subject.spec.project.locale:
            continue
        first, *others = texts
        for text in others:
            system = _shared_system(subject, first.region, text.region) if text.text != first.text else ""
            if system:
                yield Finding(
                    text.address,
                    text.at,
                    f'`{system}` holds one text per language, and in `{language}` `{text.region}` says "{text.text}" '
                    f'where `{first.region}` says "{first.text}".',
                    "Agree on one, and say it once, where both regions inherit it.",
                    ((first.at, f"`{first.region}` says it here."),),
                )


def _in_own_language(subject: Subject) -> Iterator[Finding]:
    """Texts in the language that the project itself is written in: there the `label` says it."""
    language = subject.spec.project.locale
    for entity in subject.spec.entities():
        # A region's own things may have a label in the language that is spoken there.
        if entity.scope == GLOBAL and language in entity.labels:
            yield _said_by_label(language, entity.address, entity.at("labels", language))
    for whole in subject.lists:
        for listed in whole.values:
            if listed.scope == GLOBAL and language in listed.value.labels:
                yield _said_by_label(language, listed.address, listed.at.child("labels", language))
    for text in (text for (_, said), texts in _texts(subject).items() for text in texts if said == language):
        yield _said_by_label(language, text.address, text.at)


def _said_by_label(language: str, address: str, at: Anchor) -> Finding:
    return Finding(
        address,
        at,
        f"The project is written in `{language}`, in which the `label` says what this is called, everywhere.",
        f"Take `{language}` out of `labels`; a text for one country has its own tag, as `en-GB`.",
    )


def _texts(subject: Subject) -> Texts:
    """What regions call things from above, by thing and language, in the order of the regions."""
    found: Texts = {}
    for region, overlay in subject.spec.overlays.items():
        for change in overlay.picklists.values():
            _add(found, f"picklist {change.id}", change, region, change.address, change.at())
            _add_values(found, change, region)
        for fields in overlay.fields.values():
            for field in fields.tightened.values():
                _add(found, f"field {field.name}", field, region, field.address, field.at())
    return found


def _add_values(found: Texts, change: PicklistOverlay, region: str) -> None:
    for id, value in change.values.items():
        if value.labels and not carries_prefix(id, region):
            address = f"{change.address}.value.{id}"
            _add(found, f"value {change.id} {id}", value, region, address, change.at("values", id))


def _add(found: Texts, what: str, thing: Living, region: str, address: str, at: Anchor) -> None:
    for language, text in thing.labels.items():
        place = Text(region, text, address, at.child("labels", language))
        found.setdefault((what, language), []).append(place)


def _shared_system(subject: Subject, one: str, other: str) -> str:
    """The first system that holds both regions; empty if none does."""
    spec = subject.spec
    for id, system in spec.systems.systems.items() if spec.systems is not None else ():
        held = set(system.regions)
        if system.status != "retired" and (
            not held or all(held.intersection(spec.ancestors(region)) for region in (one, other))
        ):
            return id
    return ""


RULE = SpecRule(
    Rule(
        "translation-conflict",
        Severity.ERROR,
        "Regions that share a system call the same thing the same in each language.",
    ),
    check,
)
