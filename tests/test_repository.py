"""What the repository says about itself is true."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from packaging.specifiers import SpecifierSet

import abmspec
from tests.conftest import ROOT

# The counts may only fall: lower a budget with the change that allows it.
BUDGETS = {"# type: ignore": 0, "# pragma: no cover": 0}

ENDINGS = "cfg|css|csv|html|ini|j2|js|json|md|py|sh|sql|toml|txt|xml|yaml|yml"
PATH = re.compile(rf"[\w.][\w.-]*(?:/[\w.-]+)+\.(?:{ENDINGS})")
FENCE = re.compile(r"^( *)(```+|~~~+).*?^\1\2 *$", flags=re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
# What `make run` writes is not in Git.
BUILT = ("dist/", "site/")

HOSTS = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|(?:deb|security)\.debian\.org"
    r"|--(?:extra-)?index-url|find-links|\"resolved\": *\"http",
    flags=re.IGNORECASE,
)
MACHINE_PATHS = re.compile(r"(?<![\w.~-])/(?:work|root|home|Users)/\w")
LOCK_FILES = {
    "Pipfile.lock",
    "npm-shrinkwrap.json",
    "package-lock.json",
    "pdm.lock",
    "pnpm-lock.yaml",
    "poetry.lock",
    "pylock.toml",
    "uv.lock",
    "yarn.lock",
}

FRAGMENT = re.compile(r"\+[a-z0-9]+(?:-[a-z0-9]+)*\.(?P<kind>[a-z]+)\.md")


@cache
def tracked() -> tuple[str, ...]:
    """Every file that Git holds, or would hold once it is added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return tuple(path for path in sorted(set(listed.split("\0"))) if path and (ROOT / path).is_file())


def texts() -> Iterator[tuple[str, str]]:
    for path in tracked():
        content = (ROOT / path).read_bytes()
        if b"\0" not in content:
            yield path, content.decode("utf-8", errors="replace")


def pages() -> list[str]:
    return [
        path for path in tracked() if path.endswith(".md") and (path.startswith("docs/") or "/" not in path)
    ]


def pyproject() -> dict[str, dict[str, Any]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def missing(page: str, named: list[str]) -> list[str]:
    """Those of `named` that exist neither from the root nor from the page's own folder."""
    folders = (ROOT, (ROOT / page).parent)
    return [path for path in named if not any((folder / path).exists() for folder in folders)]


# -- documentation ------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", pages())
def test_paths_named_in_prose_exist(page: str) -> None:
    prose = FENCE.sub("", (ROOT / page).read_text(encoding="utf-8"))
    named = [code for code in INLINE_CODE.findall(prose) if PATH.fullmatch(code)]
    assert missing(page, [path for path in named if not path.startswith(BUILT)]) == []


@pytest.mark.parametrize("page", pages())
def test_links_to_files_lead_somewhere(page: str) -> None:
    prose = FENCE.sub("", (ROOT / page).read_text(encoding="utf-8"))
    links = [link for link in LINK.findall(prose) if not re.match(r"[a-z]+:", link)]
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []


@pytest.mark.parametrize("page", pages())
def test_make_verbs_named_in_prose_exist(page: str) -> None:
    verbs = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = re.findall(r"`make ([a-z-]+)", (ROOT / page).read_text(encoding="utf-8"))
    assert sorted(set(named) - verbs) == []


def test_each_decision_record_is_listed_once() -> None:
    records = [Path(path).name for path in tracked() if re.match(r"docs/adr/\d{4}-.*\.md$", path)]
    listed = re.findall(r"\((\d{4}-[^)]+\.md)\)", (ROOT / "docs/adr/README.md").read_text(encoding="utf-8"))
    assert sorted(listed) == records
    assert len({name[:4] for name in records}) == len(records)


def test_contributors_find_every_module_in_the_order_of_the_layers() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w+)` \|", page, flags=re.MULTILINE)
    listed = subprocess.run(
        ["git", "ls-files", "abmspec"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    there = {Path(path).parts[1] for path in listed.splitlines() if path.endswith(".py")} - {"__init__.py"}
    assert sorted(named) == sorted(name.removesuffix(".py") for name in there)
    (layers,) = (
        contract["layers"]
        for contract in pyproject()["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    )
    levels = {name: level for level, layer in enumerate(layers) for name in re.findall(r"\w+", layer)}
    assert named == sorted(named, key=lambda name: -levels[name])


# -- the version --------------------------------------------------------------------------------------


def test_the_version_has_one_source() -> None:
    assert "version" not in pyproject()["project"]
    assert importlib.metadata.version("abmspec") == abmspec.__version__
    elsewhere = [
        path
        for path, text in texts()
        if path.startswith("abmspec/") and re.search(r"^__version__ *[:=]", text, flags=re.MULTILINE)
    ]
    assert elsewhere == ["abmspec/__init__.py"]


def test_the_version_costs_no_import() -> None:
    tree = ast.parse((ROOT / "abmspec/__init__.py").read_text(encoding="utf-8"))
    assert [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)] == []


# -- the wheel ----------------------------------------------------------------------------------------


@pytest.mark.external
def test_the_wheel_holds_the_package_whole_and_nothing_else(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "."]
    subprocess.run([*build, "--wheel-dir", tmp_path], cwd=ROOT, check=True)
    (wheel,) = tmp_path.glob("abmspec-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert shipped == {path for path in tracked() if path.startswith("abmspec/")}


# -- what is in Git -----------------------------------------------------------------------------------


def test_no_file_names_a_registry_or_a_machine() -> None:
    found = [
        f"{path}:{number}: {line.strip()[:100]}"
        for path, text in texts()
        if path != "tests/test_repository.py"
        for number, line in enumerate(text.splitlines(), start=1)
        if HOSTS.search(line) or MACHINE_PATHS.search(line)
    ]
    assert found == []


def test_the_scan_would_find_something() -> None:
    assert HOSTS.search("https://files." + "pythonhosted" + ".org/packages")
    assert HOSTS.search('"resolved": "https://mirror.example/a.tgz"')
    assert MACHINE_PATHS.search("cache: " + "/home" + "/somebody/.cache")
    assert not MACHINE_PATHS.search("docs/home/index.md")
    assert not MACHINE_PATHS.search("https://example.com/home/page")


def test_no_lock_file_is_in_git() -> None:
    assert [path for path in tracked() if Path(path).name in LOCK_FILES] == []


def test_constraints_pin_names_to_versions_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    assert lines


def test_no_pin_wants_more_than_the_python_that_the_readme_asks_for() -> None:
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    too_new = {}
    for pin in pinned:
        name, _, version = pin.partition("==")
        try:
            about = importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        wants = ",".join(about.get_all("Requires-Python", []))
        if about["Version"] == version and "3.11.0" not in SpecifierSet(wants):
            too_new[pin] = wants
    assert too_new == {}


def test_text_files_end_in_one_newline() -> None:
    exact = re.compile(r"(^|/)(fixtures|goldens|example-files)/")
    bad = [
        path
        for path, text in texts()
        if text and not exact.search(path) and (not text.endswith("\n") or text.endswith("\n\n"))
    ]
    assert bad == []


SCHEMAS = {
    ".pre-commit-config.yaml": "pre-commit-config",
    "action.yml": "github-action",
}


@pytest.mark.external
@pytest.mark.parametrize("path", [path for path in SCHEMAS if (ROOT / path).exists()])
def test_files_for_others_keep_the_published_schema(
    path: str, published_schema: Callable[[str], dict[str, Any]]
) -> None:
    data = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(published_schema(SCHEMAS[path]))
    assert [error.message for error in validator.iter_errors(data)] == []


# -- changelog fragments ------------------------------------------------------------------------------


def fragments() -> list[str]:
    return [path for path in tracked() if re.match(r"changelog\.d/(?!README\.md$)", path)]


@pytest.mark.parametrize("path", fragments())
def test_a_changelog_fragment_is_one_paragraph_of_a_known_kind(path: str) -> None:
    towncrier = pyproject()["tool"]["towncrier"]
    match = FRAGMENT.fullmatch(Path(path).name)
    assert match, "named +<topic>.<kind>.md"
    assert match["kind"] in {kind["directory"] for kind in towncrier["type"]}
    text = (ROOT / path).read_text(encoding="utf-8").strip()
    assert text.endswith(".")
    assert "\n\n" not in text


@pytest.mark.external
def test_the_changelog_can_be_built() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("towncrier"), "build", "--draft", "--version", "next"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    first = (ROOT / fragments()[0]).read_text(encoding="utf-8").split()[:4]
    assert " ".join(first) in " ".join(done.stdout.split())


# -- budgets ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phrase", BUDGETS)
def test_exceptions_to_our_own_rules_only_get_fewer(phrase: str) -> None:
    uses = [
        f"{path}:{number}"
        for path, text in texts()
        if path.endswith(".py") and path != "tests/test_repository.py"
        for number, line in enumerate(text.splitlines(), start=1)
        if phrase in line
    ]
    assert len(uses) <= BUDGETS[phrase], uses
    assert len(uses) == BUDGETS[phrase], f"lower the budget of {phrase!r} to {len(uses)}"
