"""What a new project is made from, what is wrong with an answer, and what usually follows from little."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from abmspec import codes
from abmspec.words import capitalized, slug

Crm = Literal["salesforce", "hubspot"]
Map = Literal["marketo", "none"]

# As the schemas have them.
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
# Ids of roles and seats are made of a region's.
LONGEST_ID, LONGEST_REGION, LONGEST_LOGIN = 80, 60, 100
# What a target of a figure or the scope of a sign-off means by it, and so no region's name.
TAKEN = frozenset({"global"})


@dataclass(frozen=True, slots=True)
class Answers:
    """What there is to say of a new project: valid ids, codes and logins, and labels of one line.

    `logins` are the people who approve: operations first, then marketing, then sales; whoever comes after them sits
    on the council. One person may be all of them.
    """

    name: str
    region: str
    region_label: str
    countries: tuple[str, ...]
    locale: str
    currency: str
    time_zone: str
    crm: Crm
    map: Map
    logins: tuple[str, ...]

    @property
    def label(self) -> str:
        """The name as people read it: `Acme ABM`."""
        return " ".join(word.upper() if word == "abm" else capitalized(word) for word in self.name.split("-"))


def region_id(label: str) -> str:
    """The id of a region that is called so, as `north-america`; empty where the label gives none."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    return slug(plain)


def region_label(said: str) -> str:
    """What people read: as it was said, or made from an id, `DACH` and `North America`."""
    if not ID.fullmatch(said):
        return said
    return said.upper() if len(said) <= 4 else " ".join(map(capitalized, said.split("-")))


def name_fault(name: str) -> str:
    """What is wrong with a project's name, with the mend; empty if nothing is."""
    return _id_fault(name, name, slug(name) or "acme-abm", LONGEST_ID)


def region_fault(said: str) -> str:
    """What is wrong with a region's name or id, with the mend; empty if nothing is."""
    id = region_id(said)
    if id in TAKEN:
        return (
            f"`{id}` is what all regions share, and no region's name. Write `north-america`, or another one."
        )
    if not said.isprintable() or said != said.strip():
        return "The name of a region is one line of text without blanks at its ends."
    if not id:
        return (
            f"`{said}` gives no id, which needs Latin letters. Write one, as `japan`: what people read is the label in "
            "the region's region.yaml, and that can be anything."
        )
    return _id_fault(said, id, "north-america", LONGEST_REGION)


def _id_fault(said: str, id: str, mend: str, longest: int) -> str:
    if not ID.fullmatch(id):
        return (
            f"`{said}` gives no id, which is lower-case words joined by hyphens, beginning with a letter. "
            f"Write one as `{mend if ID.fullmatch(mend) else f'abm-{mend}'}`."
        )
    return f"`{id}` is longer than {longest} letters." if len(id) > longest else ""


def country_fault(code: str) -> str:
    """What is wrong with a country's code, with the mend; empty if nothing is."""
    if codes.is_country(code):
        return ""
    likely = codes.USUAL_SLIPS.get(code.upper(), code.upper())
    mend = f"Did you mean `{likely}`?" if codes.is_country(likely) else "Write codes of ISO 3166-1: `DE,AT`."
    return f"`{code}` is no country's code. {mend}"


def currency_fault(code: str) -> str:
    """What is wrong with a currency's code, with the mend; empty if nothing is."""
    if codes.is_currency(code):
        return ""
    mend = (
        f"Did you mean `{code.upper()}`?"
        if codes.is_currency(code.upper())
        else "Write one of ISO 4217: `EUR`."
    )
    return f"`{code}` is no currency's code. {mend}"


def locale_fault(tag: str) -> str:
    """What is wrong with a locale, with the mend; empty if nothing is."""
    from babel.core import Locale, UnknownLocaleError

    if LOCALE.fullmatch(tag):
        try:
            Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            pass
        else:
            return ""
    return f"`{tag}` is no locale. Write a language, and a country where it matters: `en`, `pt-BR`."


def login_fault(login: str) -> str:
    """What is wrong with a login, with the mend; empty if nothing is."""
    if LOGIN.fullmatch(login) and len(login) <= LONGEST_LOGIN:
        return ""
    blank = " Several people have commas between them: `ann,bob`." if " " in login else ""
    return f"`{login}` is no login. Write an account on the forge, never a name or an e-mail address.{blank}"


def time_zone_fault(name: str) -> str:
    """What is wrong with a time zone, with the mend; empty if nothing is."""
    return "" if codes.is_time_zone(name) else f"`{name}` is no time zone. Write one as `Europe/Berlin`."


def usual_currency(country: str, day: date) -> str:
    """The currency that is tender in a country on a day; `USD` where none is known."""
    from babel.numbers import get_territory_currencies

    tender = get_territory_currencies(country, day, day)
    return next((code for code in tender if codes.is_currency(code)), "USD")


def usual_time_zone(country: str) -> str:
    """A country's time zone, or the one of several that stands for its part of the world; else `Etc/UTC`."""
    from babel.core import get_global

    zones = {zone for zone, place in get_global("zone_territories").items() if place == country}
    likely = zones if len(zones) == 1 else zones.intersection(get_global("windows_zone_mapping").values())
    (zone,) = likely if len(likely) == 1 else ("Etc/UTC",)
    return zone if codes.is_time_zone(zone) else "Etc/UTC"
