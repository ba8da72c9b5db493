"""Codes that others keep: countries and their parts, currencies, time zones.

pycountry's tables are read as the files they are, for importing the package takes longer than checking a spec.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any

# Codes that people write, and that are not ISO's.
USUAL_SLIPS = MappingProxyType({"EL": "GR", "EN": "GB", "UK": "GB"})


def is_country(code: str) -> bool:
    """Whether it is a country's code in ISO 3166-1 (`DE`)."""
    return code in _countries()


def country_name(code: str) -> str:
    """The country's short name; the code itself where it is none."""
    return _countries().get(code, code)


def main_locale(country: str) -> str:
    """The locale in which most people of a country read: `is-IS`; empty where that is unknown."""
    from babel.core import get_global
    from babel.languages import get_official_languages

    likely: Mapping[str, str] = get_global("likely_subtags")
    if f"und_{country}" not in likely:
        spoken = get_official_languages(country, de_facto=True)
        return f"{spoken[0]}-{country}" if spoken else ""
    language, script, *_ = likely[f"und_{country}"].split("_")
    is_usual = likely.get(language, "").split("_")[1:2] == [script]
    return f"{language}-{country}" if is_usual else f"{language}-{script}-{country}"


def main_locales(countries: Iterable[str]) -> list[str]:
    """The main locale of each country, where one is known."""
    return list(dict.fromkeys(filter(None, map(main_locale, countries))))


def is_subdivision(code: str) -> bool:
    """Whether it is the code of a part of a country in ISO 3166-2 (`US-CA`)."""
    return code in _codes("iso3166-2", "3166-2", "code")


def is_currency(code: str) -> bool:
    """Whether it is a currency's code in ISO 4217 (`USD`)."""
    return code in _codes("iso4217", "4217", "alpha_3")


def is_time_zone(name: str) -> bool:
    """Whether the IANA database has a time zone of this name. True where no database is installed."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return not _has_time_zones()
    return True


def _has_time_zones() -> bool:
    from zoneinfo import available_timezones

    return bool(available_timezones())


def countries() -> Mapping[str, str]:
    """The countries' short names by their codes, sorted."""
    return MappingProxyType(dict(sorted(_countries().items())))


def currencies() -> Mapping[str, str]:
    """The currencies' names by their codes, sorted."""
    return MappingProxyType(
        {
            entry["alpha_3"]: entry["name"]
            for entry in sorted(_table("iso4217", "4217"), key=itemgetter("alpha_3"))
        }
    )


@cache
def _countries() -> Mapping[str, str]:
    return MappingProxyType(
        {entry["alpha_2"]: entry.get("common_name", entry["name"]) for entry in _table("iso3166-1", "3166-1")}
    )


@cache
def _codes(file: str, standard: str, attribute: str) -> frozenset[str]:
    return frozenset(entry[attribute] for entry in _table(file, standard))


def _table(file: str, standard: str) -> list[dict[str, Any]]:
    found = find_spec("pycountry")
    assert found is not None
    assert found.origin is not None
    text = Path(found.origin).with_name("databases").joinpath(f"{file}.json").read_text(encoding="utf-8")
    table: list[dict[str, Any]] = json.loads(text)[standard]
    return table
