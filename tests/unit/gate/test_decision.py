"""Decisions on whole cases: each rule by a table, and the laws that no case breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abmspec.diagnostic import Diagnostic, Rule, Severity
from abmspec.diff import Change, Impact
from abmspec.gate import Case, Decision, Seen, decide, diff_hash, simulated
from abmspec.gate.inputs import ListedCommit, PullRequest, Review
from abmspec.model.spec import Spec
from abmspec.source import START
from tests.specs import spec_with
from tests.unit.gate.cases import (
    CREATED,
    FORBIDDEN,
    GLOBAL,
    HEAD,
    OLDER,
    POLICY_EDIT,
    REGIONAL,
    State,
    approval,
    base,
    case,
    change,
    governed,
)

PUSHED = PullRequest(author="author", created=CREATED, head=HEAD, pusher="base-ops")
ALONE = "{when: {}, require: [revops], author_counts_as: [revops], others: 1}"


def missing(decision: Decision) -> list[tuple[str, int]]:
    return [(each.role, each.count) for each in decision.missing]


def why_not(decision: Decision) -> dict[str, str]:
    return {each.login: each.why for each in decision.approvals.rejected}


# -- what opens it -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "approved_by", "lacks"),
    [
        ([], [], []),
        ([GLOBAL], [], [("revops", 1), ("council", 1)]),
        ([GLOBAL], ["base-ops"], [("council", 1)]),
        # One person serves one role, whichever is of use.
        ([GLOBAL], ["base-ops", "base-ops-2"], []),
        ([GLOBAL], ["base-ops-2", "base-chief"], []),
        ([GLOBAL], ["base-chief", "base-manager"], [("revops", 1)]),
        ([GLOBAL], ["nobody", "base-seller"], [("revops", 1), ("council", 1)]),
        ([GLOBAL], ["BASE-Ops-2", "Base-Chief"], []),
        ([REGIONAL], ["base-emea", "base-ops"], []),
        ([REGIONAL], ["base-dach", "base-ops"], [("emea-marketing", 1)]),
        ([POLICY_EDIT], ["base-chief", "base-manager"], [("council", 1)]),
        ([POLICY_EDIT], ["base-chief", "base-manager", "base-ops"], []),
        ([GLOBAL, REGIONAL], ["base-ops", "base-chief", "base-emea"], []),
    ],
)
def test_who_has_to_approve(
    changes: list[Change], approved_by: list[str], lacks: list[tuple[str, int]]
) -> None:
    decision = decide(case(changes, approved_by))
    assert missing(decision) == lacks
    assert decision.is_open == (not lacks)


@pytest.mark.parametrize(
    ("review", "why"),
    [
        (approval("base-ops", OLDER), "the change was another one then"),
        (approval("base-ops", "c" * 40), "it approves a commit that is not in the repository"),
        (approval("base-ops", ""), "it approves a commit that is not in the repository"),
        (approval("base-ops", is_bot=True), "an app approves nothing"),
        (approval("base-ops", state="DISMISSED"), "the review was dismissed"),
        (approval(""), "the account is gone"),
        (approval("bаse-ops"), "is no login of a forge"),
        (approval("base-ops "), "is no login of a forge"),
        (approval("base-stranger"), "nobody of this name holds a role"),
        (approval("base-deputy"), "nobody of this name holds a role"),
    ],
)
def test_approvals_that_do_not_count(review: Review, why: str) -> None:
    decision = decide(case([GLOBAL], [review, "base-chief"], saw={OLDER: Seen(diff="sha256:0")}))
    assert not decision.is_open
    assert why in why_not(decision)[review.login]
    assert [each.login for each in decision.approvals.counted] == ["base-chief"]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"author": "Base-OPS"}, "opened the pull request"),
        ({"requester": "base-ops"}, "asked for the change"),
        ({"committer": "base-ops"}, "made a commit of the change"),
        ({"pull_request": PUSHED}, "pushed the change"),
    ],
)  # fmt: skip
def test_whoever_had_a_hand_in_it_does_not_approve(more: dict[str, Any], why: str) -> None:
    decision = decide(case([GLOBAL], ["base-ops", "base-chief"], **more))
    assert not decision.is_open
    assert why_not(decision) == {"base-ops": why}
    assert "base-ops" not in {person for each in decision.missing for person in each.people}


def test_an_update_merge_makes_nobody_a_committer_and_its_push_nobody_a_pusher() -> None:
    at_hand = Seen(diff=diff_hash([GLOBAL]))
    pushed = PullRequest(author="author", created=CREATED, head=HEAD, pusher="base-ops", before=OLDER)
    listed = (
        ListedCommit(id=OLDER, logins=("author",)),
        ListedCommit(id=HEAD, logins=("base-ops",), is_linked=False),
    )
    update = case(
        [GLOBAL],
        [approval("base-ops", OLDER), "base-chief"],
        saw={OLDER: at_hand},
        pull_request=pushed,
        listed=listed,
        commits=(OLDER,),
        updates=frozenset({HEAD}),
    )
    assert decide(update).is_open
    assert not decide(replace(update, updates=frozenset())).is_open
    assert not decide(replace(update, saw={OLDER: Seen(diff="sha256:0")})).is_open


@pytest.mark.parametrize(
    ("seen", "at_hand", "why"),
    [
        ({}, {}, ""),
        ({"a": "1"}, {"a": "1"}, ""),
        ({"a": "1"}, {"a": "2"}, "`a` changed after it"),
        ({}, {".github/b.yml": "2"}, "`.github/b.yml` changed after it"),
        ({"a": "1", "b": "1", "c": "1", "d": "1"}, {}, "4 files changed after it"),
    ],
)
def test_what_was_seen_is_what_is_at_hand(seen: dict[str, str], at_hand: dict[str, str], why: str) -> None:
    diff = diff_hash([GLOBAL])
    decision = decide(
        case(
            [GLOBAL],
            [approval("base-ops", OLDER), approval("base-chief", OLDER)],
            saw={OLDER: Seen(diff=diff, files=seen)},
            at_hand=Seen(diff=diff, files=at_hand),
        )
    )
    assert why_not(decision) == ({"base-ops": why, "base-chief": why} if why else {})
    assert decision.is_open == (not why)


# -- reviews of one person ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("states", "counts", "objects"),
    [
        (["APPROVED"], True, False),
        (["APPROVED", "APPROVED"], True, False),
        (["APPROVED", "COMMENTED"], True, False),
        (["CHANGES_REQUESTED"], False, True),
        (["APPROVED", "CHANGES_REQUESTED"], False, True),
        (["CHANGES_REQUESTED", "APPROVED"], True, False),
        (["CHANGES_REQUESTED", "COMMENTED"], False, True),
        # What was dismissed revives nothing.
        (["APPROVED", "DISMISSED"], False, False),
        (["DISMISSED", "APPROVED"], True, False),
    ],
)
def test_the_latest_review_that_is_no_comment_counts(
    states: list[State], counts: bool, objects: bool
) -> None:
    reviews = [approval("base-ops", state=state, minute=minute) for minute, state in enumerate(states)]
    decision = decide(case([GLOBAL], ["base-chief", *reviews]))
    assert [each.login for each in decision.approvals.counted].count("base-ops") == counts
    assert (decision.objections == ("base-ops",)) is objects


@pytest.mark.parametrize("alike", ["baſe-ops", "base-ops\u200b", "ＢASE-OPS"])
def test_nobody_speaks_in_another_s_name(alike: str) -> None:
    """The first of them is the same without regard to case, for those who fold all letters."""
    against = approval("base-ops", state="CHANGES_REQUESTED")
    decision = decide(case([GLOBAL], [against, approval(alike, minute=1), "base-ops-2", "base-chief"]))
    assert decision.objections == ("base-ops",)
    assert not decision.is_open


def test_whoever_may_not_approve_does_not_block_either() -> None:
    stranger = approval("base-seller", state="CHANGES_REQUESTED")
    assert decide(case([GLOBAL], ["base-ops", "base-chief", stranger])).is_open


def test_a_required_role_that_asks_for_changes_blocks_and_is_among_the_fewest() -> None:
    against = approval("base-manager", state="CHANGES_REQUESTED")
    decision = decide(case([GLOBAL], ["base-ops", "base-chief", against]))
    assert decision.closed_by == ("base-manager asks for changes, as program-manager and council.",)
    assert not decision.missing
    assert decision.smallest == ("base-manager",)


# -- the author ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("author", "requester", "approved_by", "is_open"),
    [
        ("base-ops", "", [], False),
        ("base-ops", "", ["base-ops"], False),
        # In a team of one, somebody else with any role looks at it.
        ("base-ops", "", ["base-seller"], True),
        ("base-ops", "", ["stranger"], False),
        ("intake[bot]", "base-ops", ["base-seller"], True),
        ("author", "", ["base-seller"], False),
        ("author", "", ["base-ops-2"], True),
        ("base-ops", "", ["base-ops-2"], True),
    ],
)
def test_a_small_team_s_author_may_count(
    author: str, requester: str, approved_by: list[str], is_open: bool
) -> None:
    spec = governed(f"rules: {{all: {ALONE}}}")
    decision = decide(case([POLICY_EDIT], approved_by, spec=spec, author=author, requester=requester))
    assert decision.is_open is is_open
    if "base-ops" in (author, requester):
        assert [each.by for each in decision.approvals.counted if each.login == "base-ops"] == ["author"]


def test_who_is_missing_beside_the_author_is_said() -> None:
    decision = decide(case([POLICY_EDIT], spec=governed(f"rules: {{all: {ALONE}}}"), author="base-ops"))
    assert missing(decision) == [("somebody else", 1)]
    assert "base-ops" not in decision.missing[0].people
    assert len(decision.smallest or ()) == 1


def test_the_app_that_opened_it_has_to_say_for_whom() -> None:
    pull_request = PullRequest(author="intake[bot]", is_bot=True, created=CREATED, head=HEAD)
    opened = case([GLOBAL], ["base-ops", "base-chief"], pull_request=pull_request)
    assert "Say with `--requester`" in decide(opened).closed_by[0]
    assert decide(replace(opened, requester="somebody")).is_open
    assert not decide(replace(opened, requester="base-chief")).is_open


# -- several roles -------------------------------------------------------------------------------------


def test_one_person_serves_several_roles_only_where_the_policy_says_so() -> None:
    rules = "rules: {all: {when: {}, require: [revops, council]}}"
    strict, lax = governed(rules), governed(f"{rules}\nseveral_roles: true")
    assert missing(decide(case([GLOBAL], ["base-ops"], spec=strict))) == [("council", 1)]
    assert decide(case([GLOBAL], ["base-ops"], spec=lax)).is_open


# -- deputies and terms --------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "is_open"), [(0, False), (3, False), (5, True)])
def test_a_deputy_stands_in_when_the_members_had_their_time(days: int, is_open: bool) -> None:
    """Two business days from a Thursday at nine are over on Monday at nine."""
    asked = case([POLICY_EDIT], ["base-deputy", "base-manager", "base-ops"])
    decision = decide(replace(asked, now=CREATED + timedelta(days=days)))
    assert decision.is_open is is_open
    if not is_open:
        assert "base-deputy may stand in for `leadership` from 2026-10-05 09:00 UTC." in decision.notes


@pytest.mark.parametrize(("hours", "late"), [(0, False), (95, False), (97, True)])
def test_who_is_late(hours: int, late: bool) -> None:
    decision = decide(replace(case([REGIONAL], ["base-ops"]), now=CREATED + timedelta(hours=hours)))
    (each,) = decision.missing
    assert (each.due, each.late) == ("2026-10-05T09:00:00Z", late)


# -- time in which nothing merges ----------------------------------------------------------------------

NOBODY_ANSWERS = "activities: {a: {label: A, responsible: [sdr], accountable: sdr}}"
FROZEN = """\
rules:
  regional: {when: {scope: region}, require: [region-owner]}
  all: {when: {}, require: [revops]}
freezes: {quarter-end: {from: "2026-10-01", to: "2026-10-02", reason: Quarter close., except: [regional]}}
"""


@pytest.mark.parametrize(
    ("day", "changes", "is_open"),
    [
        (-1, [GLOBAL], True),
        (0, [GLOBAL], False),
        (1, [GLOBAL], False),
        (2, [GLOBAL], True),
        (0, [REGIONAL], True),
        (0, [REGIONAL, GLOBAL], False),
    ],
)
def test_a_freeze_holds_on_both_its_days(day: int, changes: list[Change], is_open: bool) -> None:
    spec = governed(
        FROZEN,
        {
            "taxonomy/governance/raci.yaml": "activities: {a: {label: A, responsible: [sdr], accountable: sdr}}"
        },
    )
    decision = decide(
        replace(case(changes, ["base-ops", "base-emea"], spec=spec), now=CREATED + timedelta(days=day))
    )
    assert decision.is_open is is_open
    if not is_open:
        assert decision.closed_by == ("Nothing merges from 2026-10-01 to 2026-10-02: Quarter close.",)
        assert decision.smallest == ()


# -- emergencies ---------------------------------------------------------------------------------------


def emergency(**more: str) -> Spec:
    stated = {"declared_by": "revops", "date": '"2026-10-01"', "review_by": '"2026-10-05"', **more}
    lines = "\n".join(f"{key}: {value}" for key, value in stated.items())
    return spec_with(
        {"taxonomy/governance/emergencies/fire.yaml": f"what: It burns.\nwhy: It does.\n{lines}\n"}
    )


DECLARED = change("emergency.fire", "governance", "governance", kinds=("governance", "emergency"))


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        ({}, ""),
        ({"date": '"2026-10-02"'}, "is still to come"),
        ({"reviewed": '"2026-10-01"'}, "reviewed already"),
        ({"review_by": '"2026-10-06"'}, "`review_by` is 2026-10-05 at the latest"),
        ({"declared_by": "nobody"}, "there is no role `nobody`"),
    ],
)
def test_an_emergency_is_declared_by_a_file(stated: dict[str, str], why: str) -> None:
    decision = decide(case([DECLARED, GLOBAL], ["base-counsel"], head=emergency(**stated)))
    assert decision.is_open == (not why)
    assert decision.declared == (() if why else ("emergency",))
    assert any(why in said for said in decision.closed_by) == bool(why)


def test_an_emergency_is_no_excuse_for_another_policy() -> None:
    decision = decide(case([DECLARED, POLICY_EDIT], ["base-counsel"], head=emergency()))
    assert {each.address: each.rule for each in decision.rules}["change-policy"] == "governance"
    assert not decision.is_open


# -- recorded votes ------------------------------------------------------------------------------------

HAS_ACCOUNT = "whoever holds it has an account, and approves on the forge"
VOTE = change("decision.meeting", "governance", "governance", kinds=("governance", "decision"))


def meeting(changes: Sequence[Change], addresses: Sequence[str] = (), **voters: str) -> Spec:
    named = ", ".join(addresses or [each.address for each in changes])
    votes = ", ".join(f"{seat.replace('_', '-')}: {vote}" for seat, vote in voters.items())
    return spec_with(
        {
            "taxonomy/governance/decisions/meeting.yaml": (
                f"addresses: [{named}]\ndiff: {diff_hash(changes)}\nvoters: {{{votes}}}\n"
                'minutes: https://wiki.example/1\ndate: "2026-10-01"\n'
            )
        }
    )


@pytest.mark.parametrize(
    ("approved_by", "voters", "why"),
    [
        (["base-ops"], {"dach_lead": "approve"}, {}),
        # The countersigner.
        (["base-chief"], {"dach_lead": "approve"}, {"seat dach-lead": "`revops` has to countersign the record"}),
        (["base-ops"], {"dach_lead": "reject"}, {"seat dach-lead": "voted against it"}),
        (["base-ops"], {"dach_lead": "abstain"}, {"seat dach-lead": "abstained"}),
        (["base-ops"], {"nobody": "approve"}, {"seat nobody": "at the base the council has no such seat"}),
        (["base-ops"], {"chair": "approve"}, {"seat chair": HAS_ACCOUNT}),
    ],
)  # fmt: skip
def test_recorded_votes(approved_by: list[str], voters: dict[str, str], why: dict[str, str]) -> None:
    decision = decide(case([VOTE, GLOBAL], approved_by, head=meeting([GLOBAL], **voters)))
    assert why_not(decision) == why
    assert decision.is_open == (not why)


def test_a_recorded_vote_is_on_one_change() -> None:
    other = decide(case([VOTE, GLOBAL], ["base-ops"], head=meeting([REGIONAL], dach_lead="approve")))
    assert "on another change; this one is sha256:" in why_not(other)["seat dach-lead"]
    unnamed = decide(case([VOTE, GLOBAL], ["base-ops"], head=meeting([GLOBAL], ["icp"], dach_lead="approve")))
    assert missing(unnamed) == [("council", 1)]


def test_nobody_votes_on_the_record_for_what_they_made() -> None:
    voted = case(
        [VOTE, GLOBAL], ["base-ops"], head=meeting([GLOBAL], dach_lead="approve"), author="base-dach"
    )
    assert (
        why_not(decide(voted))["seat dach-lead"]
        == "whoever holds it had a hand in the change, as `dach-marketing`"
    )


def test_whoever_votes_on_the_record_and_approves_is_one_person() -> None:
    dach = change(
        "region.dach.picklist.industry.value.dach-x", scope="dach", path="regions/emea/dach/picklists/x.yaml"
    )
    spec = governed(
        "rules: {all: {when: {}, require: [region-owner, council]}}\nrecorded_votes: {countersigned_by: revops}"
    )
    voted = case(
        [VOTE, dach], ["base-ops-2", "base-dach"], spec=spec, head=meeting([dach], dach_lead="approve")
    )
    assert missing(decide(voted)) == [("council", 1)]


def test_the_fewest_may_be_one_who_countersigns() -> None:
    decision = decide(case([VOTE, GLOBAL], head=meeting([GLOBAL], dach_lead="approve")))
    assert decision.smallest == ("base-ops",)


def test_a_seat_is_nobody_who_could_approve() -> None:
    spec = governed(
        "rules: {all: {when: {}, require: [sdr], others: 5}}\nrecorded_votes: {countersigned_by: leadership}"
    )
    decision = decide(case([VOTE, GLOBAL], spec=spec, head=meeting([GLOBAL], dach_lead="approve")))
    assert not any("seat" in login for login in decision.smallest or ())


def test_a_policy_without_recorded_votes_takes_none() -> None:
    spec = governed("rules: {all: {when: {}, require: [revops, council]}}")
    decision = decide(
        case([VOTE, GLOBAL], ["base-ops"], spec=spec, head=meeting([GLOBAL], dach_lead="approve"))
    )
    assert why_not(decision) == {"seat dach-lead": "the policy takes no recorded votes"}


# -- override ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("login", "body", "reason"),
    [
        ("base-chief", "Override: the trade fair is tomorrow.", "the trade fair is tomorrow."),
        ("base-chief", "Hm.\n**override**: we must.\nBye", "we must."),
        ("base-chief", "LGTM", ""),
        ("base-chief", "override:", ""),
        ("base-chief", "I will not override: no.", ""),
        ("base-ops", "Override: I want it.", ""),
    ],
)
def test_an_override_has_a_reason(login: str, body: str, reason: str) -> None:
    unmatched = change("x", "sales", "meaning", scope="dach", path="regions/emea/dach/x.yaml")
    spec = governed("rules: {nothing: {when: {class: [cosmetic]}}}\noverride: {by: leadership}")
    decision = decide(case([unmatched], [approval(login, body=body)], spec=spec))
    assert decision.is_open == bool(reason)
    assert (decision.override.reason if decision.override else "") == reason


@pytest.mark.parametrize(
    ("more", "is_open"),
    [
        ({}, True),
        ({"version_fault": "The version has to rise."}, True),
        ({"faults": ("The reviews are no JSON.",)}, False),
        ({"errors": (Diagnostic.at("a.yaml", START, Rule("r", Severity.ERROR, "R."), "m"),)}, False),
        ({"commits": (HEAD, OLDER)}, False),
        ({"listed": None}, False),
        ({"changes": (GLOBAL, FORBIDDEN)}, False),
    ],
)
def test_what_an_override_opens(more: dict[str, Any], is_open: bool) -> None:
    override = approval("base-chief", body="Override: it must be.")
    assert decide(replace(case([GLOBAL], [override]), **more)).is_open is is_open


@pytest.mark.parametrize(
    ("reviews", "is_open"),
    [
        ([approval("base-chief", body="Override: now."), approval("base-chief", minute=1)], True),
        ([approval("base-chief", OLDER, body="Override: now."), approval("base-chief", minute=1)], False),
        (
            [
                approval("base-chief", body="Override: now."),
                approval("base-chief", state="DISMISSED", minute=1),
            ],
            False,
        ),
    ],
)
def test_a_reason_is_for_the_change_at_hand_and_stays(reviews: list[Review], is_open: bool) -> None:
    judged = case([REGIONAL], reviews, saw={OLDER: Seen(diff="sha256:0")})
    assert decide(judged).is_open is is_open


def test_an_override_that_was_not_needed_is_none() -> None:
    override = approval("base-chief", body="Override: it must be.")
    decision = decide(case([GLOBAL], ["base-ops", override]))
    assert decision.is_open
    assert decision.override is None


# -- what is not understood ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"reviews": None}, "`--reviews` is not given"),
        ({"listed": None, "pull_request": None}, "`--commits` and `--event` are not given"),
        ({"head_id": OLDER}, "The event is about aaaaaaaaaaaa, and the head is bbbbbbbbbbbb"),
        ({"commits": (HEAD, OLDER)}, "lacks 1 commit of the pull request (bbbbbbbbbbbb)"),
        ({"commits": tuple(f"{number:040}" for number in range(300))}, "no more than 250"),
        (
            {"listed": (ListedCommit(id=HEAD, is_linked=False),)},
            "Commit aaaaaaaaaaaa has no account behind it",
        ),
        ({"faults": ("The reviews are no JSON.",)}, "The reviews are no JSON."),
    ],
)
def test_what_is_not_understood_closes_it(more: dict[str, Any], why: str) -> None:
    decision = decide(replace(case([GLOBAL], ["base-ops", "base-chief"]), **more))
    assert not decision.is_open
    assert any(why in said for said in decision.closed_by)
    assert [each.roles for each in decision.required] == [("revops",), ("council",)]


def test_without_changes_nothing_has_to_be_given() -> None:
    assert decide(replace(case([]), reviews=None, listed=None, pull_request=None)).is_open


def test_commits_without_an_account_may_pass() -> None:
    spec = governed("rules: {all: {when: {}, require: [revops]}}\nunlinked_commits: ignore")
    decision = decide(
        replace(case([GLOBAL], ["base-ops"], spec=spec), listed=(ListedCommit(id=HEAD, is_linked=False),))
    )
    assert decision.is_open
    assert "Commit aaaaaaaaaaaa has no account behind it; the policy lets that pass." in decision.notes


def test_the_version_has_to_rise_where_the_policy_says_so() -> None:
    asked = case([GLOBAL], ["base-ops"], version_fault="The version has to rise to 2.0.0.")
    strict = governed("rules: {all: {when: {}, require: [revops]}}\nversion: required")
    free = governed("rules: {all: {when: {}, require: [revops]}}")
    assert decide(replace(asked, base=strict)).closed_by == ("The version has to rise to 2.0.0.",)
    assert decide(replace(asked, base=free)).is_open


def test_without_a_policy_at_the_base_the_strict_one_is_named() -> None:
    spec = spec_with({"taxonomy/governance/change-policy.yaml": None})
    decision = decide(case([GLOBAL], ["base-ops"], spec=spec))
    assert decision.policy.startswith("built-in")
    assert missing(decision) == [("leadership", 1)]


def test_who_is_told() -> None:
    told = change("segment.x", "segment", "meaning", impact=Impact(regions=("dach",)))
    decision = decide(case([told], ["base-ops", "base-manager"]))
    assert [(each.role, each.people) for each in decision.notify] == [("dach-marketing", ("base-dach",))]


# -- simulation ----------------------------------------------------------------------------------------


def test_a_simulation_says_so() -> None:
    empty = replace(case([GLOBAL]), reviews=None, listed=None, pull_request=None)
    decision = decide(simulated(empty, "author", ["base-ops", "base-chief"]))
    assert decision.is_open
    assert decision.simulation
    assert "This is a simulation: nobody's approval was asked." in decision.notes
    assert not decide(simulated(empty, "base-ops", ["base-ops", "base-chief"])).is_open


# -- laws ----------------------------------------------------------------------------------------------

PEOPLE = (
    "base-chief",
    "base-manager",
    "base-ops",
    "base-ops-2",
    "base-emea",
    "base-dach",
    "base-counsel",
    "stranger",
)
CHANGES = (
    GLOBAL,
    REGIONAL,
    POLICY_EDIT,
    change("segment.x", "segment", "meaning"),
    change("region.dach.picklist.industry.value.dach-x", scope="dach", path="regions/emea/dach/picklists/x.yaml"),
)  # fmt: skip
POLICIES = (
    "",
    "rules: {all: {when: {}, require: [revops, {any: [council, revops]}]}}\nseveral_roles: true",
    "rules: {all: {when: {}, require: [{role: council, count: 2}], author_counts_as: [council], others: 2}}",
    "rules: {few: {when: {changes_at_most: 1}, require: [{any: [revops, privacy-counsel]}]}, "
    "all: {when: {}, require: [leadership]}}\noverride: {by: leadership}",
)
SPECS: Mapping[str, Spec] = {policy: governed(policy) if policy else base() for policy in POLICIES}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    changes = draw(st.lists(st.sampled_from(CHANGES), max_size=3, unique_by=lambda each: each.address))
    states: list[State] = ["APPROVED", "APPROVED", "DISMISSED", "COMMENTED", "CHANGES_REQUESTED"]
    reviews = draw(
        st.lists(
            st.builds(
                approval,
                st.sampled_from(PEOPLE),
                st.sampled_from([HEAD, HEAD, OLDER]),
                st.sampled_from(states),
                st.integers(0, 20),
                body=st.sampled_from(["", "override: now"]),
            ),
            max_size=6,
        )
    )
    spec = SPECS[draw(st.sampled_from(POLICIES))]
    author = draw(st.sampled_from([*PEOPLE, "author"]))
    ordered = sorted(reviews, key=lambda review: review.at)
    return case(
        changes, ordered, spec=spec, author=author, committer=draw(st.sampled_from([author, "base-ops"]))
    )


def with_review(judged: Case, review: Review) -> Case:
    return replace(judged, reviews=(*(judged.reviews or ()), review))


@given(cases(), st.sampled_from(PEOPLE))
def test_another_approval_never_closes_it(judged: Case, login: str) -> None:
    if decide(judged).is_open:
        assert decide(with_review(judged, approval(login, minute=25))).is_open


@given(cases())
def test_without_an_approval_that_counts_it_never_opens(judged: Case) -> None:
    decision = decide(judged)
    if decision.is_open:
        return
    for each in decision.approvals.counted:
        left = tuple(review for review in judged.reviews or () if review.login != each.login)
        assert not decide(replace(judged, reviews=left)).is_open


@given(cases(), st.sets(st.sampled_from(PEOPLE)))
def test_nothing_opens_what_is_forbidden(judged: Case, logins: set[str]) -> None:
    forbidden = replace(judged, changes=(*judged.changes, FORBIDDEN))
    for login in sorted(logins):
        forbidden = with_review(forbidden, approval(login, minute=25, body="override: it must be"))
    decision = decide(forbidden)
    assert not decision.is_open
    assert decision.refused
    assert decision.smallest is None


@settings(max_examples=40)
@given(cases())
def test_the_smallest_set_opens_it_and_no_smaller_one_does(judged: Case) -> None:
    decision = decide(judged)
    plain = replace(judged, reviews=tuple(_without_body(review) for review in judged.reviews or ()))

    def opens(logins: Sequence[str]) -> bool:
        approved = plain
        for login in logins:
            approved = with_review(approved, approval(login, minute=25))
        return decide(approved).is_open

    if decision.override is not None:
        return
    sizes = (size for size in range(7) if any(opens(people) for people in combinations(PEOPLE, size)))
    smallest = next(sizes, None)
    found = decide(plain).smallest
    assert (None if found is None else len(found)) == smallest
    if found is not None:
        assert opens(found)


def _without_body(review: Review) -> Review:
    return msgspec.structs.replace(review, body="")
