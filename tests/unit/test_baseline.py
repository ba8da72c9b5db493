"""What a baseline remembers of findings, and what it forgets."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from abmspec import baseline
from abmspec.diagnostic import Diagnostic, Severity, fingerprint
from tools.schemas import FOLDER

NEVER = frozenset({"yaml-syntax"})


def found(
    rule: str = "near-duplicate",
    line: int = 1,
    path: str = "a.yaml",
    address: str = "picklist.a",
    message: str = "Too near.",
) -> Diagnostic:
    return Diagnostic(path, line, 1, rule, message, Severity.ERROR, line, 2, address)


def schema() -> jsonschema.Draft202012Validator:
    path: Path = FOLDER / "outputs" / "baseline.schema.json"
    return jsonschema.Draft202012Validator(json.loads(path.read_bytes()))


def test_a_fingerprint_survives_what_does_not_matter() -> None:
    assert fingerprint(found(line=9)) == fingerprint(found())
    assert fingerprint(found(path="b.yaml")) == fingerprint(found())
    assert fingerprint(found(address="", path="b.yaml")) != fingerprint(found(address="", path="a.yaml"))


@pytest.mark.parametrize(
    "other",
    [found(rule="other"), found(message="Other."), found(address="picklist.b"), found(address="")],
    ids=["rule", "message", "address", "no address"],
)
def test_a_fingerprint_tells_findings_apart(other: Diagnostic) -> None:
    assert fingerprint(other) != fingerprint(found())


def test_the_file() -> None:
    taken = baseline.take([found(line=7), found(path="0.yaml", address="", rule="x"), found()], NEVER)
    assert baseline.write(taken).decode() == (
        "{\n"
        '  "version": 1,\n'
        '  "findings": [\n'
        "    {\n"
        '      "fingerprint": "cc21599a8ee1f38a9673bff40a5da585",\n'
        '      "count": 1,\n'
        '      "rule": "x",\n'
        '      "path": "0.yaml",\n'
        '      "address": "",\n'
        '      "message": "Too near."\n'
        "    },\n"
        "    {\n"
        '      "fingerprint": "66ddcb2a1a4af1fafbdfc6048188fda0",\n'
        '      "count": 2,\n'
        '      "rule": "near-duplicate",\n'
        '      "path": "a.yaml",\n'
        '      "address": "picklist.a",\n'
        '      "message": "Too near."\n'
        "    }\n"
        "  ]\n"
        "}\n"
    )


def test_what_was_put_aside_is_left_out() -> None:
    taken = baseline.take([found(), found(rule="other")], NEVER)
    compared = baseline.compare(taken, [found(line=40), found(message="New.")], NEVER)
    assert [each.message for each in compared.new] == ["New."]
    assert [each.line for each in compared.left_out] == [40]
    assert [(each.rule, each.count) for each in compared.gone] == [("other", 1)]


def test_equal_findings_are_counted() -> None:
    taken = baseline.take([found(line=1), found(line=2)], NEVER)
    more = baseline.compare(taken, [found(line=line) for line in (5, 6, 7)], NEVER)
    assert [each.line for each in more.new] == [7]
    assert more.gone == ()
    fewer = baseline.compare(taken, [found(line=5)], NEVER)
    assert fewer.new == ()
    assert [each.count for each in fewer.gone] == [1]


def test_what_no_waiver_may_silence_is_never_put_aside() -> None:
    broken = found(rule="yaml-syntax")
    assert baseline.take([broken], NEVER).findings == ()
    # Nor by a file that somebody wrote by hand.
    assert baseline.compare(baseline.take([broken], ()), [broken], NEVER).new == (broken,)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"version": 2, "findings": []}',
        b'{"version": 1}',
        b'{"version": 1, "findings": [], "more": 1}',
        b'{"version": 1, "findings": [{"fingerprint": "a"}]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_baseline_is_told(content: bytes) -> None:
    with pytest.raises(baseline.Unreadable):
        baseline.read(content)


FINDINGS = st.lists(
    st.builds(
        found,
        rule=st.sampled_from(["a", "b", "yaml-syntax"]),
        line=st.integers(1, 5),
        path=st.sampled_from(["a.yaml", "ü.yaml"]),
        address=st.sampled_from(["", "x", "y"]),
        message=st.sampled_from(["One.", 'Two "quoted" \u2028.']),
    ),
    max_size=12,
)


@given(FINDINGS)
def test_what_is_written_leaves_out_what_it_was_taken_of(findings: list[Diagnostic]) -> None:
    taken = baseline.take(findings, NEVER)
    content = baseline.write(taken)
    assert baseline.read(content) == taken == baseline.take(reversed(findings), NEVER)
    assert list(schema().iter_errors(json.loads(content))) == []
    compared = baseline.compare(taken, findings, NEVER)
    assert {each.rule for each in compared.new} <= NEVER
    assert compared.gone == ()


@given(FINDINGS, FINDINGS)
def test_nothing_is_lost_between_new_and_left_out(then: list[Diagnostic], now: list[Diagnostic]) -> None:
    compared = baseline.compare(baseline.take(then, NEVER), now, NEVER)
    assert sorted((*compared.new, *compared.left_out)) == sorted(now)
    assert len(compared.left_out) + sum(each.count for each in compared.gone) == len(
        [each for each in then if each.rule not in NEVER]
    )
