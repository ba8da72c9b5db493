"""What a site is made of, as data. Who writes it where is not known here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple


class Heading(NamedTuple):
    """A heading inside a page, for its table of contents. The label is plain text."""

    level: int
    anchor: str
    label: str


class Entry(NamedTuple):
    """One thing that search finds: where it is, what it is called, what it is, and by which other words it is known."""

    href: str
    title: str
    kind: str
    words: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `path` below the site (`segments/smb.html`), `title` as plain text, `html` the body of the article."""

    path: str
    title: str
    html: bytes

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Its headings of the second and third level, in order."""
        reader = _Outline()
        reader.feed(self.html.decode())
        return tuple(reader.headings)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the navigation: a title in plain text, and the paths of pages or chapters of its own."""

    title: str
    parts: tuple[str | Chapter, ...]

    def paths(self) -> Iterator[str]:
        """Every page in it, in order."""
        for part in self.parts:
            if isinstance(part, Chapter):
                yield from part.paths()
            else:
                yield part


@dataclass(frozen=True, slots=True)
class Site:
    """The whole: pages, the chapters that lead to them, files beside them, and what search knows.

    `files` holds the style, the script and every source that a page links to, by path.
    """

    title: str
    description: str
    pages: tuple[Page, ...]
    chapters: tuple[str | Chapter, ...]
    files: dict[str, bytes] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()


class _Outline(HTMLParser):
    """Collects headings that have an id."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.headings: list[Heading] = []
        self._open: tuple[int, str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        anchor = dict(attrs).get("id")
        if tag in ("h2", "h3") and anchor:
            self._open = (int(tag[1]), anchor, [])

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open[2].append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._open is not None and tag in ("h2", "h3"):
            level, anchor, words = self._open
            self.headings.append(Heading(level, anchor, " ".join("".join(words).split())))
            self._open = None
