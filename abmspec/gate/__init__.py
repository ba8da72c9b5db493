"""May a change merge, and whose approval does it still need? Changes, policy and reviews in, a decision out. Pure."""

from __future__ import annotations

from abmspec.gate.answer import Decision
from abmspec.gate.case import Case, simulated
from abmspec.gate.decision import decide
from abmspec.gate.fingerprint import Seen, diff_hash
from abmspec.gate.inputs import Unreadable, read_commits, read_event, read_reviews

__all__ = [
    "Case", "Decision", "Seen", "Unreadable", "decide", "diff_hash", "read_commits", "read_event", "read_reviews",
    "simulated",
]  # fmt: skip
