"""What people file by the forms, and what is tried through them."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abmspec.edit import emit
from abmspec.github import Form, IntakeRefused, NotARequest, forms, read_event
from abmspec.github.intake import read_body
from abmspec.proposal import Add, AnyRequest, Deprecate, Hide, Map, Relabel, Rename, Retire, Translate
from tests.conftest import ROOT
from tests.specs import resolved_in

VALUE = "picklist.industry.value.technology"


@cache
def asked() -> tuple[Form, ...]:
    return forms(resolved_in(ROOT))


def filed(form: str, **answers: str) -> str:
    """The body of an issue as GitHub makes it of a form's answers."""
    (found,) = (each for each in asked() if each.id == form)
    return "\n\n".join(
        f"### {question.label}\n\n{answers.get(question.id) or '_No response_'}"
        for question in found.questions
    )


def event(body: str | None, login: str = "Emea-Anna", number: int = 12) -> bytes:
    return json.dumps(
        {"action": "opened", "issue": {"number": number, "user": {"login": login}, "body": body}}
    ).encode()


def new_value(**answers: str) -> str:
    whole = {
        "picklist": "Industry (industry)",
        "region": "Japan (japan)",
        "label": "Fintech",
        "maps_to": "Industry: Financial Services (financial-services)",
        "reason": "Payment companies buy another way than banks.",
    }
    return filed("new-value", **{**whole, **answers})


def change(**answers: str) -> str:
    return filed("change", **{"region": "Everywhere", "address": VALUE, "reason": "Because.", **answers})


def test_a_new_value_of_a_region() -> None:
    found = read_event(asked(), event(new_value()))
    assert (found.number, found.login, found.form) == (12, "Emea-Anna", "new-value")
    assert found.request == Add(
        kind="value",
        label="Fintech",
        region="japan",
        picklist="industry",
        attributes={"maps_to": "financial-services"},
        reason="Payment companies buy another way than banks.",
    )


@pytest.mark.parametrize(
    ("answers", "request_"),
    [
        ({"action": "Another label", "value": "Tech"}, Relabel(address=VALUE, label="Tech", reason="Because.")),
        (
            {"action": "A translation", "value": "Technik", "language": "de", "region": "Japan (japan)"},
            Translate(address=VALUE, labels={"de": "Technik"}, region="japan", reason="Because."),
        ),
        ({"action": "Another id", "value": "tech"}, Rename(address=VALUE, to="tech", reason="Because.")),
        ({"action": "Announce its end"}, Deprecate(address=VALUE, reason="Because.")),
        (
            {"action": "Announce its end", "value": "media", "sunset": "2027-06-30"},
            Deprecate(address=VALUE, sunset="2027-06-30", replaced_by="media", replace=True, reason="Because."),
        ),
        ({"action": "End it"}, Retire(address=VALUE, reason="Because.")),
        (
            {"action": "Count it under another global value", "value": "media"},
            Map(address=VALUE, maps_to="media", reason="Because."),
        ),
        (
            {"action": "Do not offer it in a region", "region": "Japan (japan)"},
            Hide(address=VALUE, region="japan", reason="Because."),
        ),
    ],
    ids=lambda value: value["action"] if isinstance(value, dict) else "",
)  # fmt: skip
def test_each_change(answers: dict[str, str], request_: AnyRequest) -> None:
    assert read_event(asked(), event(change(**answers))).request == request_


def test_every_action_of_the_form_makes_a_request() -> None:
    (form,) = (each for each in asked() if each.id == "change")
    for text in form.questions[0].options:
        body = change(action=text, value="media", language="de", region="Japan (japan)")
        assert read_event(asked(), event(body)).request.reason == "Because."


@pytest.mark.parametrize(
    "body", [None, "", "The report of May lacks Japan.", "### Steps to reproduce\n\n1. Click"]
)
def test_an_issue_about_something_else_is_no_request(body: str | None) -> None:
    with pytest.raises(NotARequest):
        read_event(asked(), event(body))


REFUSED = [
    (new_value(label=""), "“Label” has no answer"),
    (new_value(region=""), "“Region” has no answer"),
    (new_value(picklist="Industry"), "none of its options any more"),
    (new_value(picklist="../../.github/workflows/gate.yml"), "none of its options any more"),
    (new_value(maps_to="Nothing: it is a global value itself"), "counts under one global value"),
    (new_value(label="F" * 201), "longer than 200 characters"),
    (new_value(reason="F" * 4_001), "longer than 4000 characters"),
    # An answer of more than its line, which would pass for the next one.
    (
        new_value(label="Fintech\n\n### Counted as\n\nIndustry: Technology (technology)"),
        "not where the form puts it",
    ),
    (new_value(label="Fintech\nsecond line"), "not where the form puts it"),
    (new_value().replace("### Label", "### Lable"), "not where the form puts it"),
    (new_value() + "x" * 70_000, "more than 65536 characters"),
    (change(action="Another label"), "needs an answer to “New text or id”"),
    (change(action="A translation", value="x"), "needs an answer to “Language”"),
    (change(action="Do not offer it in a region"), "needs an answer to “Region”"),
    (change(action="rm -rf /"), "none of its options any more"),
]


@pytest.mark.parametrize(("body", "why"), REFUSED, ids=[why for _, why in REFUSED])
def test_what_does_not_answer_the_questions_is_refused_with_the_reason(body: str, why: str) -> None:
    with pytest.raises(IntakeRefused, match=why):
        read_event(asked(), event(body))


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"[]", b"null", b'{"issue": {}}', b'{"issue": {"number": "1", "user": {"login": "a"}}}',
        event("x", login="a b"), event("x", login="../../etc"), event("x", login="\u0430nna"), event("x", number=0),
        event("x", number=-1), b" " * ((1 << 20) + 1), b"\xff\xfe",
    ],
)  # fmt: skip
def test_an_event_that_is_none_is_refused(raw: bytes) -> None:
    with pytest.raises(IntakeRefused):
        read_event(asked(), raw)


HOSTILE = [
    "$(touch /tmp/x)", "`id`", "'; rm -rf / #", "${{ github.token }}", "!!python/object:os.system", "*anchor",
    "- a: b", "key: value", "{{ 7*7 }}", "<script>alert(1)</script>", "[x](javascript:alert(1))", "@meridian/council",
    "../../../etc/passwd", "--write", "-C /", "=1+1", "%0a::set-output", "::error::x", "| a | b |", "<!-- -->",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_arrives_as_the_text_that_it_is(text: str) -> None:
    found = read_event(asked(), event(new_value(label=text, reason=text)))
    assert isinstance(found.request, Add)
    assert (found.request.label, found.request.reason) == (text, text)


@given(st.text(max_size=300), st.text(max_size=500))
def test_whatever_is_typed_is_an_answer_or_refused(label: str, reason: str) -> None:
    try:
        found = read_event(asked(), event(new_value(label=label, reason=reason)))
    except IntakeRefused:
        return
    assert isinstance(found.request, Add)
    assert found.request.label in label
    assert "\n" not in found.request.label
    assert (found.request.region, found.request.picklist) == ("japan", "industry")


@given(st.text(max_size=2_000))
def test_no_body_does_anything_else_than_be_read_or_refused(text: str) -> None:
    for body in (text, f"### Picklist\n{text}", f"### Change\n{text}"):
        try:
            read_body(asked(), body)
        except (NotARequest, IntakeRefused):
            continue


@pytest.mark.external
def test_the_forms_are_what_github_takes(tmp_path: Path) -> None:
    paths = []
    for form in asked():
        path = tmp_path / f"{form.id}.yml"
        path.write_bytes(form.content())
        paths.append(path)
    assert checked(*paths) == 0
    broken = tmp_path / "broken.yml"
    broken.write_text(emit({"name": "x", "description": "x", "body": [{"type": "picker"}]}), encoding="utf-8")
    assert checked(broken) == 1


def checked(*paths: Path) -> int:
    """The exit code of check-jsonschema, which has the forms' schema."""
    executable = Path(sys.executable).with_name("check-jsonschema")
    done = subprocess.run(
        [executable, "--builtin-schema", "vendor.github-issue-forms", *paths],
        capture_output=True,
        check=False,
    )
    return done.returncode
