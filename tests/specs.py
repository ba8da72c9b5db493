"""Specs for tests: the small clean one, changed file by file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from textwrap import dedent

from abmspec import load, pipeline
from abmspec.diagnostic import Diagnostic
from abmspec.model.spec import Spec
from abmspec.resolve import Resolved, resolve
from tests.conftest import ROOT

BASE = ROOT / "tests" / "rules" / "base"


@cache
def base_files() -> Mapping[str, bytes]:
    """The small clean spec, by path."""
    return {path.relative_to(BASE).as_posix(): path.read_bytes() for path in sorted(BASE.rglob("*.yaml"))}


def spec_with(changed: Mapping[str, str | None] | None = None) -> Spec:
    """The small spec with files added, replaced or (None) taken away. AssertionError where one does not parse."""
    files = dict(base_files())
    for path, text in (changed or {}).items():
        if text is None:
            del files[path]
        else:
            files[path] = dedent(text).encode()
    return _understood(load.load_tree(files))


def resolved_with(changed: Mapping[str, str | None] | None = None) -> Resolved:
    """The small spec, changed and resolved."""
    return resolve(spec_with(changed))


@cache
def resolved_in(folder: Path) -> Resolved:
    """The spec in a folder. AssertionError where a file of it cannot be used."""
    return resolve(_understood(load.load(folder)))


def _understood(loaded: tuple[load.Sources, tuple[Diagnostic, ...]]) -> Spec:
    sources, found = loaded
    spec, rejected = pipeline.understand(sources)
    assert not (*found, *rejected), [*found, *rejected]
    assert spec is not None
    return spec
