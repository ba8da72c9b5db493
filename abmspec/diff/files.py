"""Files beside the spec that decide what becomes of it: workflows, code owners, the tool and how it is built."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from abmspec.address import GLOBAL
from abmspec.diff.change import Change, Reason
from abmspec.load import in_spec

# Folders, ending in a slash, and files: at the top of the repository and in the project's folder.
DECIDING: tuple[str, ...] = (
    ".azure-pipelines/",
    ".ci/",
    ".circleci/",
    ".github/",
    ".gitlab/",
    "tools/",
    ".gitattributes",
    ".gitlab-ci.yml",
    ".gitmodules",
    ".pre-commit-config.yaml",
    ".pre-commit-hooks.yaml",
    "CODEOWNERS",
    "Jenkinsfile",
    "Makefile",
    "action.yaml",
    "action.yml",
    "azure-pipelines.yml",
    "bitbucket-pipelines.yml",
    "constraints.txt",
    "docs/CODEOWNERS",
    "mkdocs.yml",
    "noxfile.py",
    "package-lock.json",
    "package.json",
    "poetry.lock",
    "pyproject.toml",
    "requirements.txt",
    "setup.cfg",
    "setup.py",
    "tox.ini",
    "uv.lock",
)
_ALIKE = tuple(map(str.lower, DECIDING))
# The tool itself, where the repository holds it: a folder of that name with this file in it.
TOOL = "abmspec/"
TOOL_FILE = "abmspec/__init__.py"


def compare_files(base: Mapping[str, str], head: Mapping[str, str], project: str = "") -> tuple[Change, ...]:
    """A change for every deciding file that differs, by path.

    The mappings are from a path in the repository to a hash of what stands there; `project` is the project's folder
    in it (`abm/`; empty: its top). Files of the spec, and all others, are passed over.
    """
    roots = tuple(dict.fromkeys(("", project)))
    tools = tuple(f"{root}{TOOL}" for root in roots if {f"{root}{TOOL_FILE}"} & (base.keys() | head.keys()))
    changes = []
    for path in sorted(base.keys() | head.keys()):
        if base.get(path) != head.get(path) and decides(path, project, tools):
            changes.append(_change(path, path in base, path in head))
    return tuple(changes)


def decides(path: str, project: str = "", tools: tuple[str, ...] = (TOOL,)) -> bool:
    """Whether a file of the repository decides what becomes of the spec, and is not of the spec itself."""
    if path.startswith(project) and in_spec(path.removeprefix(project)):
        return False
    # Where upper and lower case are one, a file stands in the place of any that is called alike.
    alike, home = path.lower(), project.lower()
    local = alike.removeprefix(home) if alike.startswith(home) else ""
    return path.startswith(tools) or _is_listed(alike) or _is_listed(local) or in_spec(local)


def _is_listed(path: str) -> bool:
    if any(path.startswith(entry) if entry.endswith("/") else path == entry for entry in _ALIKE):
        return True
    return "/" not in path and path.startswith("requirements") and path.endswith((".txt", ".in"))


def _change(path: str, was_there: bool, is_there: bool) -> Change:
    action: Literal["create", "change", "retire"] = (
        "change" if was_there and is_there else "create" if is_there else "retire"
    )
    said = {"change": "changes", "create": "is new", "retire": "is gone"}[action]
    return Change(
        address=f"file:{path}",
        kind="file",
        kinds=("file",),
        scope=GLOBAL,
        action=action,
        change_class="governance",
        path=path,
        reasons=(
            Reason(
                change_class="governance",
                why=f"The file {said}. It decides how the spec is checked, approved or built.",
            ),
        ),
    )
