"""What the loader makes of paths and of bytes: exact findings at exact places."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from abmspec.diagnostic import Diagnostic
from abmspec.load import MAX_BYTES, RULES, Entry, ParserUnavailable, Sources, discover, load, load_tree, parse
from abmspec.load.layout import LAYOUT_RULES, MAX_FILES, arrange
from abmspec.load.rules import MAX_FINDINGS, MAX_JUDGED, YAML_RULES
from abmspec.source import Document, Span

HERE = Entry("taxonomy/picklists/industry.yaml", "picklist", "industry", "")


def read(text: str | bytes) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    return parse(HERE, text.encode() if isinstance(text, str) else text)


def places(found: tuple[Diagnostic, ...]) -> list[tuple[str, int, int]]:
    return [(diagnostic.rule, diagnostic.line, diagnostic.column) for diagnostic in found]


def data(text: str) -> Any:
    document, found = read(text)
    assert document is not None, found
    return document.data


# -- the rules of a file's text: rule, text, line, column -------------------------------------------------

FINDINGS: list[tuple[str, str | bytes, int, int]] = [
    ("yaml-alias", "a: *b\n", 1, 4),
    ("yaml-alias", "*a : b\n", 1, 1),
    ("yaml-alias", "a: [*.example]\n", 1, 5),
    ("yaml-alias", "a: *\n", 1, 4),
    ("yaml-ambiguous-scalar", "countries: [FR, NO]\n", 1, 17),
    ("yaml-ambiguous-scalar", "on: push\n", 1, 1),
    ("yaml-ambiguous-scalar", "a:\n  - ~\n", 2, 5),
    ("yaml-anchor", "a: &b c\n", 1, 4),
    ("yaml-anchor", "a:\n  &b\n  c: d\n", 2, 3),
    ("yaml-anchor", "a: &\n", 1, 4),
    ("yaml-byte-order-mark", b"\xef\xbb\xbfa: b\n", 1, 1),
    ("yaml-control-character", "a: b\x00c\n", 1, 5),
    ("yaml-control-character", "a: \x7f\n", 1, 4),
    ("yaml-control-character", "a: b\ufeff\n", 1, 5),
    ("yaml-control-character", "a: \u202eb\n", 1, 4),
    ("yaml-control-character", 'a: "b\\0"\n', 1, 4),
    ("yaml-control-character", 'a: "\\ud83d"\n', 1, 4),
    ("yaml-control-character", '"\\x07": b\n', 1, 1),
    ("yaml-directive", "%YAML 1.1\n---\na: b\n", 1, 1),
    ("yaml-directive", "# c\n%TAG ! tag:example.org,2026:\n---\na: b\n", 2, 1),
    ("yaml-directive", "%FOO\n---\na: b\n", 1, 1),
    ("yaml-duplicate-key", "a: 1\nb: 2\na: 3\n", 3, 1),
    ("yaml-duplicate-key", "a:\n  b: {c: 1, 'c': 2}\n", 2, 13),
    ("yaml-empty", "", 1, 1),
    ("yaml-empty", "# nothing\n", 1, 1),
    ("yaml-empty", "---\n", 1, 4),
    ("yaml-encoding", b"a: caf\xe9\n", 1, 7),
    ("yaml-encoding", b"a: b\nc: \xed\xa0\x80\n", 2, 4),
    ("yaml-encoding", "a: b\n".encode("utf-16"), 1, 1),
    ("yaml-line-separator", "a: b\u2028c\n", 1, 5),
    ("yaml-line-separator", "a: b\u0085\n", 1, 5),
    ("yaml-line-separator", "a: b\rc: d\n", 1, 5),
    ("yaml-merge-conflict", "a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> other\n", 2, 1),
    ("yaml-merge-conflict", "a: 1\n>>>>>>> other\n", 2, 1),
    ("yaml-merge-key", "a:\n  <<: {b: c}\n", 2, 3),
    ("yaml-non-string-key", "2001: a\n", 1, 1),
    ("yaml-non-string-key", "a: {true: b}\n", 1, 5),
    ("yaml-non-string-key", "a: {1.5: b}\n", 1, 5),
    ("yaml-non-string-key", "null: a\n", 1, 1),
    ("yaml-non-string-key", ": a\n", 1, 1),
    ("yaml-non-string-key", "? [a]\n: b\n", 1, 3),
    ("yaml-non-string-key", "{a: b}: c\n", 1, 1),
    ("yaml-not-a-mapping", "- a\n", 1, 1),
    ("yaml-not-a-mapping", "label Industry\n", 1, 1),
    ("yaml-number-range", "a: 9007199254740992\n", 1, 4),
    ("yaml-number-range", f"a: {'9' * 5000}\n", 1, 4),
    ("yaml-number-range", "a: 1.0e+999\n", 1, 4),
    ("yaml-several-documents", "a: b\n---\nc: d\n", 2, 1),
    ("yaml-several-documents", "a: b\n...\n---\nc: d\n", 3, 1),
    ("yaml-syntax", "a: b: c\n", 1, 5),
    ("yaml-syntax", "a: b\n  c: d\n", 2, 3),
    ("yaml-syntax", "a: b\nlabel Industry\nc: d\n", 2, 1),
    ("yaml-syntax", "a:b\nc: d\n", 1, 3),
    ("yaml-syntax", "a: b\nc:d\ne: f\n", 2, 3),
    ("yaml-syntax", 'a: b\nc: "d\n', 2, 4),
    ("yaml-syntax", "a: 'b\nc: d\n", 1, 4),
    ("yaml-syntax", "a: [b, c\nd: e\n", 1, 4),
    ("yaml-syntax", "a: {b: c\n", 1, 4),
    ("yaml-syntax", "a: [b, , c]\n", 1, 8),
    ("yaml-syntax", "a: b]\nc: ]\n", 2, 4),
    ("yaml-syntax", "a:\n    b: 1\n  c: 2\n", 3, 3),
    ("yaml-syntax", "a:\n  - b\n - c\n", 3, 2),
    ("yaml-syntax", "a: - b\n", 1, 4),
    ("yaml-syntax", 'a: "b" c\n', 1, 8),
    ("yaml-syntax", "a: @b\n", 1, 4),
    ("yaml-syntax", "a: `b`\n", 1, 4),
    ("yaml-syntax", "a: %b\n", 1, 4),
    ("yaml-syntax", 'a: "\\q"\n', 1, 6),
    ("yaml-syntax", 'a: "\\UFFFFFFFF"\n', 1, 7),
    ("yaml-syntax", "a: |b\n  c\n", 1, 5),
    ("yaml-tab", "a:\n\tb: c\n", 2, 1),
    ("yaml-tab", "a:\n  b: c\n  \td: e\n", 3, 3),
    ("yaml-tab", "a: b\t# c\n", 1, 5),
    ("yaml-tag", "a: !!str b\n", 1, 4),
    ("yaml-tag", "a: ! b\n", 1, 4),
    ("yaml-tag", "!x\na: b\n", 1, 1),
    ("yaml-too-deep", "a: " + "[" * 64 + "]" * 64 + "\n", 1, 67),
    ("yaml-too-large", b"a: " + b"b" * MAX_BYTES, 1, 1),
]


@pytest.mark.parametrize(("rule", "text", "line", "column"), FINDINGS)
def test_finding(rule: str, text: str | bytes, line: int, column: int) -> None:
    _, found = read(text)
    assert places(found) == [(rule, line, column)]
    assert found[0].message.endswith(".")
    assert found[0].suggestion.endswith(".")


def test_every_rule_of_text_is_in_the_table() -> None:
    assert {rule for rule, *_ in FINDINGS} == {rule.name for rule in YAML_RULES}


def test_rules_are_sorted_and_unique() -> None:
    names = [rule.name for rule in RULES]
    assert names == sorted(set(names))


# -- scalars ---------------------------------------------------------------------------------------------

AMBIGUOUS = (
    "NO", "no", "No", "n", "N", "off", "Off", "OFF", "False", "FALSE", "yes", "Yes",
    "YES", "y", "Y", "on", "On", "ON", "True", "TRUE", "~", "Null", "NULL", "=",
    "012", "089", "00", "+1", "1_000", "0o7", "0x1F", "0b11", "1e3", "1E3", "1.5e3", "1.5E+3",
    "1.", ".5", "+.5", ".inf", "-.INF", ".nan", "1_000.5", "12:30", "09:30", "1:30:00", "12:30.5", "2026-01-02",
    "2026-1-2", "2026-01-02T03:04:05Z",
)  # fmt: skip


@pytest.mark.parametrize("scalar", AMBIGUOUS)
def test_what_readers_disagree_on_is_reported_and_read_as_text(scalar: str) -> None:
    document, found = read(f"a: {scalar}\nb: [{scalar}]\n")
    assert places(found) == [("yaml-ambiguous-scalar", 1, 4), ("yaml-ambiguous-scalar", 2, 5)]
    assert document is not None
    assert document.data == {"a": scalar, "b": [scalar]}


@pytest.mark.parametrize("scalar", AMBIGUOUS)
def test_quotes_mend_it(scalar: str) -> None:
    assert data(f"a: \"{scalar}\"\n'{scalar}': b\n") == {"a": scalar, scalar: "b"}


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("", None), ("null", None), ("true", True), ("false", False),
        ("0", 0), ("-1", -1), ("9007199254740991", 2**53 - 1), ("1.5", 1.5), ("-0.25", -0.25), ("1.5e+3", 1500.0),
        *((text, text) for text in (
            "nO", "none", "note", "tRUE", "yEs", "1.2.3", "1-100", "02-01", "2026-06", "09:00-17:30", "90 days",
            "2 business hours", "https://example.org", "a:b", "1,000", "50%", "-", "-a", "+", ".", "..", "=>", "<",
            "~a", "0015g00000AbCdE", "v1", "nan", "inf", "2026-06-01 is late", "Banking & Finance", "a #b"[:1],
        ) if text != "-"),
    ],
)  # fmt: skip
def test_plain_scalar(scalar: str, value: object) -> None:
    found = data(f"a: {scalar}\n")["a"]
    assert (found, type(found)) == (value, type(value))


def test_a_mend_names_the_number_that_was_meant() -> None:
    for scalar, meant in (("1_000", "1000"), ("+1", "1"), ("1e3", "1000")):
        _, found = read(f"a: {scalar}\n")
        assert found[0].suggestion == f'Write `"{scalar}"` for the text, `{meant}` for the number.'
    _, found = read("a: 012\n")
    assert found[0].suggestion == 'Write `"012"`.'


@pytest.mark.parametrize(
    "text", ["a: [https://x]", "a: [12:3x]", "a: {q: what?}", "a: [::]", "a: {b: c\n  }"]
)
def test_valid_flow_collections_are_read(text: str) -> None:
    read_text = data(text + "\n")
    assert list(read_text) == ["a"]


# -- what comes of a finding -----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["a: NO\n", "1: a\n", "a: 9007199254740992\n", "\ufeffa: b\n"])
def test_what_has_one_sensible_reading_is_loaded_all_the_same(text: str) -> None:
    document, found = read(text)
    assert document is not None
    assert found


@pytest.mark.parametrize("text", ["a: 1\na: 2\n", "a: &b c\n", "a: !!str b\n", "- a\n", "a: b\n---\nc: d\n"])
def test_what_would_be_a_guess_is_not_loaded(text: str) -> None:
    assert read(text)[0] is None


def test_one_file_tells_all_its_findings() -> None:
    _, found = read("a: NO\nb: &x c\na: *x\n1: !y z\nd: ]\n")
    assert places(found) == [
        ("yaml-ambiguous-scalar", 1, 4),
        ("yaml-anchor", 2, 4),
        ("yaml-duplicate-key", 3, 1),
        ("yaml-alias", 3, 4),
        ("yaml-non-string-key", 4, 1),
        ("yaml-tag", 4, 4),
        ("yaml-syntax", 5, 4),
    ]


def test_a_duplicate_names_the_first() -> None:
    _, found = read("a:\n  b: 1\n  b: 2\n")
    assert [(related.path, related.line, related.column) for related in found[0].related] == [
        (HERE.path, 2, 3)
    ]


def test_findings_on_one_file_are_bounded() -> None:
    assert len(read("- NO\n" * 10_000)[1]) == MAX_FINDINGS
    assert len(read("\x01" * 10_000)[1]) == MAX_FINDINGS


def test_what_the_strict_parser_would_take_too_long_for_is_not_judged_by_it() -> None:
    long = "# c\n" * (MAX_JUDGED // 4)
    assert places(read(f"{long}a:\tb\n")[1])[0][0] == "yaml-too-large"
    assert places(read(f"{long}a: [::]\n")[1])[0][0] == "yaml-syntax"


def test_a_directive_does_not_leak_into_the_next_file() -> None:
    read("%YAML 1.1\n---\na: [::, 010]\n")
    assert places(read("a: [::, 0o7]\n")[1]) == [("yaml-ambiguous-scalar", 1, 9)]


# -- spans -----------------------------------------------------------------------------------------------


def spans(text: str) -> dict[tuple[str | int, ...], tuple[int, ...]]:
    document, found = read(text)
    assert document is not None, found
    return {route: tuple(node.value) for route, node in document.spans.items()}


def test_spans_of_block_collections_end_with_their_content() -> None:
    text = "a:\n  b:\n  - c\n  - d: e\n\n\n# later\nf: g\n"
    assert spans(text) == {
        ("a",): (2, 3, 4, 9),
        ("a", "b"): (3, 3, 4, 9),
        ("a", "b", 0): (3, 5, 3, 6),
        ("a", "b", 1): (4, 5, 4, 9),
        ("a", "b", 1, "d"): (4, 8, 4, 9),
        ("f",): (8, 4, 8, 5),
        (): (1, 1, 8, 5),
    }


def test_spans_of_flow_collections_hold_their_brackets() -> None:
    assert spans("a: {b: [c, 'd'],\n  e: f }\n") == {
        ("a",): (1, 4, 2, 9),
        ("a", "b"): (1, 8, 1, 16),
        ("a", "b", 0): (1, 9, 1, 10),
        ("a", "b", 1): (1, 12, 1, 15),
        ("a", "e"): (2, 6, 2, 7),
        (): (1, 1, 2, 9),
    }


def test_columns_count_code_points() -> None:
    assert spans("{金😀: 融é, b: c}\r\n")[("b",)] == (1, 13, 1, 14)


def test_an_empty_value_stands_right_after_its_colon() -> None:
    text = "a:   # why\nb:\nc: [d: , e]\nf:\n-\n- # g\n- h\n"
    found = spans(text)
    assert found[("a",)] == (1, 3, 1, 3)
    assert found[("b",)] == (2, 3, 2, 3)
    assert found[("c", 0, "d")] == (3, 7, 3, 7)
    assert found[("f", 0)] == (5, 2, 5, 2)
    assert found[("f", 1)] == (6, 2, 6, 2)


def test_a_block_scalar_ends_with_its_text() -> None:
    assert spans("a: |\n  b\n  c\n\n\nd: >-\n  e\n") == {
        ("a",): (1, 4, 3, 4),
        ("d",): (6, 4, 7, 4),
        (): (1, 1, 7, 4),
    }


def test_a_document_answers_by_route() -> None:
    document, _ = read("values:\n  fintech:\n    label: Fintech\n")
    assert document is not None
    assert document.span(("values", "fintech", "label")) == Span(3, 12, 3, 19)
    assert document.span(("values", "fintech"), on_key=True) == Span(2, 3, 2, 10)
    assert document.span(("values", "fintech", "owner")) == Span(2, 3, 2, 10)


# -- the layout ------------------------------------------------------------------------------------------

ENTRIES = [
    Entry("abmspec.yaml", "project", "", ""),
    Entry("accounts/overrides/acme-bank.yaml", "account-override", "acme-bank", ""),
    Entry("accounts/plans/acme-bank.yaml", "account-plan", "acme-bank", ""),
    Entry("playbooks/content/deck.yaml", "content", "deck", ""),
    Entry("playbooks/ctas.yaml", "ctas", "", ""),
    Entry("playbooks/experiments/subject-line.yaml", "experiment", "subject-line", ""),
    Entry("playbooks/learnings/short-mails.yaml", "learning", "short-mails", ""),
    Entry("playbooks/plays/briefing.yaml", "play", "briefing", ""),
    Entry("regions/emea/dach/fields/account.yaml", "fields-overlay", "account", "dach"),
    Entry("regions/emea/dach/picklists/dach-branche.yaml", "picklist", "dach-branche", "dach"),
    Entry("regions/emea/dach/picklists/emea-sector.yaml", "picklist-overlay", "emea-sector", "dach"),
    Entry("regions/emea/dach/region.yaml", "region", "dach", "dach"),
    Entry("regions/emea/picklists/emea-sector.yaml", "picklist", "emea-sector", "emea"),
    Entry("regions/emea/picklists/industry.yaml", "picklist-overlay", "industry", "emea"),
    Entry("regions/emea/playbooks/briefing.yaml", "play-overlay", "briefing", "emea"),
    Entry("regions/emea/playbooks/content/deck.yaml", "content-overlay", "deck", "emea"),
    Entry("regions/emea/playbooks/content/emea-deck.yaml", "content", "emea-deck", "emea"),
    Entry("regions/emea/playbooks/ctas.yaml", "ctas", "", "emea"),
    Entry("regions/emea/playbooks/emea-day.yaml", "play", "emea-day", "emea"),
    Entry("regions/emea/playbooks/experiments/emea-test.yaml", "experiment", "emea-test", "emea"),
    Entry("regions/emea/playbooks/learnings/emea-note.yaml", "learning", "emea-note", "emea"),
    Entry("regions/emea/playbooks/plays/emea-night.yaml", "play", "emea-night", "emea"),
    Entry("regions/emea/privacy.yaml", "privacy", "", "emea"),
    Entry("regions/emea/region.yaml", "region", "emea", "emea"),
    Entry("regions/emea/routing.yaml", "routing-overlay", "", "emea"),
    Entry("regions/emea/segments/emea-public.yaml", "segment-regional", "emea-public", "emea"),
    Entry("regions/emea/segments/enterprise.yaml", "segment-overlay", "enterprise", "emea"),
    Entry("regions/emea/tiers.yaml", "tiers-overlay", "", "emea"),
    Entry("taxonomy/buying-groups.yaml", "buying-groups", "", ""),
    Entry("taxonomy/charter.yaml", "charter", "", ""),
    Entry("taxonomy/fields/account.yaml", "fields", "account", ""),
    Entry("taxonomy/governance/change-policy.yaml", "change-policy", "", ""),
    Entry("taxonomy/governance/council.yaml", "council", "", ""),
    Entry("taxonomy/governance/decisions/vote.yaml", "decision", "vote", ""),
    Entry("taxonomy/governance/emergencies/breach.yaml", "emergency", "breach", ""),
    Entry("taxonomy/governance/raci.yaml", "raci", "", ""),
    Entry("taxonomy/governance/roles.yaml", "roles", "", ""),
    Entry("taxonomy/governance/waivers/late.yaml", "waiver", "late", ""),
    Entry("taxonomy/icp.yaml", "icp", "", ""),
    Entry("taxonomy/jurisdictions.yaml", "jurisdictions", "", ""),
    Entry("taxonomy/kpis.yaml", "kpis", "", ""),
    Entry("taxonomy/lifecycle.yaml", "lifecycle", "", ""),
    Entry("taxonomy/picklists/industry.yaml", "picklist", "industry", ""),
    Entry("taxonomy/privacy.yaml", "privacy", "", ""),
    Entry("taxonomy/routing.yaml", "routing", "", ""),
    Entry("taxonomy/segments/enterprise.yaml", "segment", "enterprise", ""),
    Entry("taxonomy/systems.yaml", "systems", "", ""),
    Entry("taxonomy/tiers.yaml", "tiers", "", ""),
]
FREE = [
    "README.md", "abmspec/load/__init__.py", "accounts/accounts.csv", "accounts/generate.py", "docs/index.md",
    "playbooks/.gitkeep", "regions/.DS_Store", "regions/emea/README.md", "regions/emea/picklists/.gitkeep",
    "taxonomy/.hidden/notes.yaml", "taxonomy/README.md",
]  # fmt: skip


def test_the_layout_says_what_a_file_is() -> None:
    layout = arrange([*FREE, *(entry.path for entry in reversed(ENTRIES))])
    assert layout == (tuple(ENTRIES), frozenset(), ())


REGION = "regions/emea/region.yaml"


@pytest.mark.parametrize(
    ("path", "rule", "suggestion"),
    [
        ("taxonomy/tier.yaml", "file-unknown", "Did you mean `taxonomy/tiers.yaml`?"),
        ("taxonomy/picklist/industry.yaml", "file-unknown", "Did you mean `taxonomy/picklists/industry.yaml`?"),
        ("taxonomy/goverance/roles.yaml", "file-unknown", "Did you mean `taxonomy/governance/roles.yaml`?"),
        ("playbooks/briefing.yaml", "file-unknown", "Did you mean `playbooks/plays/briefing.yaml`?"),
        ("taxonomy/picklists/old/industry.yaml", "file-unknown", "Did you mean `taxonomy/picklists/industry.yaml`?"),
        ("taxonomy/picklists/notes.txt", "file-unknown", ""),
        ("accounts/export.csv", "file-unknown", ""),
        ("regions/emea.yaml", "file-unknown", ""),
        ("regions/emea/icp.yaml", "file-unknown", ""),
        ("regions/emea/teirs.yaml", "file-unknown", "Did you mean `regions/emea/tiers.yaml`?"),
        ("regions/emea/picklist/industry.yaml", "file-unknown", "Did you mean `regions/emea/picklists/`?"),
        ("regions/emea/picklists/old/industry.yaml", "file-unknown",
         "Did you mean `regions/emea/picklists/industry.yaml`?"),
        ("taxonomy/picklists/Industry.yaml", "file-name", "Rename it to `taxonomy/picklists/industry.yaml`."),
        ("taxonomy/picklists/sub_industry.yaml", "file-name", "Rename it to `taxonomy/picklists/sub-industry.yaml`."),
        ("taxonomy/picklists/industry.yml", "file-name", "Rename it to `taxonomy/picklists/industry.yaml`."),
        ("taxonomy/picklists/1st.yaml", "file-name", ""),
        ("taxonomy/picklists/産業.yaml", "file-name", ""),
        ("taxonomy/Tiers.yaml", "file-name", "Rename it to `taxonomy/tiers.yaml`."),
        ("taxonomy/tiers.yml", "file-name", "Rename it to `taxonomy/tiers.yaml`."),
        ("abmspec.yml", "file-name", "Rename it to `abmspec.yaml`."),
        ("regions/emea/Tiers.yml", "file-name", "Rename it to `regions/emea/tiers.yaml`."),
        ("regions/emea/playbooks/learnings/note.yaml", "file-name",
         "Rename it to `regions/emea/playbooks/learnings/emea-note.yaml`."),
    ],
)  # fmt: skip
def test_a_file_without_a_place(path: str, rule: str, suggestion: str) -> None:
    found = arrange([REGION, path]).diagnostics
    assert [(diagnostic.path, diagnostic.rule) for diagnostic in found] == [(path, rule)]
    assert found[0].suggestion == suggestion or (not suggestion and "Did you mean" not in found[0].suggestion)


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("taxonomy/picklists/Sub_Industry.yml", ("picklist", "sub-industry", "")),
        ("taxonomy/Tiers.yaml", ("tiers", "", "")),
        ("regions/emea/picklists/EMEA-sector.yaml", ("picklist", "emea-sector", "emea")),
        ("regions/emea/dach/region.yml", ("region", "dach", "dach")),
    ],
)
def test_a_name_that_can_be_mended_is_loaded_as_if_it_were(path: str, entry: tuple[str, str, str]) -> None:
    layout = arrange([REGION, path])
    assert Entry(path, *entry) in layout.entries
    assert not layout.broken


def test_ids_equal_but_for_case_are_one_id() -> None:
    layout = arrange(
        [
            "taxonomy/picklists/Industry.yaml",
            "taxonomy/picklists/industry.yaml",
            "taxonomy/Tiers.yaml",
            "taxonomy/tiers.yaml",
        ]
    )
    assert [entry.path for entry in layout.entries] == [
        "taxonomy/picklists/industry.yaml",
        "taxonomy/tiers.yaml",
    ]
    assert layout.broken == {"taxonomy/picklists/Industry.yaml", "taxonomy/Tiers.yaml"}
    assert {diagnostic.rule for diagnostic in layout.diagnostics} == {"file-name"}


def test_two_names_mended_to_one_id() -> None:
    layout = arrange(["taxonomy/picklists/Industry.yaml", "taxonomy/picklists/industry.yml"])
    assert [entry.path for entry in layout.entries] == ["taxonomy/picklists/Industry.yaml"]
    assert layout.broken == {"taxonomy/picklists/industry.yml"}


def test_a_folder_in_a_region_is_a_region() -> None:
    layout = arrange([REGION, "regions/emea/dach/picklists/industry.yaml", "regions/apac/README.md"])
    assert [(diagnostic.path, diagnostic.rule) for diagnostic in layout.diagnostics] == [
        ("regions/apac/region.yaml", "region-file-missing"),
        ("regions/emea/dach/region.yaml", "region-file-missing"),
    ]
    assert "`abmspec new region apac`" in layout.diagnostics[0].suggestion
    assert "`abmspec new region dach --parent emea`" in layout.diagnostics[1].suggestion
    assert (
        Entry("regions/emea/dach/picklists/industry.yaml", "picklist-overlay", "industry", "dach")
        in layout.entries
    )


def test_a_region_may_be_named_like_a_folder_of_the_layout() -> None:
    layout = arrange(["regions/fields/region.yaml", "regions/fields/tiers.yaml"])
    assert [entry.region for entry in layout.entries] == ["fields", "fields"]


def test_a_path_that_breaks_a_line_is_shown_escaped_and_not_read() -> None:
    layout = arrange(["taxonomy/picklists/a\n::error::b.yaml", "taxonomy/picklists/\udcff.yaml"])
    assert not layout.entries
    assert [diagnostic.path for diagnostic in layout.diagnostics] == [
        "taxonomy/picklists/\\udcff.yaml",
        "taxonomy/picklists/a\\u000a::error::b.yaml",
    ]


def test_the_number_of_files_is_bounded() -> None:
    layout = arrange(f"taxonomy/picklists/p{number:05}.yaml" for number in range(MAX_FILES + 1))
    assert len(layout.entries) == MAX_FILES
    assert [(diagnostic.path, diagnostic.rule) for diagnostic in layout.diagnostics] == [
        ("abmspec.yaml", "file-too-many")
    ]


# -- the tree and the disk -------------------------------------------------------------------------------

TREE = {
    "README.md": b"# Read me\n",
    "abmspec.yaml": b"format: 1\n",
    "accounts/accounts.csv": b"id\n",
    "taxonomy/icp.yaml": b"a: [\n",
    "taxonomy/kpis.yaml": b"kpis: {a: {unit: NO}}\n",
    "taxonomy/picklists/industry.yaml": b"label: Industry\n",
}


def write(root: Path, files: dict[str, bytes]) -> None:
    for path, raw in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(raw)


def test_one_bad_file_hides_no_other() -> None:
    sources, found = load_tree(TREE)
    assert list(sources.documents) == [
        "abmspec.yaml",
        "taxonomy/kpis.yaml",
        "taxonomy/picklists/industry.yaml",
    ]
    assert sources.broken == {"taxonomy/icp.yaml"}
    assert [(diagnostic.path, diagnostic.rule) for diagnostic in found] == [
        ("taxonomy/icp.yaml", "yaml-syntax"),
        ("taxonomy/kpis.yaml", "yaml-ambiguous-scalar"),
    ]


def test_the_disk_and_the_tree_give_the_same(tmp_path: Path) -> None:
    write(tmp_path, TREE)

    def plain(loaded: tuple[Sources, tuple[Diagnostic, ...]]) -> object:
        sources, found = loaded
        return {path: document.data for path, document in sources.documents.items()}, sources.broken, found

    assert plain(load(tmp_path)) == plain(load_tree(TREE))
    assert [entry.path for entry in discover(tmp_path)[0]] == [
        path for path in TREE if path.endswith(".yaml")
    ]


def test_the_digest_changes_with_paths_and_bytes() -> None:
    first = load_tree(TREE)[0].digest
    assert first == load_tree(dict(reversed(TREE.items())))[0].digest
    assert first == load_tree({**TREE, "README.md": b"another"})[0].digest
    others = [
        {**TREE, "abmspec.yaml": b"format: 1 \n"},
        {**TREE, "taxonomy/unknown.txt": b""},
        {path: raw for path, raw in TREE.items() if path != "taxonomy/icp.yaml"},
    ]
    digests = {load_tree(other)[0].digest for other in others}
    assert len(digests | {first}) == len(others) + 1


def test_no_symbolic_link_is_followed(tmp_path: Path) -> None:
    root, outside = tmp_path / "project", tmp_path / "outside"
    write(root, {"abmspec.yaml": b"format: 1\n", "taxonomy/picklists/industry.yaml": b"label: Industry\n"})
    write(outside, {"secret.yaml": b"password: hunter2\n", "picklists/stolen.yaml": b"label: Stolen\n"})
    (root / "taxonomy/icp.yaml").symlink_to(outside / "secret.yaml")
    (root / "taxonomy/segments").symlink_to(outside / "picklists")
    (root / "taxonomy/picklists/copy.yaml").symlink_to("industry.yaml")
    (root / "playbooks").symlink_to(root)
    (root / "taxonomy/loop").symlink_to("loop")
    sources, found = load(root)
    assert list(sources.documents) == ["abmspec.yaml", "taxonomy/picklists/industry.yaml"]
    assert [(diagnostic.path, diagnostic.rule) for diagnostic in found] == [
        (path, "file-symlink")
        for path in (
            "playbooks", "taxonomy/icp.yaml", "taxonomy/loop", "taxonomy/picklists/copy.yaml", "taxonomy/segments",
        )
    ]  # fmt: skip
    assert "leads out of the project" in found[1].message
    assert sources.broken >= {"taxonomy/icp.yaml", "taxonomy/picklists/copy.yaml"}


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    write(tmp_path, {"abmspec.yaml": b"format: 1\n", "taxonomy/kpis.yaml": b"kpis: {}\n"})
    os.mkfifo(tmp_path / "taxonomy/icp.yaml")
    sources, found = load(tmp_path)
    assert [(diagnostic.path, diagnostic.rule) for diagnostic in found] == [
        ("taxonomy/icp.yaml", "file-unreadable")
    ]
    assert sources.broken == {"taxonomy/icp.yaml"}


def test_a_file_that_cannot_be_opened_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"abmspec.yaml": b"format: 1\n", "taxonomy/kpis.yaml": b"kpis: {}\n"})
    opened = Path.open

    def refuse(self: Path, *args: Any, **kwargs: Any) -> Any:
        if self.name == "kpis.yaml":
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    sources, found = load(tmp_path)
    assert places(found) == [("file-unreadable", 1, 1)]
    assert found[0].message == "`taxonomy/kpis.yaml` cannot be read: permission denied."
    assert sources.broken == {"taxonomy/kpis.yaml"}


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    write(tmp_path, {"abmspec.yaml": b"format: 1\n"})
    with (tmp_path / "abmspec.yaml").open("ab") as file:
        file.truncate(1 << 40)
    assert places(load(tmp_path)[1]) == [("yaml-too-large", 1, 1)]


def test_other_folders_of_the_repository_are_not_looked_into(tmp_path: Path) -> None:
    write(
        tmp_path, {"abmspec.yaml": b"format: 1\n", "docs/a.yaml": b"[", "abmspec/x.yaml": b"[", ".git/x": b""}
    )
    assert load(tmp_path)[1] == ()


def test_without_libyaml_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yaml.__with_libyaml__", False)
    with pytest.raises(ParserUnavailable, match="libyaml"):
        load(tmp_path)


def test_every_rule_of_paths_is_tested_here() -> None:
    tested = {"file-name", "file-unknown", "file-too-many", "region-file-missing"}
    assert {rule.name for rule in LAYOUT_RULES} == tested
    assert {rule.name for rule in RULES} == tested | {rule.name for rule in YAML_RULES} | {
        "file-symlink", "file-unreadable",
    }  # fmt: skip
