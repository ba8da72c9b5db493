"""What the documentation tells its readers to do gives what it says; its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools.docs.stories import blocks, commands, is_part, told, with_added

PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
WRITTEN = [path for path in PAGES if not path.startswith(("docs/adr/", "docs/reference/"))]
STORIES = ["README.md", *WRITTEN]


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", STORIES)
def test_a_page_reads_as_it_runs(page: str, tmp_path: Path) -> None:
    text = text_of(page)
    assert told(text, tmp_path / "project") == text, f"run: python -m tools.docs {page}"


@pytest.mark.parametrize("page", STORIES)
def test_no_command_of_ours_stands_where_it_is_not_run(page: str) -> None:
    unread = [
        line
        for block in blocks(text_of(page))
        for line in block.text.splitlines()
        if re.match(r"(\$ )?abmspec [a-z]", line)
        and (block.language != "console" or not any(commands(block.text)))
    ]
    assert unread == []


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("clean\n", "clean\n", True),
        ("clean\n", "clean\nno\n", False),
        ("...\nlast\n", "first\nsecond\nlast\n", True),
        ("first\n...\n", "second\nfirst\n", False),
        ("a.c\n", "abc\n", False),
    ],
)
def test_what_is_shown_is_compared_line_by_line(shown: str, printed: str, same: bool) -> None:
    assert is_part(shown, printed) is same


@pytest.mark.parametrize(
    ("there", "added", "both"),
    [
        ("a: 1\n", "b: 2\n", "a: 1\nb: 2\n"),
        ("a: 1\nb: 2\n", "a: 3\n", "a: 3\nb: 2\n"),
        ("a:\n  b: 1\nc: 2\n", "a:\n  d:\n    e: 3\n", "a:\n  b: 1\n  d:\n    e: 3\nc: 2\n"),
        ("a:\n  b:\n    c: 1\n", "a:\n  b:\n    d: 2\n  e: 3\n", "a:\n  b:\n    c: 1\n    d: 2\n  e: 3\n"),
        ("a:\n  # b\n  c: 1\n", "a:\n  c: 2\n", "a:\n  # b\n  c: 2\n"),
    ],
)
def test_what_a_page_adds_goes_to_the_end_of_its_mapping(there: str, added: str, both: str) -> None:
    assert "".join(with_added(there.splitlines(True), added.splitlines(True))) == both


# -- links ------------------------------------------------------------------------------------------------


def anchors(page: str) -> set[str]:
    """What the headings of a page are known by, on forges and on the site alike."""
    prose = re.sub(r"^(```+).*?^\1$", "", text_of(page), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def links(page: str) -> list[tuple[str, str]]:
    """The pages and anchors that a page links to; what lies on other hosts is left out."""
    prose = re.sub(r"^(```+).*?^\1$", "", text_of(page), flags=re.MULTILINE | re.DOTALL)
    found = re.findall(r"\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]*))?\)", prose)
    here = (ROOT / page).parent
    return [
        ((here / to).resolve().relative_to(ROOT).as_posix() if to else page, anchor) for to, anchor in found
    ]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", *PAGES])
def test_links_lead_to_what_is_there(page: str) -> None:
    lost = [
        (to, anchor)
        for to, anchor in links(page)
        if not (ROOT / to).exists() or (anchor and anchor not in anchors(to))
    ]
    assert lost == []


def test_every_page_is_reached_from_the_entry() -> None:
    reached, waiting = set(), ["docs/README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        waiting += [to for to, _ in links(page) if to in PAGES and to not in reached]
    assert sorted(set(PAGES) - reached) == []


def test_every_page_that_is_written_is_in_the_navigation_of_the_site() -> None:
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    listed = [f"docs/{path}" for path in re.findall(r"^ +- ([\w/-]+\.md)$", config, re.MULTILINE)]
    assert sorted({*WRITTEN, "docs/README.md"} - {*listed}) == ["docs/README.md"]
    assert [path for path in listed if path not in (*PAGES, "docs/adr/README.md")] == []
