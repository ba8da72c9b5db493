"""A cache that cannot be used is none."""

from __future__ import annotations

import stat
from pathlib import Path

import msgspec
import pytest

from abmspec.cache import Cache, build_fingerprint


class Record(msgspec.Struct, frozen=True):
    """Something to keep."""

    name: str
    counts: dict[str, int]


RECORD = Record("x", {"a": 1})


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache", "project")


def test_what_was_written_is_read(cache: Cache) -> None:
    assert cache.read("verdict", Record) is None
    cache.write("verdict", RECORD)
    assert cache.read("verdict", Record) == RECORD


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"name": 3, "counts": {}}', b"\xff\xfe", b"[" * 100_000], ids=repr
)
def test_anything_of_another_shape_counts_as_absent(cache: Cache, tmp_path: Path, content: bytes) -> None:
    cache.write("verdict", RECORD)
    (file,) = (tmp_path / "cache").iterdir()
    file.write_bytes(content)
    assert cache.read("verdict", Record) is None


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file", "project")
    cache.write("verdict", RECORD)
    assert cache.read("verdict", Record) is None


def test_the_cache_is_nobody_elses_to_read(cache: Cache, tmp_path: Path) -> None:
    cache.write("verdict", RECORD)
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700


def test_projects_do_not_share_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    Cache.of_project(tmp_path / "one").write("verdict", RECORD)
    assert Cache.of_project(tmp_path / "one").read("verdict", Record) == RECORD
    assert Cache.of_project(tmp_path / "two").read("verdict", Record) is None


def test_the_fingerprint_is_that_of_the_build() -> None:
    assert build_fingerprint() == build_fingerprint()
    assert len(build_fingerprint()) == 64
