"""Codes that others keep."""

from __future__ import annotations

import pytest

from abmspec.codes import (
    country_name,
    is_country,
    is_currency,
    is_subdivision,
    is_time_zone,
    main_locale,
    main_locales,
)


@pytest.mark.parametrize(
    ("code", "expected"), [("DE", True), ("NO", True), ("UK", False), ("de", False), ("", False)]
)
def test_countries(code: str, expected: bool) -> None:
    assert is_country(code) is expected


def test_a_country_goes_by_its_usual_name() -> None:
    assert country_name("BO") == "Bolivia"
    assert country_name("XX") == "XX"


@pytest.mark.parametrize(
    ("code", "expected"), [("US-CA", True), ("CA-QC", True), ("US-XX", False), ("US", False)]
)
def test_subdivisions(code: str, expected: bool) -> None:
    assert is_subdivision(code) is expected


@pytest.mark.parametrize(("code", "expected"), [("USD", True), ("EUR", True), ("EUO", False), ("usd", False)])
def test_currencies(code: str, expected: bool) -> None:
    assert is_currency(code) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Europe/Paris", True),
        ("Etc/UTC", True),
        ("Europe/Munich", False),
        ("Europe", False),
        ("../../etc/passwd", False),
        ("", False),
    ],
)
def test_time_zones(name: str, expected: bool) -> None:
    assert is_time_zone(name) is expected


@pytest.mark.parametrize(
    ("country", "locale"),
    [("IS", "is-IS"), ("US", "en-US"), ("CN", "zh-CN"), ("TW", "zh-Hant-TW"), ("NO", "nb-NO"), ("XX", "")],
)
def test_the_main_locale_of_a_country(country: str, locale: str) -> None:
    assert main_locale(country) == locale


def test_the_main_locales_of_several_countries() -> None:
    assert main_locales(["DE", "XX", "AT"]) == ["de-DE", "de-AT"]
