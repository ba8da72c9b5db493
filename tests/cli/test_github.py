"""`abmspec github`: repository files follow from the spec, and what people wrote is not lost."""

from __future__ import annotations

import subprocess

import pytest

from tests.cli.conftest import Abmspec, Write

ROLES = "taxonomy/governance/roles.yaml"


@pytest.fixture(autouse=True)
def repository(abmspec: Abmspec) -> None:
    subprocess.run(["git", "init", "--quiet", str(abmspec.folder)], check=True)


def test_files_are_written_and_follow_the_spec(abmspec: Abmspec) -> None:
    assert abmspec("github", "--check").code == 1
    ended = abmspec("github")
    assert (ended.code, ended.err) == (0, "3 files written, 0 as they were.\n")
    assert ended.out.splitlines()[0] == ".github/CODEOWNERS"
    assert abmspec("github", "--check").code == 0
    roles = abmspec.folder / ROLES
    roles.write_text(roles.read_text().replace("base/emea", "base/europe"))
    shown = abmspec("github", "--check")
    assert shown.code == 1
    assert "+/regions/emea/" in shown.out
    assert "@base/europe" in shown.out
    assert "@base/europe" not in (abmspec.folder / ".github/CODEOWNERS").read_text()
    assert abmspec("github").err == "1 file written, 2 as they were.\n"


def test_what_was_written_by_hand_stays(abmspec: Abmspec, write: Write) -> None:
    mine = write(".github/CODEOWNERS", "* @me\n")
    ended = abmspec("github")
    assert (ended.code, "written by hand" in ended.err, mine.read_text()) == (2, True, "* @me\n")
    assert not (abmspec.folder / ".github/ISSUE_TEMPLATE").exists()
    assert abmspec("github", "--force").code == 0
    assert "@me" not in mine.read_text()


def test_workflows_take_how_to_install_and_what_to_set(abmspec: Abmspec) -> None:
    given = (
        "--workflows",
        "--install",
        "make tool",
        "--install",
        "true",
        "--env",
        "ABMSPEC_TODAY=2026-10-01",
    )
    assert abmspec("github", *given).err.startswith("9 files written")
    text = (abmspec.folder / ".github/workflows/gate.yml").read_text()
    assert "          make tool\n          true\n" in text
    assert '          ABMSPEC_TODAY: "2026-10-01"\n' in text
    assert abmspec("github", "--check", *given).code == 0
    assert abmspec("github", "--check", "--workflows").code == 1


@pytest.mark.parametrize("said", ["x", "A B=1", "=1", 'A="', "Ä=1"])
def test_a_variable_that_is_none_is_wrong_usage(abmspec: Abmspec, said: str) -> None:
    ended = abmspec("github", "--env", said)
    assert (ended.code, "NAME=VALUE" in ended.err) == (2, True)


def test_nothing_follows_from_a_broken_spec(abmspec: Abmspec, write: Write) -> None:
    write("taxonomy/segments/all.yaml", "label: All\nwhen: {field: account.nothing, known: true}\n")
    ended = abmspec("github")
    assert (ended.code, (abmspec.folder / ".github").exists()) == (1, False)


def test_an_owner_whom_nobody_could_ask(abmspec: Abmspec) -> None:
    roles = abmspec.folder / ROLES
    roles.write_text(
        roles.read_text().replace(" team: base/emea, members: [base-emea]", " members: [base-emea]")
    )
    assert abmspec("github").code == 0
    assert "@base-emea" in (abmspec.folder / ".github/CODEOWNERS").read_text()


def test_a_read_only_file_leaves_all_as_it_was(abmspec: Abmspec) -> None:
    assert abmspec("github").code == 0
    owners = abmspec.folder / ".github/CODEOWNERS"
    roles = abmspec.folder / ROLES
    roles.write_text(roles.read_text().replace("base/emea", "base/europe"))
    owners.chmod(0o444)
    before = owners.read_bytes()
    ended = abmspec("github")
    assert (ended.code, owners.read_bytes()) == (2, before)
