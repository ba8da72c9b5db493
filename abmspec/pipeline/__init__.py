"""Composes the stages. The only place that knows their order.

Stages are imported where they are composed: a verdict that the cache still has costs the import of none.
"""

from __future__ import annotations

from abmspec.pipeline.approval import Gated, Simulation, artefacts, branch_of, gate
from abmspec.pipeline.change import Mended, Proposed, Taken, mend, propose, take
from abmspec.pipeline.comparison import Compared, NotComparable, State, diff, state_at, state_in
from abmspec.pipeline.compilation import Built, UnknownSystem, beside_what_stands, build
from abmspec.pipeline.naming import Names, names
from abmspec.pipeline.past import History, changelog, version_demand
from abmspec.pipeline.publication import SiteRefused, publish
from abmspec.pipeline.verdict import (
    KeptDocuments,
    Verdict,
    check_project,
    current_day,
    judge,
    resolved_project,
    resolved_tree,
    understand,
)  # fmt: skip

__all__ = [
    "Built", "Compared", "Gated", "History", "KeptDocuments", "Mended", "Names", "NotComparable", "Proposed",
    "Simulation", "SiteRefused", "State", "Taken", "UnknownSystem", "Verdict", "artefacts", "beside_what_stands",
    "branch_of", "build", "changelog", "check_project", "current_day", "diff", "gate", "judge", "mend", "names",
    "propose", "publish", "resolved_project", "resolved_tree", "state_at", "state_in", "take", "understand",
    "version_demand",
]  # fmt: skip
