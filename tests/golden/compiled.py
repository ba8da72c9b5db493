"""What golden specs, and this repository's own, compile into."""

from __future__ import annotations

from pathlib import Path

from abmspec.holdings import all_holdings
from abmspec.targets.catalogue import find_target
from abmspec.targets.target import Files
from tests.conftest import ROOT
from tests.specs import resolved_in

GOLDEN = ROOT / "tests" / "golden"


def compiled(folder: Path, kind: str) -> Files:
    """The files of every instance of a kind, by path; the first folder is the instance's."""
    target = find_target(kind)
    assert target is not None
    spec = resolved_in(folder)
    return {
        f"{instance}/{path}": content
        for instance, held in all_holdings(spec).items()
        if held.kind.name == kind
        for path, content in target.render(spec, held).items()
    }
