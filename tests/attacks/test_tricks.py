"""Tricks that look honest: words in the right place by the wrong person, merges that carry more, trees that lie."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.attacks.pull_request import (
    GLOBAL,
    GOVERNANCE,
    OPENED,
    REGIONAL,
    VALUE,
    VALUES_FILE,
    PullRequest,
    user,
)

POLICY = "taxonomy/governance/change-policy.yaml"
ROLES = "taxonomy/governance/roles.yaml"
INDUSTRY = "taxonomy/picklists/industry.yaml"
FAMILIES = "taxonomy/picklists/product-family.yaml"
EVERYBODY = (*REGIONAL, *GLOBAL, *GOVERNANCE)
OVERRIDE = "Override: the region is on fire."


# -- words ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("login", "state", "body"),
    [
        ("base-chief", "COMMENTED", OVERRIDE),
        ("base-chief", "CHANGES_REQUESTED", OVERRIDE),
        ("base-chief", "DISMISSED", OVERRIDE),
        ("base-chief", "APPROVED", "Override:"),
        ("base-chief", "APPROVED", "Override:   \n\nnext line"),
        ("base-chief", "APPROVED", "Please do not write Override: here"),
        ("base-ops", "APPROVED", OVERRIDE),
        ("base-deputy", "APPROVED", OVERRIDE),
        ("author", "APPROVED", OVERRIDE),
        ("base\u2010chief", "APPROVED", OVERRIDE),
    ],
)
def test_an_override_is_an_approval_with_a_reason_by_the_role(
    pull_request: PullRequest, login: str, state: str, body: str
) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(login, state=state, body=body)
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.data["override"] is None


def test_an_override_of_an_older_change_is_none(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve("base-chief", body=OVERRIDE)
    assert pull_request.gate().code == 0
    pull_request.replace(VALUES_FILE, "Fintech", "Everything")
    assert pull_request.gate().code == 1


def test_an_override_taken_back_is_none(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve("base-chief", body=OVERRIDE)
    pull_request.approve("base-chief", state="CHANGES_REQUESTED")
    pull_request.approve("base-chief")
    assert pull_request.gate().data["override"] is None


@pytest.mark.parametrize(("now", "code"), [("2026-10-05T07:59Z", 1), ("2026-10-05T08:01Z", 0)])
def test_a_deputy_has_to_wait(pull_request: PullRequest, now: str, code: int) -> None:
    # Opened on Thursday at ten in Berlin: two business days are over on Monday at ten.
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve("base-deputy", body=OVERRIDE)
    assert pull_request.gate("--today", now).code == code


# -- the forge's answers -------------------------------------------------------------------------------


def review(pull_request: PullRequest, **more: Any) -> dict[str, Any]:
    """One review of the head by the region's owner."""
    return {
        "user": user("base-emea"),
        "body": "",
        "state": "APPROVED",
        "commit_id": pull_request.head,
        "submitted_at": "2026-10-01T09:00:00Z",
        **more,
    }


@pytest.mark.parametrize(
    "reviews",
    [
        [
            {"state": "CHANGES_REQUESTED", "submitted_at": "2026-10-01T10:30:00Z"},
            {"submitted_at": "2026-10-01T12:00:00+02:00"},
        ],
        [{}, {"state": "CHANGES_REQUESTED", "user": user("BASE-EMEA"), "submitted_at": "2026-10-01T09:00:01Z"}],
        [{"state": "changes_requested", "submitted_at": "2026-10-01T09:00:01Z"}, {}],
        [{"user": None}],
        [{"user": {"login": "base-emea", "type": "Bot"}}],
        [{"commit_id": None}],
        [{"commit_id": "main"}],
        [{"commit_id": ""}],
        [{"state": "APPROVE"}],
        [{"submitted_at": None}],
        [{"submitted_at": "yesterday"}],
    ],
)  # fmt: skip
def test_a_review_is_what_it_says_and_no_more(
    pull_request: PullRequest, reviews: list[dict[str, Any]]
) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve("base-ops")
    pull_request.reviews += [review(pull_request, **each) for each in reviews]
    assert pull_request.gate().code == 1


def test_a_key_that_is_said_twice_says_nothing(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve("base-ops")
    twice = json.dumps([[*pull_request.reviews, review(pull_request, state="CHANGES_REQUESTED")]])
    twice = twice.replace('"state": "CHANGES_REQUESTED"', '"state": "APPROVED", "state": "CHANGES_REQUESTED"')
    assert pull_request.gate(reviews=twice.encode()).code == 1


def test_an_app_that_opened_it_for_nobody_is_refused(pull_request: PullRequest) -> None:
    pull_request.author = user("forms[bot]", "Bot")
    pull_request.pusher = "forms[bot]"
    pull_request.commit({VALUES_FILE: VALUE}, by="forms[bot]")
    pull_request.approve(*REGIONAL)
    assert pull_request.gate().code == 1
    assert pull_request.gate("--requester", "base-emea").code == 1
    assert pull_request.gate("--requester", "somebody").code == 0


# -- merges --------------------------------------------------------------------------------------------


def test_a_merge_of_the_base_that_edits_a_workflow_is_a_commit_of_the_change(
    pull_request: PullRequest,
) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    pull_request.on_base({"docs/more.md": "More.\n"})
    pull_request.work.commits += 1
    pull_request.work.git("merge", "--quiet", "--no-ff", "--no-commit", "main")
    pull_request.commit({"docs/other.md": "Other.\n"}, by="base-ops")
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.rejected["base-ops"] == "made a commit of the change"


def test_an_octopus_brings_what_all_its_arms_bring(pull_request: PullRequest) -> None:
    work = pull_request.work
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    work.git("checkout", "--quiet", "-b", "arm", "main")
    pull_request.replace(FAMILIES, "  services: {label: Services}\n", "", by="stranger")
    pull_request.on_base({"docs/more.md": "More.\n"})
    work.commits += 1
    tree = work.git("merge-tree", "--write-tree", "change", "arm").splitlines()[0]
    merge = work.git("commit-tree", tree, "-p", "change", "-p", "main", "-p", "arm", "-m", "Octopus")
    work.git("reset", "--quiet", "--hard", merge)
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.classes["picklist.product-family.value.services"] == "forbidden"


def test_what_is_reverted_and_brought_back_is_what_was_approved(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    pull_request.commit({VALUES_FILE: None})
    assert pull_request.gate().data["changes"] == []
    pull_request.commit({VALUES_FILE: VALUE})
    assert pull_request.gate().code == 0


def test_a_branch_pushed_by_force_is_what_it_is_now(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    approved = pull_request.head
    pull_request.work.git("reset", "--quiet", "--hard", "main")
    pull_request.commit({VALUES_FILE: VALUE.replace("Fintech", "Everything")})
    pull_request.event = {"before": approved}
    answered = pull_request.gate()
    assert answered.code == 1
    assert set(answered.rejected.values()) == {"the change was another one then"}


# -- trees ---------------------------------------------------------------------------------------------


def test_a_submodule_in_the_place_of_the_backbone_removes_it(pull_request: PullRequest) -> None:
    pull_request.work.git("rm", "-r", "--quiet", "--cached", "taxonomy")
    pull_request.work.stage("160000", "1" * 40, "taxonomy")
    pull_request.record()
    pull_request.approve(*EVERYBODY)
    assert pull_request.gate().code == 1


def test_a_region_that_is_a_link_to_another_is_none(pull_request: PullRequest) -> None:
    oid = pull_request.work.git("hash-object", "-w", "--stdin", stdin=b"emea")
    pull_request.work.stage("120000", oid, "regions/apac")
    pull_request.record()
    pull_request.approve(*EVERYBODY)
    answered = pull_request.gate()
    assert answered.code == 1
    assert [each["rule"] for each in answered.data["errors"]] == ["file-symlink"]


@pytest.mark.parametrize(
    "path",
    [
        "taxonomy/governance/Change-Policy.yaml",
        "taxonomy/governance/change-policy.yml",
        "taxonomy/governance/roles.YAML",
        "Taxonomy/governance/roles.yaml",
        ".GITHUB/workflows/gate.yml",
        "taxonomy/governance/change\u2010policy.yaml",
        "taxonomy/picklists/Industry.yaml",
    ],
)
def test_a_file_that_is_nearly_called_so_changes_nothing_unseen(pull_request: PullRequest, path: str) -> None:
    pull_request.commit({path: "rules: {}\n"})
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.classes in ({}, {f"file:{path}": "governance"})


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfrules: {}\n",
        b"rules: {}\n\x00",
        b"\xff\xfer\x00u\x00l\x00e\x00s\x00",
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        b"---\nrules: {}\n---\nrules: {}\n",
        b"",
    ],
)
def test_a_policy_of_strange_bytes_is_judged_by_the_old_one(
    pull_request: PullRequest, content: bytes
) -> None:
    pull_request.commit({POLICY: content})
    pull_request.approve(*GOVERNANCE)
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.data["policy"] == POLICY


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbfrules:\x00", b"rules: &a {}\n", b"rules: {}\nrules: {}\n", b"[" * 100_000]
)
def test_a_base_whose_policy_cannot_be_read_opens_nothing(pull_request: PullRequest, content: bytes) -> None:
    pull_request.on_base({POLICY: content})
    pull_request.work.git("reset", "--quiet", "--hard", "main")
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*EVERYBODY)
    assert pull_request.gate().code == 2


def test_attributes_and_modules_are_governance(pull_request: PullRequest) -> None:
    pull_request.commit(
        {".gitattributes": "taxonomy/** filter=evil -diff export-ignore\n", ".gitmodules": ""}
    )
    pull_request.approve(*REGIONAL)
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.classes == {"file:.gitattributes": "governance", "file:.gitmodules": "governance"}


def test_roles_that_are_emptied_at_the_base_open_nothing(pull_request: PullRequest) -> None:
    emptied = pull_request.text(ROLES).replace("members: [base-ops, base-ops-2]", "members: []")
    pull_request.on_base({ROLES: emptied})
    pull_request.work.git("reset", "--quiet", "--hard", "main")
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*EVERYBODY)
    assert pull_request.gate().code in (1, 2)


# -- what no approval opens ------------------------------------------------------------------------------


def test_neither_override_nor_waiver_nor_emergency_opens_what_is_forbidden(pull_request: PullRequest) -> None:
    waiver = (
        "rule: id-removed\naddress: picklist.product-family.value.services\nreason: Because we say so, all of us.\n"
        'approved_by: council\nuntil: "2026-12-31"\n'
    )
    fire = (
        'what: It burns.\nwhy: It does.\ndeclared_by: revops\ndate: "2026-10-01"\nreview_by: "2026-10-05"\n'
    )
    pull_request.replace(FAMILIES, "  services: {label: Services}\n", "")
    pull_request.commit(
        {"taxonomy/governance/waivers/gone.yaml": waiver, "taxonomy/governance/emergencies/fire.yaml": fire}
    )
    pull_request.approve(*EVERYBODY, body=OVERRIDE)
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.data["smallest"] is None
    assert "picklist.product-family.value.services" in {each["address"] for each in answered.data["refused"]}


def test_a_list_is_renamed_with_what_regions_added(pull_request: PullRequest) -> None:
    pull_request.on_base({VALUES_FILE: VALUE})
    pull_request.work.git("reset", "--quiet", "--hard", "main")
    code, _, err = pull_request.run(
        "propose", "rename", "picklist.industry", "sector", "-C", str(pull_request.work.folder), "--write"
    )
    assert code == 0, err
    pull_request.work.git("add", "--all")
    pull_request.record()
    pull_request.approve(*EVERYBODY)
    answered = pull_request.gate()
    assert "forbidden" not in answered.classes.values(), answered.said
    assert answered.code == 0, answered.said


# -- time ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "code"),
    [
        ("2026-10-25T22:59:59Z", 0),
        ("2026-10-25T23:00:00Z", 1),
        ("2026-10-26T00:00:00+02:00", 0),
        ("2026-10-31T22:59:59Z", 1),
        ("2026-10-31T23:00:00Z", 0),
    ],
)
def test_a_freeze_begins_and_ends_at_the_project_s_midnight(
    pull_request: PullRequest, now: str, code: int
) -> None:
    freeze = 'freezes:\n  close: {from: "2026-10-26", to: "2026-10-31", reason: The books close.}\n'
    pull_request.on_base({POLICY: pull_request.text(POLICY) + freeze})
    pull_request.work.git("reset", "--quiet", "--hard", "main")
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    assert pull_request.gate("--today", now).code == code


def test_a_pull_request_of_tomorrow_is_not_late(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    answered = pull_request.gate("--today", "2020-01-01")
    assert answered.code == 1
    assert not any(each["late"] for each in answered.data["missing"])
    assert OPENED.startswith("2026")
