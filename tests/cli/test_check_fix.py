"""`abmspec check --fix`: what is certain is mended, and nothing else is touched."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from abmspec import output
from abmspec.edit import Change
from tests.cli.conftest import Abmspec, Write

LEVEL = "taxonomy/picklists/mood.yaml"
MISSPELT = """\
label: Level   # of anything
descripton: Three levels, for what is judged by people.
owner: revops
values:
  high: {label: High}
  # Seldom used.
  low: {label: Low, aliases: [NO, 012]}
"""
MENDED = MISSPELT.replace("descripton", "description").replace("[NO, 012]", '["NO", "012"]')


@pytest.fixture
def level(write: Write) -> Path:
    return write(LEVEL, MISSPELT)


def test_it_mends_and_reports_what_is_left(abmspec: Abmspec, level: Path, write: Write) -> None:
    write("taxonomy/segments/all.yaml", "label: All\nwhen: {field: account.nothing-like-it, known: true}\n")
    ended = abmspec("check", "--fix")
    assert ended.code == 1
    assert level.read_text() == MENDED
    assert (
        f"mended: {LEVEL}:2:1: schema-unknown-key: `descripton` is not a key that is known here." in ended.err
    )
    assert "3 findings mended in 1 file." in ended.err
    assert "reference-unknown" in ended.out
    assert "schema-unknown-key" not in ended.out


def test_once_is_enough(abmspec: Abmspec, level: Path) -> None:
    assert abmspec("check", "--fix").code == 0
    ended = abmspec("check", "--fix")
    assert (ended.code, "0 findings mended in 0 files." in ended.err) == (0, True)
    assert level.read_text() == MENDED


def test_diff_shows_and_writes_nothing(abmspec: Abmspec, level: Path) -> None:
    ended = abmspec("check", "--diff")
    assert ended.code == 0
    assert ended.out.startswith(f"--- a/{LEVEL}\n+++ b/{LEVEL}\n@@ -1,7 +1,7 @@\n")
    assert "-descripton: Three" in ended.out
    assert "3 findings would be mended in 1 file." in ended.err
    assert abmspec("check", "--fix", "--diff").out == ended.out
    assert level.read_text() == MISSPELT


def test_only_what_is_asked_for_is_mended(abmspec: Abmspec, level: Path) -> None:
    abmspec("check", "--fix", "playbooks")
    abmspec("check", "--fix", "--region", "emea")
    abmspec("check", "--fix", "--rule", "near-duplicate")
    assert level.read_text() == MISSPELT
    abmspec("check", "--fix", "--rule", "yaml-ambiguous-scalar")
    assert level.read_text() == MISSPELT.replace("[NO, 012]", '["NO", "012"]')
    abmspec("check", "--fix", LEVEL)
    assert level.read_text() == MENDED


def test_what_a_baseline_put_aside_stays(abmspec: Abmspec, write: Write) -> None:
    text = "label: All\ndecision: coverage\nconsumers: [marketing]\nwhen: {field: account.industri, known: true}\n"
    file = write("taxonomy/segments/all.yaml", text)
    abmspec("check", "--baseline", "old.json", "--write-baseline")
    assert abmspec("check", "--fix", "--baseline", "old.json").code == 0
    assert file.read_text() == text
    assert abmspec("check", "--fix").code == 0
    assert file.read_text() == text.replace("industri,", "industry,")
    assert abmspec("check", "--fix", "--baseline", "old.json", "--write-baseline").code == 2


MENDS: dict[str, tuple[str, str, str]] = {
    "a file's ending": ("taxonomy/picklists/mood.yml", "label: Mood\nvalues: {good: {label: Good}}\n", ""),
    "a truth value in another language": (
        "taxonomy/segments/all.yaml",
        "label: All\npriority: yes\nwhen: {icp: on}\n",
        "label: All\npriority: true\nwhen: {icp: true}\n",
    ),
    "keys that readers take for something else": (
        "taxonomy/picklists/mood.yaml",
        "label: Mood\nvalues: {on: {label: Good}, 2024: {label: Bad}}\n",
        'label: Mood\nvalues: {"on": {label: Good}, "2024": {label: Bad}}\n',
    ),
    "a list of one, a text that is a number, a value twice": (
        "taxonomy/segments/all.yaml",
        "label: All\nconsumers: sales\nwhen:\n  all:\n  - {field: account.industry, in: [technology, technology]}\n",
        "label: All\nconsumers: [sales]\nwhen:\n  all:\n  - {field: account.industry, in: [technology]}\n",
    ),
    "a misspelt name of something": (
        "taxonomy/segments/all.yaml",
        "label: All\nwhen: {field: account.industri, in: [tecnology]}  # why\n",
        "label: All\nwhen: {field: account.industry, in: [technology]}  # why\n",
    ),
    "a region's own value without its prefix": (
        "regions/dach/picklists/dach-branche.yaml",
        "label: Branche\nrolls_up_to: industry\nvalues: {chemie: {label: Chemie, maps_to: manufacturing}}\n",
        "label: Branche\nrolls_up_to: industry\nvalues: {dach-chemie: {label: Chemie, maps_to: manufacturing}}\n",
    ),
    "the opposite of what is allowed": (
        "taxonomy/picklists/mood.yaml",
        "label: Mood\nvalues: {good: {label: Good, status: inactive}}\n",
        "label: Mood\nvalues: {good: {label: Good, status: inactive}}\n",
    ),
    "a name that is near to two, and nearer to one": (
        "taxonomy/segments/all.yaml",
        "label: All\nwhen: {field: account.industry-detai, known: true}\n",
        "label: All\nwhen: {field: account.industry-detail, known: true}\n",
    ),
    "a name that may be one of two": (
        "taxonomy/picklists/mood.yaml",
        "label: Mood\nvalues: {good-1: {label: One}, good-2: {label: Two, after: good-3}}\n",
        "label: Mood\nvalues: {good-1: {label: One}, good-2: {label: Two, after: good-3}}\n",
    ),
    "line ends of another kind": (
        "taxonomy/segments/all.yaml",
        "label: All\r\nwen: {icp: true}\r\n",
        "label: All\r\nwhen: {icp: true}\r\n",
    ),
    "an unfinished merge": (
        "taxonomy/segments/all.yaml",
        "label: All\n<<<<<<< a\nwen: {icp: true}\n=======\n>>>>>>> b\n",
        "label: All\n<<<<<<< a\nwen: {icp: true}\n=======\n>>>>>>> b\n",
    ),
}


@pytest.mark.parametrize("case", MENDS)
def test_mends(case: str, abmspec: Abmspec, project: Path) -> None:
    path, text, expected = MENDS[case]
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_bytes(text.encode())
    abmspec("check", "--fix")
    if expected:
        assert (project / path).read_bytes().decode() == expected
    else:
        assert not (project / path).exists()
        assert (project / path).with_suffix(".yaml").read_text() == text


def test_reports_carry_the_fix(abmspec: Abmspec, level: Path) -> None:
    found = json.loads(abmspec("check", "--format", "json").out)["diagnostics"]
    assert [each["fix"] for each in found] == [
        {"operation": "rename", "path": LEVEL, "route": ["descripton"], "value": "description"},
        {"operation": "set", "path": LEVEL, "route": ["values", "low", "aliases", 0], "value": "NO"},
        {"operation": "set", "path": LEVEL, "route": ["values", "low", "aliases", 1], "value": "012"},
    ]
    results = json.loads(abmspec("check", "--format", "sarif").out)["runs"][0]["results"]
    replacements = [each["fixes"][0]["artifactChanges"][0]["replacements"][0] for each in results]
    assert [each["insertedContent"]["text"] for each in replacements] == ["description", '"NO"', '"012"']
    assert replacements[0]["deletedRegion"] == {
        "startLine": 2,
        "startColumn": 1,
        "endLine": 2,
        "endColumn": 11,
    }


def test_a_fix_comes_out_of_the_cache_as_it_went_in(abmspec: Abmspec, level: Path) -> None:
    assert abmspec("check", "--format", "json").out == abmspec("check", "--format", "json").out
    assert level.read_text() == MISSPELT


def test_a_read_only_file(abmspec: Abmspec, level: Path) -> None:
    level.chmod(0o444)
    ended = abmspec("check", "--fix")
    assert ended.code == 2
    assert f"{LEVEL} is read-only" in ended.err
    assert level.read_text() == MISSPELT


def test_a_full_disk(abmspec: Abmspec, level: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(output, "_write_beside", full)
    ended = abmspec("check", "--fix")
    assert ended.code == 2
    assert "Every file is as it was." in ended.said
    assert level.read_text() == MISSPELT


def test_a_file_changed_meanwhile(abmspec: Abmspec, level: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse = output._refuse_unfit

    def changed(root: Path, change: Change) -> None:
        level.write_text("label: Mine\n")
        refuse(root, change)

    monkeypatch.setattr(output, "_refuse_unfit", changed)
    ended = abmspec("check", "--fix")
    assert ended.code == 2
    assert "was changed since it was read" in ended.said
    assert level.read_text() == "label: Mine\n"
