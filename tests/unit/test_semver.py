"""What changes demand of the version."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abmspec.diff import CLASSES, Change, ChangeClass, Reason
from abmspec.semver import LEVEL_OF, LEVELS, Level, Version, demand
from tests.conftest import ROOT


def changed(
    change_class: ChangeClass, address: str = "segment.x", attribute: str = "", kind: str = ""
) -> Change:
    """A change of a class."""
    return Change(
        address=address,
        kind=kind or address.partition(".")[0],
        scope="global",
        action="change",
        change_class=change_class,
        reasons=(Reason(change_class=change_class, attribute=attribute, why="It is."),),
    )


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("1.4.0", (1, 4, 0)), ("v1.4.0", (1, 4, 0)), ("0.0.0", (0, 0, 0)), ("v10.20.30", (10, 20, 30)),
        ("1.4", None), ("v1.4.0-rc.1", None), ("1.4.0+b", None), ("01.4.0", None), ("release-1.4.0", None),
        ("1.4.0\n", None), ("١.4.0", None), ("", None),
    ],
)  # fmt: skip
def test_a_tag_is_a_release_or_none(name: str, version: tuple[int, int, int] | None) -> None:
    assert Version.of(name) == version


@pytest.mark.parametrize(
    ("last", "level", "next"),
    [
        ("1.4.2", "none", "1.4.2"), ("1.4.2", "patch", "1.4.3"),
        ("1.4.2", "minor", "1.5.0"), ("1.4.2", "major", "2.0.0"),
        ("0.4.2", "none", "0.4.2"), ("0.4.2", "patch", "0.4.3"),
        ("0.4.2", "minor", "0.4.3"), ("0.4.2", "major", "0.5.0"),
    ],
)  # fmt: skip
def test_the_next_version(last: str, level: Level, next: str) -> None:
    before = Version.of(last)
    assert before is not None
    assert str(before.after(level)) == next


@pytest.mark.parametrize(
    ("change_class", "demanded"),
    [
        ("forbidden", "2.0.0"), ("breaking", "2.0.0"), ("governance", "1.5.0"), ("meaning", "1.5.0"),
        ("deprecating", "1.5.0"), ("additive", "1.5.0"), ("accounts", "1.4.1"), ("cosmetic", "1.4.1"),
    ],
)  # fmt: skip
def test_what_a_class_demands(change_class: ChangeClass, demanded: str) -> None:
    last = Version(1, 4, 0)
    found = demand("v1.4.0", last, last, [changed(change_class)])
    assert str(found.demanded) == demanded
    assert f"says version 1.4.0, and the changes since v1.4.0 demand {demanded}" in found.fault


def test_every_class_has_a_level() -> None:
    assert set(LEVEL_OF) == set(CLASSES) == set(get_args(ChangeClass))


def test_the_gravest_change_decides_and_stands_first() -> None:
    changes = [changed("cosmetic", "kpi.a"), changed("breaking", "kpi.b"), changed("additive", "kpi.c")]
    found = demand("v1.4.0", Version(1, 4, 0), Version(2, 0, 0), changes)
    assert [change.address for change in found.changes] == ["kpi.b", "kpi.c", "kpi.a"]
    assert (found.level, found.demanded, found.fault) == ("major", Version(2, 0, 0), "")


@pytest.mark.parametrize(
    "change",
    [
        changed("governance", "file:.github/workflows/ci.yml", kind="file"),
        changed("cosmetic", "project", "version"),
    ],
)
def test_what_is_not_the_specs_meaning_demands_nothing(change: Change) -> None:
    found = demand("v1.4.0", Version(1, 4, 0), Version(1, 4, 0), [change])
    assert (found.level, found.changes, found.fault) == ("none", (), "")


def test_other_settings_of_the_project_count() -> None:
    assert demand(
        "x", Version(1, 0, 0), Version(1, 0, 0), [changed("governance", "project", "currency")]
    ).fault


@given(
    last=st.builds(Version, *[st.integers(0, 99)] * 3),
    classes=st.lists(st.sampled_from(CLASSES)),
    more=st.sampled_from(CLASSES),
)
def test_more_changes_never_demand_less(last: Version, classes: list[ChangeClass], more: ChangeClass) -> None:
    fewer = demand("x", last, last, [changed(each) for each in classes])
    greater = demand("x", last, last, [changed(each) for each in (*classes, more)])
    assert last <= fewer.demanded <= greater.demanded
    assert greater.demanded > last
    assert LEVELS.index(fewer.level) <= LEVELS.index(greater.level)


def test_the_decision_record_states_the_same_table() -> None:
    (record,) = (ROOT / "docs" / "adr").glob("*-what-a-version-promises.md")
    rows = re.findall(
        r"^\| ([a-z, ]+) \| (major|minor|patch) \|", record.read_text(encoding="utf-8"), re.MULTILINE
    )
    stated = {each: level for names, level in rows for each in names.split(", ")}
    assert stated == LEVEL_OF
