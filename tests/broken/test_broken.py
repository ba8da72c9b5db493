"""Every broken spec is answered with exactly the findings that its case names, and each finding says how to mend it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from abmspec.check import all_rules
from abmspec.cli import main
from tests.broken.case import Case, cases

RULES = {rule.name for rule in all_rules()}


def check(root: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str, str]:
    """`abmspec check`: its exit code and what it printed."""
    with pytest.raises(SystemExit) as end:
        main(["check", "--no-cache", "-C", str(root), *more])
    printed = capsys.readouterr()
    assert isinstance(end.value.code, int)
    return end.value.code, printed.out, printed.err


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_broken_spec(case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case.write(tmp_path)
    code, printed, complaint = check(tmp_path, capsys, "--format", "json")
    assert code == case.exit, complaint
    if case.complaint:
        assert (code, printed) == (2, "")
        assert case.complaint in complaint
        return
    assert case.expect or case.exit == 0
    found = json.loads(printed)["diagnostics"]
    said = "\n".join(f"{_row(each)}\n    {each['message']}\n    {each['suggestion']}" for each in found)
    assert sorted(map(_row, found)) == sorted(case.expect), said
    for each in found:
        _assert_clear(each, tmp_path, case)
    assert any(each["severity"] == "error" for each in found) == (code == 1)
    code, printed, complaint = check(tmp_path, capsys)
    assert (code, complaint) == (case.exit, "")
    assert all(each["message"] in printed for each in found if each["message"].isprintable())


def _row(found: dict[str, Any]) -> str:
    return f"{found['rule']} {found['path']}:{found['line']}:{found['column']}"


def _assert_clear(found: dict[str, Any], root: Path, case: Case) -> None:
    """A finding says what, where, and how to mend it, and points into the file."""
    assert found["rule"] in RULES
    message, mend = found["message"], found["suggestion"]
    assert message[:1].isupper() or message[:1] in "`“"
    assert message.endswith((".", "?"))
    if found["rule"] in case.unmended:
        assert mend is None
    else:
        assert mend, found
        assert mend.endswith((".", "?")), mend
    for said in (message, mend or ""):
        assert "None" not in said
        assert "  " not in said
        assert said.count("`") % 2 == 0 or "backtick" in said, said
    for place in (found, *found["related"]):
        _assert_inside(place, root)


def _assert_inside(place: dict[str, Any], root: Path) -> None:
    assert min(place["line"], place["column"]) >= 1
    at = root / place["path"]
    if not at.is_file():
        assert (place["line"], place["column"]) == (1, 1)
        return
    lines = at.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    assert place["line"] <= len(lines)
    assert place["column"] <= len(lines[place["line"] - 1]) + 1
