"""Microsoft's SARIF Multitool has nothing to say against what `abmspec check --format sarif` prints."""

from __future__ import annotations

import json
import os
import platform
import shutil
import stat
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from abmspec import pipeline
from abmspec.check import all_rules
from abmspec.report import FORMATS, Report
from tests.conftest import NODE_SCRIPTS, TODAY
from tests.specs import BASE

TOOL = NODE_SCRIPTS / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"

pytestmark = pytest.mark.external


@pytest.fixture(scope="module")
def multitool() -> Path:
    if platform.system() != "Linux" or not TOOL.is_file():
        pytest.skip("the SARIF Multitool is not installed (make setup, on Linux)")
    TOOL.chmod(TOOL.stat().st_mode | stat.S_IXUSR)
    return TOOL


@pytest.fixture(scope="module")
def sarif(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A report with errors, warnings, related places, a suggestion and a waived finding."""
    root = Path(shutil.copytree(BASE, tmp_path_factory.mktemp("sarif") / "project"))
    overlay = root / "regions/emea/picklists/industry.yaml"
    overlay.parent.mkdir(parents=True, exist_ok=True)
    overlay.write_text("values:\n  emea-x: {label: X, maps_to: technolgy}\n  emea-y: {label: Technologies}\n")
    waiver = root / "taxonomy/governance/waivers/one.yaml"
    waiver.parent.mkdir(exist_ok=True)
    waiver.write_text(
        "rule: overlay-value-unmapped\naddress: region.emea.picklist.industry.value.emea-y\n"
        'reason: Decided next week.\napproved_by: leadership\nuntil: "2026-12-01"\n'
    )
    verdict, _ = pipeline.judge(root, date.fromisoformat(TODAY))
    assert verdict.errors
    assert verdict.waived
    return FORMATS["sarif"](
        Report(verdict.diagnostics, verdict.waived, all_rules(), root, verdict.files, None)
    )


def complaints(multitool: Path, folder: Path, text: str) -> list[Any]:
    """What the tool's validation finds in a SARIF log."""
    log, report = folder / "log.sarif", folder / "report.sarif"
    log.write_text(text, encoding="utf-8")
    subprocess.run(
        [
            multitool,
            "validate",
            log,
            "--output",
            report,
            "--log",
            "ForceOverwrite",
            "--level",
            "Error;Warning",
        ],
        check=False,
        capture_output=True,
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
    )
    validated = json.loads(report.read_text(encoding="utf-8-sig"))
    return [
        (result["ruleId"], result.get("level", "warning"))
        for run in validated["runs"]
        for result in run["results"]
    ]


def test_the_multitool_finds_nothing(multitool: Path, sarif: str, tmp_path: Path) -> None:
    assert complaints(multitool, tmp_path, sarif) == []


def test_the_multitool_would_find_something(multitool: Path, sarif: str, tmp_path: Path) -> None:
    document = json.loads(sarif)
    del document["runs"][0]["tool"]["driver"]["informationUri"]
    document["runs"][0]["results"][0]["ruleIndex"] = 9999
    assert {level for _, level in complaints(multitool, tmp_path, json.dumps(document))} >= {
        "error",
        "warning",
    }
