"""The gate's decision in words: a sentence that tells everything, tables that people read, and room that is kept."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from abmspec.gate import Case, decide
from abmspec.report.gate import GateReport, as_evidence, as_json, as_text, verdict
from abmspec.report.gate_markdown import MARKER, as_markdown
from tests.unit.gate.cases import (
    CREATED,
    FORBIDDEN,
    GLOBAL,
    HEAD,
    OLDER,
    REGIONAL,
    approval,
    base,
    case,
    change,
)


def report(judged: Case, **more: Any) -> GateReport:
    return GateReport(
        decision=decide(judged),
        changes=judged.changes,
        findings=judged.errors,
        base=OLDER,
        merge_bases=(OLDER,),
        head=HEAD,
        roles={id: role.label for id, role in base().governance.roles.items()},
        **more,
    )


HELD = ("The reviews are no JSON.",)


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        (case([]), "open: nothing changes that anybody has to approve"),
        (case([GLOBAL], ["base-ops", "base-chief"]), "open: everybody has approved who has to"),
        (case([GLOBAL], ["base-ops"]), "closed: 1 approval is missing"),
        (case([GLOBAL]), "closed: 2 approvals are missing"),
        (case([FORBIDDEN]), "closed: 1 change is refused"),
        (
            replace(case([GLOBAL]), faults=HELD),
            "closed: 2 approvals are missing and 1 other thing stands in the way",
        ),
        (
            replace(case([FORBIDDEN, GLOBAL], ["base-ops", "base-chief"]), faults=HELD),
            "closed: 1 change is refused and 1 other thing stands in the way",
        ),
        (replace(case([]), faults=HELD), "closed: 1 thing stands in the way"),
        (
            case([GLOBAL], [approval("base-chief", body="Override: fair.")]),
            "open, against the policy: base-chief, as leadership, overrode it",
        ),
        (replace(case([GLOBAL]), is_simulated=True), "would be closed: 2 approvals are missing"),
    ],
)
def test_the_decision_in_a_sentence(judged: Case, said: str) -> None:
    assert verdict(report(judged)) == said


def test_text_says_who_and_until_when() -> None:
    judged = replace(case([REGIONAL], ["base-ops"]), now=CREATED + timedelta(days=7))
    text = as_text(report(judged))
    assert text.startswith("Closed: 1 approval is missing.\n")
    assert (
        "  no   EMEA marketing, 0 of 1\n       could: base-emea\n       late since 2026-10-05 09:00 UTC\n"
        in text
    )
    assert "  yes  Revenue operations, 1 of 1: base-ops\n" in text
    assert "The fewest who are missing\n  base-emea\n" in text
    assert "\x1b" not in text
    assert "\x1b[1;31m" in as_text(report(judged, colour=True))


def test_markdown_is_short_on_top() -> None:
    text = as_markdown(report(case([REGIONAL], ["base-ops", "stranger"])))
    top, _, folded = text.partition("<details>")
    assert top.startswith(f"{MARKER}\n### ⛔ Closed: 1 approval is missing\n\n**What it means**\n\n- 🟢 ")
    assert REGIONAL.address in top.partition("| who must approve |")[0]
    assert "| EMEA marketing | ⏳ 0 of 1 |  | `base-emea`<br>due 2026-10-05 09:00 UTC |\n" in top
    assert "| Revenue operations | ✅ 1 of 1 | `base-ops` |  |\n" in top
    assert "`stranger`: nobody of this name holds a role" in folded


HOSTILE = "</details><img src=x> @org/team [a](https://b.example) `code` | x\n\n# Heading\x1b[31m"


def test_words_of_others_are_text() -> None:
    named = change("region.emea.play.x", "play", "additive", "emea", label=HOSTILE)
    judged = case(
        [named], [approval(HOSTILE), approval("base-chief", body=f"Override: {HOSTILE}")], author="someone"
    )
    told = report(judged)
    for text in (as_markdown(told), as_text(told)):
        assert "\x1b" not in text
    text = re.sub(r"`[^`\n]*`", "", as_markdown(told))
    assert "<img" not in text
    assert "@org" not in text
    assert "[a](" not in text
    assert "\n# Heading" not in text
    assert text.count("<details>") == text.count("</details>")


@given(st.text(), st.text(), st.text())
def test_whatever_is_said_has_its_form(login: str, body: str, label: str) -> None:
    reviews = [approval(login, body=body), approval("base-chief", body=f"Override: {body}")]
    told = report(case([change(label=label), REGIONAL], reviews, author="someone"))
    text = as_markdown(told)
    assert text.count("<details>") == text.count("</details>")
    assert json.loads(as_json(told))["decision"] in ("open", "closed")
    assert all(char.isprintable() or char == "\n" for char in as_text(told))


def test_a_comment_fits_however_much_changes() -> None:
    many = [
        msgspec.structs.replace(REGIONAL, address=f"region.emea.picklist.industry.value.emea-{number:05}")
        for number in range(5000)
    ]
    text = as_markdown(report(case(many)))
    assert len(text) < 65_536
    assert "EMEA marketing" in text
    assert len(re.findall(r"^- 🟢 ", text.partition("<details>")[0], re.MULTILINE)) == 5
    assert "- 5000 changes in all; the rest is below.\n" in text
    assert text.count("<details>") == text.count("</details>")


def test_the_same_decision_is_the_same_bytes() -> None:
    judged = case([GLOBAL, REGIONAL], ["base-ops"])
    for form in (as_json, as_text, as_markdown):
        assert form(report(judged)) == form(report(judged))
    data = json.loads(as_evidence(report(judged), {"b": "2", "a": "1"}, "2026-10-01T12:00:00+00:00"))
    assert list(data["artefacts"]) == ["a", "b"]
    assert data["decided"] == "2026-10-01T12:00:00+00:00"
