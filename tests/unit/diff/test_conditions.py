"""What a changed condition means: narrower, wider, turned over, or too large to say."""

from __future__ import annotations

import pytest

from tests.unit.diff.test_compare import SEGMENT, changes, edited

ADDRESS = "segment.enterprise-technology"
SHAPE = "label: Enterprise technology\nwhen: {when}\n"


def segment(when: str) -> dict[str, str | None]:
    return {SEGMENT: SHAPE.format(when=when)}


BANDS = "{field: account.employee-band, in: [smb]}"
LARGE = "{field: account.employees, at_least: 2001}"


@pytest.mark.parametrize(
    ("before", "after", "comparison", "change_class"),
    [
        (LARGE, "{field: account.employees, at_least: 5001}", "narrower", "meaning"),
        (LARGE, "{field: account.employees, at_least: 101}", "wider", "meaning"),
        (LARGE, "{field: account.employees, at_most: 5000}", "overlapping", "meaning"),
        (LARGE, "{field: account.employees, at_most: 2000}", "disjoint", "meaning"),
        (
            LARGE,
            "{all: [{field: account.employees, above: 5}, {field: account.employees, below: 5}]}",
            "empty",
            "meaning",
        ),
        (LARGE, "{any: [{icp: true}, {not: {icp: true}}]}", "always", "meaning"),
        (LARGE, f"{{all: [{LARGE}]}}", "same", "cosmetic"),
        (BANDS, "{field: account.employee-band, is: smb}", "same", "cosmetic"),
        (BANDS, "{not: {not: {field: account.employee-band, in: [smb]}}}", "same", "cosmetic"),
        # The same for the values that there are, and not for one that may come.
        (
            "{all: [{field: account.employee-band, known: true}, {not: {field: account.employee-band, is: enterprise}}]"
            "}",
            "{field: account.employee-band, in: [smb, mid-market]}",
            "same",
            "meaning",
        ),
    ],
)
def test_comparison(before: str, after: str, comparison: str, change_class: str) -> None:
    (change,) = changes(segment(before), segment(after)).values()
    (reason,) = change.reasons
    assert (reason.comparison, change.change_class) == (comparison, change_class)
    assert reason.was
    assert reason.now != reason.was or comparison == "same"


def test_what_is_too_large_is_unknown_and_never_explodes() -> None:
    def tangled(last: str) -> str:
        ones = [f"{{field: account.f{number}, is: a}}" for number in range(40)]
        others = [f"{{field: account.g{number}, is: b}}" for number in range(40)]
        pairs = [f"{{all: [{one}, {other}]}}" for one, other in zip(ones, others, strict=True)]
        parts = (f"{{any: [{', '.join(items)}]}}" for items in (ones, others, pairs))
        return f"{{all: [{', '.join(parts)}, {{field: account.z, is: {last}}}]}}"

    (change,) = changes(segment(tangled("one")), segment(tangled("two"))).values()
    assert change.change_class == "meaning"
    assert change.reasons[0].comparison == "unknown"
    assert "too large to say" in change.reasons[0].why


def test_a_condition_that_comes_or_goes() -> None:
    with_one = edited(
        "taxonomy/kpis.yaml",
        (
            "{sum: opportunity.amount}",
            "{sum: opportunity.amount, when: {field: opportunity.amount, at_least: 5}}",
        ),
    )
    (goes,) = changes(with_one, {}).values()
    (comes,) = changes({}, with_one).values()
    assert (goes.reasons[0].why, comes.reasons[0].why) == ("Its condition goes.", "It gets a condition.")
    assert (goes.change_class, comes.change_class) == ("meaning", "meaning")


def test_a_segment_within_looks_through_to_what_it_names() -> None:
    other = {"taxonomy/segments/large.yaml": f"label: Large\nwhen: {LARGE}\n"}
    found = changes({**other, **segment("{segment: large}")}, {**other, **segment(LARGE)})
    (reason,) = found[ADDRESS].reasons
    assert reason.comparison == "same"
    # What it says now does not follow the other segment any more.
    assert found[ADDRESS].change_class == "meaning"


def test_a_region_that_another_field_drives_is_told_its_own() -> None:
    driven = {
        "regions/emea/segments/enterprise-technology.yaml": (
            "use_instead: {account.employees: account.employee-band}\nreason: Head-counts may not be stored.\n"
        )
    }
    before, after = segment(LARGE), segment("{field: account.employees, at_least: 101}")
    (change,) = changes({**driven, **before}, {**driven, **after}).values()
    assert [(reason.region, reason.comparison) for reason in change.reasons] == [
        ("", "wider"),
        ("emea", "wider"),
    ]
    assert change.reasons[1].was == "employee band is Enterprise"
    assert "Mid-Market" in change.reasons[1].now


def test_another_driver_is_a_change_of_the_region_alone() -> None:
    driven = {
        "regions/emea/segments/enterprise-technology.yaml": (
            "use_instead: {account.employees: account.employee-band}\nreason: Head-counts may not be stored.\n"
        )
    }
    (change,) = changes(segment(LARGE), {**driven, **segment(LARGE)}).values()
    assert change.address == f"region.emea.{ADDRESS}"
    assert (change.scope, change.change_class) == ("emea", "meaning")
    assert {reason.attribute for reason in change.reasons} >= {"use_instead.account.employees", "when"}
    assert change.impact.regions == ("emea", "dach")
