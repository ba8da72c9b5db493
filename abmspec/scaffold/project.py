"""The files of a new project, from templates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from abmspec import HOMEPAGE, __version__
from abmspec.codes import main_locales
from abmspec.edit import formatted
from abmspec.load import arrange
from abmspec.scaffold.answers import Answers
from abmspec.templating import Format, render

PACKAGE = "abmspec.scaffold"
SPEC = "spec"
# What stands around the spec: its path, its template, and the format that the template is escaped for.
AROUND: tuple[tuple[str, str, Format], ...] = (
    (".github/workflows/check.yml", "check.yml", "text"),
    (".gitignore", "gitignore", "text"),
    (".pre-commit-config.yaml", "pre-commit-config.yaml", "text"),
    ("README.md", "README.md", "markdown"),
)
OBJECTS = {
    "salesforce": {"account_object": "Account", "contact_object": "Contact", "deal_object": "Opportunity"},
    "hubspot": {"account_object": "companies", "contact_object": "contacts", "deal_object": "deals"},
}


def scaffold(answers: Answers, today: date) -> dict[str, bytes]:
    """A small, complete project by path, sorted: the spec in its canonical form and what stands around it.

    No rule has a finding on it, on any day of the year that begins today.
    """
    values = _values(answers, today)
    made = {path: render(PACKAGE, template, format, values) for path, template, format in AROUND}
    templates = dict(_spec_templates(answers))
    for entry in arrange(templates).entries:
        # A JSON string is one of YAML too, so no answer can be more than text.
        text = render(PACKAGE, templates[entry.path], "json", values).decode()
        made[entry.path] = formatted(entry.path, text, entry.kind).encode()
    return dict(sorted(made.items()))


def _spec_templates(answers: Answers) -> Iterator[tuple[str, str]]:
    """The paths of the spec's files, each with its template."""
    folder = files(PACKAGE).joinpath("templates", SPEC)
    for path in _below(folder, ""):
        yield path, f"{SPEC}/{path}"
    yield f"regions/{answers.region}/region.yaml", "region.yaml"


def _below(folder: Traversable, start: str) -> Iterator[str]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _below(item, f"{start}{item.name}/")
        else:
            yield f"{start}{item.name}"


def _values(answers: Answers, today: date) -> dict[str, Any]:
    operations, *others = answers.logins
    return {
        "name": answers.name,
        "label": answers.label,
        "region": answers.region,
        "region_label": answers.region_label,
        "region_role": f"{answers.region}-marketing",
        "region_seat": f"{answers.region}-lead",
        "region_locales": main_locales(answers.countries) or [answers.locale],
        "countries": answers.countries,
        "locale": answers.locale,
        "currency": answers.currency,
        "time_zone": answers.time_zone,
        "crm": answers.crm,
        "map": answers.map,
        **OBJECTS[answers.crm],
        "everybody": answers.logins,
        "operations": operations,
        "marketing": others[0] if others else operations,
        "sales": (others or [operations])[:2][-1],
        "alone": not others,
        "today": today.isoformat(),
        "next_year": _a_year_after(today).isoformat(),
        "homepage": HOMEPAGE,
        "version": __version__,
    }


def _a_year_after(day: date) -> date:
    """The same day of the next year; 28 February after the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
