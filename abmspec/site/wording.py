"""Numbers, dates, places and ids as people read them, in the project's language where that is known."""

from __future__ import annotations

from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_currency, format_decimal, get_currency_symbol

from abmspec import codes
from abmspec.model.taxonomy import Project

# Words that are not lower-cased inside a sentence, and those that ids spell without their capitals.
ACRONYMS = {
    "abm": "ABM", "adr": "ADR", "amer": "AMER", "apac": "APAC", "anz": "ANZ", "b2b": "B2B", "cdp": "CDP",
    "ciso": "CISO", "crm": "CRM", "cta": "CTA", "dach": "DACH", "emea": "EMEA", "eu": "EU", "icp": "ICP", "it": "IT",
    "kpi": "KPI", "latam": "LATAM", "map": "MAP", "mea": "MEA", "mql": "MQL", "sdr": "SDR", "sla": "SLA", "smb": "SMB",
    "uki": "UKI", "us": "US", "vat": "VAT", "vp": "VP",
}  # fmt: skip
ENGLISH = Locale("en")
UNITS = {"count": "", "ratio": "", "score": " points", "days": " days", "percent": "%"}


def spoken(id: str) -> str:
    """An id as a label: `sdr-sequence` → `SDR sequence`."""
    words = [ACRONYMS.get(word, word) for word in id.replace("_", "-").split("-")]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


class Wording:
    """How one project speaks: its language and its currency. What it does not know it says as it was written."""

    def __init__(self, project: Project) -> None:
        self.currency = project.currency
        try:
            self.locale = Locale.parse(project.locale, sep="-")
        except (UnknownLocaleError, ValueError):
            self.locale = ENGLISH

    def number(self, value: float) -> str:
        """`2250` → `2,250`."""
        return str(format_decimal(value, locale=self.locale))

    def money(self, value: float) -> str:
        """`50000000` → `$50,000,000`."""
        return str(
            format_currency(
                value, self.currency, locale=self.locale, currency_digits=False, format="¤#,##0.##"
            )
        )

    def short_money(self, value: float) -> str:
        """`50000000` → `$50M`."""
        symbol = get_currency_symbol(self.currency, locale=self.locale)
        return f"{symbol}{format_compact_decimal(value, locale=self.locale, fraction_digits=1)}"

    def figure(self, value: float, unit: str) -> str:
        """A KPI's number in its unit."""
        return self.short_money(value) if unit == "currency" else f"{self.number(value)}{UNITS.get(unit, '')}"

    def day(self, iso: str) -> str:
        """`2026-05-02` → `2 May 2026`; what is no date as it is."""
        try:
            return str(format_date(date.fromisoformat(iso), "d MMM y", locale=self.locale))
        except ValueError:
            return iso

    def country(self, code: str) -> str:
        """`DE` → `Germany`."""
        return str(self.locale.territories.get(code) or codes.country_name(code))

    def language(self, tag: str) -> str:
        """`de-AT` → `German (Austria)`."""
        try:
            name = Locale.parse(tag, sep="-").get_display_name(self.locale)
        except (UnknownLocaleError, ValueError):
            name = None
        return name or tag
