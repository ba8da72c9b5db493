"""`abmspec intake`: a filed form becomes a change and a text, and nothing that stands in it does anything."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import markdown
import pytest
from lxml import html

from abmspec.github import forms
from tests.cli.conftest import Abmspec
from tests.specs import resolved_with

PARENT = "Industry: Technology (technology)"


@pytest.fixture
def file(abmspec: Abmspec, tmp_path_factory: pytest.TempPathFactory) -> File:
    return File(abmspec, tmp_path_factory.mktemp("issue"))


class File:
    """Files an issue by a form, and gives what came of it by name."""

    def __init__(self, abmspec: Abmspec, folder: Path) -> None:
        self.abmspec = abmspec
        self.folder = folder

    def __call__(self, form: str = "new-value", **answers: str) -> dict[str, str]:
        (found,) = (each for each in forms(resolved_with()) if each.id == form)
        body = "\n\n".join(
            f"### {question.label}\n\n{answers.get(question.id) or '_No response_'}"
            for question in found.questions
        )
        return self.body(body)

    def body(self, body: str) -> dict[str, str]:
        event, out = self.folder / "event.json", self.folder / "out"
        issue = {"number": 7, "user": {"login": "base-emea"}, "body": body}
        event.write_text(json.dumps({"issue": issue}), encoding="utf-8")
        before = {path: path.read_bytes() for path in self.abmspec.folder.rglob("*.yaml")}
        ended = self.abmspec("intake", str(event), "--out", str(out))
        assert ended.code == 0, ended.err
        assert {path: path.read_bytes() for path in self.abmspec.folder.rglob("*.yaml")} == before
        written = {path.name: path.read_text(encoding="utf-8") for path in out.iterdir()}
        assert ended.out == f"{written['verdict']}\n"
        return written

    def new(self, **answers: str) -> dict[str, str]:
        """A new value of EMEA."""
        usual = {
            "picklist": "Industry (industry)",
            "region": "Europe, Middle East and Africa (emea)",
            "label": "Climate finance",
            "maps_to": PARENT,
            "reason": "They buy alone.",
        }
        return self("new-value", **{**usual, **answers})


def test_a_new_value_becomes_a_patch_and_a_text(abmspec: Abmspec, file: File) -> None:
    made = file.new()
    assert made["verdict"] == "proposed"
    assert made["title.txt"] == "Add Climate finance to industry for emea\n"
    assert made["body.md"].startswith("Closes #7, which `base-emea` filed.")
    assert "> They buy alone." in made["body.md"]
    assert "### Who will have to approve" in made["body.md"]
    assert "`region.emea.picklist.industry.value.emea-climate-finance` added" in made["body.md"]
    done = subprocess.run(
        ["git", "apply", "-"], input=made["change.patch"], text=True, cwd=abmspec.folder, check=False
    )
    assert done.returncode == 0
    assert abmspec("check").code == 0
    assert abmspec("show", "region.emea.picklist.industry.value.emea-climate-finance").code == 0


def test_a_change_of_what_there_is(file: File) -> None:
    made = file(
        "change",
        action="Another label",
        address="picklist.industry.value.technology",
        value="Tech",
        region="Everywhere",
        reason="Shorter.",
    )
    assert (made["verdict"], made["title.txt"]) == (
        "proposed",
        "Relabel picklist.industry.value.technology\n",
    )


def test_an_issue_about_something_else_comes_to_nothing(file: File) -> None:
    assert file.body("The report lacks Japan.") == {"verdict": "none"}


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"region": ""}, "“Region” has no answer"),
        ({"label": "Fin\u202etech"}, "U+202E"),
        ({"label": "Fin\u200btech"}, "U+200B"),
        ({"label": "Finтech"}, "Latin and Cyrillic"),
        ({"reason": "\x1b[2J"}, "U+001B"),
        ({"picklist": "../../etc"}, "none of its options"),
        ({"label": "..."}, "id"),
    ],
)
def test_what_cannot_be_is_answered_with_the_reason(file: File, answers: dict[str, str], why: str) -> None:
    made = file.new(**answers)
    assert set(made) == {"verdict", "body.md"}
    assert made["verdict"] == "refused"
    assert why in made["body.md"].replace("\\", "")


HOSTILE = [
    "$(touch HERE)", "`touch HERE`", "'; touch HERE #", "${{ github.token }}", "{{ 7*7 }}", "@base/council",
    "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](//e.example/x.png)", "../../../etc/passwd",
    "#1 closes #2", "::error::x", "| a | b |", "<!-- -->", "=1+1", "a: b", "- a", "&a [*a]", "!!python/x y", "%0aX: y",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(abmspec: Abmspec, file: File, text: str) -> None:
    made = file.new(label=f"Climate {text}", reason=text)
    assert not list(abmspec.folder.rglob("HERE"))
    shown = html.fromstring(markdown.markdown(made["body.md"], extensions=["tables"]))
    assert not shown.xpath("//a | //img | //script | //*[@onerror]")
    assert "@base/" not in shown.text_content()
    assert "<!--" not in made["body.md"]
    if made["verdict"] == "proposed":
        paths = {line[6:] for line in made["change.patch"].splitlines() if line.startswith("+++ b/")}
        assert paths == {"regions/emea/picklists/industry.yaml"}
        assert made["title.txt"].count("\n") == 1
        subprocess.run(
            ["git", "apply", "-"], input=made["change.patch"], text=True, cwd=abmspec.folder, check=True
        )
        assert abmspec("check").code == 0


def test_an_event_that_is_none_is_refused(abmspec: Abmspec, tmp_path: Path) -> None:
    event, out = tmp_path / "event.json", tmp_path / "out"
    event.write_bytes(b"\xff{")
    assert abmspec("intake", str(event), "--out", str(out)).code == 0
    assert (out / "verdict").read_text() == "refused"


def test_a_broken_spec_says_so(abmspec: Abmspec, file: File) -> None:
    (abmspec.folder / "taxonomy/picklists/industry.yaml").write_text("label: [\n")
    made = file.new()
    assert made["verdict"] == "refused"
    assert "industry.yaml" in made["body.md"]
