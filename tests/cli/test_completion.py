"""What the shells are offered: the protocol of each, and bash for real."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from abmspec.check import all_rules
from abmspec.cli import COMMANDS
from tests.cli.conftest import Abmspec, Write
from tests.repositories import Work


@pytest.fixture
def offered(abmspec: Abmspec) -> Offered:
    return Offered(abmspec)


class Offered:
    """Asks as click's scripts do."""

    def __init__(self, abmspec: Abmspec) -> None:
        self.abmspec = abmspec

    def __call__(self, line: str, shell: str = "zsh") -> list[str]:
        """What is offered at the end of a line. It says nothing on standard error, whatever happens."""
        words = line.split(" ")
        environment = {"_ABMSPEC_COMPLETE": f"{shell}_complete", "COMP_WORDS": line}
        environment["COMP_CWORD"] = words[-1] if shell == "fish" else str(len(words) - 1)
        ended = self.abmspec.shell("abmspec", environment)
        assert ended.err == ""
        lines = ended.out.splitlines()
        if shell == "zsh":
            return lines[1::3]
        return [line.partition(",")[2].partition("\t")[0] for line in lines if line]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_offered_commands_and_addresses(shell: str, offered: Offered) -> None:
    assert offered("abmspec ", shell) == list(COMMANDS)
    assert offered("abmspec ex", shell) == ["explain"]
    assert offered("abmspec show picklist.industry.value.t", shell) == ["picklist.industry.value.technology"]


def test_addresses(offered: Offered) -> None:
    every = offered("abmspec uses ")
    assert every == sorted(every)
    assert {"icp", "region.emea", "field.account.industry", "tier.tier-1"} <= set(every)
    assert offered("abmspec uses field.account.industry") == [
        "field.account.industry",
        "field.account.industry-detail",
    ]
    assert offered("abmspec show xyzzy") == []


def test_rules(offered: Offered) -> None:
    assert offered("abmspec explain ") == [rule.name for rule in all_rules()]
    assert offered("abmspec check --rule near") == ["near-duplicate"]


def test_regions_and_systems(offered: Offered) -> None:
    assert offered("abmspec check --region ") == ["emea", "dach"]
    assert offered("abmspec show icp --region d") == ["dach"]
    assert offered("abmspec build ") == ["salesforce", "sf"]
    assert offered("abmspec build sf ") == ["salesforce"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("add value --picklist ind", ["industry"]),
        ("add value --picklist industry --region emea --maps-to fin", ["financial-services"]),
        ("add region --maps-to fin", []),
        ("map region.emea.picklist.industry.value.emea-fintech f", ["financial-services"]),
        ("deprecate picklist.industry.value.technology --replaced-by m", ["manufacturing"]),
        ("deprecate region.emea.picklist.industry.value.emea-fintech --replaced-by e", ["emea-payments"]),
        ("deprecate nothing --replaced-by m", []),
    ],
)
def test_what_a_change_can_name(offered: Offered, write: Write, line: str, names: list[str]) -> None:
    values = "".join(f"  emea-{id}: {{label: {id}, maps_to: technology}}\n" for id in ("fintech", "payments"))
    write("regions/emea/picklists/industry.yaml", f"values:\n{values}")
    assert offered(f"abmspec propose {line}") == names


def test_branches_and_tags(offered: Offered, project: Path) -> None:
    assert offered("abmspec changelog --since ") == []
    work = Work.begun(project)
    work.commit()
    for name in ("v1.0.0", "v1.1.0", "$(touch${IFS}x)"):
        work.git("tag", name)
    work.git("branch", "feature/x")
    assert offered("abmspec changelog --since ") == ["feature/x", "main", "v1.0.0", "v1.1.0"]
    assert offered("abmspec changelog --since fea") == ["feature/x"]


def test_the_project_may_be_named(offered: Offered, project: Path, tmp_path: Path) -> None:
    offered.abmspec.folder = tmp_path
    (tmp_path / "spec").symlink_to(project)
    assert offered("abmspec show -C spec ic") == ["icp"]
    assert offered("abmspec show ic") == []


def test_what_changed_is_offered(offered: Offered, write: Write) -> None:
    assert offered("abmspec show picklist.stage") == []
    write("taxonomy/picklists/stage.yaml", "label: Stage\ndescription: x\nvalues: {one: {label: One}}\n")
    assert offered("abmspec show picklist.stage") == ["picklist.stage", "picklist.stage.value.one"]


def test_a_broken_spec_is_completed_all_the_same(offered: Offered, write: Write) -> None:
    write("taxonomy/picklists/level.yaml", "values: [\n")
    assert offered("abmspec show ic") == ["icp"]
    write("abmspec.yaml", "format: [\n")
    assert offered("abmspec show ic") == ["icp"]


@pytest.mark.parametrize("line", ["abmspec chekc ", "abmspec 'x", "abmspec check --region x"])
def test_nothing_is_said_of_what_is_wrong(line: str, offered: Offered) -> None:
    assert offered(line) == []


def test_nothing_is_said_of_a_bug(
    abmspec: Abmspec, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(root: Path) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("abmspec.pipeline.names", crash)
    monkeypatch.setenv("_ABMSPEC_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "abmspec show x")
    monkeypatch.setenv("COMP_CWORD", "2")
    ended = abmspec()
    assert (ended.out, ended.err) == ("", "")


BASH = """
eval "$(_ABMSPEC_COMPLETE=bash_source abmspec)"
complete -p abmspec
COMP_WORDS=(abmspec {words})
COMP_CWORD={number}
_abmspec_completion abmspec
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.parametrize(
    ("words", "offers"),
    [
        ("chec", ["check"]),
        ("show picklist.industry.value.t", ["picklist.industry.value.technology"]),
        ("explain near-d", ["near-duplicate"]),
        ("check --region e", ["emea"]),
        ("build s", ["salesforce", "sf"]),
        ("show xyzzy", [""]),
    ],
)
def test_in_bash(words: str, offers: list[str], abmspec: Abmspec) -> None:
    ended = abmspec.shell(BASH.format(words=words, number=len(words.split())))
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == ["complete -o nosort -F _abmspec_completion abmspec", *offers]


def test_the_line_that_help_gives_works(abmspec: Abmspec) -> None:
    said = abmspec("--help").said
    assert '`eval "$(_ABMSPEC_COMPLETE=bash_source abmspec)"` in ~/.bashrc' in said


def test_nothing_that_a_shell_would_run_is_offered(abmspec: Abmspec, monkeypatch: pytest.MonkeyPatch) -> None:
    from abmspec.cli import completion
    from abmspec.pipeline import Names

    hostile = Names("", ("icp", "$(reboot)", "a b", "-rf", "a;b", "*", "~", "a\nb", ""), ("`x`",), ("x|y",))
    monkeypatch.setattr("abmspec.pipeline.names", lambda root: hostile)
    show = click.Context(click.Command("show"))
    show.params["directory"] = abmspec.folder
    argument = click.Argument(["address"])
    assert completion.addresses(show, argument, "") == ["icp"]
    assert completion.regions(show, argument, "") == completion.systems(show, argument, "") == []
