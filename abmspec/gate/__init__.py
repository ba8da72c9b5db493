"""May a change merge, and whose approval does it still need? Changes, policy and reviews in, a decision out. Pure."""

from __future__ import annotations

from abmspec.gate.answer import Decision
from abmspec.gate.case import Case, simulated
from abmspec.gate.decision import decide
from abmspec.gate.fingerprint import Seen, diff_hash
from abmspec.gate.inputs import Answers, read_answers

__all__ = ["Answers", "Case", "Decision", "Seen", "decide", "diff_hash", "read_answers", "simulated"]
