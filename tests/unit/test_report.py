"""Findings as people and machines read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from abmspec.check import WAIVER_EXPIRED, WAIVER_RULES, all_rules
from abmspec.diagnostic import Diagnostic, Related, Severity, Waived
from abmspec.report import FORMATS, Report
from abmspec.source import Span

FOUND = Diagnostic.at(
    "regions/emea/picklists/industry.yaml",
    Span(2, 10, 2, 17),
    WAIVER_EXPIRED,
    "It maps to `bnking`, which does not exist.",
    address="region.emea.picklist.industry.value.emea-x",
    suggestion="Did you mean `banking`?",
    related=(Related("taxonomy/picklists/industry.yaml", 1, 1, "The picklist."),),
)
WARNING = Diagnostic(
    "b.yaml", 1, 1, "waiver-unneeded", "Not 100% needed:\nreally, no.", Severity.WARNING, 1, 4
)


def report(
    tmp_path: Path, *found: Diagnostic, waived: tuple[Waived, ...] = (), colour: bool = False
) -> Report:
    file = tmp_path / FOUND.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("values:\n  maps_to: bnking\n", encoding="utf-8")
    return Report(tuple(sorted(found)), waived, all_rules(), tmp_path, 7, 0.25, colour)


def test_text_points_at_the_place(tmp_path: Path) -> None:
    assert FORMATS["text"](report(tmp_path, FOUND)) == (
        "regions/emea/picklists/industry.yaml:2:10: error[waiver-expired]: "
        "It maps to `bnking`, which does not exist.\n"
        "  2 |   maps_to: bnking\n"
        "    |          ^^^^^^^\n"
        "  mend: Did you mean `banking`?\n"
        "  see: taxonomy/picklists/industry.yaml:1:1: The picklist.\n"
        "\n"
        "1 error, 0 warnings in 7 files (0.25 s)\n"
    )


def test_a_clean_spec_says_so(tmp_path: Path) -> None:
    waived = (Waived(WARNING, "some-waiver"),)
    assert FORMATS["text"](report(tmp_path, waived=waived)) == (
        "clean: 0 errors, 0 warnings, 1 waived in 7 files (0.25 s)\n"
    )


def test_the_caret_stands_below_wide_characters(tmp_path: Path) -> None:
    made = report(tmp_path)
    (tmp_path / "wide.yaml").write_text("金融: サービス x\n", encoding="utf-8")
    found = Diagnostic("wide.yaml", 1, 10, "r", "m", Severity.ERROR, 1, 11)
    text = FORMATS["text"](Report((found,), (), made.rules, tmp_path, 1, 0.0))
    line, caret = text.splitlines()[1:3]
    assert line == "  1 | 金融: サービス x"
    assert caret == "    | " + " " * 15 + "^"


def test_what_a_spec_says_never_drives_the_terminal(tmp_path: Path) -> None:
    made = report(tmp_path)
    (tmp_path / "evil.yaml").write_text("a: \x1b[2J\n", encoding="utf-8")
    found = Diagnostic("evil.yaml", 1, 4, "r", "bell \x07 and \u202eright to left", Severity.ERROR, 1, 5)
    text = FORMATS["text"](Report((found,), (), made.rules, tmp_path, 1, 0.0))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text


def test_a_long_line_is_cut_around_the_place(tmp_path: Path) -> None:
    made = report(tmp_path)
    (tmp_path / "long.yaml").write_text("x" * 500 + "HERE" + "y" * 500, encoding="utf-8")
    found = Diagnostic("long.yaml", 1, 501, "r", "m", Severity.ERROR, 1, 505)
    line, caret = FORMATS["text"](Report((found,), (), made.rules, tmp_path, 1, 0.0)).splitlines()[1:3]
    assert len(line) < 200
    assert line[caret.index("^") : caret.index("^") + 4] == "HERE"
    assert caret.count("^") == 4


def test_colour_is_asked_for(tmp_path: Path) -> None:
    assert "\x1b[1;31merror[waiver-expired]\x1b[0m" in FORMATS["text"](report(tmp_path, FOUND, colour=True))


def test_github_commands_are_escaped_and_ranked(tmp_path: Path) -> None:
    lines = FORMATS["github"](report(tmp_path, FOUND, WARNING)).splitlines()
    assert lines == [
        "::error file=regions/emea/picklists/industry.yaml,line=2,endLine=2,col=10,title=waiver-expired,"
        "endColumn=17::It maps to `bnking`, which does not exist.%0ADid you mean `banking`?",
        "::warning file=b.yaml,line=1,endLine=1,col=1,title=waiver-unneeded,"
        "endColumn=4::Not 100%25 needed:%0Areally, no.",
    ]


def test_json_has_every_part(tmp_path: Path) -> None:
    document = json.loads(FORMATS["json"](report(tmp_path, FOUND, waived=(Waived(WARNING, "w"),))))
    assert document["version"] == 1
    assert document["diagnostics"] == [
        {
            "rule": "waiver-expired",
            "severity": "error",
            "message": FOUND.message,
            "path": FOUND.path,
            "line": 2,
            "column": 10,
            "end_line": 2,
            "end_column": 17,
            "address": FOUND.address,
            "suggestion": FOUND.suggestion,
            "related": [
                {
                    "path": "taxonomy/picklists/industry.yaml",
                    "line": 1,
                    "column": 1,
                    "message": "The picklist.",
                }
            ],
        }
    ]
    assert [(each["rule"], each["waiver"]) for each in document["waived"]] == [("waiver-unneeded", "w")]


def test_sarif_is_valid(tmp_path: Path, published_schema: Any) -> None:
    document = json.loads(FORMATS["sarif"](report(tmp_path, FOUND, waived=(Waived(WARNING, "w"),))))
    jsonschema.validate(document, published_schema("sarif-2.1.0"))
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} >= {rule.name for rule in WAIVER_RULES}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert [result.get("suppressions", [{}])[0].get("status") for result in run["results"]] == [
        None,
        "accepted",
    ]


def test_a_sarif_fingerprint_survives_moved_lines(tmp_path: Path) -> None:
    def fingerprints(found: Diagnostic) -> list[Any]:
        document = json.loads(FORMATS["sarif"](report(tmp_path, found)))
        return [result["partialFingerprints"] for result in document["runs"][0]["results"]]

    moved = Diagnostic.at(FOUND.path, Span(9, 3, 9, 10), WAIVER_EXPIRED, FOUND.message, address=FOUND.address)
    other = Diagnostic.at(FOUND.path, Span(9, 3, 9, 10), WAIVER_EXPIRED, "Another.", address=FOUND.address)
    assert fingerprints(moved) == fingerprints(FOUND) != fingerprints(other)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_ends_its_last_line(tmp_path: Path, name: str) -> None:
    text = FORMATS[name](report(tmp_path, FOUND))
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
