"""The house style: what `emit` writes and what `formatted` makes of other styles."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest

from abmspec.edit import EditRefused, emit, formatted
from abmspec.edit.key_order import key_order

SCALARS = {
    "plain": "plain",
    "Banking & Finance": "Banking & Finance",
    "C#, and so on": "C#, and so on",
    "¿Qué?": "¿Qué?",
    "90 days": "90 days",
    "1.4.0": "1.4.0",
    "account.billing-country": "account.billing-country",
    "NO": '"NO"',
    "yes": '"yes"',
    "y": '"y"',
    "null": '"null"',
    "~": '"~"',
    "": '""',
    " x": '" x"',
    "2026-01-01": '"2026-01-01"',
    "02-01": '"02-01"',
    "62.0": '"62.0"',
    "012": '"012"',
    "1e3": '"1e3"',
    "12:30": '"12:30"',
    "09:00-17:00": '"09:00-17:00"',
    "0015g00000AbCdE": '"0015g00000AbCdE"',
    "a: b": '"a: b"',
    "a #b": '"a #b"',
    "#1B7F79": '"#1B7F79"',
    ">=0.1": '">=0.1"',
    "<<": '"<<"',
    "- x": '"- x"',
    "%x": '"%x"',
    "@x": '"@x"',
    '"so"': "'\"so\"'",
    "it's\\": "it's\\",
    "'s\\": "'''s\\'",
    "tab\there": '"tab\\there"',
    "zero\u200bwidth": '"zero\\u200bwidth"',
}


@pytest.mark.parametrize("text", SCALARS)
def test_text_is_quoted_where_some_reader_would_take_it_for_something_else(text: str) -> None:
    assert emit({"a": text}) == f"a: {SCALARS[text]}\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1, "1"), (True, "true"), (None, "null"), (0.5, "0.5"), (1e20, "1.0e+20"), ([], "[]"), ({}, "{}")],
)
def test_what_is_no_text(value: object, expected: str) -> None:
    assert emit({"a": value}) == f"a: {expected}\n"


def test_what_is_short_stands_on_one_line() -> None:
    data: dict[str, Any] = {
        "labels": {"fr": "Secteur, ou branche", "1-100": "Un"},
        "systems": {"sf-core": {"standard_value_set": "Industry"}, "mkto": {"offered": False}},
        "fields": {"one": {"label": "One", "type": "text"}, "two": {"label": "Two", "type": "text"}},
        "values": {"energy": {"labels": {"sv": "Energi"}}},
        "when": {"all": [{"field": "account.industry", "in": ["a", "b"]}, {"not": {"tier": ["c"]}}]},
    }
    assert emit(data) == dedent(
        """\
        labels: {fr: "Secteur, ou branche", 1-100: Un}
        systems: {sf-core: {standard_value_set: Industry}, mkto: {offered: false}}
        fields:
          one: {label: One, type: text}
          two: {label: Two, type: text}
        values:
          energy: {labels: {sv: Energi}}
        when:
          all:
            - {field: account.industry, in: [a, b]}
            - {not: {tier: [c]}}
        """
    )


def test_what_is_long_gets_lines_of_its_own() -> None:
    data = {
        "countries": ["FR"] * 40,
        "labels": {"a": "x" * 60, "b": "y" * 60},
        "items": ["word " * 30 + "end"],
    }
    text = emit(data)
    assert max(map(len, text.splitlines())) <= 110
    assert text.count("  - FR\n") == 40
    assert "items:\n  - >-\n    word word" in text


MESSY = """\
# The industry.

# What it is called.
'label'   :   "Industry"     # shown
values:   { financial-services: {aliases: ["FinServ"], label: 'Financial: Services'},   technology: {label: Tech} }

#   Who owns it.
owner:    revops
description: >-
    Sold to,
      indented,
    as it is.
systems:
    sf-core:   # the core
        name:   X


labels: {fr: Secteur,   # by EMEA
         de: Branche}
"""
CLEAN = """\
# The industry.

# What it is called.
label: Industry     # shown
labels: {fr: Secteur,   # by EMEA
         de: Branche}
description: >-
  Sold to,
    indented,
  as it is.

#   Who owns it.
owner: revops
systems:
  sf-core:   # the core
    name: X
values: {financial-services: {label: "Financial: Services", aliases: [FinServ]}, technology: {label: Tech}}
"""


def test_form() -> None:
    assert formatted("x.yaml", MESSY, "picklist").replace("\n\n\n", "\n\n") == CLEAN.replace(
        "labels: {fr", "\nlabels: {fr", 1
    ).replace("\n\n\n", "\n\n")
    assert formatted("x.yaml", formatted("x.yaml", MESSY, "picklist"), "picklist") == formatted(
        "x.yaml", MESSY, "picklist"
    )


FORMS = {
    "quotes for nothing": ("a: \"b\"\nc: ['d, e']\n", 'a: b\nc: ["d, e"]\n'),
    "quotes that are missing": ("a: NO\nb: [12:30]\n", 'a: "NO"\nb: ["12:30"]\n'),
    "escapes": ('a: "b\\nc"\n', 'a: "b\\nc"\n'),
    "a colon, quoted or not, is the author's": ('a: x:y\nb: "x:y"\n', 'a: x:y\nb: "x:y"\n'),
    "indentation": (
        "a:\n    b:\n    - c:  1\n      d: 2\n    -   - e\n",
        "a:\n  b:\n    - c: 1\n      d: 2\n    - - e\n",
    ),
    "comments in between": (
        "a:\n      # of b\n  b: 1   # one\n    # still of a\n# of c\nc: 2\n# end\n",
        "a:\n  # of b\n  b: 1   # one\n  # still of a\n# of c\nc: 2\n# end\n",
    ),
    "a dash alone": ("a:\n  -\n    b: 1\n  -  # why\n    c: 1\n", "a:\n  - b: 1\n  -  # why\n    c: 1\n"),
    "a comment below a dash": ("a:\n  -\n    # why\n    b: 1\n", "a:\n  -\n    # why\n    b: 1\n"),
    "no final line end, blank lines at the end": ("a: 1\n\n\n", "a: 1\n"),
    "line ends of another kind": ("a:   1\r\nb: {c:   2}\r\n", "a: 1\r\nb: {c: 2}\r\n"),
    "a byte order mark": ("\ufeffa: 1\n", "a: 1\n"),
    "a document's marker": ("---\n# x\na: 1\n", "---\n# x\na: 1\n"),
    "a flow file": ("{a: 1, b: {c: 2}}\n", "a: 1\nb: {c: 2}\n"),
    "nothing": ("# Only this.\n", "# Only this.\n"),
    "text over lines": ("a: one\n    two\nb: 'one\n\n  two'\n", "a: one\n  two\nb: 'one\n\n  two'\n"),
    "text with an indentation of its own": ("a: |4\n      one\n    two\n", "a: |2\n    one\n  two\n"),
    "a line that is too long": (
        f"a: {{b: {'x' * 70}, c: ['{'y' * 40}, z']}}  # why\n",
        f'a:  # why\n  b: {"x" * 70}\n  c: ["{"y" * 40}, z"]\n',
    ),
}


@pytest.mark.parametrize("case", FORMS)
def test_forms(case: str) -> None:
    text, expected = FORMS[case]
    assert formatted("x.yaml", text, "") == expected
    assert formatted("x.yaml", expected, "") == expected


def test_a_file_that_does_not_parse_is_refused() -> None:
    with pytest.raises(EditRefused, match=r"x\.yaml:1:5"):
        formatted("x.yaml", "a: [", "picklist")


ORDERED = {
    "picklist": {"values": {"z": {"label": "Z"}, "a": {"label": "A"}}},
    "tiers": {
        "factors": {"f": {"bands": {"z": {"below": 1}, "a": {"score": 1}}}},
        "tiers": {"z": {"label": "Z"}, "a": {"label": "A"}},
    },
    "lifecycle": {"stages": {"z": {"label": "Z"}, "a": {"label": "A"}}},
    "routing": {
        "roles": {"o": {"order": ["z", "a"], "rules": {"z": {}, "a": {}}, "territories": {"z": {}, "a": {}}}}
    },
    "routing-overlay": {"roles": {"o": {"territories": {"z": {}, "a": {}}}}},
    "change-policy": {"rules": {"z": {}, "a": {}}},
    "play": {"steps": {"z": {}, "a": {}}},
    "play-overlay": {"steps": {"z": {}, "a": {}}},
    "project": {"owners": {"taxonomy": "z", "playbooks": "a"}},
    "kpis": {"kpis": {"z": {"targets": {"global": 1, "emea": 2, "amer": 3}}}},
}


@pytest.mark.parametrize("kind", ORDERED)
def test_the_authors_own_keys_keep_their_order(kind: str) -> None:
    data = ORDERED[kind]
    assert emit(key_order(kind).sorted(data)) == emit(data)


def test_conditions_have_an_order_at_every_depth() -> None:
    data = {"when": {"all": [{"not": {"in": ["x"], "field": "account.industry"}}]}, "label": "A"}
    assert key_order("segment").sorted(data) == data
    assert list(key_order("segment").sorted(data)) == ["label", "when"]
    assert key_order("segment").of(("when", "all", 0, "not"))[:3] == ("all", "any", "not")
