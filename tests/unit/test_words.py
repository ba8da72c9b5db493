from __future__ import annotations

import pytest

from abmspec.words import (
    capitalized,
    counted,
    did_you_mean,
    listing,
    nearest,
    plural,
    quoted,
    slug,
    with_article,
)


def test_words_in_a_sentence() -> None:
    assert listing([], "or") == ""
    assert listing(["a", "b", "c"], "or") == "a, b or c"
    assert plural("opportunity") == "opportunities"
    assert plural("play") == "plays"
    assert counted(1, "seat") == "1 seat"
    assert counted(0, "seat") == "0 seats"
    assert [with_article("account"), with_article("lead")] == ["an account", "a lead"]
    assert capitalized("the KPI") == "The KPI"
    assert slug(" Financial Services!") == "financial-services"


def test_names_in_a_sentence() -> None:
    assert quoted(("a",)) == "`a`"
    assert quoted(("a", "b")) == "`a` and `b`"
    assert quoted(("a", "b", "c")) == "`a`, `b` and `c`"


def test_the_nearest_name() -> None:
    assert nearest("enterprize", ["enterprise", "smb"]) == "enterprise"
    assert nearest("zoo", ["enterprise", "smb"]) == ""
    assert nearest("finance", ["insurance", "financial-services"]) == "financial-services"
    assert nearest("insurence", ["insurance", "insurance-brokerage"]) == "insurance"


@pytest.mark.parametrize(
    ("name", "other", "is_near"),
    [
        ("enterprise-finserve", "enterprise-finserv", True),
        ("exec-briefing", "executive-briefing", True),
        ("book-a-briefing", "book-briefing", True),
        ("mid-market-tech", "midmarket-tech", True),
        ("finserv-enterprise", "enterprise-finserv", False),
        ("enterprise-finserv", "enterprise-energy", False),
        ("briefing-email", "briefing-offer", False),
        ("sales-leadership", "abm-leadership", False),
    ],
)
def test_a_word_is_not_misspelt_as_another(name: str, other: str, is_near: bool) -> None:
    assert nearest(name, [other]) == (other if is_near else "")


def test_the_case_is_not_misspelt() -> None:
    assert nearest("Financial Services", ["financial-services", "finance"]) == "financial-services"


def test_several_may_be_meant() -> None:
    assert did_you_mean("zoo", ["enterprise"]) == ""
    assert did_you_mean("enterprize", ["enterprise", "smb"]) == "Did you mean `enterprise`?"
    assert did_you_mean("labels", ["label", "labelled"], most=3) == "Did you mean `label` or `labelled`?"
