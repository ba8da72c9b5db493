"""The verdict, and what the cache may and may not do to it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from abmspec import load, pipeline
from abmspec.cache import Cache
from tests.specs import BASE

TODAY = date(2026, 10, 1)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small clean spec, with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Path(shutil.copytree(BASE, tmp_path / "project"))


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that are parsed while the test runs."""
    paths: list[str] = []
    whole = load.parse

    def noting(entry: load.Entry, raw: bytes) -> Any:
        paths.append(entry.path)
        return whole(entry, raw)

    monkeypatch.setattr(load, "parse", noting)
    return paths


def break_industry(project: Path) -> None:
    path = project / "regions/emea/picklists/industry.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("values:\n  emea-fintech: {label: Fintech, maps_to: nowhere}\n")


def test_a_verdict_is_the_same_with_and_without_a_cache(project: Path) -> None:
    break_industry(project)
    plain = pipeline.check_project(project, TODAY, use_cache=False)
    assert plain.errors
    for _ in range(3):
        assert pipeline.check_project(project, TODAY) == plain


def test_nothing_is_parsed_where_nothing_changed(project: Path, parsed: list[str]) -> None:
    pipeline.check_project(project, TODAY)
    assert "taxonomy/tiers.yaml" in parsed
    parsed.clear()
    pipeline.check_project(project, TODAY)
    assert parsed == []


def test_only_what_changed_is_parsed_again(project: Path, parsed: list[str]) -> None:
    pipeline.check_project(project, TODAY)
    parsed.clear()
    break_industry(project)
    verdict = pipeline.check_project(project, TODAY)
    assert parsed == ["regions/emea/picklists/industry.yaml"]
    assert {found.path for found in verdict.errors} == {"regions/emea/picklists/industry.yaml"}


def test_another_day_is_another_verdict(project: Path) -> None:
    path = project / "taxonomy/picklists/industry.yaml"
    path.write_text(
        path.read_text().replace(
            "  manufacturing:\n    label: Manufacturing\n",
            "  manufacturing:\n    label: Manufacturing\n    status: deprecated\n    deprecated:\n"
            '      {date: "2026-01-01", sunset: "2026-11-01", reason: Merged., replaced_by: technology}\n',
        )
    )
    before = pipeline.check_project(project, TODAY)
    after = pipeline.check_project(project, date(2026, 12, 1))
    assert "sunset-passed" not in {found.rule for found in before.diagnostics}
    assert "sunset-passed" in {found.rule for found in after.diagnostics}
    assert pipeline.check_project(project, TODAY) == before


def test_another_build_of_abmspec_believes_nothing(
    project: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.check_project(project, TODAY)
    parsed.clear()
    monkeypatch.setattr("abmspec.pipeline.verdict.build_fingerprint", lambda: "another")
    pipeline.check_project(project, TODAY)
    assert "taxonomy/tiers.yaml" in parsed


def test_a_damaged_cache_changes_nothing(project: Path, tmp_path: Path) -> None:
    before = pipeline.check_project(project, TODAY)
    for record in (tmp_path / "cache/abmspec").iterdir():
        record.write_bytes(record.read_bytes()[:-20])
    assert pipeline.check_project(project, TODAY) == before


def test_findings_of_a_file_are_never_cached_away(project: Path) -> None:
    """A file with a finding of the loader is read anew, so that the finding comes again after another file changed."""
    path = project / "taxonomy/governance/waivers/x.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('rule: a\naddress: b\nreason: NO\napproved_by: c\nuntil: "2027-01-01"\n')
    first = pipeline.check_project(project, TODAY)
    assert "yaml-ambiguous-scalar" in {found.rule for found in first.diagnostics}
    break_industry(project)
    second = pipeline.check_project(project, TODAY)
    assert "yaml-ambiguous-scalar" in {found.rule for found in second.diagnostics}


def test_an_unusable_project_judges_nothing_else(project: Path) -> None:
    (project / "abmspec.yaml").write_text("format: 1\n")
    verdict = pipeline.check_project(project, TODAY)
    assert not verdict.usable
    assert {found.path for found in verdict.diagnostics} == {"abmspec.yaml"}


def test_the_cache_keeps_only_what_the_spec_has(project: Path) -> None:
    pipeline.check_project(project, TODAY)
    (project / "taxonomy/kpis.yaml").unlink()
    pipeline.check_project(project, TODAY)
    kept = Cache.of_project(project).read("documents", pipeline.KeptDocuments)
    assert kept is not None
    assert len(kept.data) == len(list(project.rglob("*.yaml")))
