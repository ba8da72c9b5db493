"""What is certain to mend a broken spec mends it, and breaks nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from abmspec import pipeline
from abmspec.diagnostic import Diagnostic
from abmspec.output import replace_files
from tests.broken.case import Case, cases
from tests.conftest import TODAY

DAY = date.fromisoformat(TODAY)
# Behind these nothing could be judged before.
HIDING = frozenset({"file-name", "format-unknown"})


def said(found: tuple[Diagnostic, ...]) -> set[tuple[str, str]]:
    return {(each.rule, each.message) for each in found}


@pytest.mark.parametrize("case", [case for case in cases() if not case.fifo], ids=lambda case: case.name)
def test_mending(case: Case, tmp_path: Path) -> None:
    case.write(tmp_path)
    before, _ = pipeline.judge(tmp_path, DAY)
    fixes = [found for found in before.diagnostics if found.fix is not None]
    done = pipeline.mend(tmp_path, DAY, lambda _: True)
    assert bool(done.mended) == bool(fixes)
    if not fixes:
        assert done.changes == ()
        return
    replace_files(tmp_path, done.changes)
    after, _ = pipeline.judge(tmp_path, DAY)
    assert not [found for found in after.diagnostics if found.fix is not None]
    if not HIDING & {found.rule for found in done.mended}:
        assert said(after.diagnostics) < said(before.diagnostics)
    assert pipeline.mend(tmp_path, DAY, lambda _: True).changes == ()
