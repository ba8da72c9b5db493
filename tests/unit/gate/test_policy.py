"""The rule that decides a change, and whose approval follows from it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from abmspec.diff import Change, Reason
from abmspec.gate.policy import Demand, demands, owners_of_edited, rulings, strict_policy
from abmspec.model.governance import ChangePolicy
from abmspec.model.spec import Spec
from tests.specs import spec_with
from tests.unit.gate.cases import FORBIDDEN, GLOBAL, POLICY_EDIT, RACI, REGIONAL, base, change, governed

RULES = """\
rules:
  emergency: {when: {declared: emergency}, require: [privacy-counsel]}
  few: {when: {scope: region, kind: [picklist], class: [additive], changes_at_most: 2}, require: [region-owner]}
  emea: {when: {scope: region, regions: [emea]}, require: [{role: council, count: 2}]}
  plays: {when: {kind: [play]}, require: [{any: [content-lead, program-manager]}]}
  governance: {when: {class: [governance]}, require: [leadership]}
"""
RECORD = change("emergency.e", "governance", "governance", kinds=("governance", "emergency"))
MOVED = change("region.dach", "region", path="regions/dach/region.yaml", action="change")
DACH = change(
    "region.dach.picklist.industry.value.dach-x", scope="dach", path="regions/emea/dach/picklists/a.yaml"
)


def policy_of(spec: Spec) -> ChangePolicy:
    assert spec.governance.policy is not None
    return spec.governance.policy


def rules_of(changes: Sequence[Change], *declared: str) -> list[str]:
    return [each.rule for each in rulings(policy_of(governed(RULES)), changes, declared)]


@pytest.mark.parametrize(
    ("changes", "declared", "expected"),
    [
        ([REGIONAL], "", ["few"]),
        # What is over the limit falls to the next rule; all changes of the pull request count.
        ([REGIONAL, DACH, POLICY_EDIT], "", ["emea", "", "governance"]),
        ([DACH], "", ["few"]),
        ([change(change_class="meaning", scope="dach")], "", [""]),
        ([change(change_class="meaning", scope="emea")], "", ["emea"]),
        ([GLOBAL], "", [""]),
        ([GLOBAL], "emergency", ["emergency"]),
        ([GLOBAL], "party", [""]),
        ([POLICY_EDIT], "emergency", ["governance"]),
        ([FORBIDDEN], "emergency", [""]),
        ([change("play.x", "play", "meaning")], "", ["plays"]),
        # Any of a change's names will do.
        ([change("x", "sales", "meaning", kinds=("sales", "play"))], "", ["plays"]),
        # What a pull request brings on paper counts for nothing, and needs nothing.
        ([RECORD, REGIONAL, DACH], "", ["", "few", "few"]),
    ],
)  # fmt: skip
def test_the_first_rule_that_is_for_it_decides(
    changes: list[Change], declared: str, expected: list[str]
) -> None:
    assert rules_of(changes, declared) == expected


RELABELLED = Reason(change_class="cosmetic", attribute="label", why="It is called otherwise.")


def rise(to: str, *more: Reason) -> Change:
    reason = Reason(change_class="cosmetic", attribute="version", why="It rises.", before="1.0.0", after=to)
    made = change("project", "governance", "cosmetic", action="change", path="abmspec.yaml")
    return msgspec.structs.replace(made, reasons=(reason, *more))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([REGIONAL, rise("1.1.0")], ["regional", ""]),
        # More than is demanded, or with something else, or by itself, it is a change as any other.
        ([REGIONAL, rise("2.0.0")], ["regional", "everything-else"]),
        ([REGIONAL, rise("1.1.0", RELABELLED)], ["regional", "everything-else"]),
        ([rise("1.1.0")], ["everything-else"]),
        ([RECORD, rise("1.1.0")], ["", "everything-else"]),
    ],
)  # fmt: skip
def test_the_version_that_is_demanded_follows_from_other_changes(
    changes: list[Change], expected: list[str]
) -> None:
    ruled = rulings(policy_of(base()), changes, (), "1.1.0")
    assert [each.rule for each in ruled] == expected
    assert not any(each.refused for each in ruled)


def test_what_matches_no_rule_is_refused() -> None:
    (ruling,) = rulings(policy_of(governed(RULES)), [GLOBAL], ())
    assert "No rule of the change policy" in ruling.refused


def test_what_is_forbidden_is_refused_with_its_reason() -> None:
    (ruling,) = rulings(policy_of(base()), [FORBIDDEN], ())
    assert ruling.refused == "It is so. No approval and no waiver opens this."


@pytest.mark.parametrize(
    "record", [change("decision.d", "governance", "governance", kinds=("decision",), action="change")]
)
def test_a_record_that_is_edited_needs_what_governance_needs(record: Change) -> None:
    assert rules_of([record]) == ["governance"]


def asked(spec: Spec, *changes: Change) -> list[tuple[str, int, int, str]]:
    """What the policy asks for: roles, count, how many of others than the author, as what the author counts."""
    policy = policy_of(spec)
    found, _ = demands(policy, rulings(policy, changes, ()), spec)
    return [
        ("|".join(each.roles), each.count, each.by_others, "|".join(sorted(each.author_as))) for each in found
    ]


def test_a_region_owner_is_the_region_s_and_the_raci_adds_nobody_who_is_asked_already() -> None:
    assert asked(base(), REGIONAL) == [("emea-marketing", 1, 1, ""), ("revops", 1, 1, "")]
    assert asked(base(), REGIONAL, DACH) == [
        ("emea-marketing", 1, 1, ""),
        ("revops", 1, 1, ""),
        ("dach-marketing", 1, 1, ""),
    ]


def test_the_raci_adds_whoever_answers_for_it() -> None:
    assert ("program-manager", 1, 1, "") in asked(base(), change("segment.x", "segment", "meaning"))
    activity = """\
    activities:
      retire-play:
        label: Retire a play
        responsible: [sdr]
        accountable: sdr
        covers: {kind: play, scope: global, change: [retire]}
    """
    spec = spec_with({RACI: activity})
    play = change("play.x", "play", "meaning", action="retire")
    assert ("sdr", 1, 1, "") in asked(spec, play)
    assert ("sdr", 1, 1, "") not in asked(spec, change("play.x", "play", "meaning", action="change"))
    assert ("sdr", 1, 1, "") not in asked(spec, change("x", "play", "meaning", scope="emea", action="retire"))


@pytest.mark.parametrize(
    ("require", "raci", "expected"),
    [
        # The higher count holds for both.
        ("[{role: council, count: 2}]", "council", [("council", 2, 2, "")]),
        # Who answers for it is one of those who may: one person in one role.
        ("[{any: [content-lead, sdr]}]", "sdr", [("sdr", 1, 1, "")]),
        # But what one rule lists twice takes two people.
        ("[sdr, {any: [content-lead, sdr]}]", "sdr", [("sdr", 1, 1, ""), ("content-lead|sdr", 1, 1, "")]),
        (
            "[{any: [content-lead, sdr], count: 2}]",
            "sdr",
            [("content-lead|sdr", 2, 2, ""), ("sdr", 1, 1, "")],
        ),
    ],
)
def test_rules_that_ask_for_the_same(
    require: str, raci: str, expected: list[tuple[str, int, int, str]]
) -> None:
    spec = governed(
        f"rules: {{all: {{when: {{}}, require: {require}}}}}",
        {
            RACI: f"activities: {{a: {{label: A, responsible: [revops], accountable: {raci}, covers: {{kind: play}}}}}}"
        },
    )
    assert asked(spec, change("play.x", "play")) == expected


def test_where_one_rule_lets_the_author_count_and_another_does_not() -> None:
    spec = governed(
        """\
        rules:
          region: {when: {scope: region}, require: [{role: revops, count: 2}], author_counts_as: [revops]}
          all: {when: {}, require: [revops]}
        """
    )
    assert asked(spec, REGIONAL) == [("revops", 2, 0, "revops")]
    assert asked(spec, REGIONAL, GLOBAL) == [("revops", 2, 1, "revops")]


@pytest.mark.parametrize("changes", [(REGIONAL, GLOBAL), (GLOBAL, REGIONAL)])
def test_the_highest_count_holds_whichever_comes_first(changes: tuple[Change, Change]) -> None:
    spec = governed(
        "rules: {region: {when: {scope: region}, require: [council]}, "
        "all: {when: {}, require: [{role: council, count: 2}]}}",
        {RACI: "activities: {a: {label: A, responsible: [sdr], accountable: sdr}}"},
    )
    assert asked(spec, *changes) == [("council", 2, 2, "")]


def test_a_global_change_has_no_region_owner() -> None:
    spec = governed("rules: {all: {when: {}, require: [region-owner]}}")
    policy = policy_of(spec)
    found, (ruling,) = demands(policy, rulings(policy, [GLOBAL], ()), spec)
    assert not found
    assert ruling.refused == "`all` asks for the region's owner, and there is none for this change."


@pytest.mark.parametrize(
    ("edited", "owners"),
    [
        (REGIONAL, ("emea-marketing",)),
        (GLOBAL, ()),
        (change("region.dach", "region", path="regions/emea/dach/region.yaml", action="change"), ("dach-marketing",)),
        (change("region.uki", "region", path="regions/emea/uki/region.yaml"), ("emea-marketing",)),
        (change("play.uki-x", "play", scope="uki", path="regions/emea/uki/playbooks/uki-x.yaml"), ("emea-marketing",)),
        (change("region.apac", "region", path="regions/apac/region.yaml"), ()),
        # A region that moves: its own owner, whoever it leaves, and whoever it comes under.
        (MOVED, ("dach-marketing", "emea-marketing")),
        (change("region.emea", "region", path="regions/dach/emea/region.yaml", action="change"), ("emea-marketing",)),
    ],
)  # fmt: skip
def test_owners_of_what_is_edited(edited: Change, owners: tuple[str, ...]) -> None:
    assert owners_of_edited(edited, base()) == owners


def test_a_region_that_moves_under_another() -> None:
    apac = "{label: APAC, countries: [JP], locales: [en-GB], owner: sdr}"
    spec = spec_with({"regions/apac/region.yaml": apac})
    moved = change("region.dach", "region", "meaning", path="regions/apac/dach/region.yaml", action="change")
    assert owners_of_edited(moved, spec) == ("dach-marketing", "emea-marketing", "sdr")


def test_without_a_policy_two_people_decide() -> None:
    policy = strict_policy(base())
    found, _ = demands(policy, rulings(policy, [POLICY_EDIT], ()), base())
    assert [each.roles for each in found] == [("leadership",), ("revops",)]


def test_without_roles_nothing_merges() -> None:
    assert all(each.refused for each in rulings(strict_policy(None), [GLOBAL, POLICY_EDIT], ()))


def test_a_demand_says_where_it_comes_from() -> None:
    policy = policy_of(base())
    found, _ = demands(policy, rulings(policy, [GLOBAL], ()), base())
    about = frozenset({GLOBAL.address})
    assert found == (
        Demand(("revops",), 1, 1, frozenset(), frozenset({"everything-else", "raci.change-field"}), about),
        Demand(("council",), 1, 1, frozenset(), frozenset({"everything-else"}), about),
    )
