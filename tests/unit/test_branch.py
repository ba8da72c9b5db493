"""A branch as Git has it: in a folder of the repository too, with unreadable files, with all kinds of merges."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from abmspec import pipeline
from abmspec.branch import Branch, Project
from abmspec.cache import Cache
from abmspec.diff import ChangeClass
from abmspec.pipeline.comparison import ParsedOnce
from tests.repositories import Work
from tests.specs import base_files, resolved_with
from tests.unit.gate.cases import change

FAMILIES = "taxonomy/picklists/product-family.yaml"
DACH = "regions/emea/dach/region.yaml"
WORKFLOW = ".github/workflows/spec.yml"
MORE = base_files()[FAMILIES].decode() + "  support: {label: Support}\n"
LESS = base_files()[FAMILIES].decode().replace("  services: {label: Services}\n", "")
DECISION = "taxonomy/governance/decisions/x.yaml"

Files = Mapping[str, str | bytes | None]


@pytest.fixture(params=["", "abm"])
def folder(request: pytest.FixtureRequest) -> str:
    """Where the project lies in the repository."""
    return str(request.param)


@pytest.fixture
def work(tmp_path: Path, folder: str) -> Work:
    """A repository with the small spec on `main`, and the branch `change` checked out."""
    work = Work.begun(tmp_path / "work")
    work.commit({**placed(folder, base_files()), WORKFLOW: "on: push\n"})
    work.git("checkout", "--quiet", "-b", "change")
    return work


def placed(folder: str, files: Files) -> dict[str, str | bytes | None]:
    """The project's files, by path in the repository."""
    return {f"{folder}/{path}" if folder else path: content for path, content in files.items()}


def branch(work: Work, folder: str) -> Branch:
    return pipeline.branch_of(work.repository, folder, "main", "change", date(2026, 10, 1))


def changed(work: Work, folder: str) -> dict[str, str]:
    """The class of each change, by address."""
    found = branch(work, folder)
    return {change.address: change.change_class for change in found.changes(found.head)}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, {}),
        ({FAMILIES: MORE}, {"picklist.product-family.value.support": "additive"}),
        ({"taxonomy/notes.md": "x", "README.md": "x"}, {}),
        ({"accounts/accounts.csv": "id\nacme\n"}, {"account-list": "accounts"}),
        ({"accounts/accounts.csv.bak": "id\n"}, {}),
        ({"Makefile": "all:\n"}, {"file:{}Makefile": "governance"}),
    ],
)
def test_changes(work: Work, folder: str, files: Files, expected: dict[str, str]) -> None:
    work.commit(placed(folder, files))
    prefix = f"{folder}/" if folder else ""
    assert changed(work, folder) == {address.format(prefix): name for address, name in expected.items()}


def test_what_lies_at_the_top_decides_too(work: Work, folder: str) -> None:
    work.commit({WORKFLOW: "on: pull_request\n"})
    assert changed(work, folder) == {f"file:{WORKFLOW}": "governance"}


def test_files_of_a_region_that_could_not_be_read_are_governance(work: Work, folder: str) -> None:
    work.git("checkout", "--quiet", "main")
    own = "regions/emea/dach/picklists/industry.yaml"
    value = "values:\n  dach-chemie: {label: Chemie, maps_to: manufacturing}\n"
    work.commit(placed(folder, {DACH: "label: [\n", own: value}))
    work.git("checkout", "--quiet", "-B", "change")
    work.commit(placed(folder, {DACH: base_files()[DACH], own: value.replace("Chemie", "Pharma")}))
    prefix = f"{folder}/" if folder else ""
    assert changed(work, folder) == {f"file:{prefix}{path}": "governance" for path in (DACH, own)}


def test_where_there_was_no_project_all_of_it_is_one_change(tmp_path: Path) -> None:
    work = Work.begun(tmp_path / "work")
    work.commit({"README.md": "x"})
    work.git("checkout", "--quiet", "-b", "change")
    work.commit(dict(base_files()))
    assert changed(work, "") == {"project": "governance"}


def test_an_update_is_seen_as_what_it_is(work: Work, folder: str) -> None:
    seen = work.commit(placed(folder, {FAMILIES: MORE, "README.md": "x"}))
    work.git("checkout", "--quiet", "main")
    work.commit(placed(folder, {"docs/a.md": "x"}) | {WORKFLOW: "on: []\n"})
    work.git("checkout", "--quiet", "change")
    work.git("merge", "--quiet", "--no-edit", "main")
    found = branch(work, folder)
    assert found.seen(seen) == found.seen(found.head)
    assert found.updates() == {found.head}
    assert list(found.seen(found.head).files) == list(placed(folder, {"README.md": ""}))


def test_a_merge_that_takes_the_base_s_work_back_is_no_update(work: Work, folder: str) -> None:
    work.commit(placed(folder, {"README.md": "x"}))
    work.git("checkout", "--quiet", "main")
    work.commit(placed(folder, {FAMILIES: MORE}))
    work.git("checkout", "--quiet", "change")
    work.merge("main")
    found = branch(work, folder)
    assert found.updates() == frozenset()
    assert changed(work, folder) == {"picklist.product-family.value.support": "forbidden"}


def test_a_merge_of_somebody_s_branch_is_no_update(work: Work, folder: str) -> None:
    work.git("checkout", "--quiet", "-b", "other", "main")
    other = work.commit(placed(folder, {"README.md": "other"}))
    work.git("checkout", "--quiet", "change")
    own = work.commit(placed(folder, {FAMILIES: MORE}))
    work.git("merge", "--quiet", "--no-edit", "other")
    found = branch(work, folder)
    assert found.updates() == frozenset()
    assert {other, own} < {commit.id for commit in found.commits}


@pytest.mark.parametrize("classes", [("additive", "forbidden"), ("forbidden", "additive")])
def test_where_merges_crossed_the_graver_of_two_changes_counts(
    tmp_path: Path, classes: tuple[ChangeClass, ChangeClass]
) -> None:
    work = Work.begun(tmp_path / "work")
    work.commit({"a": "1"})
    work.git("checkout", "--quiet", "-b", "change")
    ours = work.commit({"b": "1"})
    work.git("checkout", "--quiet", "main")
    theirs = work.commit({"c": "1"})
    work.merge(ours)
    work.git("checkout", "--quiet", "change")
    head = work.merge(theirs)
    given = iter(classes)
    tip, resolved = work.repository.resolve("main"), resolved_with()
    found = Branch(
        work.repository,
        "",
        tip,
        head,
        lambda commit: Project(resolved, {}),
        lambda before, after: (change(change_class=next(given)),),
        ParsedOnce(),
    )
    assert len(found.merge_bases) == 2
    assert [each.change_class for each in found.changes(head)] == ["forbidden"]


def test_a_record_is_seen_by_its_bytes(work: Work, folder: str) -> None:
    record = 'addresses: [icp]\ndiff: sha256:{}\nvoters: {{chair: approve}}\nminutes: x\ndate: "2026-10-01"\n'
    before = work.commit(placed(folder, {FAMILIES: MORE}))
    work.commit(placed(folder, {DECISION: record.format("0" * 64)}))
    found = branch(work, folder)
    assert found.seen(before).diff == found.seen(found.head).diff
    assert found.seen(found.head).files.keys() == placed(folder, {DECISION: ""}).keys()


def test_commits_that_are_not_here_were_not_seen(work: Work, folder: str) -> None:
    older = work.commit(placed(folder, {FAMILIES: MORE}))
    work.commit(placed(folder, {FAMILIES: MORE.replace("Support", "Help")}))
    found = branch(work, folder)
    assert found.seen_at([older, found.head, "0" * 40, "main", "", "--help"]).keys() == {older}


def test_what_the_history_knows_is_forbidden(work: Work, folder: str, tmp_path: Path) -> None:
    work.git("checkout", "--quiet", "main")
    work.commit(placed(folder, {FAMILIES: MORE}))
    work.commit(placed(folder, {FAMILIES: base_files()[FAMILIES]}))
    work.git("checkout", "--quiet", "-B", "change")
    work.commit(placed(folder, {FAMILIES: MORE.replace("label: Support", "label: Other")}))
    found = branch(work, folder)
    for cache in (None, Cache(tmp_path / "cache", "x"), Cache(tmp_path / "cache", "x")):
        (change,) = found.forbidden_too(found.changes(found.head), cache)
        assert change.address == "picklist.product-family.value.support"
        assert change.change_class == change.reasons[0].change_class == "forbidden"


def test_of_the_account_list_it_says_who_comes_and_goes(work: Work, folder: str) -> None:
    work.commit(placed(folder, {"accounts/accounts.csv": "id,tier\nacme,tier-1\nborel,tier-2\n"}))
    found = branch(work, folder)
    (change,) = found.changes(found.head)
    assert [reason.why for reason in change.reasons] == ["2 accounts are added."]
    work.commit(placed(folder, {"accounts/accounts.csv": None}))
    assert not changed(work, folder)
