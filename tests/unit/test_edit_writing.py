"""Several files written together: all of them, or none."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from abmspec.edit import Change
from abmspec.output import OutputRefused, replace_files

BEFORE = {"a.yaml": b"a: 1\n", "b.yaml": b"b: 1\n", "c.yaml": b"c: 1\n"}
CHANGES = [
    Change("a.yaml", b"a: 1\n", b"a: 2\n"),
    Change("b.yaml", b"b: 1\n", None),
    Change("regions/emea/new.yaml", None, b"new: 1\n"),
    Change("c.yaml", b"c: 1\n", b"c: 2\n"),
]
AFTER = {"a.yaml": b"a: 2\n", "c.yaml": b"c: 2\n", "regions/emea/new.yaml": b"new: 1\n"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, content in BEFORE.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_all_are_written(root: Path) -> None:
    (root / "a.yaml").chmod(0o600)
    replace_files(root, CHANGES)
    assert files(root) == AFTER
    assert (root / "a.yaml").stat().st_mode & 0o777 == 0o600


def test_what_stays_is_not_touched(root: Path) -> None:
    stamp = (root / "a.yaml").stat().st_mtime_ns
    replace_files(root, [Change("a.yaml", b"a: 1\n", b"a: 1\n")])
    assert (root / "a.yaml").stat().st_mtime_ns == stamp


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (Change("a.yaml", b"a: 0\n", b"a: 2\n"), "a.yaml was changed since it was read"),
        (Change("gone.yaml", b"a: 0\n", b"a: 2\n"), "gone.yaml was changed since it was read"),
        (Change("a.yaml", None, b"a: 2\n"), "a.yaml is there already"),
        (Change("link.yaml", b"c: 1\n", b"c: 2\n"), "link.yaml is, or stands behind, a symbolic link"),
        (Change("out/x.yaml", None, b"x: 1\n"), "out/x.yaml is, or stands behind, a symbolic link"),
        (Change("../x.yaml", None, b"x: 1\n"), "../x.yaml is, or stands behind, a symbolic link"),
    ],
)
def test_one_unfit_file_stops_all(
    change: Change, why: str, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (root / "link.yaml").symlink_to(root / "c.yaml")
    (root / "out").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    before = files(root)
    with pytest.raises(OutputRefused) as refusal:
        replace_files(root, [*CHANGES, change] if change.path != "a.yaml" else [*CHANGES[1:], change])
    assert why in str(refusal.value)
    assert files(root) == before


def test_a_read_only_file_stops_all(root: Path) -> None:
    (root / "c.yaml").chmod(0o444)
    with pytest.raises(OutputRefused, match=r"c\.yaml is read-only.*chmod u\+w"):
        replace_files(root, CHANGES)
    assert files(root) == BEFORE


def test_a_full_disk_leaves_everything(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = 0

    def full(handle: int, mode: str) -> object:
        nonlocal written
        written += 1
        if written == 4:
            os.close(handle)
            raise OSError(errno.ENOSPC, "No space left on device")
        return open(handle, mode)

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(OutputRefused, match=r"no space left on device\. Every file is as it was"):
        replace_files(root, CHANGES)
    assert files(root) == BEFORE
    assert not (root / "regions").exists()


@pytest.mark.parametrize("after", [1, 2, 3])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.EIO, "Input/output error")])
def test_a_stop_half_way_takes_everything_back(
    after: int, error: BaseException, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, count = Path.replace, 0

    def stopped(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == after:
            raise error
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises((KeyboardInterrupt, OutputRefused)) as stop:
        replace_files(root, CHANGES)
    said = f"{stop.value} {' '.join(getattr(stop.value, '__notes__', ()))}"
    assert "Every file is as it was." in said
    assert files(root) == BEFORE
    assert not (root / "regions").exists()


def test_a_stop_after_a_rename_takes_it_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def stopped(self: Path, target: Path) -> Path:
        moved = replace(self, target)
        if target.name == "new.yaml":
            raise KeyboardInterrupt
        return moved

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        replace_files(root, CHANGES)
    assert files(root) == BEFORE


def test_what_cannot_be_taken_back_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, count = Path.replace, 0

    def failing(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count > 1:
            raise OSError(errno.EIO, "Input/output error")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OutputRefused, match=r"These are changed already: a\.yaml, b\.yaml"):
        replace_files(root, CHANGES)
    assert (root / "a.yaml").read_bytes() == b"a: 2\n"
    assert (root / "c.yaml").read_bytes() == b"c: 1\n"
