"""When two names may well mean the same."""

from __future__ import annotations

import pytest

from abmspec.similarity import comparable, is_alike


def test_comparable_texts() -> None:
    assert comparable(["Crème & Sugar", "re_use", "テスト！", "A-1"]) == [
        "cremeandsugar",
        "reuse",
        "テスト",
        "a1",
    ]
    assert comparable(["A & B", "a, b"]) == ["aandb", "ab"]
    assert (comparable([]), comparable([""])) == ([], [""])


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Payment Services", "Payments Services", True),
        ("Fintech", "Fin-Tech", True),
        ("Wave 1 segments", "Wave 12 segments", False),
        ("Marketing qualified", "Marketing unqualified", False),
        ("Profit organisation", "Non-profit organisation", False),
        ("Banking", "Insurance", False),
    ],
)
def test_names_that_differ_by_a_slip(one: str, other: str, alike: bool) -> None:
    text, other_text = comparable([one, other])
    assert is_alike(one, other, text, other_text) is alike
    assert is_alike(other, one, other_text, text) is alike
