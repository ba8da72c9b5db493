"""The built site of the reference spec in a real browser, opened as files: nothing is asked of another host."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from abmspec import output, pipeline

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.conftest import Node

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 10, 1)
MAIN_PAGES = (
    "index", "charter", "kpis", "glossary", "icp", "tiers", "lifecycle", "routing", "buying-groups",
    "segments/index", "segments/enterprise-finserv", "plays/index", "plays/executive-briefing", "plays/content",
    "plays/learnings", "regions/index", "regions/dach", "dictionary/index", "dictionary/account", "picklists/industry",
    "picklists/employee-band", "systems/sf-core", "governance/index", "governance/changes", "governance/raci",
    "governance/roles", "governance/exceptions", "governance/privacy",
)  # fmt: skip
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
AXE = ROOT / "tests/node/node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    verdict, resolved = pipeline.judge(ROOT, TODAY)
    assert not verdict.errors
    assert resolved is not None
    target = tmp_path_factory.mktemp("site") / "site"
    output.replace_tree(target, pipeline.publish(ROOT, resolved, TODAY))
    return target


@contextmanager
def opened(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page that may read files alone. AssertionError where it asked a host or said something on the console."""
    context = browser.new_context(**options)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not is_here(request.url) else None)
    page.route(lambda url: not is_here(url), lambda route: route.abort())
    try:
        yield page
    finally:
        context.close()
    assert said == []


def is_here(url: str) -> bool:
    return url.startswith(("file:", "data:", "blob:"))


def go(page: Page, built: Path, path: str) -> None:
    page.goto((built / f"{path}.html").as_uri())


def test_every_main_page_opens_without_a_word_on_the_console(browser: Browser, built: Path) -> None:
    with opened(browser) as page:
        for path in MAIN_PAGES:
            go(page, built, path)
            assert page.locator("h1").count() == 1, path


def test_search_finds_a_value_by_an_alias(browser: Browser, built: Path) -> None:
    with opened(browser) as page:
        go(page, built, "plays/executive-briefing")
        page.keyboard.press("/")
        page.keyboard.type("finserv")
        first = page.locator("#abm-search-list [role=option]").first
        first.wait_for()
        assert first.locator(".abm-search__title").inner_text() == "Financial Services"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/picklists/industry.html#value-financial-services")


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("金融サービス", "Financial Services"),
        ("energia", "Energy & Utilities"),
        ("AnnualRevenue", "Annual revenue"),
    ],
)
def test_search_finds_translations_and_names_in_systems(
    browser: Browser, built: Path, query: str, title: str
) -> None:
    with opened(browser) as page:
        go(page, built, "index")
        page.locator(".abm-search-open").click()
        page.keyboard.type(query)
        options = page.locator("#abm-search-list .abm-search__title")
        options.first.wait_for()
        assert title in options.all_inner_texts()


def test_the_navigation_leads_from_the_start_to_a_play(browser: Browser, built: Path) -> None:
    with opened(browser, viewport={"width": 1280, "height": 900}) as page:
        go(page, built, "index")
        page.locator(".md-tabs").get_by_role("link", name="Plays", exact=True).click()
        page.wait_for_url("**/plays/index.html")
        page.get_by_role("link", name="Executive briefing", exact=True).first.click()
        page.wait_for_url("**/plays/executive-briefing.html")
        assert page.locator("h1").inner_text() == "Executive briefing"


def test_the_dictionary_filters_by_object_consumer_and_text(browser: Browser, built: Path) -> None:
    with opened(browser) as page:
        go(page, built, "dictionary/index")
        rows = page.locator("#fields tbody tr:visible")
        everything = rows.count()
        page.get_by_label("Object").select_option("contact")
        contacts = rows.count()
        assert 0 < contacts < everything
        page.get_by_label("Find").fill("consent")
        assert 0 < rows.count() < contacts
        assert page.get_by_role("status").first.inner_text() == f"{rows.count()} of {everything}"


def test_plays_filter_by_tier_and_region(browser: Browser, built: Path) -> None:
    with opened(browser) as page:
        go(page, built, "plays/index")
        cards = page.locator("#plays > li:visible")
        everything = cards.count()
        page.get_by_label("Tier").select_option("tier-1")
        assert 0 < cards.count() < everything
        page.get_by_label("Tier").select_option("")
        page.get_by_label("Region").select_option("latam")
        assert not page.get_by_role("link", name="Alliance day").is_visible(), "a play of Japan's own"


def test_dark_mode_follows_the_system_and_the_switch(browser: Browser, built: Path) -> None:
    with opened(browser, color_scheme="dark") as page:
        go(page, built, "tiers")
        ground = "getComputedStyle(document.body).backgroundColor"
        dark = page.evaluate(ground)
        page.locator("label[for=__palette_0]").click()
        assert page.evaluate(ground) != dark


def test_a_phone_scrolls_down_and_never_sideways(browser: Browser, built: Path) -> None:
    with opened(browser, **PHONE) as page:
        for path in MAIN_PAGES:
            go(page, built, path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, built: Path, node: Node, scheme: str) -> None:
    # In the dark only the colours differ.
    options: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
    if scheme == "dark":
        options["runOnly"] = ["color-contrast", "link-in-text-block"]
    found = []
    with opened(browser, color_scheme=scheme) as page:
        for path in MAIN_PAGES:
            go(page, built, path)
            page.add_script_tag(path=AXE)
            result = page.evaluate("axe.run({resultTypes: ['violations'], preload: false})")
            found += [
                (
                    path,
                    violation["id"],
                    violation["nodes"][0]["target"],
                    violation["nodes"][0]["failureSummary"],
                )
                for violation in result["violations"]
                if violation["impact"] in ("serious", "critical")
            ]
    assert found == []
