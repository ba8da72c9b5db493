"""Every rule has a page, and the page's examples do what it says."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from abmspec.check import all_rules
from abmspec.rules.catalogue import RULES as SPEC_RULES
from tests.rules.page import RULES, SIDES, judge, judge_blocks, pages, said
from tests.specs import base_files

METADATA = {rule.name: rule for rule in all_rules()}
PAGES = pages()
SECTIONS = ["What it wants", "Why"]


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert sorted(set(METADATA) ^ set(PAGES)) == []


def test_names_of_rules_are_unique() -> None:
    assert len(METADATA) == len(all_rules())
    assert [name for name in METADATA if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []


def test_every_module_with_a_rule_is_listed() -> None:
    """The catalogue is complete, and each of its rules has the module of its name."""
    modules = {
        path.stem
        for path in RULES.glob("*.py")
        if re.search(r"^RULE\b", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    }
    assert modules == {each.rule.name.replace("-", "_") for each in SPEC_RULES}
    for each in SPEC_RULES:
        module = importlib.import_module(f"abmspec.rules.{each.rule.name.replace('-', '_')}")
        assert module.RULE is each


def test_the_catalogue_is_in_order() -> None:
    names = [each.rule.name for each in SPEC_RULES]
    assert names == sorted(names)


def test_the_base_is_clean() -> None:
    assert said(judge(base_files())) == ""


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_the_metadata_says(name: str) -> None:
    page = PAGES[name]
    assert page.title == name
    assert page.summary == METADATA[name].summary
    assert page.sections[:2] == SECTIONS


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", PAGES)
def test_examples_do_what_the_page_says(name: str, side: str, tmp_path: Path) -> None:
    blocks = PAGES[name].blocks(side)
    assert blocks, f"no block of the page is a {side} example"
    found = judge_blocks(blocks, tmp_path)
    expected = {name} if side == "bad" else set()
    assert {diagnostic.rule for diagnostic in found} == expected, said(found)
