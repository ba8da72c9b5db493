"""Languages and countries of texts exist."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.load import PROJECT_PATH
from abmspec.model.entity import Entity, Living
from abmspec.model.region import PicklistOverlay
from abmspec.model.spec import Spec
from abmspec.model.taxonomy import Picklist
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor

# Known without asking the library, whose import costs more than this rule.
COMMON_TAGS = """
    ar cs da de de-AT de-CH de-DE el en en-AU en-CA en-GB en-IE en-IN en-NZ en-US es es-419 es-AR es-CL es-CO es-ES
    es-MX fi fr fr-BE fr-CA fr-CH fr-FR he hi hu id it it-CH it-IT ja ja-JP ko ko-KR ms nb nb-NO nl nl-BE nl-NL no pl
    pl-PL pt pt-BR pt-PT ro ru sk sv sv-SE th tr uk vi zh zh-CN zh-HK zh-Hans zh-Hans-CN zh-Hant zh-Hant-TW zh-TW
"""
COMMON = frozenset(COMMON_TAGS.split())
# A country's code where its language's was meant.
COUNTRIES = {
    "jp": "ja",
    "cn": "zh",
    "kr": "ko",
    "dk": "da",
    "se": "sv",
    "cz": "cs",
    "gr": "el",
    "gb": "en",
    "at": "de",
}

Tag = tuple[str, Anchor, str]


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    tags: list[Tag] = [("project", Anchor(PROJECT_PATH, ("locale",)), spec.project.locale)]
    for region in spec.regions.values():
        tags += [
            (region.address, region.at("locales", index), tag) for index, tag in enumerate(region.locales)
        ]
    for entity in (*spec.entities(), *_overlays(spec)):
        tags += _labels(entity, entity.address, entity.at())
    for picklist in _holders(subject):
        for id, value in picklist.values.items():
            if not COMMON.issuperset(value.labels):
                tags += _labels(value, f"{picklist.address}.value.{id}", picklist.at("values", id))
    tags += _texts(spec)
    for address, at, tag in tags:
        wrong = "" if tag in COMMON else fault(tag)
        if wrong:
            meant = _meant(tag)
            yield Finding(
                address, at, f"`{tag}` is no locale: {wrong}.", _mend(tag, meant), meant=meant or None
            )


def _overlays(spec: Spec) -> Iterator[Entity]:
    for overlay in spec.overlays.values():
        for things in (overlay.picklists, overlay.segments, overlay.plays, overlay.content):
            yield from things.values()
        for fields in overlay.fields.values():
            yield from fields.tightened.values()


def _holders(subject: Subject) -> Iterator[Picklist | PicklistOverlay]:
    for whole in subject.lists:
        yield whole.picklist
        yield from whole.overlays


def _labels(thing: Living, address: str, at: Anchor) -> Iterator[Tag]:
    for tag in thing.labels:
        yield address, at.child("labels", tag, on_key=True), tag


def _texts(spec: Spec) -> Iterator[Tag]:
    """The locales of content, and of slots that regions have localised."""
    for own in spec.owns:
        for content in own.content.values():
            yield from ((content.address, content.key("locales", tag), tag) for tag in content.locales)
    for overlay in spec.overlays.values():
        for texts in overlay.content.values():
            yield from ((texts.address, texts.key("locales", tag), tag) for tag in texts.locales)
        for play in overlay.plays.values():
            for slot, localized in play.content.items():
                for tag in localized.locales:
                    yield play.address, play.key("content", slot, "locales", tag), tag


@cache
def _known() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Languages, scripts and territories that have a name in English."""
    from babel.core import Locale

    english = Locale("en")
    return frozenset(english.languages), frozenset(english.scripts), frozenset(english.territories)


def fault(tag: str) -> str:
    """What is wrong with a tag, as the end of a sentence; empty if nothing is."""
    languages, scripts, territories = _known()
    language, *rest = tag.split("-")
    if language not in languages:
        return f"there is no language `{language}`"
    for part in rest:
        if len(part) == 4 and part not in scripts:
            return f"there is no script `{part}`"
        if len(part) in (2, 3) and part not in territories:
            return f"there is no country `{part}`"
    return ""


def _meant(tag: str) -> str:
    """The tag with the language's own code for that of its country, and `GB` for `UK`; empty where that is none."""
    language, *rest = tag.split("-")
    likely = "-".join((COUNTRIES.get(language, language), *({"UK": "GB"}.get(part, part) for part in rest)))
    return "" if fault(likely) else likely


def _mend(tag: str, meant: str) -> str:
    likely = meant or _nearest(tag, tag.partition("-")[0])
    return (
        f"Did you mean `{likely}`?"
        if likely
        else "Write a language, and a country where it matters: `pt-BR`."
    )


def _nearest(tag: str, language: str) -> str:
    """The common tag that is most like a wrong one, of the same language if there is such; empty if none is."""
    from rapidfuzz import fuzz, process

    same = sorted(other for other in COMMON if other.partition("-")[0] == language)
    found = process.extractOne(tag, same or sorted(COMMON), scorer=fuzz.ratio, score_cutoff=0 if same else 75)
    return str(found[0]) if found else ""


RULE = SpecRule(
    Rule("locale-invalid", Severity.ERROR, "Languages and countries of texts exist."),
    check,
)
