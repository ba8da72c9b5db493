"""Findings as people and machines read them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import lxml.html
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from abmspec.check import WAIVER_EXPIRED, WAIVER_RULES, all_rules
from abmspec.diagnostic import Diagnostic, Related, Severity, Waived, fingerprint
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
            "fix": None,
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


# -- what forges read ---------------------------------------------------------------------------------

NOTE = Diagnostic("b.yaml", 3, 1, "near-duplicate", "Noted.", Severity.NOTE, 3, 4, "picklist.a")
HOSTILE = (
    "a\" b' c <script>&amp; | `tick` ``` @octocat #1 https://evil.example www.evil.example [x](https://evil.example) "
    "![x](y) **bold** <!-- c --> ~~no~~ $x$ \\| end \x00\x1b\x0b\ufffe \u202e\n\n# heading\n- item\r\n::error::x\t]]>"
)
EVIL = Diagnostic("e|`<b>.yaml", 1, 1, "r", HOSTILE, Severity.ERROR, 1, 2, "a.<b>", HOSTILE)


def test_ranked_is_most_severe_first(tmp_path: Path) -> None:
    assert report(tmp_path, NOTE, WARNING, FOUND).ranked() == (FOUND, WARNING, NOTE)


def test_junit_is_as_expected(tmp_path: Path) -> None:
    waived = (Waived(NOTE, "some-waiver"),)
    assert FORMATS["junit"](report(tmp_path, FOUND, WARNING, waived=waived)) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="abmspec check" tests="3" failures="1" errors="0">\n'
        '  <testsuite name="b.yaml" tests="2" failures="0" errors="0" skipped="1">\n'
        '    <testcase name="waiver-unneeded at b.yaml" classname="b.yaml">\n'
        "      <system-out>b.yaml:1:1: warning[waiver-unneeded]: Not 100% needed:\nreally, no.</system-out>\n"
        "    </testcase>\n"
        '    <testcase name="near-duplicate at picklist.a" classname="b.yaml">\n'
        '      <skipped message="waiver some-waiver"/>\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        '  <testsuite name="regions/emea/picklists/industry.yaml" tests="1" failures="1" errors="0" skipped="0">\n'
        '    <testcase name="waiver-expired at region.emea.picklist.industry.value.emea-x" '
        'classname="regions/emea/picklists/industry.yaml">\n'
        '      <failure type="error" message="It maps to `bnking`, which does not exist.">'
        "regions/emea/picklists/industry.yaml:2:10: error[waiver-expired]: "
        "It maps to `bnking`, which does not exist.\n"
        "mend: Did you mean `banking`?\n"
        "see: taxonomy/picklists/industry.yaml:1:1: The picklist.</failure>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


# What Jenkins' `junit-10.xsd` and the schema of Surefire's reports both take, of what is written at all.
JUNIT = etree.RelaxNG(
    etree.fromstring(
        """
<element name="testsuites" xmlns="http://relaxng.org/ns/structure/1.0"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <attribute name="name"/>
  <attribute name="tests"><data type="positiveInteger"/></attribute>
  <attribute name="failures"><data type="nonNegativeInteger"/></attribute>
  <attribute name="errors"><data type="nonNegativeInteger"/></attribute>
  <oneOrMore>
    <element name="testsuite">
      <attribute name="name"><data type="token"><param name="minLength">1</param></data></attribute>
      <attribute name="tests"><data type="positiveInteger"/></attribute>
      <attribute name="failures"><data type="nonNegativeInteger"/></attribute>
      <attribute name="errors"><data type="nonNegativeInteger"/></attribute>
      <attribute name="skipped"><data type="nonNegativeInteger"/></attribute>
      <oneOrMore>
        <element name="testcase">
          <attribute name="name"><data type="token"><param name="minLength">1</param></data></attribute>
          <attribute name="classname"><data type="token"><param name="minLength">1</param></data></attribute>
          <choice>
            <empty/>
            <element name="skipped"><attribute name="message"/></element>
            <element name="failure"><attribute name="type"/><attribute name="message"/><text/></element>
            <element name="system-out"><text/></element>
          </choice>
        </element>
      </oneOrMore>
    </element>
  </oneOrMore>
</element>"""
    )
)


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("found", [(), (FOUND,), (WARNING,), (FOUND, WARNING, NOTE, FOUND), (EVIL,)], ids=len)
def test_junit_is_valid_and_its_sums_are_right(
    found: tuple[Diagnostic, ...], strict: bool, tmp_path: Path
) -> None:
    made = replace(report(tmp_path, *found), baselined=(NOTE,), strict=strict)
    document = etree.fromstring(FORMATS["junit"](made).encode())
    JUNIT.assertValid(document)
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    failures = sum(each.severity in failing for each in found)
    assert document.get("failures") == str(failures) == str(len(document.findall(".//failure")))
    assert document.get("tests") == str(len(found) + 1) == str(len(document.findall(".//testcase")))
    for suite in document:
        assert suite.get("tests") == str(len(suite))
        assert suite.get("failures") == str(len(suite.findall(".//failure")))
        assert suite.get("skipped") == str(len(suite.findall(".//skipped")))


def test_a_clean_spec_is_a_case_that_passes(tmp_path: Path) -> None:
    document = etree.fromstring(FORMATS["junit"](report(tmp_path)).encode())
    JUNIT.assertValid(document)
    assert [case.get("name") for case in document.iter("testcase")] == ["The spec is clean"]


def test_junit_says_what_xml_cannot_hold(tmp_path: Path) -> None:
    document = etree.fromstring(FORMATS["junit"](report(tmp_path, EVIL)).encode())
    (failure,) = document.iter("failure")
    spelt = HOSTILE.replace("\x00", "\\u0000").replace("\x1b", "\\u001b").replace("\x0b", "\\u000b")
    assert failure.get("message") == spelt.replace("\ufffe", "\\ufffe")


# The fields that GitLab's documentation of Code Quality reports names, closed: what else is there is ours alone.
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "pattern": r"^[^./]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {
                            "begin": {"type": "integer", "minimum": 1},
                            "end": {"type": "integer"},
                        },
                    },
                },
            },
        },
    },
}


def test_gitlab_is_as_documented(tmp_path: Path) -> None:
    again = replace(FOUND, line=9, end_line=9)
    issues = json.loads(FORMATS["gitlab"](report(tmp_path, FOUND, again, WARNING, NOTE, EVIL)))
    jsonschema.validate(issues, CODE_QUALITY)
    assert [issue["severity"] for issue in issues] == ["minor", "info", "major", "major", "major"]
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert issues[3] == {
        "description": "It maps to `bnking`, which does not exist. Did you mean `banking`?",
        "check_name": "waiver-expired",
        "fingerprint": fingerprint(FOUND),
        "severity": "major",
        "location": {"path": FOUND.path, "lines": {"begin": 2, "end": 2}},
    }
    assert FORMATS["gitlab"](report(tmp_path)) == "[]\n"


def test_markdown_is_as_expected(tmp_path: Path) -> None:
    waived = (Waived(NOTE, "some-waiver"),)
    assert FORMATS["markdown"](report(tmp_path, FOUND, WARNING, waived=waived)) == (
        "### abmspec check: 1 error, 1 warning, 1 waived\n"
        "\n"
        "#### 🔴 error: waiver-expired (1)\n"
        "\n"
        "| where | what |\n"
        "|---|---|\n"
        "| `regions/emea/picklists/industry.yaml:2` | It maps to `bnking`, which does not exist.<br>"
        "Did you mean `banking`? |\n"
        "\n"
        "#### 🟡 warning: waiver-unneeded (1)\n"
        "\n"
        "| where | what |\n"
        "|---|---|\n"
        "| `b.yaml:1` | Not 100% needed: really, no. |\n"
    )
    assert FORMATS["markdown"](report(tmp_path)) == "### abmspec check: clean: 0 errors, 0 warnings\n"


def test_what_a_spec_says_is_text_in_markdown(tmp_path: Path) -> None:
    text = FORMATS["markdown"](report(tmp_path, EVIL, FOUND))
    page = lxml.html.fromstring(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))
    assert {element.tag for element in page.iter()} <= {
        "div", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td", "code", "br",
    }  # fmt: skip
    assert [len(row) for row in page.iter("tr")] == [2, 2, 2, 2]
    assert not re.search(r"@\w|://|www\.", "".join(page.xpath("//text()[not(ancestor::code)]")))
    cell = page.xpath("//td")[1].text_content().replace("\u200b", "")
    for said in ("<script>&amp; |", "@octocat #1", "[x](https://evil.example)", "**bold**", "<!-- c -->"):
        assert said in cell


def test_a_summary_that_would_be_too_large_is_cut(tmp_path: Path) -> None:
    many = tuple(
        replace(FOUND, line=line, rule=rule, message="x" * 1000)
        for line in range(1, 400)
        for rule in ("a", "b")
    )
    text = FORMATS["markdown"](report(tmp_path, *many))
    assert len(text.encode()) < 600_000
    shown = text.count("\n| `regions")
    assert f"… and {len(many) - shown} more: run `abmspec check`." in text


@pytest.mark.parametrize("name", ["github", "sarif", "junit", "gitlab", "markdown"])
def test_forges_get_paths_from_the_repository(tmp_path: Path, name: str) -> None:
    text = FORMATS[name](replace(report(tmp_path, FOUND), folder="abm/spec/"))
    assert "abm/spec/regions/emea/picklists/industry.yaml" in text
    assert text.count("regions/emea") == text.count("abm/spec/regions/emea")
