"""Deprecated, retired, proposed, renamed: what the pages leave out."""

from __future__ import annotations

import pytest

from tests.unit.rules.over_base import findings, places

INDUSTRY = "taxonomy/picklists/industry.yaml"
SEGMENT = "taxonomy/segments/enterprise-technology.yaml"
LAST = "  manufacturing:\n"
OLD = "  old:\n    label: Old\n    status: %s\n    deprecated: {%s}\n"
WHOLE = 'date: "2026-01-01", sunset: "%s", reason: Gone., replaced_by: technology'


def old(status: str, deprecated: str) -> tuple[str, str, str]:
    """The industry list with a value in another state of its life, before its last one."""
    return INDUSTRY, LAST, OLD % (status, deprecated) + LAST


USED = (SEGMENT, "in: [technology]", "in: [technology, old]")


@pytest.mark.parametrize(
    ("deprecated", "expected"),
    [
        (WHOLE % "2027-01-01", []),
        ('date: "2026-01-01", sunset: "2026-01-01", reason: Gone., replaced_by: technology', ["sunset"]),
        ('date: "2026-01-01", sunset: "2027-01-01", replaced_by: technology', ["`reason`"]),
        ('date: "2026-01-01"', ["`sunset` and `reason` and `replaced_by`"]),
        (
            'date: "2026-01-01", sunset: "2027-01-01", reason: R., replaced_by: [{value: technology}, '
            "{value: manufacturing}]",
            ["takes every record"],
        ),
        (
            'date: "2026-01-01", sunset: "2027-01-01", reason: R., replaced_by: [{value: technology, '
            "when: {field: account.employees, above: 9}}]",
            ["last branch"],
        ),
    ],
)
def test_a_deprecation_is_complete(deprecated: str, expected: list[str]) -> None:
    found = findings("deprecation-incomplete", [old("deprecated", deprecated)])
    assert len(found) == len(expected)
    for each, part in zip(found, expected, strict=True):
        assert part in each.message


@pytest.mark.parametrize(
    ("status", "count"), [("active", 1), ("proposed", 1), ("retired", 0), ("deprecated", 0)]
)
def test_only_what_goes_says_why_it_goes(status: str, count: int) -> None:
    assert len(findings("deprecation-incomplete", [old(status, WHOLE % "2027-01-01")])) == count


def test_a_deprecated_value_without_a_word() -> None:
    bare = (INDUSTRY, LAST, "  old: {label: Old, status: deprecated}\n" + LAST)
    (found,) = findings("deprecation-incomplete", [bare])
    assert (found.line, found.column) == (12, 29)


@pytest.mark.parametrize(
    ("sunset", "status", "used", "expected"),
    [
        ("2026-09-30", "deprecated", True, ["sunset-passed"]),
        ("2026-09-30", "deprecated", False, ["sunset-passed"]),
        ("2026-10-01", "deprecated", True, ["deprecated-in-use"]),
        ("2026-10-01", "deprecated", False, []),
        ("2026-09-30", "retired", True, ["retired-in-use"]),
        ("2026-09-30", "retired", False, []),
    ],
)
def test_what_time_makes_of_it(sunset: str, status: str, used: bool, expected: list[str]) -> None:
    changes = [old(status, WHOLE % sunset), *([USED] if used else [])]
    found = [
        each.rule
        for rule in ("sunset-passed", "deprecated-in-use", "retired-in-use")
        for each in findings(rule, changes)
    ]
    assert found == expected


def test_a_passed_sunset_lists_who_still_uses_it() -> None:
    (found,) = findings("sunset-passed", [old("deprecated", WHOLE % "2026-09-30"), USED])
    assert "one place" in found.message
    assert [(each.path, each.line) for each in found.related] == [(SEGMENT, 9)]
    assert found.suggestion == "Move what uses it to `technology`, then set `status: retired`."


def test_what_is_deprecated_itself_may_use_what_is_deprecated() -> None:
    said = WHOLE.replace("technology", "other") % "2027-01-01"
    going = (SEGMENT, "priority: true\n", f"status: deprecated\ndeprecated: {{{said}}}\n")
    found = findings("deprecated-in-use", [old("deprecated", WHOLE % "2027-01-01"), USED, going])
    assert [each for each in found if each.path == SEGMENT] == []


def test_replacements_may_be_long_and_forked_but_never_circular() -> None:
    def value(id: str, *successors: str) -> str:
        split = ", ".join(
            f"{{value: {each}, when: {{field: account.employees, above: 9}}}}" for each in successors[:-1]
        )
        by = f"[{split}, {{value: {successors[-1]}}}]" if split else successors[-1]
        said = f'{{date: "2026-01-01", sunset: "2027-01-01", reason: R., replaced_by: {by}}}'
        return f"  {id}: {{label: {id.title()}, status: deprecated, deprecated: {said}}}\n"

    chain = value("a", "b", "technology") + value("b", "c") + value("c", "technology")
    assert places("replacement-cycle", [(INDUSTRY, LAST, chain + LAST)]) == []
    circle = value("a", "b", "technology") + value("b", "c") + value("c", "a")
    (found,) = findings("replacement-cycle", [(INDUSTRY, LAST, circle + LAST)])
    assert "`a` → `b` → `c` → `a`" in found.message
    assert len(places("replacement-cycle", [(INDUSTRY, LAST, value("a", "a") + LAST)])) == 1


@pytest.mark.parametrize(
    ("tombstone", "count"),
    [
        ("{label: Old, status: retired}", 1),
        ('{label: Old, status: retired, deprecated: {date: "2025-01-01", replaced_by: technology}}', 0),
    ],
)
def test_a_tombstone_may_take_over_if_it_says_what_took_over_from_it(tombstone: str, count: int) -> None:
    older = OLD % ("deprecated", WHOLE % "2027-01-01")
    chain = older.replace("old", "older").replace("Old", "Older").replace("technology", "old")
    changes = [(INDUSTRY, LAST, f"  old: {tombstone}\n{chain}{LAST}")]
    assert len(findings("replaced-by-retired", changes)) == count


@pytest.mark.parametrize(
    ("old_value", "wrong"),
    [
        ("", "of which nothing is left"),
        ("  old: {label: Old}\n", "is active, not retired"),
        ("  old: {label: Old, status: retired}\n", "does not say what replaced it"),
        (
            '  old: {label: Old, status: retired, deprecated: {date: "2025-01-01", replaced_by: technology}}\n',
            "does not say what replaced it",
        ),
        (
            '  old: {label: Old, status: retired, deprecated: {date: "2025-01-01", replaced_by: manufacturing}}\n',
            "",
        ),
    ],
)
def test_a_rename_leaves_a_tombstone_that_names_it(old_value: str, wrong: str) -> None:
    renamed = f"{old_value}{LAST}    renamed_from: old\n"
    found = findings("rename-without-tombstone", [(INDUSTRY, LAST, renamed)])
    assert [wrong in each.message for each in found] == ([True] if wrong else [])


def test_a_promoted_value_is_renamed_from_the_regions() -> None:
    overlay = """values:
  emea-chips:
    label: Chips
    status: retired
    maps_to: technology
    deprecated: {date: "2026-01-01", replaced_by: chips}
"""
    changes = [(INDUSTRY, LAST, f"  chips: {{label: Chips, renamed_from: emea-chips}}\n{LAST}")]
    files = {"regions/emea/picklists/industry.yaml": overlay}
    for rule in ("rename-without-tombstone", "reference-out-of-scope", "reference-unknown"):
        assert findings(rule, changes, files) == []


def test_a_field_may_be_renamed_too() -> None:
    changes = [
        ("taxonomy/fields/account.yaml", "{label: Employees,", "{label: Employees, renamed_from: head-count,")
    ]
    (found,) = findings("rename-without-tombstone", changes)
    assert "`head-count`" in found.message


def test_an_owner_is_missing_once_for_a_region_and_all_in_it() -> None:
    files = {
        "regions/apac/region.yaml": "label: APAC\n",
        "regions/apac/japan/region.yaml": "label: Japan\n",
        "regions/apac/japan/picklists/japan-keiretsu.yaml": "label: Keiretsu\nvalues:\n  japan-a: {label: A}\n",
    }
    assert [each.address for each in findings("owner-missing", files=files)] == ["region.apac"]
