from __future__ import annotations

from pathlib import Path

import pytest

from abmspec import load
from abmspec.holdings import all_holdings
from abmspec.model.spec import build
from abmspec.resolve import resolve
from abmspec.targets.catalogue import find_target
from abmspec.targets.salesforce.compiler import percent_encoded
from abmspec.targets.target import Files
from tests.golden import tree

GOLDEN = Path(__file__).parents[2] / "golden" / "salesforce"


def compile_golden() -> dict[str, Files]:
    """What is compiled for each instance of the golden spec."""
    sources, found = load.load(GOLDEN / "spec")
    assert not found
    spec = build(sources.documents)
    assert spec is not None
    resolved = resolve(spec)
    compiled = {}
    for instance, held in all_holdings(resolved).items():
        target = find_target(held.kind.name)
        assert target is not None
        compiled[instance] = target.render(resolved, held)
    return compiled


def test_the_whole_tree_is_the_kept_one() -> None:
    files = {
        f"{instance}/{path}": content
        for instance, made in compile_golden().items()
        for path, content in made.items()
    }
    tree.check(files, GOLDEN / "expected")


def test_it_is_the_same_every_time() -> None:
    assert compile_golden() == compile_golden()


@pytest.mark.parametrize(
    ("key", "encoded"),
    [
        ("Financial Services", "Financial Services"),
        ("1-100_a", "1-100_a"),
        ("Médias", "Médias"),
        ("金融", "金融"),
        ("Media & Telecom", "Media %26 Telecom"),
        ("A/B: (C), D.", "A%2FB%3A %28C%29%2C D%2E"),
        ("50% + $5", "50%25 %2B %245"),
        ("'a' \"b\"", "%27a%27 %22b%22"),
        ("1–100", "1%E2%80%93100"),
    ],
)
def test_a_record_type_names_values_percent_encoded(key: str, encoded: str) -> None:
    assert percent_encoded(key) == encoded
