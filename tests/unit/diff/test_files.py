"""Files beside the spec: which of them decide something, and which are nobody's business."""

from __future__ import annotations

import pytest

from abmspec.diff import compare_files


def found(base: dict[str, str], head: dict[str, str], project: str = "") -> dict[str, str]:
    changes = compare_files(base, head, project)
    for change in changes:
        assert (change.kind, change.change_class, change.scope) == ("file", "governance", "global")
        assert change.address == f"file:{change.path}"
    return {change.path: change.action for change in changes}


@pytest.mark.parametrize(
    "path",
    [
        ".github/workflows/ci.yml", ".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", "pyproject.toml", "Makefile",
        "constraints.txt", "action.yml", ".ci/run", "mkdocs.yml", ".pre-commit-hooks.yaml", "tools/schemas/pieces.py",
        "requirements-dev.txt", "requirements.txt", ".gitattributes", ".gitmodules",
        ".GitHub/workflows/ci.yml", "codeowners", "Taxonomy/governance/roles.yaml", "REGIONS/emea/region.yaml",
    ],
)  # fmt: skip
def test_what_decides_is_governance(path: str) -> None:
    assert found({path: "1"}, {path: "2"}) == {path: "change"}
    assert found({}, {path: "2"}) == {path: "create"}
    assert found({path: "1"}, {}) == {path: "retire"}
    assert found({path: "1"}, {path: "1"}) == {}


@pytest.mark.parametrize(
    "path",
    ["README.md", "docs/guide.md", "src/CODEOWNERS.md", "notes/requirements.txt", "taxonomy/icp.yaml", "abmspec.yaml",
     "accounts/README.md", "Makefile.txt", "my.github/x"],
)  # fmt: skip
def test_all_else_is_no_change(path: str) -> None:
    assert found({path: "1"}, {path: "2"}) == {}


def test_the_tool_counts_where_the_repository_holds_it() -> None:
    base = {"abmspec/__init__.py": "1", "abmspec/a.py": "1"}
    assert found(base, {**base, "abmspec/a.py": "2"}) == {"abmspec/a.py": "change"}
    assert found({"abmspec/notes.md": "1"}, {"abmspec/notes.md": "2"}) == {}


def test_a_project_in_a_folder_has_both_places() -> None:
    base = {"abm/Makefile": "1", "Makefile": "1", "other/Makefile": "1", "abm/taxonomy/icp.yaml": "1"}
    head = dict.fromkeys(base, "2")
    assert found(base, head, "abm/") == {"Makefile": "change", "abm/Makefile": "change"}


def test_a_project_in_a_folder_named_like_the_tool_stays_a_spec() -> None:
    base = {"abmspec/abmspec.yaml": "1", "abmspec/taxonomy/icp.yaml": "1", "abmspec/Makefile": "1"}
    assert found(base, dict.fromkeys(base, "2"), "abmspec/") == {"abmspec/Makefile": "change"}
