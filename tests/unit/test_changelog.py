"""What readers are told of changes, and where they find it."""

from __future__ import annotations

import json
from typing import Any, Literal

import pytest

from abmspec.diff import Change, ChangeClass, Impact, Reason
from abmspec.report.changelog import (
    MOST_LISTED,
    Changelog,
    Group,
    Section,
    as_json,
    as_markdown,
    group_of,
    grouped,
)

GOING = {
    "status": "deprecated",
    "deprecated": {"sunset": "2027-03-31", "replaced_by": "y", "reason": "Split."},
}


def changed(
    address: str,
    change_class: ChangeClass,
    action: Literal["create", "change", "retire"] = "change",
    *,
    attribute: str = "",
    after: Any = None,
    label: str = "",
    why: str = "It changes.",
    scope: str = "global",
    regions: tuple[str, ...] = (),
    renamed_from: str = "",
    kind: str = "",
) -> Change:
    """A change with one reason."""
    return Change(
        address=address,
        kind=kind or address.partition(".")[0],
        scope=scope,
        action=action,
        change_class=change_class,
        label=label,
        after={} if after is None else after,
        renamed_from=renamed_from,
        reasons=(Reason(change_class=change_class, attribute=attribute, why=why),),
        impact=Impact(regions=regions),
    )


def markdown(*changes: Change, regions: frozenset[str] = frozenset()) -> str:
    """The changelog of one release with these changes."""
    section = Section("v2.0.0", "v1.0.0", "2026-10-01", changes, regions=regions)
    return as_markdown(Changelog("Meridian", (section,)))


@pytest.mark.parametrize(
    ("change", "group"),
    [
        (changed("segment.x", "additive", "create"), "new"),
        (changed("segment.x", "breaking", "create"), "new"),
        (changed("segment.x", "meaning", "create", renamed_from="y"), "changed"),
        (changed("segment.x", "meaning"), "changed"),
        (changed("segment.x", "breaking"), "changed"),
        (changed("segment.x", "deprecating", attribute="status", after=GOING), "going"),
        (changed("segment.x", "breaking", attribute="deprecated.sunset", after=GOING), "going"),
        (changed("segment.x", "meaning", attribute="when", after=GOING), "changed"),
        (changed("segment.x", "cosmetic", attribute="label", after=GOING), "wording"),
        (changed("segment.x", "meaning", attribute="status", after={"status": "deprecated"}), "changed"),
        (changed("segment.x", "meaning", "retire", attribute="status"), "gone"),
        (changed("segment.x", "forbidden", "retire"), "gone"),
        (changed("segment.x", "cosmetic"), "wording"),
        (changed("privacy.x", "governance", "create"), "governance"),
        (changed("account-plan.x", "accounts", "retire"), "accounts"),
    ],
)
def test_every_change_has_its_group(change: Change, group: Group) -> None:
    assert group_of(change) == group
    assert list(grouped([change])) == [group]


def test_what_demands_no_version_is_no_news() -> None:
    version = changed("project", "cosmetic", attribute="version")
    assert grouped([version, changed("file:Makefile", "governance", kind="file")]) == {}


def test_parts_are_counted_with_the_thing_that_they_came_with() -> None:
    changes = [
        changed("picklist.x.value.a", "additive", "create"),
        changed("picklist.x-y", "additive", "create"),
        changed("picklist.x.value.b", "additive", "create"),
        changed("picklist.x", "additive", "create"),
        changed("picklist.z.value.c", "additive", "create"),
        changed("picklist.x.value.d", "meaning"),
    ]
    groups = grouped(changes)
    assert [(entry.change.address, entry.parts) for entry in groups["new"]] == [
        ("picklist.x", 2), ("picklist.x-y", 0), ("picklist.z.value.c", 0),
    ]  # fmt: skip
    assert [entry.change.address for entry in groups["changed"]] == ["picklist.x.value.d"]
    assert "- `picklist.x`, with 2 parts: It changes." in markdown(*changes)


def test_what_goes_stands_by_its_day_and_says_what_takes_over() -> None:
    later = {"status": "deprecated", "deprecated": {"sunset": "2028-01-01"}}
    split = {"status": "deprecated", "deprecated": {
        "sunset": "2027-01-01", "replaced_by": [{"value": "y", "when": {"icp": True}}, {"value": "z"}],
    }}  # fmt: skip
    text = markdown(
        changed("segment.a", "deprecating", attribute="status", after=later),
        changed("segment.b", "deprecating", attribute="status", after=GOING, label="Bee"),
        changed("segment.c", "deprecating", attribute="status", after=split),
    )
    assert text.split("### Going away\n\n")[1].splitlines() == [
        "- `segment.c`: Until 2027-01-01; `y` or `z` take over.",
        "- **Bee** (`segment.b`): Until 2027-03-31; `y` takes over. Split.",
        "- `segment.a`: Until 2028-01-01.",
    ]


@pytest.mark.parametrize(
    ("description", "why", "said"),
    [
        ("Who buys.", "The picklist is new.", "Who buys."),
        ("", "The picklist is new.", "The picklist is new."),
        ("", "The value is new. It rolls up to `x`.", "It rolls up to `x`."),
        ("Who buys.", "It is required from the start.", "Who buys. It is required from the start."),
    ],
)
def test_what_is_new_is_described(description: str, why: str, said: str) -> None:
    change = changed("picklist.x", "additive", "create", after={"description": description}, why=why)
    assert f"- `picklist.x`: {said}\n" in markdown(change)


def test_the_whole_page() -> None:
    sections = (
        Section("Unreleased", "v2.0.0", notes=("The changes ask for nothing.",)),
        Section("v2.0.0", "v1.0.0", "2026-10-01", (changed("icp", "meaning", why="Half as many fit."),)),
        Section("v1.0.0", day="2026-01-01", notes=("The first release.",)),
    )
    assert as_markdown(Changelog("Meridian ABM", sections)) == (
        "# Changelog of Meridian ABM\n\n"
        "## Unreleased\n\nThe changes ask for nothing.\n\nNo change since v2.0.0.\n\n"
        "## v2.0.0 (2026-10-01)\n\n### Changed meaning\n\n- `icp`: Half as many fit.\n\n"
        "## v1.0.0 (2026-01-01)\n\nThe first release.\n"
    )


@pytest.mark.parametrize(
    ("scope", "felt", "said"),
    [
        ("global", ("emea",), " Felt in emea."),
        ("global", ("emea", "apac"), ""),
        ("global", (), ""),
        ("emea", ("emea",), ""),
    ],
)
def test_where_a_change_is_felt_is_said_unless_it_is_everywhere(
    scope: str, felt: tuple[str, ...], said: str
) -> None:
    change = changed("segment.x", "meaning", scope=scope, regions=felt)
    assert f"- `segment.x`: It changes.{said}\n" in markdown(change, regions=frozenset({"emea", "apac"}))


def test_a_regions_changelog_has_what_it_states_or_feels() -> None:
    changes = (
        changed("region.emea.segment.emea-x", "meaning", scope="emea"),
        changed("segment.felt", "meaning", regions=("emea", "dach")),
        changed("segment.elsewhere", "meaning", regions=("apac",)),
        changed("region.emea", "meaning"),
        changed("region.emea-two", "meaning"),
    )
    found = Changelog("Meridian", (Section("v2.0.0", changes=changes),)).of_region("emea")
    assert found.title == "Meridian, emea"
    assert [change.address for change in found.sections[0].changes] == [
        "region.emea.segment.emea-x", "segment.felt", "region.emea",
    ]  # fmt: skip


@pytest.mark.parametrize("group", ["accounts", "wording"])
def test_what_nobody_reads_on_is_counted(group: Group) -> None:
    change_class: ChangeClass = "accounts" if group == "accounts" else "cosmetic"
    text = markdown(*(changed(f"segment.s{number}", change_class) for number in range(40)))
    assert f"- … and {40 - MOST_LISTED[group]} more.\n" in text
    assert text.count("\n- ") == MOST_LISTED[group] + 1


def test_words_of_the_spec_are_no_mark_up() -> None:
    text = markdown(
        changed(
            "segment.x", "meaning", label="**x** <img src=x> @all", why="[a](https://b.example)\n## Owned"
        )
    )
    assert "<img" not in text
    assert "@all" not in text
    assert "](https://" not in text
    assert "\n## Owned" not in text


def test_reasons_that_say_the_same_are_said_once() -> None:
    change = changed("segment.x", "meaning")
    twice = Change(
        address=change.address, kind="segment", scope="global", action="change", change_class="meaning",
        reasons=change.reasons * 2,
    )  # fmt: skip
    assert markdown(twice).count("It changes.") == 1


def test_json_says_when_and_what_takes_over() -> None:
    change = changed(
        "segment.b", "deprecating", attribute="status", after=GOING, label="Bee", regions=("emea",)
    )
    document = json.loads(as_json(Changelog("Meridian", (Section("v2.0.0", "v1.0.0", "", (change,)),))))
    (release,) = document["releases"]
    assert release["day"] is None
    assert release["changes"]["new"] == []
    assert release["changes"]["going"] == [
        {
            "address": "segment.b", "label": "Bee", "class": "deprecating", "scope": "global",
            "why": ["Until 2027-03-31; `y` takes over.", "Split."], "sunset": "2027-03-31", "replaced_by": ["y"],
            "renamed_from": None, "parts": 0, "regions": ["emea"],
        }
    ]  # fmt: skip
