"""The site where marketing, sales and operations read the spec: resolved spec in, pages as data out.

Pure: no clock, no disk but the package's own templates and assets; the same spec gives the same bytes. What a page
shows depends on `status`, never on the day. Bodies are HTML, escaped by `templating`; links are relative.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files as resources

from abmspec.diagnostic import Diagnostic
from abmspec.resolve import Resolved
from abmspec.site import dictionary, governance, playbook, programme, regions, search, targeting
from abmspec.site.context import Library
from abmspec.site.page import Chapter, Entry, Heading, Page, Site
from abmspec.templating import render

__all__ = ["Chapter", "Entry", "Heading", "Page", "Site", "pages", "site"]

STYLE = "assets/abmspec/site.css"
SCRIPT = "assets/abmspec/site.js"


def pages(resolved: Resolved) -> tuple[Page, ...]:
    """Every page of the spec's site, the start page first."""
    return _pages(Library(resolved))


def site(resolved: Resolved) -> Site:
    """The whole site: pages, navigation, style, script, sources and what search knows."""
    library = Library(resolved)
    made = _pages(library)
    project = resolved.spec.project
    return Site(
        title=project.label or project.name,
        description=project.description,
        pages=made,
        chapters=tuple(_chapters([page.path for page in made])),
        files={
            STYLE: (resources("abmspec.site") / "assets" / "site.css").read_bytes(),
            SCRIPT: (resources("abmspec.site") / "assets" / "site.js").read_bytes(),
            **dict(_sources(library)),
        },
        entries=tuple(search.entries(library, made)),
    )


def _pages(library: Library) -> tuple[Page, ...]:
    made: dict[str, Page] = {}
    for part in (programme, targeting, playbook, dictionary, regions, governance):
        for page in part.pages(library):
            made.setdefault(page.path, page)
    return tuple(made.values())


def _chapters(paths: list[str]) -> Iterator[str | Chapter]:
    """The navigation: what sellers ask for first, then what marketers and operations do."""
    there = set(paths)

    def chapter(title: str, *parts: str | Chapter) -> Iterator[Chapter]:
        kept = tuple(part for part in parts if isinstance(part, Chapter) or part in there)
        if kept:
            yield Chapter(title, kept)

    def below(folder: str, *but: str) -> list[str]:
        return [path for path in paths if path.startswith(f"{folder}/") and path not in but]

    yield from chapter("Programme", "index.html", "charter.html", "kpis.html", "glossary.html")
    yield from chapter(
        "Targeting", "icp.html", "tiers.html", *chapter("Segments", *below("segments")),
        "buying-groups.html", "lifecycle.html", "routing.html",
    )  # fmt: skip
    library = ("plays/content.html", "plays/learnings.html")
    yield from chapter(
        "Plays",
        "plays/index.html",
        *library,
        *chapter("All plays", *below("plays", "plays/index.html", *library)),
    )
    yield from chapter("Regions", *below("regions"))
    yield from chapter(
        "Data", *chapter("Dictionary", *below("dictionary")), *chapter("Picklists", *below("picklists")),
        *chapter("Systems", *below("systems")),
    )  # fmt: skip
    yield from chapter(
        "Governance", "governance/index.html", "governance/changes.html", "governance/raci.html",
        "governance/roles.html", "governance/exceptions.html", "governance/privacy.html",
    )  # fmt: skip


def _sources(library: Library) -> Iterator[tuple[str, bytes]]:
    """A plain page for each YAML file that a page links to, with a number on every line."""
    for path in sorted(library.sources):
        document = library.spec.documents[path]
        target = f"sources/{path}.html"
        lines = document.text.removesuffix("\n").split("\n")
        yield target, render(
            "abmspec.site", "source.html", "html",
            {"path": path, "lines": lines, "root": "../" * target.count("/")},
        )  # fmt: skip


def index_file(entries: Iterable[Entry]) -> bytes:
    """Search's index as the file that `search.PATH` names."""
    return search.index_file(entries)


def findings(errors: Iterable[Diagnostic], *, partly: bool) -> bytes:
    """A note for the top of every page while an author has errors to mend. `partly`: there is a site nevertheless."""
    found = list(errors)
    values = {"findings": found, "count": len(found), "partly": partly}
    return render("abmspec.site", "findings.html", "html", values)
