"""Attacks on the gate, and faults, in real repositories. What is honest opens it; nothing else does."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from abmspec.schema import outputs
from tests.attacks.pull_request import (
    GLOBAL,
    GOVERNANCE,
    REGIONAL,
    VALUE,
    VALUES_FILE,
    PullRequest,
    Run,
    user,
)

POLICY = "taxonomy/governance/change-policy.yaml"
ROLES = "taxonomy/governance/roles.yaml"
INDUSTRY = "taxonomy/picklists/industry.yaml"
FAMILIES = "taxonomy/picklists/product-family.yaml"
WORKFLOW = ".github/workflows/gate.yml"
TOMBSTONE = (
    "  {id}:\n    label: {id}\n    status: retired\n"
    '    deprecated: {{date: "2026-01-01", sunset: "2026-06-01", reason: No longer sold., replaced_by: platform}}\n'
)


# -- what is honest ----------------------------------------------------------------------------------


def test_an_approved_change_opens_it(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    answered = pull_request.gate()
    assert answered.code == 0, answered.said
    assert answered.data["decision"] == "open"


def test_without_approvals_it_stays_closed(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.data["smallest"] == ["base-emea", "base-ops"]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("docs/index.md", "Hello", "Hello again"),
        (INDUSTRY, "label: Industry\n", "# What we sell to.\nlabel: Industry\n"),
        (FAMILIES, "  platform: {label: Platform}\n", "  platform:\n    label: Platform\n"),
    ],
)
def test_what_is_no_change_needs_nobody(pull_request: PullRequest, path: str, old: str, new: str) -> None:
    pull_request.replace(path, old, new)
    answered = pull_request.gate(reviews=None, commits=None, event=None)
    assert answered.code == 0, answered.said
    assert not answered.data["changes"]


def test_evidence_is_kept(pull_request: PullRequest, tmp_path: Path) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    pull_request.gate("--evidence", str(tmp_path / "kept" / "evidence.json"))
    evidence = json.loads((tmp_path / "kept" / "evidence.json").read_text())
    assert evidence["head"] == pull_request.head
    assert evidence["merge_bases"] == [evidence["base"]] == [pull_request.work.git("rev-parse", "main")]
    assert evidence["diff"].startswith("sha256:")
    assert [each["rule"] for each in evidence["changes"]] == ["regional"]
    assert [each["login"] for each in evidence["approvals"]["counted"]] == list(REGIONAL)
    assert evidence["artefacts"]["spec.json"]
    schema = json.loads(dict(outputs())["outputs/gate-evidence.schema.json"])
    assert not list(jsonschema_rs.validator_for(schema).iter_errors(evidence))


# -- the rules of the game, edited by those who play ---------------------------------------------------


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        # A lax rule, moved to the top.
        (POLICY, "rules:\n", "rules:\n  anything:\n    when: {}\n    require: [sdr]\n"),
        (POLICY, "require: [region-owner, revops]", "require: [sdr]"),
        (POLICY, "override: {by: leadership}", "override: {by: sdr}"),
        (ROLES, "members: [base-chief]", "members: [base-chief, base-sdr]"),
        (ROLES, "members: [base-emea]", "members: [base-sdr]"),
        ("taxonomy/governance/raci.yaml", "accountable: leadership", "accountable: sdr"),
        ("regions/emea/region.yaml", "owner: emea-marketing", "owner: sdr"),
        (WORKFLOW, "on: push", "on: pull_request_target"),
    ],
)
def test_rules_that_a_change_brings_do_not_hold_for_it(
    pull_request: PullRequest, path: str, old: str, new: str
) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.replace(path, old, new)
    pull_request.approve("base-sdr", body="Override: mine.")
    answered = pull_request.gate()
    assert answered.code == 1
    assert {"leadership", "emea-marketing"} & {
        role for each in answered.data["missing"] for role in each["roles"]
    }


def test_a_reviewer_is_who_was_one_at_the_base(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    assert pull_request.gate().code == 0
    pull_request.on_base(
        {ROLES: pull_request.text(ROLES).replace("members: [base-emea]", "members: [base-new]")}
    )
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.rejected == {"base-emea": "nobody of this name holds a role"}


def test_a_workflow_is_governance(pull_request: PullRequest) -> None:
    pull_request.replace(WORKFLOW, "on: push", "on: []")
    pull_request.approve(*GLOBAL)
    answered = pull_request.gate()
    assert answered.classes == {f"file:{WORKFLOW}": "governance"}
    assert answered.code == 1
    pull_request.approve(*GOVERNANCE)
    assert pull_request.gate().code == 0


EMPTY_SEGMENT = """\
label: Nobody
description: Companies that are in two industries at once.
decision: coverage
consumers: [marketing, sales]
kpis: [pipeline]
when:
  all:
    - {field: account.industry, in: [technology]}
    - {field: account.industry, in: [manufacturing]}
"""
EXCUSE = """\
rule: condition-contradiction
address: segment.empty
reason: It is meant.
approved_by: council
until: "{until}"
"""
WAIVER_FILE = "taxonomy/governance/waivers/empty.yaml"
EVERYBODY = ("base-ops", "base-ops-2", "base-chief", "base-manager", "base-emea", "base-dach")


@pytest.mark.parametrize(
    ("base", "head", "is_excused"),
    [
        ("", "2027-01-31", False),
        ("2027-01-31", "2027-01-31", True),
        # Renewed by the change that needs it.
        ("2026-09-01", "2027-01-31", False),
        ("2027-01-31", "2026-12-31", True),
    ],
)
def test_a_waiver_holds_as_it_is_at_the_base(
    pull_request: PullRequest, base: str, head: str, is_excused: bool
) -> None:
    if base:
        pull_request.on_base({WAIVER_FILE: EXCUSE.format(until=base)})
        pull_request.work.git("reset", "--quiet", "--hard", "main")
    pull_request.commit(
        {"taxonomy/segments/empty.yaml": EMPTY_SEGMENT, WAIVER_FILE: EXCUSE.format(until=head)}
    )
    pull_request.approve(*EVERYBODY)
    answered = pull_request.gate()
    assert answered.data["waivers"] == (["empty"] if is_excused else [])
    assert ("condition-contradiction" in {each["rule"] for each in answered.data["errors"]}) is not is_excused


def test_a_waiver_that_is_copied_to_another_address_excuses_nothing(pull_request: PullRequest) -> None:
    pull_request.on_base(
        {"taxonomy/segments/empty.yaml": EMPTY_SEGMENT, WAIVER_FILE: EXCUSE.format(until="2027-01-31")}
    )
    pull_request.work.git("reset", "--quiet", "--hard", "main")
    copied = EXCUSE.format(until="2027-01-31").replace("segment.empty", "segment.void")
    void = EMPTY_SEGMENT.replace("technology", "financial-services").replace("Nobody", "Void")
    pull_request.commit({"taxonomy/segments/void.yaml": void, WAIVER_FILE.replace("empty", "void"): copied})
    pull_request.approve(*EVERYBODY)
    answered = pull_request.gate()
    assert answered.code == 1
    assert [each["address"] for each in answered.data["errors"]] == ["segment.void"]


@pytest.mark.parametrize("is_excused", [True, False])
def test_a_waiver_goes_with_what_it_excuses_to_another_id(
    pull_request: PullRequest, is_excused: bool
) -> None:
    waiver = EXCUSE.format(until="2027-01-31")
    pull_request.on_base({"taxonomy/segments/empty.yaml": EMPTY_SEGMENT, WAIVER_FILE: waiver})
    pull_request.work.git("reset", "--quiet", "--hard", "main")
    said = ("propose", "rename", "segment.empty", "nobody", "--write", "-C", str(pull_request.work.folder))
    assert pull_request.run(*said)[0] == 0
    if not is_excused:
        # Not the renaming, but another thing under the name that the waiver has now.
        changed = pull_request.text("taxonomy/segments/nobody.yaml").replace("renamed_from: empty\n", "")
        (pull_request.work.folder / "taxonomy/segments/nobody.yaml").write_text(changed, encoding="utf-8")
    pull_request.work.git("add", "--all")
    pull_request.record()
    answered = pull_request.gate()
    assert "segment.nobody" in answered.classes
    assert answered.data["waivers"] == (["empty"] if is_excused else [])
    assert ([each["address"] for each in answered.data["errors"]] == []) is is_excused


# -- approvals that are none ---------------------------------------------------------------------------


def test_nobody_approves_their_own(pull_request: PullRequest) -> None:
    pull_request.author = user("Base-Ops")
    pull_request.commit({VALUES_FILE: VALUE}, by="base-ops")
    pull_request.approve(*REGIONAL)
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.rejected == {"base-ops": "opened the pull request"}


def test_nobody_approves_what_an_app_did_for_them(pull_request: PullRequest) -> None:
    pull_request.author = user("intake[bot]", "Bot")
    pull_request.pusher = "intake[bot]"
    pull_request.commit({VALUES_FILE: VALUE}, by="intake[bot]")
    pull_request.approve(*REGIONAL)
    assert pull_request.gate("--requester", "base-emea").rejected == {"base-emea": "asked for the change"}
    assert "Say with `--requester`" in pull_request.gate().data["closed_by"][0]
    assert pull_request.gate("--requester", "base-seller").code == 0


def test_nobody_approves_what_they_committed(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE}, by="base-emea")
    pull_request.approve(*REGIONAL)
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.rejected == {"base-emea": "made a commit of the change"}


def test_nobody_approves_what_they_pushed(pull_request: PullRequest) -> None:
    pull_request.pusher = "base-ops"
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    assert pull_request.gate().rejected == {"base-ops": "pushed the change"}
    # Whoever reviews is the sender of that event, and pushed nothing.
    pull_request.event = {"action": "submitted", "review": {"id": 1}}
    assert pull_request.gate().code == 0


def test_an_app_approves_nothing(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve("base-emea")
    pull_request.approve("base-ops", kind="Bot")
    assert pull_request.gate().rejected == {"base-ops": "an app approves nothing"}


@pytest.mark.parametrize(
    ("login", "counts"),
    [
        ("BASE-EMEA", True),
        ("bаse-emea", False),  # A Cyrillic letter.
        ("base‑emea", False),  # Another hyphen.
        ("base-emea\u200b", False),
        ("ｂase-emea", False),
        ("base-emeа", False),
        ("base_emea", False),
        ("base-emea-2", False),
    ],
)
def test_logins_are_compared_without_case_and_else_exactly(
    pull_request: PullRequest, login: str, counts: bool
) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve("base-ops", login)
    answered = pull_request.gate()
    assert (answered.code == 0) is counts
    assert (login in answered.rejected) is not counts


def test_a_member_whose_name_only_looks_right_is_somebody_else(pull_request: PullRequest) -> None:
    pull_request.on_base({ROLES: pull_request.text(ROLES).replace("[base-emea]", "[bаse-emea]")})
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL, "bаse-emea")
    answered = pull_request.gate()
    assert answered.code == 2
    assert f"`{ROLES}` cannot be used" in answered.err


def test_one_person_who_reviews_twice_is_one(pull_request: PullRequest) -> None:
    pull_request.commit({FAMILIES: pull_request.text(FAMILIES) + "  support: {label: Support}\n"})
    pull_request.approve("base-ops", "BASE-OPS", "base-ops")
    answered = pull_request.gate()
    assert answered.code == 1
    assert sum(each["count"] for each in answered.data["missing"]) == 1


@pytest.mark.parametrize(
    ("states", "code"),
    [
        (["CHANGES_REQUESTED"], 1),
        (["APPROVED", "CHANGES_REQUESTED"], 1),
        (["CHANGES_REQUESTED", "APPROVED"], 0),
        # A dismissed request brings no approval back.
        (["APPROVED", "DISMISSED"], 1),
        (["APPROVED", "COMMENTED"], 0),
        (["PENDING"], 1),
    ],
)
def test_the_latest_word_counts(pull_request: PullRequest, states: list[str], code: int) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve("base-ops")
    for state in states:
        pull_request.approve("base-emea", state=state)
    assert pull_request.gate().code == code


# -- what was approved, and what is merged -------------------------------------------------------------


def test_an_update_from_the_base_costs_nobody_their_vote(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    pull_request.on_base(
        {FAMILIES: pull_request.text(FAMILIES) + "  support: {label: Support}\n", "docs/more.md": "More.\n"}
    )
    before = pull_request.head
    pull_request.update(by="base-ops")
    pull_request.pusher, pull_request.event = "base-ops", {"before": before}
    answered = pull_request.gate()
    assert answered.code == 0, answered.said
    assert list(answered.classes) == ["region.emea.picklist.industry.value.emea-fintech"]


def test_an_update_that_brings_something_along_is_no_update(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    pull_request.on_base({"docs/more.md": "More.\n"})
    pull_request.work.commits += 1
    pull_request.work.git("merge", "--quiet", "--no-ff", "--no-commit", "main")
    pull_request.commit({VALUES_FILE: VALUE.replace("Fintech", "Everything")}, by="base-ops")
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.rejected["base-emea"] == "the change was another one then"
    assert answered.rejected["base-ops"] == "made a commit of the change"


@pytest.mark.parametrize(
    ("path", "old", "new", "why"),
    [
        (VALUES_FILE, "Fintech", "Fintechs", "the change was another one then"),
        (WORKFLOW, "on: push", "on: pusH", "the change was another one then"),
        ("docs/index.md", "Hello", "Hellp", "`docs/index.md` changed after it"),
    ],
)
def test_one_byte_after_the_approval_voids_it(
    pull_request: PullRequest, path: str, old: str, new: str, why: str
) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    pull_request.replace(path, old, new)
    answered = pull_request.gate()
    assert answered.code == 1
    assert set(answered.rejected.values()) == {why}


def test_one_byte_of_a_workflow_that_was_seen_otherwise_voids_it(pull_request: PullRequest) -> None:
    """The address, class and reasons of the change are the same before and after."""
    pull_request.replace(WORKFLOW, "on: push", "on: pull_request")
    pull_request.approve(*GOVERNANCE)
    assert pull_request.gate().code == 0
    pull_request.replace(WORKFLOW, "on: pull_request", "on: pull_request_target")
    answered = pull_request.gate()
    assert answered.code == 1
    assert set(answered.rejected.values()) == {f"`{WORKFLOW}` changed after it"}


def test_a_mode_that_changes_voids_it(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE, "docs/run.sh": "true\n"})
    pull_request.approve(*REGIONAL)
    pull_request.work.git("update-index", "--chmod=+x", "docs/run.sh")
    pull_request.record()
    assert set(pull_request.gate().rejected.values()) == {"`docs/run.sh` changed after it"}


def test_an_approval_of_an_older_commit_is_of_what_that_was(pull_request: PullRequest) -> None:
    older = pull_request.commit({VALUES_FILE: VALUE})
    pull_request.replace(VALUES_FILE, "financial-services", "technology")
    pull_request.approve(*REGIONAL, at=older)
    assert set(pull_request.gate().rejected.values()) == {"the change was another one then"}
    pull_request.replace(VALUES_FILE, "technology", "financial-services")
    assert pull_request.gate().code == 0


@pytest.mark.parametrize("commit", ["0" * 40, "f" * 64, "main", "--upload-pack=x", "HEAD", "", "x"])
def test_an_approval_of_no_commit_of_it_is_none(pull_request: PullRequest, commit: str) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    for review in pull_request.reviews:
        review["commit_id"] = commit
    assert set(pull_request.gate().rejected.values()) == {
        "it approves a commit that is not in the repository"
    }


def test_an_added_record_voids_what_was_approved_without_it(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    fire = (
        'what: It burns.\nwhy: It does.\ndeclared_by: revops\ndate: "2026-10-01"\nreview_by: "2026-10-05"\n'
    )
    path = "taxonomy/governance/emergencies/fire.yaml"
    pull_request.commit({path: fire})
    assert set(pull_request.gate().rejected.values()) == {f"`{path}` changed after it"}


# -- removals, however they are dressed ----------------------------------------------------------------


def test_what_came_to_the_base_after_branching_is_no_removal(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.on_base({FAMILIES: pull_request.text(FAMILIES) + "  support: {label: Support}\n"})
    answered = pull_request.gate()
    assert list(answered.classes.values()) == ["additive"]


@pytest.mark.parametrize(
    ("path", "old", "new", "address"),
    [
        (FAMILIES, "  services: {label: Services}\n", "", "picklist.product-family.value.services"),
        # A renaming that leaves no tombstone.
        (FAMILIES, "services:", "consulting:", "picklist.product-family.value.services"),
        ("regions/emea/region.yaml", "gtm:", "stage: pilot\ngtm:", "region.emea"),
    ],
)
def test_what_is_forbidden_stays_closed_whoever_approves(
    pull_request: PullRequest, path: str, old: str, new: str, address: str
) -> None:
    pull_request.replace(path, old, new)
    pull_request.approve(*EVERYBODY, body="Override: we must.")
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.classes[address] == "forbidden"
    assert address in {each["address"] for each in answered.data["refused"]}
    assert answered.data["smallest"] is None


def test_a_renamed_file_hides_no_removal(pull_request: PullRequest) -> None:
    pull_request.work.git("mv", FAMILIES, FAMILIES.replace("product-family", "offer"))
    pull_request.record()
    pull_request.approve(*EVERYBODY)
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.classes["picklist.product-family"] == "forbidden"


def retired(pull_request: PullRequest) -> None:
    """A value that was published, and retired on the base."""
    pull_request.on_base({FAMILIES: pull_request.text(FAMILIES) + "  hosting: {label: Hosting}\n"})
    pull_request.work.git("checkout", "--quiet", "main")
    pull_request.replace(
        FAMILIES, "  hosting: {label: Hosting}\n", TOMBSTONE.format(id="hosting"), "stranger"
    )
    pull_request.work.git("checkout", "--quiet", "change")
    pull_request.work.git("reset", "--quiet", "--hard", "main")


def test_a_tombstone_stays(pull_request: PullRequest) -> None:
    retired(pull_request)
    pull_request.replace(FAMILIES, TOMBSTONE.format(id="hosting"), "")
    pull_request.approve(*EVERYBODY)
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.classes == {"picklist.product-family.value.hosting": "forbidden"}


def test_a_retired_id_is_not_used_again(pull_request: PullRequest) -> None:
    retired(pull_request)
    pull_request.replace(FAMILIES, TOMBSTONE.format(id="hosting"), "  hosting: {label: Party hosting}\n")
    pull_request.approve(*EVERYBODY)
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.classes == {"picklist.product-family.value.hosting": "forbidden"}


def test_an_id_that_is_long_gone_is_not_used_again(pull_request: PullRequest) -> None:
    """Somebody deleted it on the base without a tombstone, two years ago: only the history knows it."""
    text = pull_request.text(FAMILIES)
    pull_request.on_base({FAMILIES: f"{text}  hosting: {{label: Hosting}}\n"})
    pull_request.on_base({FAMILIES: text})
    pull_request.work.git("reset", "--quiet", "--hard", "main")
    pull_request.commit({FAMILIES: f"{text}  hosting: {{label: Party hosting}}\n"})
    pull_request.approve(*EVERYBODY)
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.classes == {"picklist.product-family.value.hosting": "forbidden"}
    assert "as “Hosting” in" in answered.said


def test_two_files_with_one_id_are_an_error(pull_request: PullRequest) -> None:
    again = "label: DACH again\ncountries: [LI]\nlocales: [de-DE]\nowner: dach-marketing\ncouncil_seat: dach-lead\n"
    pull_request.commit({"regions/dach/region.yaml": again})
    pull_request.approve(*EVERYBODY)
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.data["errors"]


def test_a_region_that_moves_under_another_asks_all_three(pull_request: PullRequest) -> None:
    apac = (
        pull_request.text("regions/emea/region.yaml")
        .replace("[FR, SE]", "[JP]")
        .replace("emea-marketing", "sdr")
    )
    pull_request.on_base({"regions/apac/region.yaml": apac})
    pull_request.work.git("reset", "--quiet", "--hard", "main")
    pull_request.work.git("mv", "regions/emea/dach", "regions/apac/dach")
    pull_request.record()
    pull_request.approve("base-dach", "base-ops")
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.classes == {"region.dach": "meaning"}
    assert [each["role"] for each in answered.data["missing"]] == ["emea-marketing", "sdr"]


# -- what is in the tree -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "target"), [("120000", "../../../etc/passwd"), ("120000", "product-family.yaml"), ("160000", "")]
)
def test_links_and_submodules_are_no_files(pull_request: PullRequest, mode: str, target: str) -> None:
    oid = pull_request.work.git("hash-object", "-w", "--stdin", stdin=target.encode()) if target else "1" * 40
    pull_request.work.stage(mode, oid, "taxonomy/picklists/offer.yaml")
    pull_request.record()
    pull_request.work.git("checkout", "--quiet", "--force", "change")
    pull_request.approve(*EVERYBODY)
    answered = pull_request.gate()
    assert answered.code == 1
    assert {each["rule"] for each in answered.data["errors"]} <= {"file-symlink", "file-unreadable"}
    assert answered.data["errors"]


def test_a_file_that_becomes_a_link_hides_nothing(pull_request: PullRequest) -> None:
    oid = pull_request.work.git("hash-object", "-w", "--stdin", stdin=b"industry.yaml")
    pull_request.work.stage("120000", oid, FAMILIES)
    pull_request.record()
    pull_request.approve(*EVERYBODY)
    answered = pull_request.gate()
    assert answered.code == 1
    assert "file-symlink" in {each["rule"] for each in answered.data["errors"]}


def test_a_huge_file_is_not_read(pull_request: PullRequest) -> None:
    zeros = bytes(200_000_000)
    oid = pull_request.work.git("-c", "core.compression=1", "hash-object", "-w", "--stdin", stdin=zeros)
    pull_request.work.stage("100644", oid, "taxonomy/picklists/offer.yaml")
    pull_request.record()
    pull_request.approve(*EVERYBODY)
    answered = pull_request.gate()
    assert answered.code == 1
    assert "is larger than" in answered.said


def test_a_file_that_does_not_parse_closes_it(pull_request: PullRequest) -> None:
    pull_request.commit({FAMILIES: "values: [\n", VALUES_FILE: VALUE})
    pull_request.approve(*EVERYBODY)
    answered = pull_request.gate()
    assert answered.code == 1
    assert "region.emea.picklist.industry.value.emea-fintech" in answered.classes
    assert answered.data["required"]


def test_a_file_that_could_not_be_read_at_the_base_is_governance(pull_request: PullRequest) -> None:
    broken = pull_request.text(FAMILIES) + "  platform: {label: Twice}\n"
    pull_request.on_base({FAMILIES: broken})
    pull_request.work.git("reset", "--quiet", "--hard", "main")
    pull_request.commit(
        {FAMILIES: "label: Product family\ndescription: What we sell.\nvalues:\n  new: {label: New}\n"}
    )
    pull_request.approve(*GLOBAL)
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.classes[f"file:{FAMILIES}"] == "governance"


def test_names_that_no_text_can_hold_are_shown(pull_request: PullRequest, tmp_path: Path) -> None:
    name = b".github/\xff\n@team <b>.yml"
    oid = pull_request.work.git("hash-object", "-w", "--stdin", stdin=b"x")
    entry = b"100644 " + oid.encode() + b"\t" + name + b"\0"
    pull_request.work.git("update-index", "-z", "--index-info", stdin=entry)
    pull_request.record()
    for form in ("json", "text", "markdown"):
        assert pull_request.gate("--format", form, "--evidence", str(tmp_path / "evidence.json")).code == 1
    assert "\n@team" not in pull_request.gate("--format", "markdown").err
    (change,) = json.loads((tmp_path / "evidence.json").read_bytes())["changes"]
    assert change["address"] == "file:.github/\udcff\n@team <b>.yml"


def test_the_account_list_is_no_file_beside_the_spec(pull_request: PullRequest) -> None:
    pull_request.commit({"accounts/accounts.csv": "id,name\n1,Acme\n"})
    answered = pull_request.gate()
    assert answered.classes == {"account-list": "accounts"}
    assert answered.code == 1


def test_a_head_without_a_project_is_closed(pull_request: PullRequest) -> None:
    pull_request.commit({"abmspec.yaml": None})
    pull_request.approve(*EVERYBODY)
    answered = pull_request.gate()
    assert answered.code == 1
    assert "The head has no abmspec.yaml that can be used" in answered.said


# -- history and refs ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ref", ["--upload-pack=touch /tmp/x", "-h", "", "nowhere", "main..change", ":/x", "a\nb"]
)
def test_a_ref_that_is_none_is_wrong_usage(pull_request: PullRequest, ref: str) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    assert pull_request.gate(f"--base={ref}").code == 2
    assert pull_request.gate(f"--head={ref}").code == 2


def test_unrelated_histories_cannot_be_compared(pull_request: PullRequest) -> None:
    pull_request.work.git("checkout", "--quiet", "--orphan", "other")
    pull_request.record()
    answered = pull_request.gate("--head", "other")
    assert answered.code == 2
    assert "unrelated" in answered.err


def test_a_folder_without_a_project_is_wrong_usage(pull_request: PullRequest, run: Run) -> None:
    pull_request.work.git("checkout", "--quiet", "--orphan", "other")
    pull_request.work.git("rm", "-rfq", ".")
    pull_request.commit({"README.md": "x"})
    code, _, err = run("gate", "-C", str(pull_request.work.folder), "--base", "other", "--head", "other")
    assert code == 2
    assert "name it with -C DIR" in err


def test_a_folder_without_a_repository_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    code, _, err = run("gate", "-C", str(tmp_path), "--base", "main")
    assert code == 2
    assert "git init" in err


def test_a_shallow_clone_says_what_to_fetch(pull_request: PullRequest, tmp_path: Path) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    source, clone = pull_request.work.folder, tmp_path / "shallow"
    pull_request.work.git(
        "clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{source}", str(clone)
    )
    pull_request.work.folder = clone
    pull_request.work.git("branch", "--quiet", "main", "origin/main")
    answered = pull_request.gate()
    assert answered.code == 2
    assert "fetch-depth: 0" in answered.err


def test_a_bare_repository_will_do(pull_request: PullRequest, tmp_path: Path) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    pull_request.work.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    assert pull_request.gate("-C", str(tmp_path / "bare.git")).code == 0


def test_merges_that_cross_each_other_hide_nothing(pull_request: PullRequest) -> None:
    pull_request.commit({FAMILIES: pull_request.text(FAMILIES) + "  support: {label: Support}\n"})
    pull_request.on_base({"docs/more.md": "More.\n"})
    ours, theirs = pull_request.head, pull_request.work.git("rev-parse", "main")
    pull_request.work.git("checkout", "--quiet", "main")
    pull_request.work.merge(ours)
    pull_request.work.git("checkout", "--quiet", "change")
    pull_request.work.merge(theirs)
    pull_request.replace(FAMILIES, "  services: {label: Services}\n", "")
    pull_request.approve(*EVERYBODY)
    answered = pull_request.gate()
    assert answered.code == 1
    assert len(answered.data["merge_bases"]) == 2
    assert answered.classes["picklist.product-family.value.services"] == "forbidden"


def test_a_base_that_was_pushed_by_force_is_the_base(pull_request: PullRequest) -> None:
    """Where the old base had a laxer policy, approvals are counted by the new one."""
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    pull_request.work.git("checkout", "--quiet", "main")
    stricter = pull_request.text(POLICY).replace("require: [region-owner, revops]", "require: [leadership]")
    pull_request.commit({POLICY: stricter}, "stranger")
    pull_request.work.git("commit", "--quiet", "--amend", "--no-edit", "--date=2026-10-01T00:00:00Z")
    pull_request.work.git("checkout", "--quiet", "change")
    answered = pull_request.gate()
    assert answered.code == 1
    assert {"leadership"} == {role for each in answered.data["missing"] for role in each["roles"]}


def test_a_policy_at_the_base_that_does_not_parse_decides_nothing(pull_request: PullRequest) -> None:
    pull_request.on_base({POLICY: "rules: {\n"})
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*EVERYBODY)
    answered = pull_request.gate()
    assert answered.code == 2
    assert POLICY in answered.err


@pytest.mark.parametrize("is_released", [True, False])
def test_the_version_has_to_rise_where_the_policy_at_the_base_says_so(
    pull_request: PullRequest, is_released: bool
) -> None:
    pull_request.on_base({POLICY: pull_request.text(POLICY).replace("version: free", "version: required")})
    pull_request.work.git("reset", "--quiet", "--hard", "main")
    if is_released:
        pull_request.work.git("tag", "v1.0.0", "main")
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    answered = pull_request.gate()
    assert answered.code == 1
    assert "abmspec.yaml says version 1.0.0" in answered.data["closed_by"][0]
    pull_request.replace("abmspec.yaml", "version: 1.0.0", "version: 1.1.0")
    pull_request.approve(*REGIONAL)
    assert pull_request.gate().code == 0
    pull_request.replace("abmspec.yaml", "version: 1.1.0", "version: 9.0.0")
    pull_request.approve(*REGIONAL)
    assert pull_request.gate().code == 1


def test_a_version_need_not_rise_because_the_head_says_so(pull_request: PullRequest) -> None:
    pull_request.on_base({POLICY: pull_request.text(POLICY).replace("version: free", "version: required")})
    pull_request.work.git("reset", "--quiet", "--hard", "main")
    pull_request.work.git("tag", "v1.0.0", "main")
    pull_request.replace(POLICY, "version: required", "version: free")
    pull_request.approve(*EVERYBODY)
    assert "abmspec.yaml says version 1.0.0" in pull_request.gate().data["closed_by"][0]


def test_a_base_without_a_policy_has_a_strict_one(pull_request: PullRequest) -> None:
    pull_request.on_base({POLICY: None})
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    answered = pull_request.gate()
    assert answered.code == 1
    assert answered.data["policy"].startswith("built-in")


# -- what the forge says -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["reviews", "commits", "event"])
def test_answers_that_are_not_understood_close_it(pull_request: PullRequest, name: str) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL)
    contents = (b"", b"{", b"[]]", b"null", b'"x"', b"\xff", b'{"message": "Not Found"}', b"[" * 10_000, None)
    for content in contents:
        answered = pull_request.gate(**{name: content})
        assert answered.code == 1, content
        assert answered.data["closed_by"], content
        assert answered.data["changes"], content


@pytest.mark.parametrize("count", [30, 100])
def test_a_full_page_may_be_cut(pull_request: PullRequest, count: int) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    pull_request.approve(*REGIONAL, *["base-ops"] * (count - 2))
    one_page = json.dumps(pull_request.reviews).encode()
    assert pull_request.gate().code == 0
    answered = pull_request.gate(reviews=one_page)
    assert answered.code == 1
    assert f"exactly {count}" in answered.said


def test_a_list_of_commits_that_lacks_one_is_cut(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE}, by="base-ops")
    pull_request.replace("docs/index.md", "Hello", "Bye")
    pull_request.approve(*REGIONAL)
    (listed,) = pull_request.answers()["commits"]
    answered = pull_request.gate(commits=json.dumps([listed[1:]]).encode())
    assert answered.code == 1
    assert "lacks 1 commit" in answered.said


def test_an_event_of_an_earlier_head_is_refused(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    event = json.dumps(pull_request.answers()["event"]).encode()
    pull_request.replace("docs/index.md", "Hello", "Bye")
    pull_request.approve(*REGIONAL)
    answered = pull_request.gate(event=event)
    assert answered.code == 1
    assert "run it again for the latest commit" in answered.said


def test_commits_of_nobody_are_refused(pull_request: PullRequest) -> None:
    pull_request.unlinked = {"ghost"}
    pull_request.commit({VALUES_FILE: VALUE}, by="ghost")
    pull_request.approve(*REGIONAL)
    answered = pull_request.gate()
    assert answered.code == 1
    assert "no account behind it" in answered.said


def test_hostile_words_are_words(pull_request: PullRequest) -> None:
    label = "</details><script>alert(1)</script> @everybody ![x](https://evil.example) | \\u001b[31m"
    pull_request.commit({VALUES_FILE: VALUE.replace("Fintech", json.dumps(label))})
    pull_request.approve("base-emea", state="CHANGES_REQUESTED", body="</details>@all")
    text = pull_request.gate("--format", "markdown").err
    assert "<script" not in text
    assert "@everybody" not in text
    assert "[x](" not in text
    assert text.count("<details>") == text.count("</details>")
    assert "\x1b" not in pull_request.gate("--format", "text").err


# -- emergencies, records, simulation ------------------------------------------------------------------


def test_an_emergency_opens_it_with_one_approval_and_no_other_policy(pull_request: PullRequest) -> None:
    fire = (
        'what: It burns.\nwhy: It does.\ndeclared_by: revops\ndate: "2026-10-01"\nreview_by: "2026-10-05"\n'
    )
    pull_request.commit({"taxonomy/governance/emergencies/fire.yaml": fire, VALUES_FILE: VALUE})
    pull_request.approve("base-counsel")
    answered = pull_request.gate()
    assert answered.code == 0, answered.said
    assert answered.data["declared"] == ["emergency"]
    pull_request.replace(POLICY, "override: {by: leadership}", "override: {by: sdr}")
    pull_request.approve("base-counsel")
    assert pull_request.gate().code == 1


def test_a_vote_in_the_minutes_counts_for_the_change_that_was_voted_on(pull_request: PullRequest) -> None:
    pull_request.commit({FAMILIES: pull_request.text(FAMILIES) + "  support: {label: Support}\n"})
    diff = pull_request.gate().data["diff"]
    decision = (
        "addresses: [picklist.product-family.value.support]\n"
        f"diff: {diff}\nvoters: {{dach-lead: approve}}\n"
        'minutes: https://wiki.example/1\ndate: "2026-10-01"\n'
    )
    path = "taxonomy/governance/decisions/meeting.yaml"
    pull_request.commit({path: decision})
    assert pull_request.gate().data["diff"] == diff
    pull_request.approve("base-ops")
    answered = pull_request.gate()
    assert answered.code == 0, answered.said
    pull_request.replace(FAMILIES, "label: Support", "label: Supper")
    pull_request.approve("base-ops")
    answered = pull_request.gate()
    assert answered.code == 1
    assert "the vote in `meeting` was on another change" in answered.rejected["seat dach-lead"]


def test_an_edited_record_is_governance(pull_request: PullRequest) -> None:
    path = "taxonomy/governance/emergencies/fire.yaml"
    fire = (
        'what: It burns.\nwhy: It does.\ndeclared_by: revops\ndate: "2026-09-01"\nreview_by: "2026-10-31"\n'
    )
    pull_request.on_base({path: fire})
    pull_request.work.git("reset", "--quiet", "--hard", "main")
    pull_request.commit({path: f'{fire}reviewed: "2026-10-01"\n'})
    pull_request.approve(*GLOBAL)
    answered = pull_request.gate()
    assert answered.classes == {"emergency.fire": "governance"}
    assert answered.code == 1


def test_a_simulation_says_so(pull_request: PullRequest) -> None:
    pull_request.commit({VALUES_FILE: VALUE})
    asked = ["--as", "ana", "--if-approved-by", "base-emea", "--if-approved-by", "base-ops"]
    answered = pull_request.gate(*asked, reviews=None, commits=None, event=None)
    assert answered.code == 0
    assert answered.data["simulation"] is True
    assert "simulation" in pull_request.gate(*asked, "--format", "text").err


@pytest.mark.parametrize(
    ("now", "code"),
    [
        # Deputies of the leadership may approve after two business days, from Thursday ten o'clock in Berlin.
        ("2026-10-05", 0),
        ("2026-10-05T08:00Z", 0),
        ("2026-10-05T10:00+02:00", 0),
        ("2026-10-05T07:59", 1),
        ("2026-10-04", 1),
        ("yesterday", 2),
        ("9999-12-31", 2),
        ("0001-01-01T00:00+14:00", 2),
    ],
)
def test_time_is_a_day_s_end_or_a_moment(pull_request: PullRequest, now: str, code: int) -> None:
    pull_request.replace(WORKFLOW, "on: push", "on: []")
    pull_request.approve("base-deputy", "base-manager", "base-ops")
    assert pull_request.gate("--today", now).code == code


@pytest.mark.parametrize("option", ["--requester", "--as", "--if-approved-by"])
def test_a_name_that_is_no_login_is_wrong_usage(pull_request: PullRequest, option: str) -> None:
    assert pull_request.gate(option, "bаse").code == 2


def test_a_file_that_is_not_there_is_wrong_usage(pull_request: PullRequest, run: Run) -> None:
    code, _, err = run(
        "gate", "-C", str(pull_request.work.folder), "--base", "main", "--reviews", "nowhere.json"
    )
    assert code == 2
    assert "nowhere.json" in err
