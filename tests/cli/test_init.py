"""`abmspec init`: what it makes, what it asks, and what it leaves alone."""

from __future__ import annotations

import errno
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Abmspec

CRMS, MAPS = ("salesforce", "hubspot"), ("none", "marketo")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """An empty folder outside of every project."""
    at = tmp_path / "nothing here"
    at.mkdir()
    return at


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("map_", MAPS)
@pytest.mark.parametrize("crm", CRMS)
def test_a_new_project_checks_clean_and_builds(crm: str, map_: str, abmspec: Abmspec, here: Path) -> None:
    made = abmspec("init", "acme-abm", "--crm", crm, "--map", map_, at=here)
    assert (made.code, made.err) == (0, "")
    project = here / "acme-abm"
    assert "clean: 0 errors, 0 warnings" in abmspec("check", "--strict", at=project).said
    assert abmspec("fmt", "--check", at=project).code == 0
    assert abmspec("build", at=project).code == 0
    assert {path.name for path in (project / "dist").iterdir() if path.is_dir()} == {crm, map_} - {"none"}


@pytest.mark.external
@pytest.mark.parametrize("map_", MAPS)
@pytest.mark.parametrize("crm", CRMS)
def test_its_site_is_made(crm: str, map_: str, abmspec: Abmspec, here: Path) -> None:
    abmspec("init", "acme-abm", "--crm", crm, "--map", map_, at=here)
    assert abmspec("docs", at=here / "acme-abm").code == 0
    assert "Acme ABM" in (here / "acme-abm" / "site" / "index.html").read_text(encoding="utf-8")


def test_what_was_made_is_said(abmspec: Abmspec, here: Path) -> None:
    made = abmspec("init", "acme-abm", at=here)
    listed = re.findall(r"^  (\S+)", made.out.partition("Next:")[0], flags=re.MULTILINE)
    assert "regions/north-america/" in listed
    assert [path for path in listed if not (here / "acme-abm" / path.rstrip(",")).exists()] == []
    assert "  cd acme-abm " in made.out
    assert "`your-login` in taxonomy/governance/roles.yaml stands for you" in made.out


def test_the_folder_that_one_is_in(abmspec: Abmspec, here: Path) -> None:
    made = abmspec("init", "--name", "acme-abm", "--owner-login", "ann", at=here)
    assert made.code == 0
    assert "  cd " not in made.out
    assert "your-login" not in made.out
    assert (here / "abmspec.yaml").is_file()


@pytest.mark.parametrize(
    ("folder", "advice"),
    [
        (".", None),
        ("abm", "The project is in abm/ of a repository"),
        ("../elsewhere", "git init && git add ."),
    ],
)
def test_a_repository_that_is_there(folder: str, advice: str | None, abmspec: Abmspec, here: Path) -> None:
    (here / ".git").mkdir()
    made = abmspec("init", folder, "--name", "acme-abm", at=here)
    assert made.code == 0
    for each in ("The project is in abm/ of a repository", "git init && git add ."):
        assert (each in made.said) is (each == advice)


def test_a_folder_is_named_from_where_the_command_runs(abmspec: Abmspec, here: Path) -> None:
    made = abmspec("init", "-C", str(here), "deep/er/acme-abm")
    assert made.code == 0
    assert (here / "deep" / "er" / "acme-abm" / "abmspec.yaml").is_file()


def test_what_options_say(abmspec: Abmspec, here: Path) -> None:
    people = ("--owner-login", "ann,bob", "--owner-login", "Ann", "--owner-login", "cy")
    where = ("--region", "DACH", "--countries", "DE, AT", "--time-zone", "Europe/Vienna")
    assert abmspec("init", "x", "--name", "acme-abm", "--locale", "de-DE", *where, *people, at=here).code == 0
    made = {path: content.decode() for path, content in contents(here / "x").items()}
    assert "name: acme-abm\nlabel: Acme ABM\n" in made["abmspec.yaml"]
    assert "locale: de-DE\ncurrency: EUR\n" in made["abmspec.yaml"]
    assert "label: DACH\ncountries: [DE, AT]\nlocales: [de-DE, de-AT]\n" in made["regions/dach/region.yaml"]
    assert "time_zone: Europe/Vienna" in made["regions/dach/region.yaml"]
    assert "members: [ann, bob, cy]" in made["taxonomy/governance/roles.yaml"]


def test_the_same_answers_and_day_make_the_same_bytes(abmspec: Abmspec, here: Path) -> None:
    for name in ("one", "two"):
        abmspec("init", name, "--name", "acme-abm", "--today", "2027-01-31", at=here)
    assert contents(here / "one") == contents(here / "two")
    assert 'date: "2027-01-31"' in (here / "one" / "taxonomy" / "charter.yaml").read_text(encoding="utf-8")


def test_editors_get_what_schema_would_give_them(abmspec: Abmspec, here: Path) -> None:
    abmspec("init", "acme-abm", at=here)
    before = contents(here / "acme-abm")
    assert abmspec("schema", "--project", at=here / "acme-abm").code == 0
    assert contents(here / "acme-abm") == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("x", "--name", "Acme ABM"), "Write one as `acme-abm`."),
        (("x", "--region", "DACH"), "--countries DE,AT"),
        (("x", "--countries", "DE,AT"), "--region DACH"),
        (("x", "--countries", "DE,UK"), "Did you mean `GB`?"),
        (("x", "--countries", ""), "ISO 3166-1"),
        (("x", "--currency", "eur"), "Did you mean `EUR`?"),
        (("x", "--owner-login", "Ann Lee@x"), "account on the forge"),
        (("x", "--owner-login", "ann smith"), "commas between them: `ann,bob`"),
        (("x", "--region", "日本", "--countries", "JP"), "needs Latin letters. Write one, as `japan`"),
        (("日本",), "--name acme-abm"),
        (("file",), "is a file"),
        (("file/x",), "cannot be written: not a directory"),
    ],
)
def test_a_wrong_answer_is_wrong_usage(
    arguments: tuple[str, ...], said: str, abmspec: Abmspec, here: Path
) -> None:
    (here / "file").touch()
    ended = abmspec("init", *arguments, at=here)
    assert ended.code == 2
    assert said in ended.said
    assert contents(here) == {"file": b""}


@pytest.mark.parametrize("at", [".", "regions/nordics", "regions/emea"])
def test_no_project_in_a_project(at: str, abmspec: Abmspec, project: Path) -> None:
    before = contents(project)
    ended = abmspec("init", at, "--name", "acme-abm")
    assert ended.code == 2
    assert f"a project already, in {project}" in ended.said
    assert contents(project) == before
    assert not (project / "regions" / "nordics").exists()


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (["README.md"], "README.md is in"),
        ([".gitignore", "README.md", "notes.txt"], ".gitignore and README.md are in"),
        ([".vscode/settings.json"], ".vscode/settings.json is in"),
        (
            [".gitignore", "README.md", "taxonomy/icp.yaml", "taxonomy/kpis.yaml", "taxonomy/tiers.yaml"],
            ".gitignore, README.md, taxonomy/icp.yaml and 2 other files are in",
        ),
    ],
)
def test_nothing_is_written_over(there: list[str], said: str, abmspec: Abmspec, here: Path) -> None:
    for path in there:
        (here / path).parent.mkdir(exist_ok=True)
        (here / path).write_text("Mine.")
    ended = abmspec("init", "--name", "acme-abm", at=here)
    assert ended.code == 2
    assert said in ended.said
    assert contents(here) == dict.fromkeys(there, b"Mine.")


@pytest.mark.parametrize(
    ("failure", "code"),
    [(OSError(errno.ENOSPC, "No space left on device"), 2), (KeyboardInterrupt(), 130)],
    ids=["a full disk", "Ctrl-C"],
)
def test_a_stop_leaves_nothing(
    failure: BaseException, code: int, abmspec: Abmspec, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, done = Path.replace, []

    def fail_at_last(self: Path, target: Any) -> Path:
        done.append(target)
        if len(done) == 20:
            raise failure
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail_at_last)
    ended = abmspec("init", "acme-abm", at=here)
    assert ended.code == code
    assert "Every file is as it was." in ended.said
    assert list(here.iterdir()) == []


# -- on a terminal ------------------------------------------------------------------------------------


def on_a_terminal(at: Path, lines: list[str], *arguments: str) -> tuple[int, str]:
    """Types the lines into the command, and says how it ended and what it showed."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [Path(sys.executable).with_name("abmspec"), "init", *arguments],
        cwd=at,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as running:
        os.close(theirs)
        os.write(ours, "".join(f"{line}\n" for line in lines).encode())
        shown = b""
        while True:
            try:
                shown += os.read(ours, 4096)
            except OSError:
                break
        os.close(ours)
        code = running.wait()
    return code, shown.decode()


def test_a_terminal_is_asked_and_asked_again(here: Path) -> None:
    lines = ["Acme ABM", "", "DACH", "DE,UK", "DE,AT", "", "", "hubspot", "", "ann, bob"]
    code, shown = on_a_terminal(here, lines, "acme-abm")
    assert code == 0, shown
    assert "Write one as `acme-abm`." in shown
    assert "Did you mean `GB`?" in shown
    assert "Currency [EUR]:" in shown
    made = {path: content.decode() for path, content in contents(here / "acme-abm").items()}
    assert "countries: [DE, AT]" in made["regions/dach/region.yaml"]
    assert "kind: hubspot" in made["taxonomy/systems.yaml"]
    assert "members: [ann, bob]" in made["taxonomy/governance/roles.yaml"]


@pytest.mark.parametrize("asked_for", [("--defaults",), ()], ids=["all", "what no option says"])
def test_a_terminal_is_asked_only_what_is_not_known(asked_for: tuple[str, ...], here: Path) -> None:
    known = ("--countries", "FR", "--currency", "EUR", "--locale", "en", "--crm", "hubspot", "--map", "none")
    code, shown = on_a_terminal(here, ["", "", ""], "acme-abm", *known, *asked_for)
    assert code == 0, shown
    questions = re.findall(r"\[([^\]]+)\]: ", shown)
    assert questions == ([] if asked_for else ["acme-abm", "France", "your-login"])
    assert (here / "acme-abm" / "regions" / "france" / "region.yaml").is_file()
