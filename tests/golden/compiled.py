"""What golden specs, and this repository's own, compile into."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from abmspec import load, pipeline
from abmspec.holdings import all_holdings
from abmspec.resolve import Resolved, resolve
from abmspec.targets.catalogue import find_target
from abmspec.targets.target import Files
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden"


@cache
def resolved(folder: Path) -> Resolved:
    """The spec in a folder. AssertionError where a file of it cannot be used."""
    sources, found = load.load(folder)
    spec, rejected = pipeline.understand(sources)
    assert not (*found, *rejected), [*found, *rejected]
    assert spec is not None
    return resolve(spec)


def compiled(folder: Path, kind: str) -> Files:
    """The files of every instance of a kind, by path; the first folder is the instance's."""
    target = find_target(kind)
    assert target is not None
    spec = resolved(folder)
    return {
        f"{instance}/{path}": content
        for instance, held in all_holdings(spec).items()
        if held.kind.name == kind
        for path, content in target.render(spec, held).items()
    }
