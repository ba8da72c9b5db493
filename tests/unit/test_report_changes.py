"""Changes as text, as Markdown and as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import lxml.html
import msgspec
from markdown_it import MarkdownIt

from abmspec.diagnostic import Diagnostic, Severity
from abmspec.diff import AccountImpact, Change, Impact, Reason, SystemImpact
from abmspec.report.changes import ChangeReport, as_json, as_text, meanings
from abmspec.report.changes_markdown import as_markdown, meanings_in_markdown

HOSTILE = (
    "a\" b' c <script>&amp; | `tick` ``` @octocat #1 https://evil.example www.evil.example [x](https://evil.example) "
    "![x](y) **bold** <!-- c --> ~~no~~ </details> </summary> \\| end \x00\x1b\x0b \u202e\n\n# heading\n- item\r\nx"
)
WIDER = Change(
    address="segment.makers",
    kind="segment",
    kinds=("segment",),
    scope="global",
    action="change",
    change_class="meaning",
    path="taxonomy/segments/makers.yaml",
    label="Makers",
    reasons=(
        Reason(
            change_class="meaning",
            attribute="when",
            why="It is wider.",
            was="industry is A",
            now="industry is A or B",
            comparison="wider",
        ),
        Reason(change_class="cosmetic", attribute="label", why="The label changes from `M` to `Makers`."),
    ),
    impact=Impact(
        regions=("emea", "dach"),
        segments=("segment.large-makers",),
        plays=tuple(f"play.p{number}" for number in range(8)),
        kpis=("kpi.pipeline",),
        systems=(
            SystemImpact(system="sf", kind="Salesforce", verdict="breaking", why="a key moves"),
            SystemImpact(system="hs", kind="HubSpot", verdict="safe", why="a value is added"),
        ),
        accounts=AccountImpact(enter=1200, leave=0),
    ),
)
GONE = Change(
    address="picklist.industry.value.retail",
    kind="picklist",
    kinds=("picklist", "value"),
    scope="global",
    action="retire",
    change_class="forbidden",
    path="taxonomy/picklists/industry.yaml",
    before={"label": "Retail"},
    reasons=(Reason(change_class="forbidden", why="The value was published and just vanishes."),),
)
FILE = Change(
    address="file:.github/workflows/ci.yml",
    kind="file",
    kinds=("file",),
    scope="global",
    action="change",
    change_class="governance",
    path=".github/workflows/ci.yml",
    reasons=(Reason(change_class="governance", why="The file changes."),),
)
REPORT = ChangeReport("main", "the working tree", (WIDER, GONE, FILE), frozenset({"emea", "dach"}))
EVIL = Change(
    address=f"file:{HOSTILE}",
    kind="file",
    kinds=("file",),
    scope="global",
    action="change",
    change_class="meaning",
    path=HOSTILE,
    label=HOSTILE,
    reasons=(
        Reason(
            change_class="meaning",
            why=f"The label changes from `{HOSTILE}` to `x`.",
            was=HOSTILE,
            now=HOSTILE,
        ),
    ),
    impact=Impact(
        segments=(HOSTILE,),
        systems=(SystemImpact(system=HOSTILE, kind=HOSTILE, verdict="safe", why=HOSTILE),),
    ),
)
UNREAD = Diagnostic("a.yaml", 2, 3, "yaml-syntax", HOSTILE, Severity.ERROR, 2, 4, "")


def test_text_is_for_people() -> None:
    assert as_text(REPORT) == (
        "Forbidden: no approval opens it\n"
        "  picklist.industry.value.retail: removed  taxonomy/picklists/industry.yaml\n"
        "    The value was published and just vanishes.\n"
        "\n"
        "Governance: who decides, and by which rules\n"
        "  1 file beside the spec: how it is checked, approved or built\n"
        "    .github/workflows/ci.yml: changed\n"
        "\n"
        "Meaning: same shape, other answer\n"
        "  segment.makers “Makers”: changed  taxonomy/segments/makers.yaml\n"
        "    It is wider.\n"
        "      was: industry is A\n"
        "      now: industry is A or B\n"
        "    The label changes from `M` to `Makers`. (cosmetic)\n"
        "    regions: all 2\n"
        "    segments: large-makers\n"
        "    plays: p0, p1, p2, p3, p4, p5 and 2 more\n"
        "    key figures: pipeline\n"
        "    accounts: 1,200 enter, 0 leave\n"
        "    systems: breaking in Salesforce (sf); safe in HubSpot (hs)\n"
        "\n"
        "3 changes: 1 forbidden, 1 governance, 1 meaning, from main to the working tree\n"
    )


def test_nothing_is_said_so() -> None:
    nothing = ChangeReport("main", "HEAD", ())
    assert as_text(nothing) == "No change, from main to HEAD\n"
    assert as_markdown(nothing) == "### abmspec diff: No change\n\nFrom `main` to `HEAD`.\n"


def test_what_is_broken_is_named() -> None:
    broken = replace(REPORT, unread=((), (replace(UNREAD, message="It ends too soon."),)))
    said = "Not compared, because the working tree has files that cannot be read:\n"
    assert as_text(broken).startswith(f"{said}  a.yaml:2:3: It ends too soon.\n")
    assert "- `a.yaml:2` It ends too soon." in as_markdown(broken)


def test_text_never_drives_the_terminal() -> None:
    text = as_text(ChangeReport(HOSTILE, HOSTILE, (EVIL, replace_kind(EVIL)), unread=((UNREAD,), ())))
    assert all(char.isprintable() or char == "\n" for char in text)


def replace_kind(change: Change) -> Change:
    """The change as one of the spec, not of a file beside it."""
    return msgspec.structs.replace(change, kind="segment")


def test_colour_is_optional() -> None:
    assert "\x1b[" in as_text(replace(REPORT, colour=True))
    assert "\x1b[" not in as_text(REPORT)


def test_markdown_is_short_on_top_and_folds_the_rest() -> None:
    text = as_markdown(REPORT)
    top, _, folds = text.partition("<details>")
    assert top == (
        "### abmspec diff: 3 changes: 1 forbidden, 1 governance, 1 meaning\n"
        "\n"
        "From `main` to `the working tree`.\n"
        "\n"
        "| what | class | who feels it |\n"
        "|---|---|---|\n"
        "| `picklist.industry.value.retail` removed<br>The value was published and just vanishes. | ⛔ forbidden |  |\n"
        "| `file:.github/workflows/ci.yml` changed<br>The file changes. | ⚖️ governance |  |\n"
        "| `segment.makers` changed<br>Makers<br>It is wider. | 🟠 meaning | "
        "all 2 regions<br>1 segment<br>8 plays<br>1 key figure<br>"
        "1,200 accounts enter, 0 leave<br>breaking in 1 of 2 systems |\n"
        "\n"
    )
    assert folds.count("</details>") == 3
    assert "  - was: industry is A\n  - now: industry is A or B\n" in folds
    assert "  - breaking in Salesforce (sf): a key moves\n" in folds


def test_what_it_means_is_said_of_the_gravest_in_a_line_each() -> None:
    other = msgspec.structs.replace(FILE, address="file:Makefile", path="Makefile")
    report = replace(REPORT, changes=(WIDER, FILE, other, GONE))
    assert meanings_in_markdown(report).splitlines() == [
        "- ⛔ `picklist.industry.value.retail`: The value was published and just vanishes.",
        "- ⚖️ 2 files beside the spec: how it is checked, approved or built.",
        "- 🟠 **Makers** (`segment.makers`): It is wider. Who feels it: all 2 regions; 1 segment; 8 plays; "
        "1 key figure; 1,200 accounts enter, 0 leave.",
    ]


def test_what_more_regions_feel_comes_first() -> None:
    alone = msgspec.structs.replace(WIDER, address="segment.a", impact=Impact(regions=("emea",)))
    assert [each.address for each in meanings(replace(REPORT, changes=(alone, WIDER)))] == [
        "segment.makers",
        "segment.a",
    ]


def test_what_a_spec_says_is_text_in_markdown() -> None:
    text = as_markdown(ChangeReport(HOSTILE, HOSTILE, (EVIL, GONE), unread=((UNREAD,), ())))
    page = lxml.html.fromstring(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))
    assert {element.tag for element in page.iter()} <= {
        "div", "h3", "table", "thead", "tbody", "tr", "th", "td", "code", "br", "p", "ul", "li", "details", "summary",
    }  # fmt: skip
    assert [len(row) for row in page.iter("tr")] == [3, 3, 3]
    assert len(list(page.iter("details"))) == 2
    assert not re.search(r"@\w|://|www\.", "".join(page.xpath("//text()[not(ancestor::code)]")))


def test_a_comment_that_would_be_too_large_is_cut() -> None:
    many = tuple(
        msgspec.structs.replace(WIDER, address=f"segment.s{number}", label="x" * 40) for number in range(2000)
    )
    text = as_markdown(ChangeReport("main", "HEAD", many))
    assert len(text) < 65_536
    shown = text.count("\n| `segment")
    assert f"… and {2000 - shown} more changes: run `abmspec diff`." in text
    folded = text.count("<details>")
    assert 0 < folded < shown
    assert f"The details of {2000 - folded} changes are left out here" in text


def test_json_says_everything() -> None:
    document = json.loads(as_json(REPORT))
    assert document["version"] == 1
    assert [each["address"] for each in document["changes"]] == [WIDER.address, GONE.address, FILE.address]
    wider = document["changes"][0]
    assert wider["class"] == "meaning"
    assert wider["reasons"][0]["comparison"] == "wider"
    assert wider["impact"]["accounts"] == {"enter": 1200, "leave": 0}
    assert document["changes"][1]["renamed_from"] is None
