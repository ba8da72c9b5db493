"""Countries and their parts are written as ISO codes that exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from abmspec.codes import USUAL_SLIPS, country_name, is_country, is_subdivision
from abmspec.diagnostic import Finding, Rule, Severity
from abmspec.load import PROJECT_PATH
from abmspec.rules.rule import SpecRule, Subject
from abmspec.source import Anchor

# Codes of the country's own that the standard does not have.
CERTAIN_SLIPS = frozenset({"EL", "UK"})


def check(subject: Subject) -> Iterator[Finding]:
    for address, at, code in _codes(subject):
        known = is_subdivision(code) if "-" in code else is_country(code)
        if known:
            continue
        near = USUAL_SLIPS.get(code, "")
        standard = "ISO 3166-2 has no part of a country" if "-" in code else "ISO 3166-1 has no country"
        yield Finding(
            address,
            at,
            f"{standard} with the code `{code}`.",
            f"Did you mean `{near}`, {country_name(near)}?"
            if near
            else "Look the code up, and write it in capitals.",
            meant=near if code in CERTAIN_SLIPS else None,
        )


def _codes(subject: Subject) -> Iterator[tuple[str, Anchor, str]]:
    spec = subject.spec
    holidays = Anchor(PROJECT_PATH, ("calendar", "holidays"))
    yield from _each("project", holidays, spec.project.calendar.holidays)
    for region in spec.regions.values():
        yield from _each(region.address, region.at("countries"), region.countries)
        yield from _each(region.address, region.at("subdivisions"), region.subdivisions)
        if region.calendar is not None and spec.says(region.at("calendar")):
            yield from _each(region.address, region.at("calendar", "holidays"), region.calendar.holidays)
    if spec.jurisdictions is not None:
        for id, jurisdiction in spec.jurisdictions.jurisdictions.items():
            at = spec.jurisdictions.at("jurisdictions", id)
            yield from _each(f"jurisdiction.{id}", at.child("countries"), jurisdiction.countries)
            yield from _each(f"jurisdiction.{id}", at.child("subdivisions"), jurisdiction.subdivisions)


def _each(address: str, at: Anchor, codes: Iterable[str]) -> Iterator[tuple[str, Anchor, str]]:
    for index, code in enumerate(codes):
        yield address, at.child(index), code


RULE = SpecRule(
    Rule("country-invalid", Severity.ERROR, "Countries and their parts are written as ISO codes that exist."),
    check,
)
