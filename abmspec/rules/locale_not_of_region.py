"""A region writes in the languages of its own markets."""

from __future__ import annotations

from collections.abc import Iterator

from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.model.entity import GLOBAL
from abmspec.model.spec import Spec
from abmspec.rules.rule import SpecRule, Subject
from abmspec.rules.variations import variations
from abmspec.words import nearest, quoted


def check(subject: Subject) -> Iterator[Finding]:
    spec = subject.spec
    if spec.is_broken("region.yaml"):
        return
    known = {region: _locales(spec, region) for region in spec.regions}
    for each in variations(subject.resolved):
        locales = known.get(each.scope, ()) if each.scope != GLOBAL else ()
        if not locales or any(tag == each.locale or tag.startswith(f"{each.locale}-") for tag in locales):
            continue
        near = nearest(each.locale, locales)
        region = spec.regions[each.scope]
        yield Finding(
            each.address,
            each.at.key(),
            f"`{each.scope}` does not write {each.locale}: its locales are {quoted(locales)}.",
            f"Did you mean `{near}`? Else add `{each.locale}` to the region's `locales`."
            if near
            else f"Add `{each.locale}` to the region's `locales`, or move the text to where it is read.",
            ((region.at("locales"), "the region's locales"),),
        )


def _locales(spec: Spec, region: str) -> tuple[str, ...]:
    """The locales of a region and of those nested in it, once each."""
    return tuple(dict.fromkeys(tag for id in spec.descendants(region) for tag in spec.regions[id].locales))


RULE = SpecRule(
    Rule(
        "locale-not-of-region",
        Severity.ERROR,
        "A region's texts are in locales of its own or of the regions within it.",
    ),
    check,
)
