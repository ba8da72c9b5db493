"""Pages hold what the spec says: everything has its place, every link leads somewhere, nothing is taken for a mark."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abmspec import load, pipeline, site
from abmspec.model import spec as model
from abmspec.model.taxonomy import Project
from abmspec.names import inside
from abmspec.references import ReferenceIndex
from abmspec.resolve import Resolved, resolve
from abmspec.site import Chapter, Page, Site
from abmspec.site.links import place, relative
from abmspec.site.wording import Wording, spoken
from abmspec.source import Document
from tests.specs import base_files, resolved_with

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "tests/rules/base"
TODAY = date(2026, 10, 1)
# Parts that are read with what they belong to, and account plans, which the site does not publish.
WITHOUT_PLACE = {"strategy", "plan-objective"}
TEXTS = {
    "label", "description", "reason", "objective", "text", "summary", "what", "why", "hypothesis", "learning",
    "question", "limit", "source", "minutes",
}  # fmt: skip
HOSTILE = (
    "<script>alert(1)</script>",
    "</title></script><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "| a | b |\n|---|---|",
    "`code` **bold** _it_ ~~x~~ # head",
    '" onmouseover="alert(1)',
    "' &amp; &lt;b&gt; &#x27;",
    "--8<-- 'x' {: .y } [[z]] :smile: 😀",
    "]]> <!-- x --> <![CDATA[",
    "1. one\n- two\n> three",
    "𝔘𝔫𝔦 \u202e rtl",
)


class Reader(HTMLParser):
    """What a page is made of: tags with the names of their attributes, places, links, words."""

    def __init__(self, html: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[tuple[str, ...]] = Counter()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text: list[str] = []
        self.heading = ""
        self._in_heading = False
        self.feed(html.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[(tag, *sorted(name for name, _ in attrs))] += 1
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name in ("href", "src") and value:
                self.links.append(value)
        self._in_heading = tag == "h1"

    def handle_endtag(self, tag: str) -> None:
        self._in_heading = self._in_heading and tag != "h1"

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._in_heading:
            self.heading += data


@cache
def reference() -> Resolved:
    resolved = pipeline.judge(ROOT, TODAY)[1]
    assert resolved is not None
    return resolved


@cache
def whole() -> Site:
    return site.site(reference())


@cache
def readers() -> Mapping[str, Reader]:
    made = {page.path: Reader(page.html) for page in whole().pages}
    files = whole().files.items()
    return {**made, **{path: Reader(content) for path, content in files if path.endswith(".html")}}


def broken_links(made: Site) -> list[tuple[str, str]]:
    """Every link of a page that leads nowhere, with the page."""
    found = {page.path: Reader(page.html) for page in made.pages}
    found |= {path: Reader(content) for path, content in made.files.items() if path.endswith(".html")}
    broken = []
    for page in made.pages:
        for link in found[page.path].links:
            path, _, anchor = link.partition("#")
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path)) if path else page.path
            )
            there = found.get(target)
            if there is None or (anchor and anchor not in there.ids):
                broken.append((page.path, link))
    return broken


def test_every_link_leads_to_a_page_and_a_place_on_it() -> None:
    assert broken_links(whole()) == []


@pytest.mark.parametrize("path", sorted(set(base_files()) - {"abmspec.yaml", "regions/emea/region.yaml"}))
def test_a_spec_that_lacks_a_file_has_a_site_too(path: str) -> None:
    made = site.site(resolved_with({path: None}))
    assert broken_links(made) == []
    assert {page.path for page in made.pages} >= {"index.html", "glossary.html"}


def test_a_spec_of_nothing_has_a_start_page() -> None:
    made = site.site(resolved_with(dict.fromkeys(set(base_files()) - {"abmspec.yaml"})))
    assert [page.path for page in made.pages] == ["index.html", "glossary.html"]
    assert broken_links(made) == []


def test_no_link_leaves_the_site() -> None:
    links = {link for reader in readers().values() for link in reader.links}
    assert [link for link in links if ":" in link or link.startswith("/")] == []


def test_everything_with_an_address_has_its_place() -> None:
    for thing in ReferenceIndex(reference()).things.values():
        path, _, anchor = place(thing).partition("#")
        if thing.kind in WITHOUT_PLACE:
            continue
        assert path in readers(), thing.address
        assert not anchor or anchor in readers()[path].ids, thing.address


def test_places_are_unique_on_their_page() -> None:
    for path, reader in readers().items():
        twice = [id for id, count in Counter(reader.ids).items() if count > 1]
        assert twice == [], path


def test_every_page_stands_in_the_navigation_once() -> None:
    shown = [
        path for part in whole().chapters for path in (part.paths() if isinstance(part, Chapter) else (part,))
    ]
    assert sorted(shown) == sorted(page.path for page in whole().pages)


def test_every_page_has_one_title_and_says_it_first() -> None:
    for page in whole().pages:
        assert readers()[page.path].tags[("h1", "id")] == 1, page.path


def test_things_name_their_source_and_their_owner() -> None:
    segment = next(
        page for page in whole().pages if page.path == "segments/enterprise-finserv.html"
    ).html.decode()
    assert 'href="../sources/taxonomy/segments/enterprise-finserv.yaml.html"' in segment
    owner = reference().spec.own.segments["enterprise-finserv"].owner
    assert f'href="../governance/roles.html#role-{owner}"' in segment


def test_the_same_spec_gives_the_same_bytes() -> None:
    again = pipeline.judge(ROOT, date(2031, 1, 1))[1]
    assert again is not None
    assert site.site(again) == whole(), "whatever the day"


def test_search_knows_aliases_translations_and_names_in_systems() -> None:
    by_place = {entry.href: entry for entry in whole().entries}
    value = by_place["picklists/industry.html#value-financial-services"]
    assert {"FinServ", "Finanzdienstleistungen"} <= set(value.words.split())
    assert "AnnualRevenue" in by_place["dictionary/account.html#account.annual-revenue"].words
    assert {page.path for page in whole().pages} <= {href.partition("#")[0] for href in by_place}


def test_a_regional_driver_is_said_with_its_reason() -> None:
    text = " ".join(" ".join(readers()["segments/enterprise-finserv.html"].text).split())
    reason = reference().spec.overlays["emea"].segments["enterprise-finserv"].reason
    assert f"Why: {reason}" in text.replace("  ", " ")


def test_examples_show_the_score_that_they_make() -> None:
    tiers = reference().spec.tiers
    assert tiers is not None
    text = " ".join(readers()["tiers.html"].text)
    for tier in tiers.tiers.values():
        for example in tier.examples.values():
            assert f"{tiers.score(dict(example.record)):.1f}".removesuffix(".0") in text


# -- nothing is taken for a mark ----------------------------------------------------------------------


def said(data: Any, speak: Callable[[str], str]) -> Any:
    """The data with every text said otherwise. Ids, dates and conditions stay."""
    if isinstance(data, dict):
        return {
            key: speak(value) if key in TEXTS and isinstance(value, str)
            else {name: speak(text) for name, text in value.items()} if key == "labels"
            else [speak(text) for text in value] if key in ("aliases", "characteristics")
            else said(value, speak)
            for key, value in data.items()
        }  # fmt: skip
    return [said(item, speak) for item in data] if isinstance(data, list) else data


def site_saying(speak: Callable[[str], str]) -> Site:
    documents = {
        path: Document(
            path=path,
            kind=document.kind,
            id=document.id,
            region=document.region,
            data=said(document.data, speak),
            text=speak(document.text),
            find_spans=lambda _: {},
        )
        for path, document in load.load(BASE)[0].documents.items()
    }
    spec = model.build(documents)
    assert spec is not None
    return site.site(resolve(spec))


@cache
def plain_site() -> Site:
    return site_saying(lambda _: "Plain")


def tags(made: Site) -> dict[str, Counter[tuple[str, ...]]]:
    """The tags of every page. A source page has a tag for each of its lines."""
    return {page.path: Reader(page.html).tags for page in made.pages}


@settings(max_examples=10)
@given(
    st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40))
)
def test_hostile_text_adds_no_element_and_no_attribute(text: str) -> None:
    hostile = site_saying(lambda _: f"Plain {text}")
    assert tags(hostile) == tags(plain_site())
    assert not [
        link for page in hostile.pages for link in Reader(page.html).links if link.startswith("javascript")
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_shows_literally(text: str) -> None:
    pages = {page.path: page for page in site_saying(lambda _: f"Plain {text}").pages}
    page = pages["segments/enterprise-technology.html"]
    assert Reader(page.html).heading == f"Plain {text}"
    source = site_saying(lambda _: text).files["sources/taxonomy/segments/enterprise-technology.yaml.html"]
    assert text.splitlines()[0] in "".join(Reader(source).text)
    assert b"<script" not in source


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_the_index_stays_in_its_string(text: str) -> None:
    index = site.index_file(site_saying(lambda _: text).entries)
    assert b"<" not in index
    assert index.count(b"\n") == 1


# -- words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "words"),
    [("sdr-sequence", "SDR sequence"), ("vp-emea", "VP EMEA"), ("replaced_by", "Replaced by")],
)
def test_ids_in_words(id: str, words: str) -> None:
    assert spoken(id) == words


@pytest.mark.parametrize(
    ("label", "words"), [("Annual revenue", "annual revenue"), ("SDR owner", "SDR owner")]
)
def test_labels_inside_a_sentence(label: str, words: str) -> None:
    assert inside(label) == words


def test_numbers_dates_and_places_are_said_in_the_projects_language() -> None:
    english = Wording(Project(format=1, name="x", version="1.0.0", currency="USD"))
    german = Wording(Project(format=1, name="x", version="1.0.0", locale="de-DE", currency="EUR"))
    assert (english.number(2250), german.number(2250)) == ("2,250", "2.250")
    assert english.money(50_000_000) == "$50,000,000"
    assert english.short_money(50_000_000) == "$50M"
    assert (english.day("2026-05-02"), english.day("soon")) == ("2 May 2026", "soon")
    assert (english.country("DE"), german.country("DE")) == ("Germany", "Deutschland")
    assert (english.language("pt-BR"), english.language("zz-ZZ")) == ("Portuguese (Brazil)", "zz-ZZ")


@pytest.mark.parametrize(
    ("target", "page", "link"),
    [
        ("segments/x.html", "index.html", "segments/x.html"),
        ("index.html", "segments/x.html", "../index.html"),
        ("segments/x.html#y", "segments/x.html", "#y"),
        ("plays/a.html#b", "segments/x.html", "../plays/a.html#b"),
    ],
)
def test_links_are_relative(target: str, page: str, link: str) -> None:
    assert relative(target, page) == link


def test_headings_are_read_from_the_page() -> None:
    page = Page(
        "x.html",
        "X",
        b'<h1 id="t">X</h1><h2 id="a">A &amp; <em>b</em></h2><h2>no place</h2><h3 id="c">C</h3>',
    )
    assert [(heading.level, heading.anchor, heading.label) for heading in page.headings] == [
        (2, "a", "A & b"),
        (3, "c", "C"),
    ]
