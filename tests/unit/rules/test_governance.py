"""Rules over who decides: roles, council, RACI, change policy, at their edges."""

from __future__ import annotations

import pytest

from tests.rules.page import judge
from tests.specs import base_files
from tests.unit.rules.over_base import findings, places

ROLES = "taxonomy/governance/roles.yaml"
COUNCIL = "taxonomy/governance/council.yaml"
POLICY = "taxonomy/governance/change-policy.yaml"
RACI = "taxonomy/governance/raci.yaml"
EMERGENCY = "taxonomy/governance/emergencies/fault.yaml"
CHIEF = "members: [base-chief], deputies: [base-deputy], deputy_after: 2 business days"


@pytest.mark.parametrize(
    ("rule", "new", "expected"),
    [
        ("role-unfilled", "deputies: [base-deputy], deputy_after: 2 business days", [(2, 3)]),
        ("role-unfilled", "members: []", [(2, 3)]),
        ("role-deputies", "members: [base-chief], deputy_after: 2 business days", [(2, 145)]),
        ("role-deputies", CHIEF.replace("base-deputy", "base-chief"), [(2, 142)]),
        ("role-group-missing", "members: [base-chief], status: retired", [(1, 1)]),
    ],
)
def test_roles(rule: str, new: str, expected: list[tuple[int, int]]) -> None:
    assert places(rule, [(ROLES, CHIEF, new)]) == expected


def test_a_queue_may_be_empty() -> None:
    change = (ROLES, "group: operations, team: base/revops, members: [base-ops, base-ops-2]", "group: queue")
    assert places("role-unfilled", [change]) == []


def test_nothing_is_said_of_roles_that_cannot_be_read() -> None:
    found = judge({**base_files(), ROLES: b"roles: ["})
    assert {each.rule for each in found} == {"yaml-syntax"}


@pytest.mark.parametrize(
    ("seat", "expected"),
    [
        ("emea-lead", []),
        ("dach-lead", [(6, 15)]),
        # No region's: it may speak for any.
        ("chair", []),
    ],
)
def test_a_seat_is_not_another_regions(seat: str, expected: list[tuple[int, int]]) -> None:
    change = ("regions/emea/region.yaml", "council_seat: emea-lead", f"council_seat: {seat}")
    assert places("council-seat-missing", [change]) == expected


def test_a_region_sits_with_the_one_above() -> None:
    assert (
        places("council-seat-missing", [("regions/emea/dach/region.yaml", "council_seat: dach-lead", "")])
        == []
    )
    found = findings(
        "council-seat-missing",
        [
            ("regions/emea/dach/region.yaml", "council_seat: dach-lead", ""),
            ("regions/emea/region.yaml", "council_seat: emea-lead", ""),
        ],
    )
    assert [(each.address, each.suggestion) for each in found] == [
        ("region.dach", "Add `council_seat: dach-lead`."),
        ("region.emea", "Add `council_seat: emea-lead`."),
    ]


@pytest.mark.parametrize(
    ("rule", "old", "new", "expected"),
    [
        ("council-quorum", "quorum: 2", "quorum: 4", []),
        ("council-quorum", "quorum: 2", "quorum: 5", [(3, 9)]),
        ("council-quorum", "chair: chair\n", "", [(6, 1)]),
        ("council-review-overdue", '"2027-03-31"', '"2026-10-01"', []),
        ("council-review-overdue", '"2027-03-31"', '"2026-09-30"', [(6, 12)]),
        ("council-review-overdue", '"2026-10-14"', '"2026-09-30"', [(5, 15)]),
    ],
)
def test_council(rule: str, old: str, new: str, expected: list[tuple[int, int]]) -> None:
    assert places(rule, [(COUNCIL, old, new)]) == expected


@pytest.mark.parametrize(
    ("covers", "accountable", "conflict"),
    [
        ("{kind: segment, change: [create]}", "program-manager", False),
        ("{kind: segment, change: [create]}", "revops", True),
        ("{kind: segment}", "revops", True),
        ("{kind: [segment, kpi], change: [retire]}", "revops", True),
        ("{kind: kpi}", "leadership", False),
        ("{}", "leadership", False),
    ],
)
def test_two_activities_for_one_change(covers: str, accountable: str, conflict: bool) -> None:
    more = f"activities:\n  more: {{responsible: [revops], accountable: {accountable}, covers: {covers}}}"
    found = findings("raci-accountable", [(RACI, "activities:", more)])
    assert bool(found) is conflict


def test_two_scopes_are_two_changes() -> None:
    changes = [
        (
            RACI,
            "covers: {kind: channel, change: [create, change, retire]}",
            "covers: {kind: channel, scope: global}\n"
            "  channel-here: {responsible: [sdr], accountable: sdr, covers: {kind: channel, scope: region}}",
        )
    ]
    assert places("raci-accountable", changes) == []
    assert places("raci-area-missing", changes) == []


def test_an_area_of_regions_alone_is_not_covered() -> None:
    change = (RACI, "{kind: channel, change: [create, change, retire]}", "{kind: channel, scope: region}")
    assert places("raci-area-missing", [change]) == [(1, 1)]


def policy(*rules: str, more: str = "") -> dict[str, str]:
    """A policy of rules `r0`, `r1` and so on, each as its `when`; or with a `require` behind a `|`."""
    text = "rules:\n"
    for number, rule in enumerate(rules):
        when, _, require = rule.partition(" | ")
        text += f"  r{number}: {{when: {{{when}}}, require: [{require or 'revops'}]}}\n"
    return {POLICY: text + more}


@pytest.mark.parametrize(
    ("rules", "lines"),
    [
        (("class: [meaning]", "class: [meaning], scope: region"), [3]),
        (("class: [meaning], scope: region", "class: [meaning]"), []),
        (("kind: [field]", "kind: [field, picklist]"), []),
        (("kind: [field]", "kind: [picklist]", "kind: [picklist, field]"), [4]),
        (("scope: global", "scope: region", "class: [governance]"), [4]),
        (("regions: [emea]", "scope: region"), []),
        (("scope: region", "regions: [emea]"), [3]),
        (("changes_at_most: 20", "changes_at_most: 10"), [3]),
        (("changes_at_most: 10", "changes_at_most: 20"), []),
        (("declared: emergency", "scope: global"), []),
        (("scope: global", "scope: global, declared: emergency"), [3]),
        (("scope: global, regions: [emea]",), [2]),
    ],
)
def test_rules_that_are_never_asked(rules: tuple[str, ...], lines: list[int]) -> None:
    assert [line for line, _ in places("policy-rule-unreachable", (), policy(*rules))] == lines


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (("scope: global", "scope: region"), []),
        (("changes_at_most: 10", "changes_at_most: 20"), ["in more than 20 places at once"]),
        (("kind: [field]",), ["to a kind that no rule names"]),
        (("scope: global", "regions: [emea]"), ["in a region that no rule names"]),
        (("scope: global", "scope: region, class: [additive, cosmetic]"), ["`breaking`, `meaning` or `deprecating`:"]),
        (("declared: emergency",), ["of the backbone", "of a region"]),
    ],
)  # fmt: skip
def test_changes_without_a_rule(rules: tuple[str, ...], expected: list[str]) -> None:
    messages = [each.message for each in findings("policy-incomplete", (), policy(*rules))]
    for part in expected:
        assert any(part in message for message in messages), messages
    assert bool(messages) is bool(expected)


@pytest.mark.parametrize(
    ("rule", "more", "unmeetable"),
    [
        ("scope: global | {role: revops, count: 2}", "", False),
        ("scope: global | {role: revops, count: 3}", "", True),
        # Deputies stand in.
        ("scope: global | {role: leadership, count: 2}", "", False),
        ("scope: global | {any: [sdr, product], count: 2}", "", False),
        ("scope: global | {any: [sdr, product], count: 3}", "", True),
        # base-ops, base-ops-2, base-manager and base-chief are four; revops takes two of them.
        ("scope: global | {role: council, count: 2}, {role: revops, count: 2}", "", False),
        ("scope: global | {role: council, count: 3}, {role: revops, count: 2}", "", True),
        (
            "scope: global | {role: council, count: 3}, {role: revops, count: 2}",
            "several_roles: true",
            False,
        ),
        # Seats vote on the record.
        (
            "scope: global | {role: council, count: 5}",
            "recorded_votes: {countersigned_by: revops}",
            False,
        ),
        ("scope: global | {role: council, count: 5}", "", True),
        ("scope: region | region-owner, revops", "", False),
        ("scope: region | {role: region-owner, count: 2}", "", True),
        ("scope: region | region-owner, emea-marketing", "", True),
        ("regions: [dach] | region-owner, emea-marketing", "", False),
    ],
)
def test_requirements_and_people(rule: str, more: str, unmeetable: bool) -> None:
    assert bool(findings("policy-unmeetable", (), policy(rule, more=more))) is unmeetable


@pytest.mark.parametrize(
    ("rule", "alone"),
    [
        ("{when: {scope: global}}", True),
        ("{when: {scope: global}, others: 1}", False),
        ("{when: {scope: global}, require: [revops]}", False),
        ("{when: {scope: global}, require: [revops], author_counts_as: [revops]}", True),
        ("{when: {scope: global}, require: [revops], author_counts_as: [revops], others: 1}", False),
        ("{when: {scope: global}, require: [{any: [sdr, revops]}], author_counts_as: [revops]}", True),
        ("{when: {scope: global}, require: [{role: revops, count: 2}], author_counts_as: [revops]}", False),
        ("{when: {scope: global}, require: [sdr, revops], author_counts_as: [sdr, revops]}", False),
    ],
)
def test_nobody_approves_alone(rule: str, alone: bool) -> None:
    files = {POLICY: f"rules:\n  only: {rule}\n"}
    assert bool(findings("policy-self-approval", (), files)) is alone


@pytest.mark.parametrize(
    ("review_by", "more", "expected"),
    [
        ("2026-10-01", "", []),
        ("2026-09-30", "", [(5, 12)]),
        ("2026-09-30", 'reviewed: "2026-09-30"', []),
    ],
)
def test_emergencies(review_by: str, more: str, expected: list[tuple[int, int]]) -> None:
    text = f'what: a\nwhy: b\ndeclared_by: revops\ndate: "2026-09-28"\nreview_by: "{review_by}"\n{more}\n'
    assert places("emergency-unreviewed", (), {EMERGENCY: text}) == expected
    early = text.replace("2026-09-28", "2026-10-02")
    assert len(findings("dates-reversed", (), {EMERGENCY: early})) == 1 + bool(more)


def test_kinds_are_judged_only_where_one_is_near() -> None:
    change = (RACI, "{kind: channel, change", "{kind: [channl, weather], change")
    found = findings("change-kind-unknown", [change])
    assert [each.suggestion for each in found] == ["Did you mean `channel`?"]
