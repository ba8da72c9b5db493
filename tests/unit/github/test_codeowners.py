"""CODEOWNERS, read by somebody else's parser of the format."""

from __future__ import annotations

import re
from functools import cache

import pytest
from codeowners import CodeOwners

from abmspec.github import NoHandle, codeowners
from abmspec.resolve import Resolved
from tests.conftest import ROOT
from tests.specs import base_files, resolved_in, resolved_with

ROLES = "taxonomy/governance/roles.yaml"


@cache
def reference() -> Resolved:
    return resolved_in(ROOT)


def asked(text: bytes, path: str) -> list[str]:
    """The handles that GitHub would ask for a path."""
    return [handle for _, handle in CodeOwners(text.decode()).of(path)]


@pytest.mark.parametrize(
    ("path", "handles"),
    [
        ("README.md", ["@meridian/revops", "@meridian/abm-leadership"]),
        # A stated owner, and who answers for picklists.
        ("taxonomy/picklists/industry.yaml", ["@meridian/revops"]),
        ("taxonomy/picklists/persona.yaml", ["@meridian/product-marketing", "@meridian/revops"]),
        # What does not exist yet belongs to its folder.
        ("taxonomy/picklists/brand-new.yaml", ["@meridian/revops"]),
        ("regions/emea/segments/emea-new.yaml", ["@meridian/emea-marketing"]),
        # The nearest region, not the one around it.
        ("regions/emea/uki/playbooks/executive-briefing.yaml", ["@meridian/uki-marketing"]),
        ("regions/emea/uki/ireland/playbooks/x.yaml", ["@meridian/ireland-marketing"]),
        ("regions/emea/uki/ireland/region.yaml", ["@meridian/ireland-marketing", "@meridian/abm-council"]),
        ("regions/emea/picklists/industry.yaml", ["@meridian/emea-marketing", "@meridian/revops"]),
        # What decides about the rest belongs to who answers for governance, whatever stands above it.
        ("taxonomy/governance/roles.yaml", ["@meridian/abm-leadership"]),
        ("taxonomy/governance/waivers/anything.yaml", ["@meridian/abm-leadership"]),
        (".github/CODEOWNERS", ["@meridian/abm-leadership"]),
        (".github/workflows/gate.yml", ["@meridian/abm-leadership"]),
        ("abmspec.yaml", ["@meridian/abm-leadership"]),
        ("abmspec/gate/policy.py", ["@meridian/abm-leadership"]),
    ],
)
def test_the_right_people_are_asked(path: str, handles: list[str]) -> None:
    assert asked(codeowners(reference(), beside=["abmspec/", "Makefile"]), path) == handles


def test_every_file_of_the_spec_has_an_owner_of_its_own_scope() -> None:
    text = codeowners(reference()).decode()
    parsed = CodeOwners(text)
    spec = reference().spec
    for path, document in spec.documents.items():
        handles = [handle for _, handle in parsed.of(path)]
        assert handles, path
        if document.region:
            team = spec.governance.roles[spec.regions[document.region].owner].team
            stated = document.data.get("owner")
            owner = f"@{spec.governance.roles[stated].team}" if stated else f"@{team}"
            assert owner in handles, path


def test_no_path_stands_twice() -> None:
    lines = [line for line in codeowners(reference()).decode().splitlines() if line and line[0] != "#"]
    assert len({line.split()[0] for line in lines}) == len(lines) > 50


@pytest.mark.parametrize(
    ("folder", "pattern"),
    [
        ("", "/taxonomy/"),
        ("abm/", "/abm/taxonomy/"),
        ("our abm/", "/our\\ abm/taxonomy/"),
        # These are not taken literally by GitHub, nor can they be escaped there.
        ("[abm]#1!/", "/?abm??1?/taxonomy/"),
        ("a*b?c/", "/a?b?c/taxonomy/"),
    ],
)
def test_a_project_in_a_folder_of_its_repository(folder: str, pattern: str) -> None:
    text = codeowners(resolved_with(), folder).decode()
    assert any(line.startswith(f"{pattern} ") for line in text.splitlines())
    assert "\n/.github/ " in text


def test_members_stand_in_for_a_team_that_there_is_not() -> None:
    roles = re.sub(r" team: [^,]+,", "", base_files()[ROLES].decode())
    text = codeowners(resolved_with({ROLES: roles}))
    assert asked(text, "regions/emea/tiers.yaml") == ["@base-emea"]
    assert asked(text, "taxonomy/governance/raci.yaml") == ["@base-ops", "@base-ops-2"]


def test_an_owner_whom_nobody_could_ask_is_refused() -> None:
    roles = re.sub(r" team: base/emea, members: .base-emea.", " members: []", base_files()[ROLES].decode())
    with pytest.raises(NoHandle, match="`emea-marketing` owns files and has neither `team` nor `members`"):
        codeowners(resolved_with({ROLES: roles}))
