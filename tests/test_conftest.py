"""The hook that keeps CI honest: with `CI` set, a skipped test is a failed one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CONFTEST = Path(__file__).with_name("conftest.py")

IN_A_TEST = "def test_it():\n    pytest.skip('no browser')\n"
BY_MARK = "@pytest.mark.skip('no browser')\ndef test_it():\n    pass\n"
IN_A_FIXTURE = "@pytest.fixture\ndef it():\n    pytest.skip('no browser')\ndef test_it(it):\n    pass\n"
A_WHOLE_MODULE = "pytest.skip('no browser', allow_module_level=True)\n"
EXPECTED_FAILURE = "@pytest.mark.xfail\ndef test_it():\n    assert False\n"


def run_pytest(folder: Path, test: str, ci: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(CONFTEST, folder / "conftest.py")
    (folder / "test_it.py").write_text(f"import pytest\n{test}", encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir=.", str(folder)],
        cwd=folder,
        env=os.environ | {"CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.external
@pytest.mark.parametrize("test", [IN_A_TEST, BY_MARK, IN_A_FIXTURE, A_WHOLE_MODULE])
def test_a_skip_fails_in_ci_and_says_why(tmp_path: Path, test: str) -> None:
    done = run_pytest(tmp_path, test, ci="true")
    assert done.returncode in (1, 2), done.stdout
    assert "a skipped test is a failure in CI" in done.stdout
    assert "no browser" in done.stdout


@pytest.mark.external
@pytest.mark.parametrize("ci", ["", "false"])
def test_a_skip_is_a_skip_at_a_desk(tmp_path: Path, ci: str) -> None:
    done = run_pytest(tmp_path, IN_A_TEST, ci=ci)
    assert done.returncode == 0, done.stdout
    assert "1 skipped" in done.stdout


@pytest.mark.external
def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    done = run_pytest(tmp_path, EXPECTED_FAILURE, ci="true")
    assert done.returncode == 0, done.stdout
    assert "1 xfailed" in done.stdout


def test_the_browser_opens_a_page_without_a_network(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<h1>Tiers</h1>")
    assert page.inner_text("h1") == "Tiers"
    page.close()
