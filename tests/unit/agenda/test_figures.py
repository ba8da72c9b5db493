"""The figures of governance, on histories made by git."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abmspec.agenda.figures import (
    CONFLICTS,
    Figures,
    Stretch,
    Waiting,
    conflicts,
    counts,
    last_before,
    main_line,
    merges,
    work_of,
)
from abmspec.diff import Change
from abmspec.diff.change import ChangeClass
from abmspec.git import Commit
from abmspec.pipeline import History
from abmspec.resolve import Resolved
from abmspec.rules.catalogue import RULES
from tests.repositories import Grown, Work
from tests.specs import base_files, resolved_with

INDUSTRY = "taxonomy/picklists/industry.yaml"
DACH_INDUSTRY = "regions/emea/dach/picklists/industry.yaml"
FARMING = base_files()[INDUSTRY].decode() + "  farming: {label: Farming}\n"
TWICE = FARMING + "  farming-2: {label: Farming!}\n"
SEGMENT = "taxonomy/segments/enterprise-technology.yaml"
WIDER = base_files()[SEGMENT].decode().replace("[technology]", "[technology, manufacturing]")
MILL = "values: {dach-mill: {label: Mill, maps_to: technology}}\n"


def moment(day: str) -> int:
    """The seconds of noon, UTC."""
    return int(datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC).timestamp())


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """A value is added in August; in September a segment grows, a region gets a value, and a value comes twice."""
    work = Work.begun(tmp_path / "spec")
    start = {path: content.decode() for path, content in base_files().items()}
    day = moment
    ids = work.grow(
        [
            Grown((), day("2026-07-20"), start),
            Grown((0,), day("2026-08-03"), {INDUSTRY: FARMING}),
            Grown((0, 1), day("2026-08-04"), {INDUSTRY: FARMING}),
            Grown((2,), day("2026-09-01"), {SEGMENT: WIDER}),
            Grown((2,), day("2026-09-02"), {DACH_INDUSTRY: MILL}),
            # What is brought up to date before it merges began when its own first commit was made.
            Grown((4, 3), day("2026-09-03"), {SEGMENT: WIDER}),
            Grown((2, 3), day("2026-09-05"), {SEGMENT: WIDER}),
            Grown((6, 5), day("2026-09-08"), {DACH_INDUSTRY: MILL}),
            Grown((7,), day("2026-09-20"), {INDUSTRY: TWICE}),
        ]
    )
    work.git("update-ref", "refs/heads/main", ids[-1])
    work.git("tag", "v1.0.0", ids[2])
    work.git("tag", "v1.1.0", ids[7])
    work.git("reset", "--hard", "--quiet")
    return work


def figures_of(work: Work, *, by_tag: bool = False, most: int = 100, since: str = "2026-07-01") -> Figures:
    stretch = Stretch(date.fromisoformat(since), date(2026, 10, 1), most)
    history = History(work.folder)
    steps: list[None] = []
    now = history.spec_at(work.git("rev-parse", "main"))
    assert now is not None
    planned = history.work(stretch, by_tag=by_tag)
    found = history.figures(planned, stretch, now, lambda: steps.append(None))
    assert len(steps) == planned.steps
    return found


def changed(found: Figures) -> dict[str, list[tuple[str, str, int]]]:
    return {
        point.name: [(each.change_class, each.scope, each.count) for each in point.changes]
        for point in found.points
    }


def test_time_to_approve_is_the_median_from_the_first_commit_to_the_merge(work: Work) -> None:
    found = figures_of(work)
    # 24 hours, 96 hours, 144 hours.
    assert found.approval == Waiting(merges=3, median_hours=96)
    assert found.approval_by_class == {
        "meaning": Waiting(merges=1, median_hours=96),
        "additive": Waiting(merges=2, median_hours=84),
    }
    assert not found.is_cut


def test_changes_and_conflicts_at_the_end_of_each_month(work: Work) -> None:
    found = figures_of(work)
    assert [(point.name, point.conflicts) for point in found.points] == [
        ("2026-07", 0),
        ("2026-08", 0),
        ("2026-09", 1),
    ]
    assert changed(found) == {
        "2026-07": [],
        "2026-08": [("additive", "global", 1)],
        "2026-09": [("meaning", "global", 1), ("additive", "dach", 1), ("additive", "global", 1)],
    }
    assert found.conflicts == 1


def test_or_at_each_tag(work: Work) -> None:
    found = figures_of(work, by_tag=True)
    assert changed(found) == {
        "v1.0.0": [],
        "v1.1.0": [("meaning", "global", 1), ("additive", "dach", 1)],
    }


def test_a_later_beginning_compares_with_what_stood_then(work: Work) -> None:
    found = figures_of(work, since="2026-08-01")
    assert changed(found)["2026-08"] == [("additive", "global", 1)]
    assert [point.name for point in found.points] == ["2026-08", "2026-09"]


def test_the_newest_merges_are_looked_at_and_it_is_said_that_there_were_more(work: Work) -> None:
    found = figures_of(work, most=1)
    assert found.approval == Waiting(merges=1, median_hours=144)
    assert found.is_cut


def test_a_spec_that_could_not_be_read_has_no_figures_and_is_passed_over(work: Work) -> None:
    work.commits = 60 * 24 * 30
    work.commit({"abmspec.yaml": "name: [\n"})
    broken = History(work.folder).spec_at(work.git("rev-parse", "HEAD"))
    assert broken is None
    found = figures_of_broken(work)
    assert [point.conflicts for point in found.points][-1] is None
    assert changed(found)[found.points[-1].name] == []


def figures_of_broken(work: Work) -> Figures:
    stretch = Stretch(date(2026, 9, 1), date(2027, 10, 1), 100)
    history = History(work.folder)
    planned = history.work(stretch, by_tag=False)
    return history.figures(planned, stretch, resolved_with(), lambda: None)


def test_changes_since_a_day(work: Work) -> None:
    history = History(work.folder)
    now = history.spec_at(work.git("rev-parse", "HEAD"))
    assert now is not None
    found = history.changes_since(date(2026, 9, 6), now, date(2026, 10, 1))
    assert found is not None
    assert sorted(change.address for change in found) == [
        "picklist.industry.value.farming-2",
        "region.dach.picklist.industry.value.dach-mill",
    ]
    assert history.changes_since(date(2026, 7, 1), now, date(2026, 10, 1)) is None


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ("  farming: {label: Farming}\n", 0),
        ("  tech-2: {label: Techno-logy}\n", 1),
        ("  tech-2: {label: technology}\n", 1),
    ],
)
def test_conflicting_definitions_are_counted(extra: str, expected: int) -> None:
    spec: Resolved = resolved_with({INDUSTRY: base_files()[INDUSTRY].decode() + extra})
    assert conflicts(spec, date(2026, 10, 1)) == expected


def test_every_rule_of_conflicts_exists() -> None:
    assert {rule.rule.name for rule in RULES} >= CONFLICTS


def test_changes_are_counted_by_class_and_scope() -> None:
    classes: list[tuple[ChangeClass, str]] = [
        ("cosmetic", "emea"),
        ("breaking", "global"),
        ("cosmetic", "emea"),
    ]
    made = [
        Change(address=str(number), kind="picklist", scope=scope, action="change", change_class=name)
        for number, (name, scope) in enumerate(classes)
    ]
    assert [(each.change_class, each.scope, each.count) for each in counts(made)] == [
        ("breaking", "global", 1),
        ("cosmetic", "emea", 2),
    ]


def test_no_history_has_no_figures() -> None:
    stretch = Stretch(date(2026, 1, 1), date(2026, 12, 31), 10)
    assert main_line(()) == ()
    assert work_of((), stretch).steps == 0
    assert last_before((), date(2026, 1, 1)) is None


@st.composite
def histories(draw: st.DrawFn) -> tuple[Commit, ...]:
    """Commits of which each has up to three earlier ones as parents."""
    commits: list[Commit] = []
    for number in range(draw(st.integers(1, 12))):
        parents: list[str] = []
        if number:
            chosen = draw(st.lists(st.integers(0, number - 1), min_size=1, max_size=3, unique=True))
            parents = [str(parent) for parent in chosen]
        commits.append(Commit(str(number), tuple(parents), draw(st.integers(0, 10**6))))
    return tuple(commits)


def ancestors(commits: tuple[Commit, ...], id: str) -> set[str]:
    by_id = {commit.id: commit for commit in commits}
    return {id}.union(*(ancestors(commits, parent) for parent in by_id[id].parents))


@given(histories())
def test_a_merge_brings_what_its_first_parent_did_not_have(commits: tuple[Commit, ...]) -> None:
    by_id = {commit.id: commit for commit in commits}
    for merge in merges(commits):
        brought = ancestors(commits, merge.commit.id) - ancestors(commits, merge.before) - {merge.commit.id}
        assert merge.begun == min(by_id[id].time for id in brought)
        assert merge.hours >= 0
